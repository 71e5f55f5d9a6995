import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import {
  awaitsRedirection,
  failureCode,
  Gateways,
  holdOf,
  isBackAtMerchant,
  maySettleOutside,
  pauseOf,
  presentHold,
  presentPause,
  reasonCode,
  reasonInWords,
  RefundPauses,
  type HeldBy,
  type PausedBy,
} from '@yajin/payment';
import type { PayOrder, PayRefund, PayRefundOutside } from '@yajin/payment/entities';
import {
  BusinessError,
  Clock,
  conditions,
  maybeRow,
  numberedPage,
  rows,
  type Database,
  type Row,
} from '@yajin/server';
import { DataSource } from 'typeorm';
import { RefundRetries } from '../system/index.js';
import { PayParties } from './parties.js';
import type { PayRefundQuery } from './pay.dto.js';
import { paging, time } from './present.js';

type RefundRow = Row<
  PayRefund,
  | 'id'
  | 'orderId'
  | 'source'
  | 'gateway'
  | 'amountFen'
  | 'reason'
  | 'status'
  | 'gatewayRefundId'
  | 'failCode'
  | 'failMessage'
  | 'createdAt'
  | 'sentAt'
  | 'succeededAt'
  | 'notBefore'
> &
  Row<PayOrder, 'orderNo'> &
  Row<PayRefundOutside, 'confirmedBy' | 'confirmedAt'> & {
    line: Console.Line;
    numbers: string[];
    gateway_state: Console.PayRefund['gatewayState'];
    may_retry: boolean;
    awaits_redirection: boolean;
    may_settle_outside: boolean;
    evidence: string | null;
    proposed_by: string | null;
    proposed_at: Date | null;
    hold: HeldBy | null;
    pause: PausedBy | null;
  };

/** SQL: whether a refund `r` failed that was begun by no line's page, so that none of them can retry it. */
const MAY_RETRY = `(r.status = 'failed' AND r.source ~ '^(surplus|unwanted|suspense):' AND x.refund_id IS NULL AND NOT ${isBackAtMerchant('r')}
  AND NOT EXISTS (SELECT FROM course_refund c WHERE c.source = r.source) AND NOT EXISTS (SELECT FROM camp_refund c WHERE c.source = r.source))`;

/** SQL over refunds `r`; `$2` is real time. */
const REFUNDS = `
  SELECT r.*, o.order_no, ${holdOf('refund', 'r.source')} AS hold, ${pauseOf('r.source')} AS pause, x.evidence, x.proposed_by, x.proposed_at, x.confirmed_by, x.confirmed_at,
    ${MAY_RETRY} AS may_retry, ${awaitsRedirection('r')} AS awaits_redirection, ${maySettleOutside('r', '$2')} AND x.refund_id IS NULL AS may_settle_outside,
    ARRAY(SELECT k.out_refund_no FROM pay_refund_attempt k WHERE k.refund_id = r.id ORDER BY k.created_at, k.out_refund_no) AS numbers,
    (SELECT k.state FROM pay_refund_attempt k WHERE k.refund_id = r.id
     ORDER BY k.state = 'closed', k.created_at DESC, k.out_refund_no LIMIT 1) AS gateway_state
  FROM pay_refund r JOIN pay_order o ON o.id = r.order_id LEFT JOIN pay_refund_outside x ON x.refund_id = r.id`;

