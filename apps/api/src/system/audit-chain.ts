import { Injectable, Logger } from '@nestjs/common';
import { Alerts, Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import type { SystemAlert } from './system-alert.js';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditKeys, chainHash, UnreadableKey, type Head } from './audit-keys.js';
import type { SysAuditEntry } from './sys-audit-entry.entity.js';

/** Entries that are chained, and rows that are verified, by one statement. */
const BATCH = 1000;
/** Chaining goes on all the time; an entry that is still outside after so long shows that it does not. */
const LATE_MINUTES = 10;
const LATE = 'audit-late';

/**
 * A row as the text that is hashed, `a` with `id` as its id. Here and not in a function of the database's: whoever owns that could
 * have it say what once was.
 */
const text = (
  id: string,
): string => `jsonb_build_array(${id}, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), a.user_id,
  a.username, a.action, a.target_type, a.target_id, a.before, a.after, a.ip)::text`;

/** Keeps the audit log's chain: appends to it, and finds out whether anybody changed it behind the application's back. */
@Injectable()
export class AuditChain {
  private readonly logger = new Logger(AuditChain.name);
  /**
   * The newest row of the last verification. Newest rows that are gone, or a chain computed anew from some row on, do not
   * show in the chain itself: only against a copy from elsewhere, such as this one or the log's.
   */
  private head: Head | null = null;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<SystemAlert>,
    private readonly keys: AuditKeys,
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
        `SELECT a.id, ${text('$1::bigint - 1 + row_number() OVER (ORDER BY a.id)')} AS text
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
      await rows(manager, `SELECT pg_advisory_xact_lock(hashtext('sys_audit'))`);
      const head = await maybeRow<Head>(
        manager,
        `SELECT id, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id DESC LIMIT 1`,
      );
      return work(manager, head);
    });
  }

  async verify(): Promise<void> {
    await this.reportLate();
    await this.takeIn();
    // So that a log whose keys somebody took away does not pass for one that never had any.
    await this.locked((manager, head) => this.keys.forNext(manager, head));
    const { broken, newest } = await this.firstBroken();
    const known = this.head && (await this.hashOf(this.head.id));
    const replaced = this.head !== null && known !== this.head.hash ? this.head.id : null;
    const wrong = broken ?? replaced;
    if (wrong !== null)
      return this.alerts.raise('system-audit-broken', `sys_audit is not whole at id ${wrong}`);
    if (newest === null) return;
    this.head = newest;
    this.logger.log(`the audit log is whole; its newest row is ${newest.id} with hash ${newest.hash}`);
    await this.alerts.tell('操作日志校验通过', `最新一条 ${newest.id}，校验值 ${newest.hash}`);
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

  /** Row by row from the first to what is now the last, so many at a time. */
  private async firstBroken(): Promise<{ broken: number | null; newest: Head | null }> {
    let newest = null as Head | null;
    try {
      const keyOf = await this.keys.all(this.db);
      for (;;) {
        const batch: (Head & { text: string })[] = await rows(
          this.db,
          `SELECT a.id, encode(a.hash, 'hex') AS hash, ${text('a.id')} AS text FROM sys_audit a WHERE a.id > $1 ORDER BY a.id LIMIT $2`,
          [newest?.id ?? 0, BATCH],
        );
        for (const row of batch) {
          const due: string = chainHash(keyOf(row.id), newest?.hash ?? null, row.text);
          if (row.id !== (newest?.id ?? 0) + 1 || row.hash !== due) return { broken: row.id, newest };
          newest = { id: row.id, hash: row.hash };
        }
        if (batch.length < BATCH) return { broken: null, newest };
      }
    } catch (error) {
      if (!(error instanceof UnreadableKey)) throw error;
      return { broken: error.fromId, newest };
    }
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
