import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { holdOf, mayTryAgain, presentHold, type HeldBy } from '@yajin/payment';
import type {
  PayOrder,
  PayAttempt,
  PayRefusal,
  PayTransfer,
  PayNotification,
  PayLedger,
} from '@yajin/payment/entities';
import { BusinessError, conditions, maybeRow, numberedPage, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { PayOrderQuery } from './pay.dto.js';
import { PayParties } from './parties.js';
import { paging, time } from './present.js';
import { RefundQueries } from './refund.queries.js';

type OrderRow = Row<PayOrder> & { line: Console.Line; refunded_fen: number; gateway: string | null };

/** What was paid counts; before that, the gateway that was tried last. */
const ORDERS = `
  SELECT o.*, a.gateway, coalesce(a.refunded_fen, 0) AS refunded_fen
  FROM pay_order o LEFT JOIN LATERAL (
    SELECT p.gateway, CASE WHEN p.out_trade_no = o.paid_with THEN p.refunded_fen END AS refunded_fen FROM pay_attempt p
    WHERE p.order_id = o.id ORDER BY p.out_trade_no = o.paid_with DESC NULLS LAST, p.created_at DESC LIMIT 1
  ) AS a ON true`;

/** Paid by whoever paid the order of that number. */
const SAME_PAYER = `o.status = 'paid' AND o.payer_index = (SELECT k.payer_index FROM pay_order k WHERE k.order_no = ?)`;

/** The money of every line, as operators see it. */
@Injectable()
export class PayQueries {
  constructor(
    private readonly db: DataSource,
    private readonly refunds: RefundQueries,
    private readonly parties: PayParties,
  ) {}

  /** Newest first. */
  async orders(query: PayOrderQuery): Promise<Console.OrderPage> {
    const { ids: orders, more } = await this.parties.looked(query.keyword, query.line);
    const { where, parameters } = conditions([
      ['o.line = ?', query.line],
      ['o.status = ?', query.status],
      ['o.id = ANY(?)', orders],
      [SAME_PAYER, query.payerOf],
      ['o.subject = ?', query.subject],
    ]);
    // Orders never leave their line, but they do leave a status.
    const anchors =
      query.status || orders || query.payerOf || query.subject ? null : `pay_order:${query.line ?? ''}`;
    const list = { table: 'pay_order', alias: 'o', where, parameters, anchors, at: 'created_at' };
    const { ids, total } = await numberedPage(this.db, list, query);
    const found = await rows<OrderRow>(
      this.db,
      `${ORDERS} WHERE o.id = ANY($1) ORDER BY o.created_at DESC, o.id DESC`,
      [ids],
    );
    const parties = await this.parties.of(this.db, found);
    return { list: found.map((row) => presentOrder(row, parties(row.id))), more, ...paging(query, total) };
  }

  /** As of one moment: the parts of a story that goes on fit each other. @throws BusinessError 404 */
  story(orderNo: string): Promise<Console.OrderStory> {
    return this.db.transaction('REPEATABLE READ', (manager) => this.told(manager, orderNo));
  }

  private async told(db: EntityManager, orderNo: string): Promise<Console.OrderStory> {
    const order = await maybeRow<OrderRow & { id: number }>(db, `${ORDERS} WHERE o.order_no = $1`, [orderNo]);
    if (!order) throw new BusinessError(404, sentence('order_unknown'));
    const parties = await this.parties.of(db, [order]);
    return {
      order: presentOrder(order, parties(order.id)),
      attempts: await this.attempts(db, order.id),
      refusals: await this.refusals(db, order.id),
      refunds: await this.refunds.ofOrder(db, order.id),
      transfers: await this.transfers(db, order.id, order.order_no, order.line),
      notifications: await this.notes(db, order.id),
      postings: await this.postings(db, order.id),
    };
  }

  /** What each account of a line holds; users' accounts together, for they are many. */
  async balances(line: Console.Line): Promise<Console.PayBalanceList> {
    const found = await rows<{ account: string; fen: string }>(
      this.db,
      `SELECT account, sum(amount) AS fen FROM (
         SELECT split_part(debit, ':', 1) AS account, amount_fen AS amount FROM pay_ledger WHERE line = $1
         UNION ALL SELECT split_part(credit, ':', 1), -amount_fen FROM pay_ledger WHERE line = $1
       ) AS sides GROUP BY account ORDER BY account`,
      [line],
    );
    return { list: found.map(({ account, fen: sum }) => ({ account, balance: yuanFromFen(fen(sum)) })) };
  }

  private async attempts(db: EntityManager, orderId: number): Promise<Console.PayAttempt[]> {
    const found = await rows<Row<PayAttempt>>(
      db,
      'SELECT * FROM pay_attempt WHERE order_id = $1 ORDER BY created_at, out_trade_no',
      [orderId],
    );
    return found.map((row) => ({
      outTradeNo: row.out_trade_no,
      gateway: row.gateway,
      scene: row.scene,
      state: row.state,
      transactionId: row.transaction_id,
      counts: row.held_in === 'deposit' || row.held_in === 'unallocated',
      suspended: row.held_in === 'suspense',
      createdAt: localTime(row.created_at),
      paidAt: time(row.paid_at),
      amount: yuanFromFen(fen(row.amount_fen)),
    }));
  }

  private async refusals(db: EntityManager, orderId: number): Promise<Console.PayRefusal[]> {
    const found = await rows<Row<PayRefusal>>(
      db,
      'SELECT * FROM pay_refusal WHERE order_id = $1 ORDER BY last_at, code',
      [orderId],
    );
    return found.map(({ last_at: lastAt, kind, ...row }) => ({
      gateway: row.gateway,
      code: row.code,
      message: row.message,
      times: row.times,
      mayTryAgain: mayTryAgain({ kind, code: row.code }),
      lastAt: localTime(lastAt),
    }));
  }

  private async transfers(
    db: EntityManager,
    orderId: number,
    orderNo: string,
    line: Console.Line,
  ): Promise<Console.PayTransfer[]> {
    const found = await rows<Row<PayTransfer> & { hold: HeldBy | null }>(
      db,
      `SELECT t.*, ${holdOf('transfer', 't.source')} AS hold FROM pay_transfer t WHERE t.order_id = $1 ORDER BY t.id`,
      [orderId],
    );
    return found.map((row) => ({
      id: row.id,
      orderNo,
      line,
      amount: yuanFromFen(fen(row.amount_fen)),
      remark: row.remark,
      status: row.status,
      outTransferNo: row.out_transfer_no,
      failure: row.fail_message,
      hold: presentHold(row.hold),
      createdAt: localTime(row.created_at),
      succeededAt: time(row.succeeded_at),
    }));
  }

  private async notes(db: EntityManager, orderId: number): Promise<Console.PayNote[]> {
    const found = await rows<Row<PayNotification>>(
      db,
      `SELECT n.* FROM pay_notification n WHERE n.subject_no IN (
         SELECT out_trade_no FROM pay_attempt WHERE order_id = $1
         UNION ALL SELECT k.out_refund_no FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id WHERE r.order_id = $1
         UNION ALL SELECT out_transfer_no FROM pay_transfer WHERE order_id = $1) ORDER BY n.id`,
      [orderId],
    );
    return found.map((row) => ({
      gateway: row.gateway,
      eventType: row.event_type,
      state: row.state,
      reason: row.reason,
      deliveries: row.deliveries,
      receivedAt: localTime(row.received_at),
    }));
  }

  private async postings(db: EntityManager, orderId: number): Promise<Console.PayPosting[]> {
    const found = await rows<Row<PayLedger, 'source' | 'debit' | 'credit' | 'amountFen' | 'at'>>(
      db,
      'SELECT source, debit, credit, amount_fen, at FROM pay_ledger WHERE order_id = $1 ORDER BY id',
      [orderId],
    );
    return found.map((row) => ({
      kind: row.source.split(':')[0] ?? row.source,
      debit: row.debit,
      credit: row.credit,
      amount: yuanFromFen(fen(row.amount_fen)),
      at: localTime(row.at),
    }));
  }
}

function presentOrder(row: OrderRow, party: Console.PayParty): Console.PayOrder {
  return {
    orderNo: row.order_no,
    line: row.line,
    subject: row.subject,
    description: row.description,
    amount: yuanFromFen(fen(row.amount_fen)),
    refunded: yuanFromFen(fen(row.refunded_fen)),
    status: row.status,
    gateway: row.gateway,
    createdAt: localTime(row.created_at),
    expiresAt: localTime(row.expires_at),
    paidAt: time(row.paid_at),
    party,
  };
}
