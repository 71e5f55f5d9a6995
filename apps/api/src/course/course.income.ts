import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { fen } from '@yajin/core';
import { post } from '@yajin/payment';
import { Clock, rows } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Looks } from '../system/index.js';
import { LINE } from './course.options.js';
import { REFUND_DAYS } from './course.rules.js';

const BATCH = 500;
/** The rest waits for the next look. */
const MOST_BATCHES = 20;

/** Books what is left of a payment as income once nobody can ask it back any more. */
@Injectable()
export class CourseIncome implements OnModuleInit {
  private readonly logger = new Logger(CourseIncome.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly looks: Looks,
  ) {}

  onModuleInit(): void {
    this.looks.register(() => this.earn());
  }

  /** Whatever is due, in batches that each stand or fall as a whole. Replicas take different payments. */
  private async earn(): Promise<void> {
    let count = BATCH;
    for (let batch = 0; count === BATCH && batch < MOST_BATCHES; batch += 1)
      count = await this.db.transaction((manager) => this.earnBatch(manager));
  }

  /** With its payment locked, what is left of the money holds. @returns how many were due */
  private async earnBatch(manager: EntityManager): Promise<number> {
    const now = this.clock.now();
    const earned = await rows<{ id: string; order_id: number; left_fen: number }>(
      manager,
      `WITH due AS (
         SELECT p.id, a.amount_fen - a.refunded_fen - a.reserved_fen - a.moved_fen AS left_fen
         FROM course_payment p JOIN pay_order o ON o.id = p.order_id JOIN pay_attempt a ON a.out_trade_no = o.paid_with
         CROSS JOIN (SELECT $1::timestamptz - make_interval(days => $2) AS before) AS long
         -- When it was made is what the index knows; the gateway's clock may be behind ours.
         WHERE p.income_due AND p.status = 'completed' AND p.created_at <= long.before + interval '5 minutes'
           AND o.paid_at < long.before AND a.held_in = 'deposit'
         ORDER BY p.created_at LIMIT ${BATCH} FOR UPDATE OF p, a SKIP LOCKED
       ) UPDATE course_payment p SET income_due = false FROM due WHERE p.id = due.id RETURNING p.id, p.order_id, due.left_fen`,
      [now, REFUND_DAYS],
    );
    const postings = earned
      .filter(({ left_fen: left }) => left > 0)
      .map((payment) => ({
        source: `earn:${LINE}:${payment.id}`,
        debit: 'deposit' as const,
        credit: 'income' as const,
        amountFen: fen(payment.left_fen),
        orderId: payment.order_id,
      }));
    if (postings.length > 0) await post(manager, postings, now);
    if (earned.length > 0) this.logger.log(`${postings.length} payments are income now`);
    return earned.length;
  }
}
