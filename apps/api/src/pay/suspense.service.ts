import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { Suspense, SuspenseDecided, SuspenseNotAssignable } from '@yajin/payment';
import type { PaySuspense, PayOrder, PayAttempt } from '@yajin/payment/entities';
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
import { Audit, deciderOf, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import { PayParties } from './parties.js';
import type { SuspenseQuery } from './pay.dto.js';
import { paging, time } from './present.js';

type SuspenseRow = Row<
  PaySuspense,
  | 'id'
  | 'orderId'
  | 'outTradeNo'
  | 'askedFen'
  | 'amountFen'
  | 'reason'
  | 'createdAt'
  | 'decidedBy'
  | 'decidedAt'
  | 'note'
> &
  Row<PayOrder, 'orderNo' | 'description'> &
  Row<PayAttempt, 'gateway' | 'transactionId' | 'paidAt'> & {
    line: Console.Line;
    status: Console.SuspenseStatus;
    assignable: boolean;
    left_fen: number;
  };

/** Where each one stands: decided by a person, and for a refund as far as the money has come. */
const SUSPENSE = `
  SELECT s.*, o.order_no, o.description, a.gateway, a.transaction_id, a.paid_at,
    a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen,
    s.decision IS NULL AND (o.status <> 'paid' OR o.paid_with = s.out_trade_no)
      AND a.refunded_fen + a.reserved_fen + a.moved_fen = 0 AS assignable,
    CASE WHEN s.decision IS NULL THEN 'pending' WHEN s.decision = 'assigned' THEN 'assigned'
         WHEN r.status = 'success' THEN 'refunded' ELSE 'refunding' END AS status
  FROM pay_suspense s JOIN pay_order o ON o.id = s.order_id JOIN pay_attempt a ON a.out_trade_no = s.out_trade_no
  LEFT JOIN pay_refund r ON r.source = 'suspense:' || s.id`;

/** Money at the gateway that nothing of ours can take: a person decides, once. */
@Injectable()
export class SuspenseService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly suspense: Suspense,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly parties: PayParties,
  ) {}

  /** Newest first. */
  async list(query: SuspenseQuery): Promise<Console.PaySuspensePage> {
    const { where, parameters } = conditions([
      ['s.line = ?', query.line],
      ['s.status = ?', query.status],
    ]);
    const from = `FROM (${SUSPENSE}) AS s WHERE ${where}`;
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<SuspenseRow>(
      this.db,
      `SELECT * ${from} ORDER BY s.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total ${from}`,
      parameters,
    );
    return { list: await this.presented(this.db, found), ...paging(query, total) };
  }

  /**
   * Counts it for its order after all, as the sum that it is.
   * @throws BusinessError 404; 409 when it is decided, its order has been paid otherwise, or a part of it is back
   */
  assign(
    operator: Operator,
    id: number,
    note: string,
    key: IdempotencyKey | null,
  ): Promise<Console.PaySuspense> {
    return this.decide(operator, id, 'suspense.assign', note, key, (manager) =>
      this.suspense.assign(manager, id, operator.username, note),
    );
  }

  /** Gives back what is left of it. @throws BusinessError 404, 409 when it is decided */
  refund(
    operator: Operator,
    id: number,
    note: string,
    key: IdempotencyKey | null,
  ): Promise<Console.PaySuspense> {
    return this.decide(operator, id, 'suspense.refund', note, key, (manager) =>
      this.suspense.refund(manager, id, deciderOf(operator, 'manual'), note),
    );
  }

  private async decide(
    operator: Operator,
    id: number,
    action: 'suspense.assign' | 'suspense.refund',
    note: string,
    key: IdempotencyKey | null,
    decision: (manager: EntityManager) => Promise<unknown>,
  ): Promise<Console.PaySuspense> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        const { orderNo, paid, left, status } = await this.one(manager, id);
        if (action === 'suspense.assign' && status === 'pending' && left < paid)
          throw new BusinessError(409, sentence('suspense_partly_back'));
        await decision(manager);
        await this.audit.record(manager, operator, {
          action,
          target: ['suspense', id],
          after: { orderNo, amount: left, note },
        });
        return this.one(manager, id);
      });
    } catch (error) {
      if (error instanceof SuspenseDecided) throw new BusinessError(409, sentence('suspense_decided'));
      if (error instanceof SuspenseNotAssignable)
        throw new BusinessError(409, sentence('suspense_order_paid'));
      throw error;
    }
  }

  private async one(db: Database, id: number): Promise<Console.PaySuspense> {
    const found = await maybeRow<SuspenseRow>(db, `${SUSPENSE} WHERE s.id = $1`, [id]);
    if (!found) throw new BusinessError(404, sentence('suspense_unknown'));
    return (await this.presented(db, [found]))[0]!;
  }

  private async presented(db: Database, found: SuspenseRow[]): Promise<Console.PaySuspense[]> {
    const now = this.clock.now();
    const parties = await this.parties.of(
      db,
      found.map(({ order_id: id, line }) => ({ id, line })),
    );
    return found.map((row) => present(row, now, parties(row.order_id)));
  }
}

const DAY_MS = 86_400_000;

function present(row: SuspenseRow, now: Date, party: Console.PayParty): Console.PaySuspense {
  const lay = (row.decided_at ?? now).getTime() - row.created_at.getTime();
  return {
    id: row.id,
    line: row.line,
    orderNo: row.order_no,
    description: row.description,
    gateway: row.gateway,
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    asked: yuanFromFen(fen(row.asked_fen)),
    paid: yuanFromFen(fen(row.amount_fen)),
    left: yuanFromFen(fen(row.left_fen)),
    reason: row.reason,
    status: row.status,
    canAssign: row.assignable,
    days: Math.max(0, Math.floor(lay / DAY_MS)),
    paidAt: time(row.paid_at),
    createdAt: localTime(row.created_at),
    decidedBy: row.decided_by,
    decidedAt: time(row.decided_at),
    note: row.note,
    party,
  };
}
