import { Injectable } from '@nestjs/common';
import { localTime, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import type { PayOrder } from '@yajin/payment/entities';
import {
  BusinessError,
  Clock,
  conditions,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
  type SysAlert,
} from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Operator } from '../system/index.js';
import { isAlertKind } from './alert-titles.js';
import type { AlertQuery } from './alerts.dto.js';
import { paging, time } from './present.js';

type AlertRow = Row<SysAlert> & { order_no: PayOrder['orderNo'] | null };

/** SQL over alerts `a`, with the order that each is about. */
const ALERTS = `
  SELECT a.*, coalesce(
    (SELECT o.order_no FROM pay_order o WHERE o.id = (a.params ->> 'order')::bigint),
    (SELECT o.order_no FROM pay_refund r JOIN pay_order o ON o.id = r.order_id WHERE r.id = (a.params ->> 'refund')::bigint),
    (SELECT o.order_no FROM pay_transfer t JOIN pay_order o ON o.id = t.order_id WHERE t.id = (a.params ->> 'transfer')::bigint),
    (SELECT o.order_no FROM pay_attempt p JOIN pay_order o ON o.id = p.order_id WHERE p.out_trade_no = a.params ->> 'trade')
  ) AS order_no FROM sys_alert a`;

const STATE = `CASE WHEN a.resolved_at IS NOT NULL THEN 'resolved' WHEN a.seen_at IS NOT NULL THEN 'seen' ELSE 'open' END`;

/** What somebody is to look at: who has seen it, and how it ended. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
  ) {}

  /** What is not resolved first, and of that what came up last. */
  async list({ state, kind, page, pageSize }: AlertQuery): Promise<Console.PayAlertPage> {
    const { where, parameters } = conditions([
      [`${STATE} = ?`, state],
      ['a.kind = ?', kind],
    ]);
    const found = await rows<AlertRow>(
      this.db,
      `${ALERTS} WHERE ${where} ORDER BY a.resolved_at DESC NULLS FIRST, a.last_at DESC, a.id DESC
       LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM sys_alert a WHERE ${where}`,
      parameters,
    );
    const left = await onlyRow<{ open: number; unseen: number }>(
      this.db,
      'SELECT count(*) AS open, count(*) FILTER (WHERE seen_at IS NULL) AS unseen FROM sys_alert WHERE resolved_at IS NULL',
    );
    return { list: found.map(present), ...paging({ page, pageSize }, total), ...left };
  }

  /** @throws BusinessError 404 */
  get(id: number): Promise<Console.PayAlert> {
    return this.one(this.db, id);
  }

  /** Who looks first is noted; for everybody after that nothing changes. @throws BusinessError 404, 409 when it is resolved */
  see(operator: Operator, id: number): Promise<Console.PayAlert> {
    return this.db.transaction(async (manager) => {
      const seen = await maybeRow<Row<SysAlert, 'id'>>(
        manager,
        'UPDATE sys_alert SET seen_by = $2, seen_at = $3 WHERE id = $1 AND seen_at IS NULL AND resolved_at IS NULL RETURNING id',
        [id, operator.username, this.clock.wall()],
      );
      const alert = await this.one(manager, id);
      if (seen) await this.audited(manager, operator, 'see', alert, {});
      else if (alert.state === 'resolved') throw over(alert);
      return alert;
    });
  }

  /** What comes up again is another one. @throws BusinessError 404, 409 when it is resolved already */
  resolve(operator: Operator, id: number, note: string): Promise<Console.PayAlert> {
    return this.db.transaction(async (manager) => {
      const resolved = await maybeRow<Row<SysAlert, 'id'>>(
        manager,
        'UPDATE sys_alert SET key = NULL, resolved_by = $2, resolved_at = $3, note = $4 WHERE id = $1 AND resolved_at IS NULL RETURNING id',
        [id, operator.username, this.clock.wall(), note],
      );
      const alert = await this.one(manager, id);
      if (!resolved) throw over(alert);
      await this.audited(manager, operator, 'resolve', alert, { note });
      return alert;
    });
  }

  private async one(db: Database, id: number): Promise<Console.PayAlert> {
    const found = await maybeRow<AlertRow>(db, `${ALERTS} WHERE a.id = $1`, [id]);
    if (!found) throw new BusinessError(404, sentence('alert_unknown'));
    return present(found);
  }

  private audited(
    manager: EntityManager,
    operator: Operator,
    verb: 'see' | 'resolve',
    { id, title, detail, times }: Console.PayAlert,
    said: object,
  ): Promise<void> {
    return this.audit.record(manager, operator, {
      action: `alert.${verb}`,
      target: ['alert', id],
      after: { title, detail, times, ...said },
    });
  }
}

function over({ resolvedBy }: Console.PayAlert): BusinessError {
  return new BusinessError(
    409,
    resolvedBy === null ? sentence('alert_over') : sentence('alert_resolved', resolvedBy),
  );
}

function stateOf(row: AlertRow): Console.PayAlertState {
  if (row.resolved_at !== null) return 'resolved';
  return row.seen_at === null ? 'open' : 'seen';
}

function present(row: AlertRow): Console.PayAlert {
  return {
    id: row.id,
    kind: row.kind !== null && isAlertKind(row.kind) ? row.kind : null,
    severity: row.severity,
    title: row.title,
    detail: row.detail,
    params: row.params,
    orderNo: row.order_no,
    state: stateOf(row),
    times: row.times,
    raisedAt: localTime(row.raised_at),
    lastAt: localTime(row.last_at),
    seenBy: row.seen_by,
    seenAt: time(row.seen_at),
    resolvedBy: row.resolved_by,
    resolvedAt: time(row.resolved_at),
    note: row.note,
  };
}
