import { Injectable, Logger } from '@nestjs/common';
import { Alerts, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';

/** Hash in hex. */
interface Head {
  id: number;
  hash: string;
}

/** The first row that does not follow from the one before it, the newest row, and what has become of `$1`. */
const VERIFY = `
  SELECT min(id) FILTER (WHERE NOT follows) AS broken, max(id) AS id,
    (SELECT encode(hash, 'hex') FROM sys_audit ORDER BY id DESC LIMIT 1) AS hash,
    (SELECT encode(hash, 'hex') FROM sys_audit WHERE id = $1) AS known
  FROM (
    SELECT a.id, a.id = coalesce(lag(a.id) OVER older, 0) + 1 AND a.hash = sys_audit_hash(lag(a.hash) OVER older, a) AS follows
    FROM sys_audit a WINDOW older AS (ORDER BY a.id)
  ) AS checked`;

/** Finds out whether anybody changed the audit log behind the application's back. */
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

  async verify(): Promise<void> {
    const found = await onlyRow<{
      broken: number | null;
      id: number | null;
      hash: string | null;
      known: string | null;
    }>(this.db, VERIFY, [this.head?.id ?? null]);
    const replaced = this.head !== null && found.known !== this.head.hash ? this.head.id : null;
    const broken = found.broken ?? replaced;
    if (broken !== null)
      return this.alerts.raise('操作日志校验失败，可能被改动', `sys_audit is not whole at id ${broken}`);
    if (found.id === null || found.hash === null) return;
    this.head = { id: found.id, hash: found.hash };
    this.logger.log(`the audit log is whole; its newest row is ${found.id} with hash ${found.hash}`);
  }
}
