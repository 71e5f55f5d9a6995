import { Injectable, Logger } from '@nestjs/common';
import { statesAccepting } from '@yajin/core';
import { Clock, maybeRow, noteAbout, rows, type Database } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayError, type Gateway, type Presentation, type Scene, type TradeRequest } from './gateway.js';
import {
  diesAt,
  fresh,
  liveAttempt,
  OrderNotPayable,
  requireFewAttempts,
  type AttemptRow,
  type Payer,
} from './attempts.js';
import { Gateways } from './gateways.js';
import { Lines, type Order } from './lines.js';
import { newNumber } from './numbers.js';
import { PaymentOptions } from './payment.options.js';
import { allocateOrder, placeOrder, type NewOrder } from './orders.js';
import { PayerIds } from './payer-ids.js';
import { orderFrom, type OrderRow } from './rows.js';
import { Refusals } from './refusals.js';
import { attemptTransitions } from './states.js';
import { after, ATTEMPT_WAITS } from './times.js';
import { TradeQueries } from './trade-queries.js';

/** A number that keeps being registered while it is closed is left to the next sweep. */
const MAX_CLOSES = 3;

/** Orders and the attempts at paying them. */
@Injectable()
export class Payments {
  private readonly logger = new Logger(Payments.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly trades: TradeQueries,
    private readonly refusals: Refusals,
    private readonly payers: PayerIds,
    private readonly options: PaymentOptions,
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
   * any of them closes it at the gateway first, so that two of them can never both be paid. So does a token that has died
   * where the gateway registers a number once.
   * @param gatewayName where the payer now wants to pay; otherwise where the order was last to be paid
   * @throws OrderNotPayable, TooManyAttempts, GatewayError (`refused`, `SCENE` when the gateway does not serve it)
   */
  async present(orderId: number, scene: Scene, payer: Payer, gatewayName?: string): Promise<Presentation> {
    const order = await maybeRow<OrderRow>(this.db, 'SELECT * FROM pay_order WHERE id = $1', [orderId]);
    if (!order || order.status !== 'pending' || order.expires_at <= this.clock.now())
      throw new OrderNotPayable();
    noteAbout(`order-${order.order_no}`);
    const gateway = await this.gatewayFor(order.id, scene, gatewayName);
    const attempt = await this.attemptFor(order, gateway, scene, payer);
    if (attempt.token !== null && fresh(attempt.token_at, gateway.scenes[scene] ?? 0, this.clock.wall()))
      return gateway.present(scene, attempt.token);
    try {
      return gateway.present(scene, await this.register(order, attempt, scene, payer));
    } catch (error) {
      if (!(error instanceof GatewayError) || error.code !== gateway.registersOnce?.conflict) throw error;
      // Registered before, by a call whose answer was lost, and its token with it.
      await this.close(attempt);
      const next = await this.attemptFor(order, gateway, scene, payer);
      return gateway.present(scene, await this.register(order, next, scene, payer));
    }
  }

  /**
   * Says what unallocated money was for: from now on it is a deposit, in the books too.
   * @param subject what the line calls the business it belongs to
   * @returns false when it was allocated before
   */
  allocate(manager: EntityManager, orderId: number, subject: string): Promise<boolean> {
    return allocateOrder(manager, orderId, subject, this.clock.now());
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
      notifyUrl: this.options.publicUrl + this.lines.notifyPaths(order.line, attempt.gateway).payment,
      payerId: scene === 'jsapi' ? payer.id : null,
      clientIp: payer.ip,
      returnUrl: payer.returnUrl ?? null,
    };
    let token: string;
    try {
      token = await gateway.createTrade(request);
    } catch (error) {
      if (error instanceof GatewayError && error.kind === 'paid') {
        await this.trades.check(attempt.out_trade_no);
        throw new OrderNotPayable();
      }
      if (error instanceof GatewayError) await this.refusals.note(order.id, attempt.gateway, error);
      throw error;
    }
    const opened = await rows(
      this.db,
      `UPDATE pay_attempt SET state = '${attemptTransitions.created.opened}', token = $2, token_at = $6, dies_at = greatest(dies_at, $5::timestamptz),
         query_at = coalesce(query_at, $3)
       WHERE out_trade_no = $1 AND state = ANY($4) RETURNING out_trade_no`,
      [
        attempt.out_trade_no,
        token,
        this.firstQuery(),
        statesAccepting(attemptTransitions, 'opened'),
        diesAt(gateway, request),
        this.clock.wall(),
      ],
    );
    if (opened.length > 0) return token;
    // The order was paid or closed while we were talking: leave nothing open behind it, now or by the next look.
    await rows(
      this.db,
      `UPDATE pay_attempt SET dies_at = greatest(dies_at, $2::timestamptz), query_at = $3 WHERE out_trade_no = $1 AND state = 'closed'`,
      [attempt.out_trade_no, diesAt(gateway, request), this.clock.wall()],
    );
    await gateway.closeTrade(attempt.out_trade_no).catch((error: unknown) => this.logger.warn(String(error)));
    throw new OrderNotPayable();
  }

  /** @throws GatewayError before an attempt is spent on a scene that its gateway would refuse */
  private async gatewayFor(orderId: number, scene: Scene, wanted?: string): Promise<Gateway> {
    const name = wanted ?? (await liveAttempt(this.db, orderId))?.gateway;
    if (name === undefined) throw new OrderNotPayable();
    const gateway = this.gateways.get(name);
    if (scene in gateway.scenes) return gateway;
    throw new GatewayError('refused', 'SCENE', `${name} does not serve ${scene}`);
  }

