import { Injectable, Logger } from '@nestjs/common';
import { Alerts, Clock, noteAbout, rows, Wakes } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { orderWake } from './deliveries.js';
import type { KernelAlert } from './kernel-alert.js';
import { KEY, WALL, type Lane, type Step } from './lane.js';
import { type LineHandler, Lines } from './lines.js';
import { Refunds } from './refunds.js';
import {
  orderFrom,
  refundFrom,
  transferFrom,
  type OrderRow,
  type RefundRow,
  type TransferRow,
} from './rows.js';
import { Suspense } from './suspense.js';
import { after, doubledWait, LEASE, DELIVERY_WAITS } from './times.js';

/** A line that has thrown so often needs somebody to look. */
const NOTABLE_TRIES = 5;
const ORDERS_AT_ONCE = 4;
const REFUND_BATCHES_AT_ONCE = 2;
const REFUND_BATCH = 100;

type Table = 'pay_order' | 'pay_refund' | 'pay_transfer';
const OF_TABLE = { pay_order: 'order', pay_refund: 'refund', pay_transfer: 'transfer' } as const;

type Told = (what: (typeof OF_TABLE)[Table], line: string, state: string) => void;

interface Undelivered {
  id: number;
  line: string;
  status: string;
  deliver_at: Date | null;
  delivery_tries: number;
}

/**
 * Delivers to lines what has become of their money. A delivery stands in the row that it is about (`deliver_at`), written by
 * the statement that made it happen, and stays there until the line has acknowledged it in a transaction of its own.
 */
