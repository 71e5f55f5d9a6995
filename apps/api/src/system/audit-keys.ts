import { createHash, createHmac } from 'node:crypto';
import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Alerts, onlyRow, rows, SealedColumns, Secrets, type Database, type Row } from '@yajin/server';
import type { SystemAlert } from './system-alert.js';
import type { SysAuditKey } from './sys-audit-key.entity.js';
import type { SysAudit } from './sys-audit.entity.js';

/** A row of the chain; `hash` in hex. */
export type Head = Row<SysAudit, 'id'> & { hash: string };

/** What is sealed of a key. */
interface KeyRecord {
  /** The first row that it hashes, and the hash (hex) of the row before that: null before the first row of all. */
  from: number;
  after: string | null;
  /** The master key that it was derived from, by its id. */
  masterKeyId: string;
  /** In hex. */
  key: string;
}

/** `null`: no key, as rows before the first key were hashed. */
export type AuditKey = Buffer | null;

const PURPOSE = 'audit log';
/** What a key is sealed for: one row from which on it counts, so that it cannot be moved to another. */
export const auditKeyContext = (fromId: number | string): string => `sys_audit_key:${fromId}`;

/** A row's hash (hex): over the one before it and the row's text, with the key where there is one. */
export function chainHash(key: AuditKey, before: string | null, text: string): string {
  const hash = key === null ? createHash('sha256') : createHmac('sha256', key);
  return hash
    .update(Buffer.from(before ?? '', 'hex'))
    .update(text)
    .digest('hex');
}

/**
 * The keys of the audit log's chain. Each is derived from a master key, and kept sealed by the master key in use with the row
 * from which on it counts, so that older rows go on verifying when their master key is gone.
 */
@Injectable()
export class AuditKeys implements OnModuleInit {
  private readonly logger = new Logger(AuditKeys.name);

  constructor(
    private readonly secrets: Secrets,
    private readonly sealed: SealedColumns,
    private readonly alerts: Alerts<SystemAlert>,
  ) {}

  onModuleInit(): void {
    this.sealed.register({
      table: 'sys_audit_key',
      key: 'from_id',
      value: 'sealed',
      context: auditKeyContext,
    });
  }

  /**
   * The key for rows after `head`; where the master key in use has none yet it begins there. The caller holds the chain's lock.
   * @returns undefined when a master key that is not known here has begun: whoever knows it goes on
   */
  async forNext(db: Database, head: Head | null): Promise<Buffer | undefined> {
    const kept = await rows<Row<SysAuditKey>>(
      db,
      'SELECT from_id, sealed FROM sys_audit_key ORDER BY from_id DESC LIMIT 1',
    );
    const newest = kept[0] && this.open(kept[0]);
    if (newest === null) {
      this.logger.warn(`the audit log is keyed by a master key that is not known here`);
      return undefined;
    }
    if (newest?.masterKeyId === this.secrets.keyId) return Buffer.from(newest.key, 'hex');
    return this.begin(db, head, newest !== undefined);
  }

  private async begin(db: Database, head: Head | null, replaces: boolean): Promise<Buffer> {
    const key = this.secrets.derive(PURPOSE);
    const record: KeyRecord = {
      from: (head?.id ?? 0) + 1,
      after: head?.hash ?? null,
      masterKeyId: this.secrets.keyId,
      key: key.toString('hex'),
    };
    await rows(
      db,
      `INSERT INTO sys_audit_key (from_id, sealed) VALUES ($1, $2) ON CONFLICT (from_id) DO UPDATE SET sealed = EXCLUDED.sealed`,
      [record.from, this.secrets.encrypt(JSON.stringify(record), auditKeyContext(record.from))],
    );
    const detail = `from id ${record.from} on sys_audit is keyed by master key ${record.masterKeyId}`;
    this.logger.log(detail);
    // It happens once, at the update that brings keys. Ever again, somebody took the keys away to hide what they changed.
    if (record.from > 1 && !replaces)
      await this.alerts.raise('system-audit-keys-gone', detail, { within: db });
    return key;
  }

  /**
   * Which key a row is hashed with.
   * @param archived the newest row that stands in a file instead of the table
   * @throws Unreadable
   */
  async all(db: Database, archived: Head | null): Promise<(id: number) => AuditKey> {
    const kept = await rows<Row<SysAuditKey>>(
      db,
      'SELECT from_id, sealed FROM sys_audit_key ORDER BY from_id DESC',
    );
    const records = kept.map((row) => {
      const record = this.open(row);
      if (!record) throw new Unreadable(row.from_id, 'key');
      return record;
    });
    for (const { from, after } of records) {
      if (archived && from - 1 < archived.id) continue;
      const { hash } = await onlyRow<{ hash: string | null }>(
        db,
        `SELECT coalesce((SELECT encode(hash, 'hex') FROM sys_audit WHERE id = $1), $2) AS hash`,
        [from - 1, archived?.id === from - 1 ? archived.hash : null],
      );
      if (hash !== after) throw new Unreadable(from, 'key');
    }
    const keys = records.map(({ from, key }) => ({ from, key: Buffer.from(key, 'hex') }));
    return (id) => keys.find(({ from }) => from <= id)?.key ?? null;
  }

  private open({ from_id: fromId, sealed }: { from_id: number; sealed: string }): KeyRecord | null {
    try {
      const record = JSON.parse(this.secrets.decrypt(sealed, auditKeyContext(fromId))) as KeyRecord;
      return record.from === fromId ? record : null;
    } catch {
      return null;
    }
  }
}

/** What is sealed of the log from some row on cannot be opened, or does not follow the row before. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly fromId: number,
    what: 'key' | 'archive',
  ) {
    super(`the ${what} of sys_audit at id ${fromId} is not what it was`);
  }
}
