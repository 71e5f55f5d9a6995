import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock, Deadlines, maybeRow, noteAbout, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { BUSINESS, KEY, WALL, type Lane, type Step } from './lane.js';
import { GatewayError } from './gateway.js';
import { Gateways } from './gateways.js';
import { OrderNotPayable, type AttemptRow } from './attempts.js';
import { Payments } from './payments.js';
import { orderTransitions } from './states.js';
import { ATTEMPT_WAITS, CLOSE_WAITS } from './times.js';
import { TradeQueries } from './trade-queries.js';

const AT_ONCE = 8;

const LIVE = `SELECT FROM pay_attempt a WHERE a.order_id = o.id AND a.state IN ('created', 'open')`;

/** Looks after payments that nobody waits for: lost notifications, and orders whose time is up. */
@Injectable()
export class PaymentChecks implements OnModuleInit {
  private readonly logger = new Logger(PaymentChecks.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly payments: Payments,
    private readonly trades: TradeQueries,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    // What has fallen due the lanes do by themselves.
    this.deadlines.register({ owner: 'orders', steps: [], next: (after) => this.nextExpiry(after) });
  }

  lanes(): Lane[] {
    const { names } = this.gateways;
    return [
      ...names.map((name) => this.queries(name)),
      ...names.map((name) => this.expiries(name)),
      this.expiries(null),
    ];
  }

  private queries(gateway: string): Lane {
    return {
      name: `queries of ${gateway}`,
      atOnce: AT_ONCE,
      due: `SELECT FROM pay_attempt WHERE gateway = ${KEY} AND query_at <= ${WALL}`,
      key: gateway,
      take: async (room) => {
        const taken = await rows<AttemptRow>(
          this.db,
          `UPDATE pay_attempt SET queries = queries + 1, queried_at = $4,
             query_at = $4::timestamptz + make_interval(secs => ($3::int[])[least(queries + 2, cardinality($3::int[]))])
           WHERE out_trade_no IN (SELECT out_trade_no FROM pay_attempt WHERE gateway = $1 AND query_at <= $4
                                  ORDER BY query_at LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING *`,
          [gateway, this.gateways.room(gateway, room), ATTEMPT_WAITS.queries, this.clock.wall()],
        );
        return taken.map(
          (attempt): Step =>
            () =>
              this.whereClear(`trade-${attempt.out_trade_no}`, () => this.query(attempt)),
        );
      },
    };
  }

  /** An order that is pending past its end, and whose live number is the gateway's; `null` for those without one. */
  private expiries(gateway: string | null): Lane {
    const over = (key: string): string =>
      `o.status = 'pending' AND o.close_at <= ${WALL} AND o.expires_at <= ${BUSINESS}
        AND ${gateway === null ? `NOT EXISTS (${LIVE})` : `EXISTS (${LIVE} AND a.gateway = ${key})`}`;
    return {
      name: `expiries of ${gateway ?? 'none'}`,
      atOnce: AT_ONCE,
      due: `SELECT FROM pay_order o WHERE ${over(KEY)}`,
      key: gateway ?? '',
      take: async (room) => {
        const wanted = gateway === null ? room : this.gateways.room(gateway, room);
        const taken = await rows<{ id: number }>(
          this.db,
          `UPDATE pay_order SET close_tries = close_tries + 1,
             close_at = ${WALL} + make_interval(secs => least($4, $5 * 2 ^ least(close_tries, 10)))
           WHERE id IN (SELECT o.id FROM pay_order o, (SELECT $6::text) AS of(key) WHERE ${over('of.key')} ORDER BY o.close_at LIMIT $3 FOR NO KEY UPDATE OF o SKIP LOCKED)
           RETURNING id`,
          [this.clock.now(), this.clock.wall(), wanted, CLOSE_WAITS.longest, CLOSE_WAITS.first, gateway],
        );
        return taken.map(
          ({ id }): Step =>
            () =>
              this.whereClear(`order-${id}`, () => this.expire(id)),
        );
      },
    };
  }

  private async nextExpiry(after: Date): Promise<Date | null> {
    const { due } = await onlyRow<{ due: Date | null }>(
      this.db,
      `SELECT min(expires_at) AS due FROM pay_order WHERE status = 'pending' AND expires_at > $1`,
      [after],
    );
    return due;
  }

  /** A gateway that says nothing clear is asked again when the row falls due the next time. */
  private async whereClear(what: string, step: Step): Promise<void> {
    noteAbout(what);
    try {
      await step();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${what} stays unclear: ${error.code} ${error.message}`);
    }
  }

  /** A number that is closed here was unknown to the gateway then: until its address has died, somebody may still open it. */
  private async query(attempt: AttemptRow): Promise<void> {
    const number = attempt.out_trade_no;
    const { state, applied } = await this.trades.check(number);
    // One look at what is paid is enough, whatever it shows.
    if (applied !== null || attempt.state === 'paid') {
      await rows(
        this.db,
        `UPDATE pay_attempt SET query_at = NULL WHERE out_trade_no = $1 AND state = 'paid'`,
        [number],
      );
      return;
    }
    if (attempt.state === 'closed') return this.watch(attempt, state);
    // Left beside an order that is over, perhaps registered without our having heard: close it too, so that nobody can pay it.
    const left = await maybeRow<AttemptRow>(
      this.db,
      `SELECT a.* FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id
       WHERE a.out_trade_no = $1 AND a.state IN ('created', 'open') AND o.status <> 'pending'`,
      [number],
    );
    if (left) await this.payments.close(left);
  }

  private async watch(attempt: AttemptRow, state: string): Promise<void> {
    const number = attempt.out_trade_no;
    try {
      if (state === 'open' && (await this.payments.closeAtGateway(attempt)) === 'absent') return;
    } catch (error) {
      if (error instanceof OrderNotPayable) return;
      throw error;
    }
    await rows(
      this.db,
      `UPDATE pay_attempt SET query_at = NULL WHERE out_trade_no = $1 AND state = 'closed' AND ($2 OR dies_at IS NULL OR dies_at <= $3)`,
      [number, state !== 'absent', this.clock.now()],
    );
  }

  /**
   * Ends an order whose time is up: closes it at the gateway first, and takes the payment if the gateway
   * says it was paid after all.
   */
  private async expire(orderId: number): Promise<void> {
    const live = await maybeRow<AttemptRow>(
      this.db,
      `SELECT * FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open')`,
      [orderId],
    );
    try {
      if (live) await this.payments.close(live);
    } catch (error) {
      if (!(error instanceof OrderNotPayable)) throw error;
    }
    await rows(
      this.db,
      `UPDATE pay_order SET status = '${orderTransitions.pending.closed}', deliver_at = $3, delivery_tries = 0
       WHERE id = $1 AND status = 'pending' AND expires_at <= $2
         AND NOT EXISTS (SELECT FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open'))`,
      [orderId, this.clock.now(), this.clock.wall()],
    );
  }
}
