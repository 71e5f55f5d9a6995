import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Lines } from '@yajin/payment';
import { Clock, forgetAnchors, onlyRow, rows, type Database } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { MOST_COUNTED, Retention, SettingsService } from '../system/index.js';

/**
 * SQL: whether a payment's number `a` is of before `$1`, was never paid under, can be no more, and nothing of the books, of a bill, of a
 * statement or of what gateways told names it.
 */
const UNUSED = `(a.state IN ('created', 'closed') AND a.transaction_id IS NULL AND a.held_in IS NULL AND a.query_at IS NULL
  AND a.created_at < $1 AND coalesce(a.dies_at < $1, true)
  AND NOT EXISTS (SELECT FROM pay_refund r WHERE r.out_trade_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_suspense s WHERE s.out_trade_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_difference d WHERE d.out_trade_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_bill_row b WHERE b.gateway = a.gateway AND b.out_trade_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_movement m WHERE m.gateway = a.gateway AND m.our_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_notification n WHERE n.subject_no = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM sys_alert s WHERE s.resolved_at IS NULL AND s.params ->> 'trade' = a.out_trade_no)
  AND NOT EXISTS (SELECT FROM pay_ledger l WHERE l.order_id = a.order_id AND strpos(l.source, a.out_trade_no) > 0))`;

const AUDITED = (log: 'sys_audit' | 'sys_audit_entry'): string =>
  `EXISTS (SELECT FROM ${log} e WHERE (e.target_type = 'order' AND e.target_id = o.id::text) OR (e.target_type = 'job' AND e.target_id = 'order-' || o.id))`;

/** SQL: orders of the lines `$2` that ended before `$1` without money, and that nothing else is about. */
const DUE_ORDERS = `pay_order o
  WHERE o.status = 'closed' AND o.expires_at < $1 AND o.line = ANY($2)
    AND o.paid_at IS NULL AND o.paid_with IS NULL AND o.claimed_trade IS NULL AND o.deliver_at IS NULL
    AND NOT EXISTS (SELECT FROM pay_attempt a WHERE a.order_id = o.id AND NOT ${UNUSED})
    AND NOT EXISTS (SELECT FROM pay_ledger l WHERE l.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_refund r WHERE r.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_transfer t WHERE t.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_transfer_portion t WHERE t.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_suspense s WHERE s.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_entry e WHERE e.order_id = o.id)
    AND NOT EXISTS (SELECT FROM pay_stop s WHERE s.order_id = o.id)
    AND NOT EXISTS (SELECT FROM sys_alert s WHERE s.resolved_at IS NULL AND s.params ->> 'order' = o.id::text)
    AND NOT ${AUDITED('sys_audit')} AND NOT ${AUDITED('sys_audit_entry')}`;

/** SQL: numbers under which nobody paid an order that was paid under another one. */
const DUE_ATTEMPTS = `pay_attempt a JOIN pay_order o ON o.id = a.order_id
  WHERE o.status = 'paid' AND o.paid_with <> a.out_trade_no AND ${UNUSED}`;

interface DueOrder {
  id: number;
  line: string;
  createdAt: Date;
}

/** Places in the lists of orders hold up to the oldest that is gone: see `forgetAnchors`. */
async function recountLists(db: Database, gone: readonly DueOrder[]): Promise<void> {
  if (gone.length === 0) return;
  const oldest = new Date(Math.min(...gone.map(({ createdAt }) => createdAt.getTime())));
  for (const line of new Set(['', ...gone.map((order) => order.line)]))
    await forgetAnchors(db, `pay_order:${line}`, oldest);
}

/**
 * Lets go what was begun and never paid, once no gateway's word of it can come any more (ADR 64). It waits for nobody's lock, so that it never
 * stands in a circle with what takes the order or the attempt first.
 */
