import { Injectable, type OnModuleInit } from '@nestjs/common';
import { maybeRow, rows, SealedColumns, Secrets, type Database, type Row } from '@yajin/server';
import { Unreadable, type Head } from './audit-keys.js';
import type { SysAuditArchive } from './sys-audit-archive.entity.js';
import type { SysAuditCheckpoint } from './sys-audit-checkpoint.entity.js';

/** One at a time appends to the chain, or takes from it; until the transaction ends. */
export async function lockChain(db: Database): Promise<void> {
  await rows(db, `SELECT pg_advisory_xact_lock(hashtext('sys_audit'))`);
}

export function newestRow(db: Database): Promise<Head | null> {
  return maybeRow<Head>(db, `SELECT id, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id DESC LIMIT 1`);
}

/** How far the log was found whole. */
export interface Checkpoint {
  head: Head;
  /** After which of the rows before it the next night looks again. */
  next: number;
}

/** Rows that stand in a file, or that nobody can verify any more. Hashes in hex. */
export interface Archive {
  first: number;
  last: number;
  /** Of the row before the first; null where that is the first of all. */
  before: string | null;
  /** Of the last row. */
  hash: string;
  /** Of the file; empty where there is none. */
  sha256: string;
}

const VERIFIED = 'verified';
const checkpointContext = (name: number | string): string => `sys_audit_checkpoint:${name}`;
const archiveContext = (lastId: number | string): string => `sys_audit_archive:${lastId}`;

/** What is kept of the audit log beside its rows, sealed: who has the database alone can take it away, and not make it say otherwise. */
@Injectable()
export class AuditMarks implements OnModuleInit {
  constructor(
    private readonly secrets: Secrets,
    private readonly sealed: SealedColumns,
  ) {}

  onModuleInit(): void {
    const table = 'sys_audit_checkpoint';
    this.sealed.register({ table, key: 'name', value: 'sealed', context: checkpointContext });
    this.sealed.register({
      table: 'sys_audit_archive',
      key: 'last_id',
      value: 'sealed',
      context: archiveContext,
    });
  }

  /** @returns null where none was kept, or where no key opens it */
  async checkpoint(db: Database): Promise<Checkpoint | null> {
    const row = await maybeRow<Row<SysAuditCheckpoint, 'sealed'>>(
      db,
      'SELECT sealed FROM sys_audit_checkpoint WHERE name = $1',
      [VERIFIED],
    );
    return row && this.open<Checkpoint>(row.sealed, checkpointContext(VERIFIED));
  }

  async keep(db: Database, checkpoint: Checkpoint): Promise<void> {
    await rows(
      db,
      `INSERT INTO sys_audit_checkpoint (name, sealed) VALUES ($1, $2)
       ON CONFLICT (name) DO UPDATE SET sealed = EXCLUDED.sealed`,
      [VERIFIED, this.secrets.encrypt(JSON.stringify(checkpoint), checkpointContext(VERIFIED))],
    );
  }

  /** The newest row that stands in a file, which the first one of the table follows. @throws Unreadable */
  async archived(db: Database): Promise<Head | null> {
    const row = await maybeRow<Row<SysAuditArchive, 'lastId' | 'sealed'>>(
      db,
      'SELECT last_id, sealed FROM sys_audit_archive ORDER BY last_id DESC LIMIT 1',
    );
    return row && { id: row.last_id, hash: this.openArchive(row).hash };
  }

  /** The archive that begins with the row `first`. @throws Unreadable */
  async archiveFrom(db: Database, first: number): Promise<Archive | null> {
    const row = await maybeRow<Row<SysAuditArchive, 'lastId' | 'sealed'>>(
      db,
      'SELECT last_id, sealed FROM sys_audit_archive WHERE last_id >= $1 ORDER BY last_id LIMIT 1',
      [first],
    );
    const archive = row && this.openArchive(row);
    return archive?.first === first ? archive : null;
  }

  async recordArchive(db: Database, archive: Archive, file: string, at: Date): Promise<void> {
    await rows(
      db,
      'INSERT INTO sys_audit_archive (last_id, file, archived_at, sealed) VALUES ($1, $2, $3, $4)',
      [archive.last, file, at, this.secrets.encrypt(JSON.stringify(archive), archiveContext(archive.last))],
    );
  }

  /** What was sealed by a key that is lost. */
  async forget(db: Database): Promise<void> {
    await rows(db, 'DELETE FROM sys_audit_checkpoint');
    await rows(db, 'DELETE FROM sys_audit_archive');
  }

  private openArchive({ last_id: last, sealed }: Row<SysAuditArchive, 'lastId' | 'sealed'>): Archive {
    const archive = this.open<Archive>(sealed, archiveContext(last));
    if (!archive || archive.last !== last) throw new Unreadable(last, 'archive');
    return archive;
  }

  private open<Sealed>(sealed: string, context: string): Sealed | null {
    try {
      return JSON.parse(this.secrets.decrypt(sealed, context)) as Sealed;
    } catch {
      return null;
    }
  }
}
