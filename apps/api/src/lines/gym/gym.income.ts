import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { earnDue, restoreIncome, type IncomeRule } from '@yajin/payment';
import { Clock, Deadlines, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { EARNED_AFTER_DAYS, LINE } from './gym.options.js';
import type { GymPayment } from './gym-payment.entity.js';

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
export async function unearn(
  manager: EntityManager,
  { id, order_id: orderId }: Row<GymPayment, 'id' | 'orderId'>,
  at: Date,
): Promise<void> {
  await rows(manager, 'UPDATE gym_payment SET income_due = false WHERE id = $1', [id]);
  await restoreIncome(manager, orderId, `restore:${LINE}:${id}`, at);
}
