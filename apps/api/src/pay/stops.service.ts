import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { AlreadyStopped, Gateways, PayoutStops, StopReleased, type StopTarget } from '@yajin/payment';
import type { PayOrder, PayStop } from '@yajin/payment/entities';
import {
  BusinessError,
  conditions,
  invalid,
  maybeRow,
  onlyRow,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { DataSource } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import { PayLines } from './pay.lines.js';
import { paging, time } from './present.js';
import type { StopPayoutsDto, StopQuery } from './stops.dto.js';

type StopRow = Row<PayStop> & { held: number; held_fen: string };

/** SQL over stops `s`, with what waits because of each. */
const STOPS = `
  SELECT s.*, h.held, h.held_fen FROM pay_stop s CROSS JOIN LATERAL (
    SELECT count(*) AS held, coalesce(sum(amount_fen), 0) AS held_fen FROM (
      SELECT r.amount_fen FROM pay_refund r WHERE s.released_at IS NULL AND r.status IN ('pending', 'processing') AND pay_stops_refund(s, r)
        AND EXISTS (SELECT FROM pay_refund_attempt k WHERE k.refund_id = r.id AND k.state IN ('created', 'sending'))
      UNION ALL
      SELECT t.amount_fen FROM pay_transfer t WHERE s.released_at IS NULL AND t.status IN ('pending', 'processing') AND pay_stops_transfer(s, t)
        AND t.state IN ('created', 'sending')
    ) AS waiting
  ) AS h`;

/** Stopping payouts, and letting them go on. */
@Injectable()
export class StopsService {
  constructor(
    private readonly db: DataSource,
    private readonly stops: PayoutStops,
    private readonly gateways: Gateways,
    private readonly lines: PayLines,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** Newest first. */
  async list(query: StopQuery): Promise<Console.PayStopPage> {
    const { where, parameters } = conditions([
      [`CASE WHEN s.released_at IS NULL THEN 'open' ELSE 'released' END = ?`, query.state],
      ['s.scope = ?', query.scope],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<StopRow>(
      this.db,
      `${STOPS} WHERE ${where} ORDER BY s.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_stop s WHERE ${where}`,
      parameters,
    );
    return { list: found.map(present), ...paging(query, total), gateways: this.gateways.names };
  }

  /** @throws BusinessError 400 for what there is not, 409 for what is stopped already */
  async stop(operator: Operator, body: StopPayoutsDto, key: IdempotencyKey | null): Promise<Console.PayStop> {
    const { reason } = body;
    try {
      return await this.idempotency.once(key, async (manager) => {
        const what = await this.target(manager, body);
        const id = await this.stops.stop(manager, what, reason, operator.username);
        const { scope, target } = what;
        await this.audit.record(manager, operator, {
          action: 'payout_stop.throw',
          target: ['payout_stop', id],
          after: { scope, target, reason },
        });
        return this.one(manager, id);
      });
    } catch (error) {
      if (error instanceof AlreadyStopped) throw new BusinessError(409, sentence('stop_there'));
      throw error;
    }
  }

  /** @throws BusinessError 404, 409 when it is stopped no more */
  async release(operator: Operator, id: number, note: string): Promise<Console.PayStop> {
    try {
      return await this.db.transaction(async (manager) => {
        const { scope, target } = await this.one(manager, id);
        await this.stops.release(manager, id, note, operator.username);
        await this.audit.record(manager, operator, {
          action: 'payout_stop.release',
          target: ['payout_stop', id],
          after: { scope, target, note },
        });
        return this.one(manager, id);
      });
    } catch (error) {
      if (error instanceof StopReleased) throw new BusinessError(409, sentence('stop_released'));
      throw error;
    }
  }

  private async one(db: Database, id: number): Promise<Console.PayStop> {
    const found = await maybeRow<StopRow>(db, `${STOPS} WHERE s.id = $1`, [id]);
    if (!found) throw new BusinessError(404, sentence('stop_unknown'));
    return present(found);
  }

  /** @throws BusinessError 400 */
  private async target(db: Database, { scope, target }: StopPayoutsDto): Promise<StopTarget> {
    const there = { scope, target, orderId: null };
    switch (scope) {
      case 'gateway':
        if (this.gateways.has(target)) return there;
        throw invalid({ field: 'target', ...sentence('gateway_unknown') });
      case 'line':
        if (this.lines.names.some((line) => line === target)) return there;
        throw invalid({ field: 'target', ...sentence('line_of_business_unknown') });
      case 'payee':
        return this.payee(db, target);
    }
  }

  private async payee(db: Database, target: string): Promise<StopTarget> {
    const [line, owner] = target.split(':');
    if (owner && this.lines.names.some((each) => each === line))
      return { scope: 'payee', target, orderId: null };
    const order = await maybeRow<Row<PayOrder, 'id'>>(db, 'SELECT id FROM pay_order WHERE order_no = $1', [
      target,
    ]);
    if (!order) throw invalid({ field: 'target', ...sentence('stop_target_unknown') });
    return { scope: 'payee', target, orderId: order.id };
  }
}

function present(row: StopRow): Console.PayStop {
  return {
    id: row.id,
    scope: row.scope,
    target: row.target,
    reason: row.reason,
    state: row.released_at === null ? 'open' : 'released',
    thrownBy: row.thrown_by,
    thrownAt: localTime(row.thrown_at),
    releasedBy: row.released_by,
    releasedAt: time(row.released_at),
    note: row.note,
    held: row.held,
    heldAmount: yuanFromFen(fen(row.held_fen)),
  };
}