@Injectable()
export class Outbox {
  private readonly logger = new Logger(Outbox.name);
  private told: Told = () => undefined;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly lines: Lines,
    private readonly refunds: Refunds,
    private readonly suspense: Suspense,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly wakes: Wakes,
  ) {}

  /** @param told of each change that a line has taken */
  listen(told: Told): void {
    this.told = told;
  }

  lanes(): Lane[] {
    return this.lines.all.flatMap((handler) => {
      return [
        this.lane<OrderRow>('pay_order', handler.line, ORDERS_AT_ONCE, 1, (found) =>
          this.deliverOrder(handler, found),
        ),
        this.lane<RefundRow>('pay_refund', handler.line, REFUND_BATCHES_AT_ONCE, REFUND_BATCH, (found) =>
          this.deliverRefunds(handler, found),
        ),
        ...(handler.transferred
          ? [
              this.lane<TransferRow>('pay_transfer', handler.line, 1, 1, (found) =>
                this.deliver('pay_transfer', found, async (manager) => {
                  for (const row of found) await handler.transferred?.(transferFrom(row), manager);
                }),
              ),
            ]
          : []),
      ];
    });
  }

  private lane<Row extends Undelivered>(
    table: Table,
    line: string,
    atOnce: number,
    batch: number,
    deliverPart: (found: Row[]) => Promise<void>,
  ): Lane {
    return {
      name: `${table} delivered to ${line}`,
      atOnce,
      due: `SELECT FROM ${table} WHERE deliver_at <= ${WALL} AND line = ${KEY}`,
      key: line,
      take: async (room) => {
        const wall = this.clock.wall();
        const taken = await rows<Row>(
          this.db,
          `UPDATE ${table} SET deliver_at = $4, delivery_tries = delivery_tries + 1
           WHERE id IN (SELECT id FROM ${table} WHERE deliver_at <= $3 AND line = $1 ORDER BY deliver_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
           RETURNING *`,
          [line, room * batch, wall, after(wall, LEASE)],
        );
        const steps: Step[] = [];
        for (let at = 0; at < taken.length; at += batch) {
          const part = taken.slice(at, at + batch);
          steps.push(() => {
            if (part.length === 1) noteAbout(`${table.replace('pay_', '')}-${part[0]?.id}`);
            return deliverPart(part);
          });
        }
        return steps;
      },
    };
  }

  private async deliverOrder(handler: LineHandler, found: OrderRow[]): Promise<void> {
    await this.deliver('pay_order', found, async (manager) => {
      for (const row of found) {
        const order = orderFrom(row);
        if (row.status === 'closed') await handler.closed(order, manager);
        if (row.status !== 'paid') continue;
        const verdict = await handler.paid(order, manager);
        if (verdict === 'acknowledged') continue;
        if ('suspend' in verdict) await this.suspense.notWanted(manager, order.id, verdict.suspend);
        else await this.giveBack(manager, order.id, verdict.giveBack);
      }
    });
  }

  private async giveBack(manager: EntityManager, orderId: number, reason: string): Promise<void> {
    const amountFen = await this.refunds.remainder(manager, orderId);
    if (amountFen === 0) return;
    await this.refunds.request(manager, { source: `unwanted:${orderId}`, orderId, amountFen, reason });
  }

  /** All in one transaction; if that fails, each by itself, so that one cannot hold up the others. */
  private async deliverRefunds(handler: LineHandler, found: RefundRow[]): Promise<void> {
    const deliverPart = (part: RefundRow[]) => async (manager: EntityManager) => {
      const orders = await rows<OrderRow>(manager, 'SELECT * FROM pay_order WHERE id = ANY($1)', [
        part.map((row) => row.order_id),
      ]);
      const byId = new Map(orders.map((order) => [order.id, orderFrom(order)]));
      const changes = part.flatMap((row) => {
        const order = byId.get(row.order_id);
        return order ? [{ order, refund: refundFrom(row) }] : [];
      });
      await handler.refunded(changes, manager);
    };
    if (found.length > 1) {
      try {
        return await this.deliverTogether('pay_refund', found, deliverPart(found));
      } catch (error) {
        this.logger.warn(`${handler.line} could not take ${found.length} refunds at once: ${String(error)}`);
      }
    }
    for (const row of found) await this.deliver('pay_refund', [row], deliverPart([row]));
  }

  /** A line that throws gets it again, later each time; the money stays as it is. */
  private async deliver<Row extends Undelivered>(
    table: Table,
    found: Row[],
    deliverPart: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    try {
      await this.deliverTogether(table, found, deliverPart);
    } catch (error) {
      for (const row of found) await this.failed(table, row, error);
    }
  }

  /** In the line's own transaction: what has changed meanwhile stays to be delivered. */
  private async deliverTogether<Row extends Undelivered>(
    table: Table,
    found: Row[],
    deliverPart: (manager: EntityManager) => Promise<void>,
  ): Promise<void> {
    await this.db.transaction(async (manager) => {
      await deliverPart(manager);
      await rows(
        manager,
        `UPDATE ${table} t SET deliver_at = NULL, delivery_tries = 0 FROM unnest($1::bigint[], $2::timestamptz[], $3::int[]) AS delivered (id, deliver_at, delivery_tries)
         WHERE t.id = delivered.id AND t.deliver_at = delivered.deliver_at AND t.delivery_tries = delivered.delivery_tries`,
        [
          found.map(({ id }) => id),
          found.map((row) => row.deliver_at),
          found.map((row) => row.delivery_tries),
        ],
      );
    });
    for (const { line, status } of found) this.told(OF_TABLE[table], line, status);
    if (table === 'pay_order') for (const { id } of found) this.wakes.tell(orderWake(id));
  }

  private async failed(table: Table, row: Undelivered, error: unknown): Promise<void> {
    const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.logger.error(`${table} ${row.id} could not be delivered (${row.delivery_tries} times): ${cause}`);
    await rows(
      this.db,
      `UPDATE ${table} SET deliver_at = $2 WHERE id = $1 AND deliver_at = $3 AND delivery_tries = $4`,
      [
        row.id,
        after(this.clock.wall(), doubledWait(DELIVERY_WAITS, row.delivery_tries)),
        row.deliver_at,
        row.delivery_tries,
      ],
    );
    if (row.delivery_tries < NOTABLE_TRIES) return;
    await this.alerts.raise('delivery-failing', `${table} ${row.id}: ${String(error)}`, {
      key: `undelivered:${table}:${row.id}`,
      params: { [OF_TABLE[table]]: row.id },
    });
  }
}