  private async attemptFor(
    order: OrderRow,
    { name: gateway, numberLength, scenes, registersOnce }: Gateway,
    scene: Scene,
    payer: Payer,
  ): Promise<AttemptRow> {
    const once = registersOnce?.scenes.includes(scene) ?? false;
    const payerId = scene === 'jsapi' ? payer.id : null;
    const kept = this.payers.keep(payerId);
    const claimed = await maybeRow<AttemptRow>(
      this.db,
      `UPDATE pay_attempt SET scene = $2, payer_id = $3, payer_index = $6, query_at = $5
       WHERE order_id = $1 AND state = 'created' AND scene IS NULL AND gateway = $4 RETURNING *`,
      [order.id, scene, kept.payer_id, gateway, this.firstQuery(), kept.payer_index],
    );
    const live = claimed ?? (await liveAttempt(this.db, order.id));
    const fits = (attempt: AttemptRow): boolean =>
      attempt.gateway === gateway &&
      attempt.scene === scene &&
      (payerId === null ? attempt.payer_id === null : this.payers.is(attempt, payerId)) &&
      !(once && attempt.token !== null && !fresh(attempt.token_at, scenes[scene] ?? 0, this.clock.wall()));
    if (live && fits(live)) return live;
    if (live) {
      await requireFewAttempts(this.db, order.id, payer.unknown);
      await this.close(live);
    }
    const next = await maybeRow<AttemptRow>(
      this.db,
      `INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, payer_id, payer_index, amount_fen, created_at, query_at)
       SELECT $2, id, $3, $4, $5, $8, amount_fen, $6, $7 FROM pay_order WHERE id = $1 AND status = 'pending'
       ON CONFLICT DO NOTHING RETURNING *`,
      [
        order.id,
        newNumber(numberLength.trade),
        gateway,
        scene,
        kept.payer_id,
        this.clock.now(),
        this.firstQuery(),
        kept.payer_index,
      ],
    );
    const current = next ?? (await liveAttempt(this.db, order.id));
    if (!current || !fits(current)) throw new OrderNotPayable();
    return current;
  }

  /**
   * Closes an attempt at the gateway, then here, unless it was registered there meanwhile: then once more. What the gateway
   * does not know yet is asked about until the payer's address has died: opening it still begins the trade.
   * @throws OrderNotPayable when the gateway says that it is paid; GatewayError when it says nothing clear
   */
  async close(attempt: AttemptRow): Promise<void> {
    let open: AttemptRow | null = attempt;
    for (let tries = 0; open && tries < MAX_CLOSES; tries += 1) {
      const said = open.scene === null ? 'closed' : await this.closeOrLater(open);
      const closed = await rows(
        this.db,
        `UPDATE pay_attempt SET state = '${attemptTransitions.open.closed}',
           query_at = CASE WHEN $4 = 'unclear' OR ($4 = 'absent' AND dies_at > $5) THEN $6::timestamptz END
         WHERE out_trade_no = $1 AND state = $2 AND token IS NOT DISTINCT FROM $3 RETURNING out_trade_no`,
        [open.out_trade_no, open.state, open.token, said, this.clock.now(), this.firstQuery()],
      );
      if (closed.length > 0) return;
      open = await maybeRow<AttemptRow>(
        this.db,
        `SELECT * FROM pay_attempt WHERE out_trade_no = $1 AND state = ANY($2)`,
        [attempt.out_trade_no, statesAccepting(attemptTransitions, 'closed')],
      );
    }
  }

  /**
   * A number whose registration got no clear answer has no token, so nobody can pay it: it holds up neither the next one nor
   * the order's end, and is asked about and closed later.
   */
  private async closeOrLater(attempt: AttemptRow): Promise<'closed' | 'absent' | 'unclear'> {
    try {
      return await this.closeAtGateway(attempt);
    } catch (error) {
      if (!(error instanceof GatewayError) || error.kind === 'paid' || attempt.token !== null) throw error;
      this.logger.warn(`${attempt.out_trade_no} is closed later: ${error.code} ${error.message}`);
      return 'unclear';
    }
  }

  /** @throws OrderNotPayable when the gateway says that it is paid; GatewayError when it says nothing clear */
  async closeAtGateway(attempt: AttemptRow): Promise<'closed' | 'absent'> {
    try {
      return await this.gateways.get(attempt.gateway).closeTrade(attempt.out_trade_no);
    } catch (error) {
      // A trade that is paid cannot be closed, and not every refusal says so: ask.
      if (!(error instanceof GatewayError) || (error.kind !== 'paid' && error.kind !== 'refused'))
        throw error;
      const { state, applied } = await this.trades.check(attempt.out_trade_no);
      if (state === 'closed' || state === 'absent') return state;
      if (applied === null || applied.outcome === 'quarantined') throw error;
      // Some gateways give the money back when they cancel what is paid: look once more when that would have arrived.
      await rows(this.db, `UPDATE pay_attempt SET query_at = $2 WHERE out_trade_no = $1 AND state = 'paid'`, [
        attempt.out_trade_no,
        this.firstQuery(),
      ]);
      throw new OrderNotPayable();
    }
  }

  /** When an attempt nobody waits for is asked about first. */
  private firstQuery(): Date {
    return after(this.clock.wall(), ATTEMPT_WAITS.queries[0]);
  }
}
