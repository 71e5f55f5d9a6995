import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { Injectable } from '@nestjs/common';
import { addDays, businessDate, dayRange } from '@yajin/core';
import { Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, SYSTEM } from './audit.service.js';
import { AuditKeys, type Head } from './audit-keys.js';
import { AuditMarks, lockChain, newestRow, type Archive } from './audit-marks.js';
import { follows, wholeRows, type AuditRow, type KeyOf } from './audit-rows.js';
import type { SysAudit } from './sys-audit.entity.js';

/** What was written, or what a file holds. */
export interface ArchiveFile {
  file: string;
  first: number;
  last: number;
}

/** The master key was not lost. */
class NotLost extends Error {
  override readonly name = 'NotLost';
}

/** Why a file is not what it was. */
class NotTheArchive extends Error {
  override readonly name = 'NotTheArchive';
}

/**
 * Moves old months of the audit log into files: one gzipped file a month, a row a line: its hash (hex), a space, and the JSON array that
 * was hashed. Runs as the owner of the tables, who alone may take rows out.
 */
@Injectable()
export class AuditArchiver {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly keys: AuditKeys,
    private readonly marks: AuditMarks,
  ) {}

  /**
   * One after the other, the oldest first. Broken off, it goes on where it was. The newest row always stays.
   * @param before the first month that stays, `YYYY-MM`
   * @throws NotWhole where the log is not what it was: nothing of that month is moved
   */
  async *archive(before: string, folder: string): AsyncGenerator<ArchiveFile> {
    for (;;) {
      const after = await this.marks.archived(this.db);
      const month = await this.oldest(after);
      if (!month || month >= before) return;
      const last = await this.endOf(month, after);
      if (last === null) return;
      yield await this.move(month, after, last, folder);
    }
  }

  /** Of the oldest row that is left. */
  private async oldest(after: Head | null): Promise<string | null> {
    const row = await maybeRow<Row<SysAudit, 'at'>>(
      this.db,
      'SELECT at FROM sys_audit WHERE id > $1 ORDER BY id LIMIT 1',
      [after?.id ?? 0],
    );
    return row && businessDate(row.at).slice(0, 7);
  }

  /** The newest row of the month, which is not the newest of all; null where there is none. */
  private async endOf(month: string, after: Head | null): Promise<number | null> {
    const nextMonth = addDays(`${month}-28`, 4).slice(0, 7);
    const { from } = dayRange(`${nextMonth}-01`);
    const { last } = await onlyRow<{ last: number | null }>(
      this.db,
      `SELECT coalesce((SELECT min(id) FROM sys_audit WHERE at >= $2 AND id > $1), (SELECT max(id) FROM sys_audit)) - 1 AS last`,
      [after?.id ?? 0, from],
    );
    return last !== null && last > (after?.id ?? 0) ? last : null;
  }

  private async move(month: string, after: Head | null, last: number, folder: string): Promise<ArchiveFile> {
    const first = (after?.id ?? 0) + 1;
    const file = path.join(folder, `audit-${month}-${first}-${last}.log.gz`);
    const keyOf = await this.keys.all(this.db, after);
    const draft = `${file}.${randomUUID()}.new`;
    try {
      const lines = linesOf(wholeRows(this.db, keyOf, after, last));
      await pipeline(
        lines,
        createGzip(),
        createWriteStream(draft, { flags: 'wx', mode: 0o600, flush: true }),
      );
      // What was written is read again before anything goes.
      const archive = { ...(await read(draft, keyOf, after)), before: after?.hash ?? null };
      if (archive.first !== first || archive.last !== last)
        throw new NotTheArchive(`${draft} holds rows ${archive.first} to ${archive.last}`);
      await this.takeOut(archive, path.basename(file), async () => {
        await rename(draft, file);
        await flushFolder(folder);
      });
    } finally {
      await rm(draft, { force: true });
    }
    return { file, first, last };
  }

  /** @param keep gives the file its name, once no other can have taken these rows out, and before they are gone */
  private async takeOut(archive: Archive, file: string, keep: () => Promise<void>): Promise<void> {
    await this.db.transaction(async (manager) => {
      await lockChain(manager);
      await this.marks.recordArchive(manager, archive, file, this.clock.wall());
      await rows(manager, `SELECT set_config('yajin.archived', $1, true)`, [String(archive.last)]);
      const { gone } = await onlyRow<{ gone: number }>(
        manager,
        'WITH gone AS (DELETE FROM sys_audit WHERE id BETWEEN $1 AND $2 RETURNING id) SELECT count(*) AS gone FROM gone',
        [archive.first, archive.last],
      );
      if (gone !== archive.last - archive.first + 1)
        throw new NotTheArchive(`${gone} rows would go, which are not the file's`);
      await this.audit.record(manager, SYSTEM, {
        action: 'audit.archive',
        after: { file, first: archive.first, last: archive.last, sha256: archive.sha256 },
      });
      await keep();
    });
  }

  /**
   * Lets the log go on after the master key was lost: nothing up to here can be verified any more, and all from here on is.
   * @returns the newest row that cannot be
   * @throws NotLost where the key is known: there is nothing to begin anew
   */
  async restart(): Promise<number> {
    return this.db.transaction(async (manager) => {
      await lockChain(manager);
      const head = await newestRow(manager);
      if (!head || (await this.keys.forNext(manager, head)))
        throw new NotLost('The key of the audit log is known here.');
      await rows(manager, 'DELETE FROM sys_audit_key');
      await this.marks.forget(manager);
      const unverified = { first: 1, last: head.id, before: null, hash: head.hash, sha256: '' };
      await this.marks.recordArchive(manager, unverified, '', this.clock.wall());
      await this.keys.forNext(manager, head);
      await this.audit.record(manager, SYSTEM, { action: 'audit.restart', after: { unverified: head.id } });
      return head.id;
    });
  }

  /**
   * Holds a file against what the database says of it, and each row against the one before.
   * @throws NotTheArchive @throws Unreadable
   */
  async verify(file: string): Promise<ArchiveFile> {
    const first = await firstIn(file);
    const archive = await this.marks.archiveFrom(this.db, first);
    if (!archive) throw new NotTheArchive(`the database knows of no archive that begins with row ${first}`);
    const keyOf = await this.keys.all(this.db, await this.marks.archived(this.db));
    const before = archive.before === null ? null : { id: first - 1, hash: archive.before };
    const found = await read(file, keyOf, before);
    if (found.last !== archive.last || found.hash !== archive.hash)
      throw new NotTheArchive(`it ends with row ${found.last}, not as archived with ${archive.last}`);
    if (found.sha256 !== archive.sha256)
      throw new NotTheArchive('its rows are what they were, but the file is not');
    return { file, first, last: found.last };
  }
}

