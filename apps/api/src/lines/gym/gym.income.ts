import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { earnDue, postSelected, type IncomeRule } from '@yajin/payment';
import { Clock, Deadlines, rows } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { EARNED_AFTER_DAYS, LINE } from './gym.options.js';

const RULE: IncomeRule = {
  line: LINE,
  table: 'gym_payment',
  paid: 'success',
  days: EARNED_AFTER_DAYS,
  paidAt: '<=',
};

/** Books what members paid as income once the days are over in which operators usually cancel. */
@Injectable()
export class GymIncome implements OnModuleInit {
  private readonly logger = new Logger(GymIncome.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.deadlines.register({ owner: LINE, steps: [{ name: 'income', run: () => this.earn() }] });
  }

  private async earn(): Promise<void> {
    const posted = await earnDue(this.db, this.clock, RULE);
    if (posted > 0) this.logger.log(`${posted} payments are income now`);
  }
}

/** What was earned of a payment is owed again, and does not fall due any more. Its row is locked. */
export async function unearn(manager: EntityManager, paymentId: number, at: Date): Promise<void> {
  await rows(manager, 'UPDATE gym_payment SET income_due = false WHERE id = $1', [paymentId]);
  await postSelected(
    manager,
    `SELECT 'restore:${LINE}:' || p.id AS source, 'income' AS debit, 'deposit' AS credit, a.moved_fen AS amount_fen, o.id AS order_id
     FROM gym_payment p JOIN pay_order_view o ON o.id = p.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
     WHERE p.id = $1 AND a.moved_fen > 0`,
    [paymentId],
    at,
  );
}