@Injectable()
export class OrderRetention implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly settings: SettingsService,
    private readonly retention: Retention,
    private readonly lines: Lines,
  ) {}

  onModuleInit(): void {
    this.retention.register({
      name: 'pay.orders',
      said: (last, total) => sentence('cleared_orders', last, total),
      work: (most) => this.orders(most),
      waiting: async () => this.count(DUE_ORDERS, [await this.before(), this.letting()]),
    });
    this.retention.register({
      name: 'pay.attempts',
      said: (last, total) => sentence('cleared_attempts', last, total),
      work: (most) => this.attempts(most),
      waiting: async () => this.count(DUE_ATTEMPTS, [await this.before()]),
    });
  }

  private before(): Promise<Date> {
    return this.settings.keptSince('retention.orderDays', this.clock.now());
  }

  private letting(): string[] {
    return this.lines.all.filter((handler) => handler.letGo !== undefined).map(({ line }) => line);
  }

  private async count(due: string, parameters: unknown[]): Promise<number> {
    const { left } = await onlyRow<{ left: number }>(
      this.db,
      `SELECT count(*) AS left FROM (SELECT FROM ${due} LIMIT ${MOST_COUNTED}) AS due`,
      parameters,
    );
    return left;
  }

  private async orders(most: number): Promise<number> {
    const before = await this.before();
    const gone = await this.db.transaction(async (manager) => {
      const due = await rows<DueOrder>(
        manager,
        `SELECT o.id, o.line, o.created_at AS "createdAt" FROM ${DUE_ORDERS}
         ORDER BY o.expires_at, o.id LIMIT $3 FOR UPDATE OF o SKIP LOCKED`,
        [before, this.letting(), most],
      );
      const held = await this.held(
        manager,
        due.map(({ id }) => id),
        before,
      );
      const free = await this.freeOf(
        manager,
        due.filter(({ id }) => held.has(id)),
      );
      const ids = free.map(({ id }) => id);
      await rows(manager, 'DELETE FROM pay_refusal WHERE order_id = ANY($1)', [ids]);
      await rows(manager, 'DELETE FROM pay_attempt WHERE order_id = ANY($1)', [ids]);
      await rows(manager, 'DELETE FROM pay_order WHERE id = ANY($1)', [ids]);
      await recountLists(manager, free);
      return free;
    });
    // Whoever counted at the same moment has counted them, too.
    await recountLists(this.db, gone);
    return gone.length;
  }

  /** Has lines take out what is theirs. @returns the orders of which they have nothing any more */
  private async freeOf(manager: EntityManager, due: DueOrder[]): Promise<DueOrder[]> {
    const free = new Set<number>();
    for (const handler of this.lines.all) {
      const own = due.filter(({ line }) => line === handler.line).map(({ id }) => id);
      if (own.length === 0) continue;
      for (const id of (await handler.letGo?.(own, manager)) ?? []) free.add(id);
    }
    return due.filter(({ id }) => free.has(id));
  }

  /** Of orders that are locked those all of whose numbers are, too, and still as they were: something may have come of one meanwhile. */
  private async held(manager: EntityManager, ids: number[], before: Date): Promise<Set<number>> {
    const held = await rows<{ id: number }>(
      manager,
      `WITH held AS (SELECT a.out_trade_no FROM pay_attempt a WHERE a.order_id = ANY($2) AND ${UNUSED} FOR UPDATE SKIP LOCKED)
       SELECT o.id FROM pay_order o WHERE o.id = ANY($2)
         AND NOT EXISTS (SELECT FROM pay_attempt a WHERE a.order_id = o.id AND a.out_trade_no NOT IN (SELECT out_trade_no FROM held))`,
      [before, ids],
    );
    return new Set(held.map(({ id }) => id));
  }

  private async attempts(most: number): Promise<number> {
    const gone = await rows(
      this.db,
      `DELETE FROM pay_attempt WHERE out_trade_no IN (
         SELECT a.out_trade_no FROM ${DUE_ATTEMPTS} ORDER BY a.created_at LIMIT $2 FOR UPDATE SKIP LOCKED) RETURNING out_trade_no`,
      [await this.before(), most],
    );
    return gone.length;
  }
}