function linesOf(found: AsyncIterable<AuditRow>): Readable {
  async function* lines(): AsyncGenerator<string> {
    for await (const { hash, text } of found) yield `${hash} ${text}\n`;
  }
  return Readable.from(lines());
}

/** @throws NotTheArchive where a row does not follow the one before it */
async function read(
  file: string,
  keyOf: KeyOf,
  after: Head | null,
): Promise<Pick<Archive, 'first' | 'last' | 'hash' | 'sha256'>> {
  let [before, first] = [after, 0];
  for await (const row of rowsIn(file)) {
    if (!follows(keyOf, before, row)) throw new NotTheArchive(`row ${row.id} is not what it was`);
    first ||= row.id;
    before = row;
  }
  if (!before || first === 0) throw new NotTheArchive('there are no rows in it');
  const sha256 = createHash('sha256');
  await pipeline(createReadStream(file), sha256);
  return { first, last: before.id, hash: before.hash, sha256: sha256.digest('hex') };
}

async function firstIn(file: string): Promise<number> {
  for await (const row of rowsIn(file)) return row.id;
  throw new NotTheArchive('there are no rows in it');
}

/** @throws NotTheArchive what is not of the form */
async function* rowsIn(file: string): AsyncGenerator<AuditRow> {
  const stream = createReadStream(file);
  const unpacked = createGunzip();
  const piped = pipeline(stream, unpacked);
  piped.catch(() => undefined);
  try {
    for await (const line of createInterface({ input: unpacked, crlfDelay: Infinity })) {
      const [, hash, text, id] = /^([0-9a-f]{64}) (\[(\d+), .*\])$/.exec(line) ?? [];
      if (!hash || !text) throw new NotTheArchive('it is no file of the audit log');
      yield { id: Number(id), hash, text };
    }
    await piped;
  } catch (error) {
    if (error instanceof NotTheArchive) throw error;
    throw new NotTheArchive(`it cannot be unpacked: ${String(error)}`);
  } finally {
    stream.destroy();
    unpacked.destroy();
  }
}

/** So that the file's name outlives a power cut, too. */
async function flushFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
