import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { DifferenceResolved, resolveDifference, takeDifference } from '@yajin/payment';
import type { PayBill, PayDifference, PayOrder } from '@yajin/payment/entities';
import {
  BusinessError,
  Clock,
  conditions,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import type { BillQuery, DifferenceQuery } from './reconciliation.dto.js';
import { paging, time } from './present.js';

type BillLine = Row<
  PayBill,
  | 'gateway'
  | 'day'
  | 'state'
  | 'reason'
  | 'rowCount'
  | 'paidFen'
  | 'refundedFen'
  | 'feeFen'
  | 'readAt'
  | 'checkAt'
> & { open: number };
type DifferenceRow = Row<
  PayDifference,
  | 'id'
  | 'gateway'
  | 'day'
  | 'kind'
  | 'outTradeNo'
  | 'outRefundNo'
  | 'transactionId'
  | 'oursFen'
  | 'theirsFen'
  | 'state'
  | 'owner'
  | 'decision'
  | 'note'
  | 'foundAt'
  | 'resolvedBy'
  | 'resolvedAt'
> & { order_no: PayOrder['orderNo'] | null };

const DIFFERENCE = `
  SELECT d.*, o.order_no FROM pay_difference d
  LEFT JOIN pay_attempt a ON a.out_trade_no = d.out_trade_no AND a.gateway = d.gateway LEFT JOIN pay_order o ON o.id = a.order_id`;

/** Gateways' bills, and what differs from our books: a person sees to it, and says what became of it. */
@Injectable()
export class ReconciliationService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** The latest days first. */
  async bills(query: BillQuery): Promise<Console.PayBillPage> {
    const { where, parameters } = conditions([
      ['b.gateway = ?', query.gateway],
      ['b.state = ?', query.state],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<BillLine>(
      this.db,
      `SELECT b.*, (SELECT count(*) FROM pay_difference d WHERE d.gateway = b.gateway AND d.day = b.day AND d.state = 'open') AS open
       FROM pay_bill b WHERE ${where} ORDER BY b.day DESC, b.gateway ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_bill b WHERE ${where}`,
      parameters,
    );
    return { list: found.map(presentBill), ...paging(query, total) };
  }

  /** Newest first. */
  async list(query: DifferenceQuery): Promise<Console.PayDifferencePage> {
    const { where, parameters } = conditions([
      ['d.gateway = ?', query.gateway],
      ['d.state = ?', query.state],
      ['d.kind = ?', query.kind],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<DifferenceRow>(
      this.db,
      `${DIFFERENCE} WHERE ${where} ORDER BY d.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_difference d WHERE ${where}`,
      parameters,
    );
    const now = this.clock.now();
    return { list: found.map((row) => present(row, now)), ...paging(query, total) };
  }

  /** @throws BusinessError 404 */
  async one(id: number, db: Database = this.db): Promise<Console.PayDifference> {
    const found = await maybeRow<DifferenceRow>(db, `${DIFFERENCE} WHERE d.id = $1`, [id]);
    if (!found) throw new BusinessError(404, '对账差异不存在');
    return present(found, this.clock.now());
  }

  /** @throws BusinessError 404, 409 when it is resolved */
  take(operator: Operator, id: number): Promise<Console.PayDifference> {
    return this.change(operator, id, 'difference.take', null, {}, (manager) =>
      takeDifference(manager, id, operator.username),
    );
  }

  /** @throws BusinessError 404, 409 when it is resolved */
  resolve(
    operator: Operator,
    id: number,
    { decision, note }: Console.ResolvePayDifference,
    key: IdempotencyKey | null,
  ): Promise<Console.PayDifference> {
    return this.change(operator, id, 'difference.resolve', key, { decision, note }, (manager) =>
      resolveDifference(manager, id, operator.username, decision, note, this.clock.now()),
    );
  }

  private async change(
    operator: Operator,
    id: number,
    action: string,
    key: IdempotencyKey | null,
    said: Record<string, string>,
    change: (manager: EntityManager) => Promise<void>,
  ): Promise<Console.PayDifference> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        const { kind, gateway, outTradeNo } = await this.one(id, manager);
        await change(manager);
        await this.audit.record(manager, operator, {
          action,
          target: ['difference', id],
          after: { kind, gateway, outTradeNo, ...said },
        });
        return this.one(id, manager);
      });
    } catch (error) {
      if (error instanceof DifferenceResolved) throw new BusinessError(409, '该差异已处理');
      throw error;
    }
  }
}

const yuanOrNull = (sum: number | null): number | null => (sum === null ? null : yuanFromFen(fen(sum)));

/** A gateway may have given back more than it kept that day. */
function signedYuanOrNull(sum: number | null): number | null {
  return sum !== null && sum < 0 ? -yuanFromFen(fen(-sum)) : yuanOrNull(sum);
}

function presentBill(row: BillLine): Console.PayBill {
  return {
    gateway: row.gateway,
    day: row.day,
    state: row.state,
    reason: row.reason,
    rows: row.row_count,
    paid: yuanFromFen(fen(row.paid_fen)),
    refunded: yuanFromFen(fen(row.refunded_fen)),
    fee: signedYuanOrNull(row.fee_fen),
    readAt: time(row.read_at),
    nextAt: time(row.check_at),
    openDifferences: row.open,
  };
}

const DAY_MS = 86_400_000;

function present(row: DifferenceRow, now: Date): Console.PayDifference {
  const lay = (row.resolved_at ?? now).getTime() - row.found_at.getTime();
  return {
    id: row.id,
    gateway: row.gateway,
    day: row.day,
    kind: row.kind,
    orderNo: row.order_no,
    outTradeNo: row.out_trade_no,
    outRefundNo: row.out_refund_no,
    transactionId: row.transaction_id,
    ours: yuanOrNull(row.ours_fen),
    theirs: yuanOrNull(row.theirs_fen),
    state: row.state,
    owner: row.owner,
    decision: row.decision,
    note: row.note,
    days: Math.max(0, Math.floor(lay / DAY_MS)),
    foundAt: localTime(row.found_at),
    resolvedBy: row.resolved_by,
    resolvedAt: time(row.resolved_at),
  };
}
