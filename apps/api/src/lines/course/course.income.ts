import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { earnDue, type IncomeRule } from '@yajin/payment';
import { Clock, Deadlines } from '@yajin/server';
import { DataSource } from 'typeorm';
import { LINE } from './course.options.js';
import { REFUND_DAYS } from './course.rules.js';

const RULE: IncomeRule = {
  line: LINE,
  table: 'course_payment',
  paid: 'completed',
  days: REFUND_DAYS,
  paidAt: '<',
};

/** Books what is left of a payment as income once nobody can ask it back any more. */
@Injectable()
export class CourseIncome implements OnModuleInit {
  private readonly logger = new Logger(CourseIncome.name);

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
