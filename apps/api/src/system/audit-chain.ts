import { Injectable, Logger } from '@nestjs/common';
import { Alerts, maybeRow, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';

/** Hash in hex. */
interface Head {
  id: number;
  hash: string;
}

/** Entries that are chained, and rows that are verified, by one statement. */
const BATCH = 1000;
/** Chaining goes on all the time; an entry that is still outside after so long shows that it does not. */
const LATE_MINUTES = 10;

/** The first of the rows from `$1` to `$2` that does not follow from the one before it, and the last; `$3`, `$4` the one before. */
const VERIFY = `
  SELECT min(id) FILTER (WHERE NOT follows) AS broken, max(id) AS id,
    (array_agg(encode(hash, 'hex') ORDER BY id DESC))[1] AS hash
  FROM (
    SELECT a.id, a.hash, a.id = coalesce(lag(a.id) OVER older, $3) + 1
      AND a.hash = sys_audit_hash(coalesce(lag(a.hash) OVER older, decode($4, 'hex')), a) AS follows
    FROM sys_audit a WHERE a.id BETWEEN $1 AND $2 WINDOW older AS (ORDER BY a.id)
  ) AS checked`;

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
    private readonly alerts: Alerts,
  ) {}

  /** Chains what has been recorded and committed so far. Each batch is a transaction of its own. */
  async takeIn(): Promise<void> {
    for (;;) {
      const { moved } = await onlyRow<{ moved: number }>(this.db, 'SELECT sys_audit_take_in($1) AS moved', [
        BATCH,
      ]);
      if (moved < BATCH) return;
    }
  }

  async verify(): Promise<void> {
    await this.reportLate();
    await this.takeIn();
    const { broken, newest } = await this.firstBroken();
    const known = this.head && (await this.hashOf(this.head.id));
    const replaced = this.head !== null && known !== this.head.hash ? this.head.id : null;
    const wrong = broken ?? replaced;
    if (wrong !== null)
      return this.alerts.raise('操作日志校验失败，可能被改动', `sys_audit is not whole at id ${wrong}`);
    if (newest === null) return;
    this.head = newest;
    this.logger.log(`the audit log is whole; its newest row is ${newest.id} with hash ${newest.hash}`);
  }

  private async reportLate(): Promise<void> {
    const { late } = await onlyRow<{ late: number }>(
      this.db,
      `SELECT count(*) AS late FROM sys_audit_entry WHERE recorded_at < now() - make_interval(mins => $1)`,
      [LATE_MINUTES],
    );
    if (late > 0)
      await this.alerts.raise(
        '操作日志有记录长时间未入链',
        `${late} rows of sys_audit_entry have waited for more than ${LATE_MINUTES} minutes`,
      );
  }

  /** Row by row from the first to what is now the last, so many at a time. */
  private async firstBroken(): Promise<{ broken: number | null; newest: Head | null }> {
    const { last } = await onlyRow<{ last: number | null }>(this.db, 'SELECT max(id) AS last FROM sys_audit');
    let newest: Head | null = null;
    for (let from = 1; from <= (last ?? 0); from += BATCH) {
      const found: { broken: number | null; id: number | null; hash: string | null } = await onlyRow(
        this.db,
        VERIFY,
        [from, from + BATCH - 1, newest?.id ?? 0, newest?.hash ?? null],
      );
      if (found.broken !== null) return { broken: found.broken, newest };
      if (found.id !== null && found.hash !== null) newest = { id: found.id, hash: found.hash };
    }
    return { broken: null, newest };
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
