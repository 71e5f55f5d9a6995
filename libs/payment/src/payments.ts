import { Logger } from '@nestjs/common';
import { statesAccepting } from '@yajin/core';
import { maybeRow, onlyRow, rows, type Alerts, type Clock, type Database } from '@yajin/server';
import type { DataSource, EntityManager } from 'typeorm';
import {
  GatewayError,
  type Gateway,
  type PaidTrade,
  type Presentation,
  type Scene,
  type TradeRequest,
} from './gateway.js';
import type { Gateways } from './gateways.js';
import { post } from './ledger.js';
import type { Lines, Order } from './lines.js';
import { newNumber } from './numbers.js';
import { placeOrder, type NewOrder } from './orders.js';
import { orderFrom, type OrderRow } from './rows.js';
import { keepUnapplied, settlePayment, type Settled } from './settlement.js';
import { attemptTransitions, type AttemptState } from './states.js';

/** How often one order is asked about while its payer waits. */
const POLL_SECONDS = 5;
/** When to ask about an open attempt nobody waits for: after so many seconds, then the last for ever. */
const QUERY_AFTER_SECONDS = [60, 120, 300, 600];

/** A number that keeps being registered while it is closed is left to the next sweep. */
const MAX_CLOSES = 3;

export interface Payer {
  id: string | null;
  ip: string | null;
  /** Where the browser goes afterwards. A token that is still good keeps the address it was made with. */
  returnUrl?: string;
}

/** The order is not (or no longer) to be paid. */
export class OrderNotPayable extends Error {
  override readonly name = 'OrderNotPayable';
}

interface AttemptRow {
  out_trade_no: string;
  gateway: string;
  scene: Scene | null;
  state: AttemptState;
  token: string | null;
  token_at: Date | null;
  payer_id: string | null;
}

/** Orders and the attempts at paying them. */
export class Payments {
  private readonly logger = new Logger(Payments.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts,
    private readonly publicUrl: string,
  ) {}

  /**
   * Writes the order in the caller's transaction. Nothing is sent to a gateway before `present`.
   * @throws RangeError for an order number of the line's that its gateway would not take
   */
  create(manager: EntityManager, order: NewOrder): Promise<Order> {
    const { trade } = this.gateways.get(order.gateway).numberLength;
    return placeOrder(manager, order, trade, this.clock.now());
  }

  async find(db: Database, orderId: number): Promise<Order | null> {
    const row = await maybeRow<OrderRow>(db, 'SELECT * FROM pay_order WHERE id = $1', [orderId]);
    return row && orderFrom(row);
  }

  async findByNo(db: Database, orderNo: string): Promise<Order | null> {
    const row = await maybeRow<OrderRow>(db, 'SELECT * FROM pay_order WHERE order_no = $1', [orderNo]);
    return row && orderFrom(row);
  }

  /**
   * What the payer's side needs to pay in `scene`. A number serves one gateway, scene and payer: changing
   * any of them closes it at the gateway first, so that two of them can never both be paid.
   * @param gatewayName where the payer now wants to pay; otherwise where the order was last to be paid
   * @throws OrderNotPayable, GatewayError (`refused`, `SCENE` when the gateway does not serve it)
   */
  async present(orderId: number, scene: Scene, payer: Payer, gatewayName?: string): Promise<Presentation> {
    const order = await maybeRow<OrderRow>(this.db, 'SELECT * FROM pay_order WHERE id = $1', [orderId]);
    if (!order || order.status !== 'pending' || order.expires_at <= this.clock.now())
      throw new OrderNotPayable();
    const gateway = await this.gatewayFor(order.id, scene, gatewayName);
    const attempt = await this.attemptFor(order, gateway, scene, payer);
    if (attempt.token !== null && fresh(attempt.token_at, gateway.scenes[scene] ?? 0))
      return gateway.present(scene, attempt.token);
    const token = await this.register(order, attempt, scene, payer);
    return gateway.present(scene, token);
  }

  /**
   * Says what unallocated money was for: from now on it is a deposit, in the books too.
   * @param subject what the line calls the business it belongs to
   * @returns false when it was allocated before
   */
  async allocate(manager: EntityManager, orderId: number, subject: string): Promise<boolean> {
    const order = await maybeRow<OrderRow>(
      manager,
      `WITH allocated AS (
         UPDATE pay_attempt a SET held_in = 'deposit' FROM pay_order o
         WHERE o.id = $1 AND a.out_trade_no = o.paid_with AND a.held_in = 'unallocated' RETURNING a.order_id
       ) UPDATE pay_order o SET subject = $2 FROM allocated WHERE o.id = allocated.order_id RETURNING o.*`,
      [orderId, subject],
    );
    if (!order) return false;
    const amountFen = orderFrom(order).amountFen;
    const posting = {
      source: `allocate:${orderId}`,
      debit: 'unallocated',
      credit: 'deposit',
      amountFen,
      orderId,
    } as const;
    await post(manager, [posting], this.clock.now());
    return true;
  }