/** Refunds of every line, as the kernel carries them out. */
@Injectable()
export class RefundQueries {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly retries: RefundRetries,
    private readonly parties: PayParties,
    private readonly pauses: RefundPauses,
  ) {}

  /** Newest first. */
  async list(query: PayRefundQuery): Promise<Console.PayRefundPage> {
    const { ids: orders, more } = await this.parties.looked(query.keyword, query.line);
    const { where, parameters } = conditions([
      ['r.line = ?', query.line],
      ['r.status = ?', query.status],
      // Found first: newest first, all others would be looked through as well.
      ['r.id = ANY(ARRAY(SELECT k.id FROM pay_refund k WHERE k.order_id = ANY(?)))', orders],
    ]);
    const anchors = query.status || orders ? null : `pay_refund:${query.line ?? ''}`;
    const list = { table: 'pay_refund', alias: 'r', where, parameters, anchors };
    const { ids, total } = await numberedPage(this.db, list, query);
    const found = await rows<RefundRow>(this.db, `${REFUNDS} WHERE r.id = ANY($1) ORDER BY r.id DESC`, [
      ids,
      this.clock.wall(),
    ]);
    const pauses = await this.pauses.list(this.db);
    return { list: await this.presented(this.db, found), more, ...paging(query, total), pauses };
  }

  /** In the order in which they were asked for. */
  async ofOrder(db: Database, orderId: number): Promise<Console.PayRefund[]> {
    const found = await rows<RefundRow>(db, `${REFUNDS} WHERE r.order_id = $1 ORDER BY r.id`, [
      orderId,
      this.clock.wall(),
    ]);
    return this.presented(db, found);
  }

  async find(db: Database, id: number): Promise<Console.PayRefund | null> {
    const found = await maybeRow<RefundRow>(db, `${REFUNDS} WHERE r.id = $1`, [id, this.clock.wall()]);
    return found && ((await this.presented(db, [found]))[0] ?? null);
  }

  /** @throws BusinessError 404 */
  async one(db: Database, id: number): Promise<Console.PayRefund> {
    const found = await this.find(db, id);
    if (!found) throw new BusinessError(404, sentence('refund_not_there'));
    return found;
  }

  /** @returns null where there is no such refund */
  asked(db: Database, id: number): Promise<Row<PayRefund, 'source' | 'line'> | null> {
    return maybeRow(db, 'SELECT source, line FROM pay_refund WHERE id = $1', [id]);
  }

  private retriedByItsLine(row: RefundRow): boolean {
    const ended = row.gateway_state === 'merchant' || row.evidence !== null;
    return row.status === 'failed' && !ended && this.retries.of(row.line) !== undefined;
  }

  private async presented(db: Database, found: RefundRow[]): Promise<Console.PayRefund[]> {
    const parties = await this.parties.of(
      db,
      found.map(({ order_id: id, line }) => ({ id, line })),
    );
    return found.map((row) => this.present(row, parties(row.order_id)));
  }

  private present(row: RefundRow, party: Console.PayParty): Console.PayRefund {
    const failure = row.status === 'failed' ? (row.fail_message ?? row.fail_code) : null;
    return {
      id: row.id,
      orderNo: row.order_no,
      line: row.line,
      amount: yuanFromFen(fen(row.amount_fen)),
      reason: reasonInWords(row.reason),
      reasonCode: reasonCode(row.reason),
      status: row.status,
      outRefundNos: row.numbers,
      refundId: row.gateway_refund_id,
      failure,
      failCode: failureCode(failure),
      createdAt: localTime(row.created_at),
      succeededAt: time(row.succeeded_at),
      gateway: row.gateway,
      gatewayState: row.gateway_state,
      processingSince: row.status === 'processing' ? time(row.sent_at) : null,
      canRetry: row.may_retry,
      retriable: row.may_retry || this.retriedByItsLine(row),
      canRedirect: row.awaits_redirection && this.gateways.redirects(row.gateway),
      canSettleOutside: row.may_settle_outside,
      outside: outside(row),
      hold: presentHold(row.hold),
      source: row.source,
      party,
      pause: presentPause(row.pause),
      executeAfter:
        row.status === 'pending' && row.not_before !== null && row.not_before > this.clock.wall()
          ? time(row.not_before)
          : null,
    };
  }
}

function outside(row: RefundRow): Console.OutsideRefund | null {
  if (row.evidence === null || row.proposed_by === null || row.proposed_at === null) return null;
  return {
    evidence: row.evidence,
    proposedBy: row.proposed_by,
    proposedAt: localTime(row.proposed_at),
    confirmedBy: row.confirmed_by,
    confirmedAt: time(row.confirmed_at),
  };
}
