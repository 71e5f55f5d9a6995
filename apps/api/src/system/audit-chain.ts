import { Injectable, Logger } from '@nestjs/common';
import { Alerts, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { SystemAlert } from './system-alert.js';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditKeys, chainHash, Unreadable, type Head } from './audit-keys.js';
import { AuditMarks, lockChain, newestRow, type Checkpoint } from './audit-marks.js';
import { NotWhole, rowText, wholeRows, type KeyOf } from './audit-rows.js';
import type { SysAuditEntry } from './sys-audit-entry.entity.js';

/** Entries that are chained by one statement. */
const BATCH = 1000;
/** Chaining goes on all the time; an entry that is still outside after so long shows that it does not. */
const LATE_MINUTES = 10;
const LATE = 'audit-late';

/** Older rows that are looked at again in a night, after those of the day. */
const AGAIN = 200_000;

/** Keeps the audit log's chain: appends to it, and finds out whether anybody changed it behind the application's back. */
@Injectable()
export class AuditChain {
  private readonly logger = new Logger(AuditChain.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<SystemAlert>,
    private readonly keys: AuditKeys,
    private readonly marks: AuditMarks,
  ) {}

  /** Chains what has been recorded and committed so far. Each batch is a transaction of its own. */
  async takeIn(): Promise<void> {
    for (;;) {
      const waiting = await maybeRow(this.db, 'SELECT 1 FROM sys_audit_entry LIMIT 1');
      if (!waiting || !(await this.takeBatch())) return;
    }
  }

  /** @returns whether there was one */
  private async takeBatch(): Promise<boolean> {
    return this.locked(async (manager, head) => {
      const key = await this.keys.forNext(manager, head);
      const first = (head?.id ?? 0) + 1;
      const entries = await rows<Row<SysAuditEntry, 'id'> & { text: string }>(
        manager,
        `SELECT a.id, ${rowText('$1::bigint - 1 + row_number() OVER (ORDER BY a.id)')} AS text
         FROM (SELECT * FROM sys_audit_entry ORDER BY id LIMIT $2) AS a ORDER BY a.id`,
        [first, BATCH],
      );
      if (!key || entries.length === 0) return false;
      let before = head?.hash ?? null;
      const hashes = entries.map((entry) => (before = chainHash(key, before, entry.text)));
      await rows(manager, 'SELECT sys_audit_append($1, $2, $3)', [
        first - 1,
        entries.map(({ id }) => id),
        hashes,
      ]);
      return true;
    });
  }

  /** One at a time, with the newest row. */
  private locked<Result>(
    work: (manager: EntityManager, head: Head | null) => Promise<Result>,
  ): Promise<Result> {
    return this.db.transaction(async (manager) => {
      await lockChain(manager);
      return work(manager, await newestRow(manager));
    });
  }

  async verify(): Promise<void> {
    await this.reportLate();
    await this.takeIn();
    // So that a log whose keys somebody took away does not pass for one that never had any.
    await this.locked((manager, head) => this.keys.forNext(manager, head));
    const found = await this.check(await this.marks.checkpoint(this.db));
    if (typeof found === 'number')
      return this.alerts.raise('system-audit-broken', `sys_audit is not whole at id ${found}`);
    if (found === null) return;
    await this.marks.keep(this.db, found);
    const { head } = found;
    this.logger.log(`the audit log is whole; its newest row is ${head.id} with hash ${head.hash}`);
    await this.alerts.tell('操作日志校验通过', `最新一条 ${head.id}，校验值 ${head.hash}`);
  }

  /**
   * Some of what was verified before, from where the last night stopped, then all that is new.
   * @param kept what the last verification said. Newest rows that are gone, or a chain computed anew from some row on, do not show in
   * the chain itself: only against this, or against what the log says
   * @returns the first row that is wrong, or how far it went; null where there are no rows
   */
  private async check(kept: Checkpoint | null): Promise<number | Checkpoint | null> {
    try {
      const archived = await this.marks.archived(this.db);
      const keyOf = await this.keys.all(this.db, archived);
      const known = kept && kept.head.id > (archived?.id ?? 0) ? kept.head : null;
      const next = known ? await this.again(keyOf, archived, kept?.next ?? 0, known.id) : 0;
      if (known && (await this.hashOf(known.id)) !== known.hash) return known.id;
      let head = known ?? archived;
      for await (const { id, hash } of wholeRows(this.db, keyOf, head)) head = { id, hash };
      return head && { head, next };
    } catch (error) {
      if (error instanceof NotWhole) return error.id;
      if (error instanceof Unreadable) return error.fromId;
      throw error;
    }
  }

  /** @returns after which row to go on the next night: 0 from the first again */
  private async again(keyOf: KeyOf, archived: Head | null, from: number, known: number): Promise<number> {
    const hash = from > (archived?.id ?? 0) ? await this.hashOf(from) : null;
    let [last, count] = [hash === null ? archived : { id: from, hash }, 0];
    for await (const row of wholeRows(this.db, keyOf, last, known)) {
      last = row;
      count += 1;
      if (count >= AGAIN) break;
    }
    return last && last.id < known ? last.id : 0;
  }

  private async reportLate(): Promise<void> {
    const { late } = await onlyRow<{ late: number }>(
      this.db,
      `SELECT count(*) AS late FROM sys_audit_entry WHERE recorded_at < $2::timestamptz - make_interval(mins => $1)`,
      [LATE_MINUTES, this.clock.wall()],
    );
    if (late === 0) await this.alerts.clear(LATE);
    else
      await this.alerts.raise(
        'system-audit-late',
        `${late} rows of sys_audit_entry have waited for more than ${LATE_MINUTES} minutes`,
        { key: LATE },
      );
  }

  private async hashOf(id: number): Promise<string | null> {
    const row = await maybeRow<{ hash: string }>(
      this.db,
      `SELECT encode(hash, 'hex') AS hash FROM sys_audit WHERE id = $1`,
      [id],
    );
    return row?.hash ?? null;
  }
}