  private async register(order: OrderRow, attempt: AttemptRow, scene: Scene, payer: Payer): Promise<string> {
    const gateway = this.gateways.get(attempt.gateway);
    const request: TradeRequest = {
      outTradeNo: attempt.out_trade_no,
      scene,
      amountFen: orderFrom(order).amountFen,
      description: order.description,
      attach: order.attach,
      expiresAt: order.expires_at,
      notifyUrl: this.publicUrl + this.lines.notifyPaths(order.line, attempt.gateway).payment,
      payerId: attempt.payer_id,
      clientIp: payer.ip,
      returnUrl: payer.returnUrl ?? null,
    };
    let token: string;
    try {
      token = await gateway.createTrade(request);
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'paid') {
        await this.check(attempt.out_trade_no);
        throw new OrderNotPayable();
      }
      throw error;
    }
    const opened = await rows(
      this.db,
      `UPDATE pay_attempt SET state = 'open', token = $2, token_at = now(),
         query_at = coalesce(query_at, now() + make_interval(secs => $3))
       WHERE out_trade_no = $1 AND state = ANY($4) RETURNING out_trade_no`,
      [attempt.out_trade_no, token, QUERY_AFTER_SECONDS[0], statesAccepting(attemptTransitions, 'opened')],
    );
    if (opened.length > 0) return token;
    // The order was paid or closed while we were talking: leave nothing open behind it.
    await gateway.closeTrade(attempt.out_trade_no).catch((error: unknown) => this.logger.warn(String(error)));
    throw new OrderNotPayable();
  }

  /** @throws GatewayError before an attempt is spent on a scene that its gateway would refuse */
  private async gatewayFor(orderId: number, scene: Scene, wanted?: string): Promise<Gateway> {
    const name = wanted ?? (await this.live(orderId))?.gateway;
    if (name === undefined) throw new OrderNotPayable();
    const gateway = this.gateways.get(name);
    if (scene in gateway.scenes) return gateway;
    throw new GatewayError('refused', 'SCENE', `${name} does not serve ${scene}`);
  }

  private async attemptFor(
    order: OrderRow,
    { name: gateway, numberLength }: Gateway,
    scene: Scene,
    payer: Payer,
  ): Promise<AttemptRow> {
    const payerId = scene === 'jsapi' ? payer.id : null;
    const claimed = await maybeRow<AttemptRow>(
      this.db,
      `UPDATE pay_attempt SET scene = $2, payer_id = $3
       WHERE order_id = $1 AND state = 'created' AND scene IS NULL AND gateway = $4 RETURNING *`,
      [order.id, scene, payerId, gateway],
    );
    const live = claimed ?? (await this.live(order.id));
    if (!live) throw new OrderNotPayable();
    const fits = (attempt: AttemptRow): boolean =>
      attempt.gateway === gateway && attempt.scene === scene && attempt.payer_id === payerId;
    if (fits(live)) return live;
    await this.closeAttempt(live);
    const next = await maybeRow<AttemptRow>(
      this.db,
      `INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, payer_id, amount_fen, created_at)
       SELECT $2, id, $3, $4, $5, amount_fen, $6 FROM pay_order WHERE id = $1 AND status = 'pending'
       ON CONFLICT DO NOTHING RETURNING *`,
      [order.id, newNumber(numberLength.trade), gateway, scene, payerId, this.clock.now()],
    );
    const current = next ?? (await this.live(order.id));
    if (!current || !fits(current)) throw new OrderNotPayable();
    return current;
  }

  private live(orderId: number): Promise<AttemptRow | null> {
    return maybeRow(
      this.db,
      `SELECT * FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open')`,
      [orderId],
    );
  }

  /**
   * Closes an attempt at the gateway, then here, unless it was registered there meanwhile: then once more.
   * @throws OrderNotPayable when the gateway says that it is paid; GatewayError when it says nothing clear
   */
  private async closeAttempt(attempt: AttemptRow): Promise<void> {
    let open: AttemptRow | null = attempt;
    for (let tries = 0; open && tries < MAX_CLOSES; tries += 1) {
      if (open.scene !== null) await this.closeAtGateway(open);
      const closed = await rows(
        this.db,
        `UPDATE pay_attempt SET state = 'closed'
         WHERE out_trade_no = $1 AND state = $2 AND token IS NOT DISTINCT FROM $3 RETURNING out_trade_no`,
        [open.out_trade_no, open.state, open.token],
      );
      if (closed.length > 0) return;
      open = await maybeRow<AttemptRow>(
        this.db,
        `SELECT * FROM pay_attempt WHERE out_trade_no = $1 AND state = ANY($2)`,
        [attempt.out_trade_no, statesAccepting(attemptTransitions, 'closed')],
      );
    }
  }

  private async closeAtGateway(attempt: AttemptRow): Promise<void> {
    try {
      await this.gateways.get(attempt.gateway).closeTrade(attempt.out_trade_no);
    } catch (error) {
      // A trade that is paid cannot be closed, and not every refusal says so: ask.
      if (!(error instanceof GatewayError) || (error.kind !== 'paid' && error.kind !== 'refused'))
        throw error;
      const settled = await this.check(attempt.out_trade_no);
      if (settled === null || settled.outcome === 'quarantined') throw error;
      throw new OrderNotPayable();
    }
  }

  /** Asks the gateway about an attempt and settles a payment it reports; null when it reports none. */
  async check(outTradeNo: string): Promise<Settled | null> {
    const attempt = await onlyRow<AttemptRow>(this.db, 'SELECT * FROM pay_attempt WHERE out_trade_no = $1', [
      outTradeNo,
    ]);
    const gateway = this.gateways.get(attempt.gateway);
    const trade = await gateway.queryTrade(outTradeNo);
    if (trade.state !== 'paid') return null;
    const settled = await settlePayment(this.db, gateway, trade, null, null, this.clock.now());
    if (settled.outcome === 'quarantined') await this.keepQuarantined(attempt.gateway, trade, settled.reason);
    return settled;
  }

  /** Money at the gateway that we may not take has to be seen, also when no notification told of it. */
  private async keepQuarantined(gateway: string, trade: PaidTrade, reason: string | null): Promise<void> {
    const note = { eventId: `query:${trade.outTradeNo}`, eventType: 'QUERY', payload: trade };
    const isNew = await keepUnapplied(this.db, gateway, note, 'quarantined', reason ?? '', trade.outTradeNo);
    if (isNew)
      await this.alerts.raise('查询到的支付无法处理，已隔离', `${gateway} ${trade.outTradeNo}: ${reason}`);
  }

  /** For a payer who waits: asks the gateway now, unless that was done a moment ago. */
  async checkWhileWaiting(orderId: number): Promise<void> {
    const due = await maybeRow<{ out_trade_no: string }>(
      this.db,
      `UPDATE pay_attempt SET queried_at = now()
       WHERE order_id = $1 AND state = 'open' AND token_at < now() - interval '2 seconds'
         AND (queried_at IS NULL OR queried_at < now() - make_interval(secs => $2))
       RETURNING out_trade_no`,
      [orderId, POLL_SECONDS],
    );
    if (due) await this.check(due.out_trade_no);
  }

  /** One look by the sweeper; the next one is later each time. */
  async checkSwept(outTradeNo: string): Promise<void> {
    await rows(
      this.db,
      `UPDATE pay_attempt SET queries = queries + 1, queried_at = now(),
         query_at = now() + make_interval(secs => ($2::int[])[least(queries + 2, cardinality($2::int[]))])
       WHERE out_trade_no = $1 AND state = 'open'`,
      [outTradeNo, QUERY_AFTER_SECONDS],
    );
    if ((await this.check(outTradeNo)) !== null) return;
    // Left open beside an order that is over: close it too, so that nobody can pay it.
    const left = await maybeRow<AttemptRow>(
      this.db,
      `SELECT a.* FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id
       WHERE a.out_trade_no = $1 AND a.state = 'open' AND o.status <> 'pending'`,
      [outTradeNo],
    );
    if (left) await this.closeAttempt(left);
  }

  /**
   * Ends an order whose time is up: closes it at the gateway first, and takes the payment if the gateway
   * says it was paid after all.
   */
  async expire(orderId: number): Promise<void> {
    const live = await this.live(orderId);
    if (live) {
      try {
        await this.closeAttempt(live);
      } catch (error) {
        if (!(error instanceof OrderNotPayable)) throw error;
      }
    }
    await rows(
      this.db,
      `WITH closed AS (
         UPDATE pay_order SET status = 'closed'
         WHERE id = $1 AND status = 'pending' AND expires_at <= $2
           AND NOT EXISTS (SELECT FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open'))
         RETURNING id
       ) SELECT graphile_worker.add_job('line.event', json_build_object('type', 'closed', 'orderId', id)) FROM closed`,
      [orderId, this.clock.now()],
    );
  }
}

function fresh(tokenAt: Date | null, seconds: number): boolean {
  return tokenAt !== null && Date.now() - tokenAt.getTime() < seconds * 1000;
}
