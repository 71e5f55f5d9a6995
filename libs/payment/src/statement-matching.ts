import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays } from '@yajin/core';
import { Alerts, Clock, Deadlines, Jobs, maybeRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { enqueueDays, READ_DAY } from './day-files.js';
import { keepDifferences, tellOfDifferences } from './found-differences.js';
import type { KernelAlert } from './kernel-alert.js';
import { accountFactsOf, readAfter } from './statement-facts.js';
import { accountDifferences } from './statement.rules.js';
import { Statements } from './statements.js';
import { Withdrawals } from './withdrawals.js';
import type { PayStatement } from './entities/pay-statement.entity.js';

/** What a reading came to. */
export interface StatementReading {
  gateway: string;
  day: string;
  /** False: it is not there yet, or cannot be right; nothing was changed. */
  read: boolean;
  movements: number;
  /** Those of the day that are open now. */
  differences: number;
}

/**
 * Holds the statements of the merchant's accounts against the trade bills and our books, every day and for any range of days. Nothing is
 * booked by them, and nobody is asked: what differs is for a person, unless a later bill or statement explains it.
 */
@Injectable()
export class StatementMatching implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly statements: Statements,
    private readonly withdrawals: Withdrawals,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly jobs: Jobs,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.jobs.register(READ_DAY.pay_statement, async ({ gateway, date }) => {
      await this.read(gateway, date);
    });
    const step = { name: 'statements', run: () => this.tick(), routine: true } as const;
    this.deadlines.register({ owner: 'statements', steps: [step] });
  }

  /** Run as often as wanted: a statement is read when it is due. */
  async tick(): Promise<void> {
    await enqueueDays(this.db, 'pay_statement', this.statements.names, this.clock.now());
    await this.withdrawals.tell();
  }

  /**
   * Reads a statement, and keeps what differs, also of later days of which that tells. As often as wanted.
   * @param day a business date, `YYYY-MM-DD`
   * @param until those of the days up to this one are read next, and need no look now
   */
  async read(gateway: string, day: string, until = day): Promise<StatementReading> {
    if (!(await this.statements.fetch(gateway, day)))
      return { gateway, day, read: false, movements: 0, differences: 0 };
    const matched = await this.matchAround(gateway, day);
    const beside = addDays(day, 1);
    for (const later of await readAfter(this.db, gateway, day))
      if (later > beside && later > until) await this.match(gateway, later);
    return { gateway, day, read: true, ...matched };
  }

  /** Every statement from one date to another, both included, the oldest first. */
  async *readRange(from: string, to: string): AsyncGenerator<StatementReading> {
    for (let day = from; day <= to; day = addDays(day, 1))
      for (const gateway of this.statements.names) {
        const reading = await this.read(gateway, day, to);
        // What was read of it before may differ by now from what was read of days before it.
        if (!reading.read) await this.match(gateway, day);
        yield reading;
      }
  }

  /** A day whose statement or bill has been read, and those beside it: what is near midnight may stand on either side. */
  async matchAround(
    gateway: string,
    day: string,
  ): Promise<Pick<StatementReading, 'movements' | 'differences'>> {
    await this.match(gateway, addDays(day, -1));
    const matched = await this.match(gateway, day);
    await this.match(gateway, addDays(day, 1));
    return matched;
  }

  private async match(
    gateway: string,
    day: string,
  ): Promise<Pick<StatementReading, 'movements' | 'differences'>> {
    const kept = await this.db.transaction(async (manager) => {
      // Whoever comes second sees what the first has seen, and more.
      const statement = await maybeRow<Row<PayStatement, 'rowCount'>>(
        manager,
        'SELECT row_count FROM pay_statement WHERE gateway = $1 AND day = $2 AND hash IS NOT NULL FOR UPDATE',
        [gateway, day],
      );
      if (!statement) return null;
      const found = accountDifferences(await accountFactsOf(manager, gateway, day));
      const reading = { gateway, day, by: 'statement', found, unclear: new Set<string>() } as const;
      return {
        movements: statement.row_count,
        ...(await keepDifferences(manager, reading, this.clock.now())),
      };
    });
    if (kept === null) return { movements: 0, differences: 0 };
    await tellOfDifferences(this.alerts, gateway, day, kept);
    return { movements: kept.movements, differences: kept.open };
  }
}
