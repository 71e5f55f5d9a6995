import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { addDays, fen } from '@yajin/core';
import { Alerts, Clock, Deadlines, Jobs, onlyRow, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Bills } from './bills.js';
import { BY_HAND, factsOf } from './bill-facts.js';
import { couponFen } from './coupons.js';
import { enqueueDays, READ_DAY } from './day-files.js';
import { DueRows } from './due-rows.js';
import { keepDifferences, tellOfDifferences } from './found-differences.js';
import { GatewayError } from './gateway.js';
import type { KernelAlert } from './kernel-alert.js';
import { Gateways } from './gateways.js';
import { Lines } from './lines.js';
import {
  differences,
  questions,
  type BilledRow,
  type Difference,
  type Facts,
  type Said,
} from './match.rules.js';
import { alertStarved, applyRefund } from './refund-report.js';
import { Returned } from './returned.js';
import { StatementMatching } from './statement-matching.js';
import { TradeQueries } from './trade-queries.js';

/** Of one bill so much is asked about at a time; the rest when it is read again. */
const MAX_QUESTIONS = 1000;

/** What a reading came to. */
export interface BillReading {
  gateway: string;
  day: string;
  /** False: it is not there yet, or cannot be right; nothing was changed. */
  read: boolean;
  rows: number;
  /** What the gateway was asked about. */
  asked: number;
  /** Those of the day that are open now. */
  differences: number;
}

/** What a refund under a number that is none of ours gave back, and what of it a coupon stands in for. */
interface Proven {
  amountFen: number;
  couponFen: number;
}

/** What could not be learned just now: it is called no difference, and resolves none. */
interface Asked {
  said: Map<string, Said>;
  unclear: Set<string>;
  /** What has gone back under numbers that are none of ours, by the trade and the number. */
  proven: Map<string, Map<string, Proven>>;
}

/**
 * Holds gateways' bills against our books, every day and for any range of days. A bill proves nothing by itself: what it shows and we
 * do not have is asked about, and the answer is booked as every other answer is. What stays is a difference, for a person.
 */
@Injectable()
export class Reconciliation implements OnModuleInit {
  private readonly logger = new Logger(Reconciliation.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly bills: Bills,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly trades: TradeQueries,
    private readonly returned: Returned,
    private readonly statements: StatementMatching,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly due: DueRows,
    private readonly jobs: Jobs,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.jobs.register(READ_DAY.pay_bill, async ({ gateway, date }) => {
      await this.read(gateway, date);
    });
    const step = { name: 'bills', run: () => this.tick(), routine: true } as const;
    this.deadlines.register({ owner: 'bills', steps: [step] });
  }

  /** Run as often as wanted: a bill is read when it is due. */
  tick(): Promise<void> {
    return enqueueDays(this.db, 'pay_bill', this.bills.names, this.clock.now());
  }

  /**
   * Reads a bill, asks about what we do not have as it says, books the answers, and keeps what differs. As often as wanted.
   * @param day a business date, `YYYY-MM-DD`
   * @param restored whether orders may be gone: then payments that nothing of ours stands for are taken where a line knows them for its own
   */
  async read(gateway: string, day: string, restored = false): Promise<BillReading> {
    if (!(await this.bills.fetch(gateway, day)))
      return { gateway, day, read: false, rows: 0, asked: 0, differences: 0 };
    const asked: Asked = { said: new Map(), unclear: new Set(), proven: new Map() };
    await this.askTrades(gateway, await this.facts(gateway, day, asked), asked, restored);
    await this.askRefunds(gateway, await this.facts(gateway, day, asked), asked);
    const facts = await this.facts(gateway, day, asked);
    const found = differences(facts).filter(({ outTradeNo }) => !asked.unclear.has(outTradeNo));
    const open = await this.keep(gateway, day, found, asked);
    await this.noteFees(gateway, facts.bill);
    await this.statements.matchAround(gateway, day);
    this.due.wake();
    return { gateway, day, read: true, rows: facts.bill.length, asked: asked.said.size, differences: open };
  }

  /**
   * Every bill from one date to another, both included, the oldest first: what was paid comes before what went back of it. As after
   * a restore: orders may be gone.
   */
  async *readRange(from: string, to: string): AsyncGenerator<BillReading> {
    for (let day = from; day <= to; day = addDays(day, 1))
      for (const gateway of this.bills.names) yield await this.read(gateway, day, true);
  }

  private facts(gateway: string, day: string, { said }: Asked): Promise<Facts> {
    return factsOf(this.db, gateway, day, said);
  }

  /** Those of ours, and those that a line knows by their form; about others there is nothing to learn, unless orders are gone. */
  private async askTrades(gateway: string, facts: Facts, asked: Asked, restored: boolean): Promise<void> {
    const ours = new Set(facts.payments.map(({ outTradeNo }) => outTradeNo));
    const isKnown = (number: string): boolean =>
      ours.has(number) || this.lines.claim(gateway, number) !== null;
    const trades = questions(facts).trades.filter((number) => restored || isKnown(number));
    for (const number of trades.slice(MAX_QUESTIONS)) asked.unclear.add(number);
    for (const number of trades.slice(0, MAX_QUESTIONS))
      await this.orUnclear(asked, number, async () => {
        await this.trades.learn(gateway, number, !isKnown(number));
        asked.said.set(`trade ${number}`, 'success');
      });
  }

  private async askRefunds(gateway: string, facts: Facts, asked: Asked): Promise<void> {
    const { refunds } = questions(facts);
    for (const { key, outTradeNo } of refunds.slice(MAX_QUESTIONS)) {
      asked.said.set(key, 'unclear');
      asked.unclear.add(outTradeNo);
    }
    for (const { key, outTradeNo, outRefundNo, amountFen, ours } of refunds.slice(0, MAX_QUESTIONS))
      await this.orUnclear(asked, outTradeNo, async () => {
        const report = await this.gateways.get(gateway).queryRefund({ outTradeNo, outRefundNo });
        asked.said.set(key, report.state);
        if (!ours && report.state === 'success') {
          const ofTrade = asked.proven.get(outTradeNo) ?? new Map<string, Proven>();
          asked.proven.set(
            outTradeNo,
            ofTrade.set(outRefundNo, {
              amountFen: report.amountFen ?? amountFen,
              couponFen: couponFen(report),
            }),
          );
        }
        if (!ours || report.state === 'absent' || report.state === 'processing') return;
        const applied = await applyRefund(
          this.db,
          this.gateways.get(gateway),
          report,
          null,
          null,
          this.clock,
        );
        if (applied.starved) await alertStarved(this.alerts, gateway);
      });
    for (const [outTradeNo, given] of asked.proven)
      await this.noteReturned(gateway, outTradeNo, [...given.values()]);
  }

  /** Under numbers that are none of ours so much has gone back, says the gateway of each. */
  private async noteReturned(gateway: string, outTradeNo: string, given: Proven[]): Promise<void> {
    const sum = (of: 'amountFen' | 'couponFen'): number => given.reduce((total, each) => total + each[of], 0);
    const { own_fen: own } = await onlyRow<{ own_fen: number }>(
      this.db,
      `SELECT a.refunded_fen - ${BY_HAND} AS own_fen FROM pay_attempt a WHERE a.out_trade_no = $1`,
      [outTradeNo],
    );
    await this.returned.note(gateway, outTradeNo, fen(own + sum('amountFen')), sum('couponFen'));
  }

  private async orUnclear(asked: Asked, outTradeNo: string, ask: () => Promise<void>): Promise<void> {
    try {
      await ask();
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`${outTradeNo} stays unclear: ${error.code} ${error.message}`);
      asked.unclear.add(outTradeNo);
    }
  }

  /** @returns how many of the day are open */
  private async keep(gateway: string, day: string, found: Difference[], { unclear }: Asked): Promise<number> {
    const kept = await this.db.transaction(async (manager) => {
      // While something could not be learned, there may be more.
      await rows(manager, 'UPDATE pay_bill SET matched_at = $3 WHERE gateway = $1 AND day = $2', [
        gateway,
        day,
        unclear.size === 0 ? this.clock.wall() : null,
      ]);
      return keepDifferences(manager, { gateway, day, by: 'bill', found, unclear }, this.clock.now());
    });
    await tellOfDifferences(this.alerts, gateway, day, kept);
    return kept.open;
  }

  /** From now on the payment's fee is what the bill says. */
  private async noteFees(gateway: string, bill: readonly BilledRow[]): Promise<void> {
    const fees = bill.filter(({ kind, feeFen }) => kind === 'payment' && feeFen !== null);
    await rows(
      this.db,
      `UPDATE pay_attempt a SET fee_fen = said.fee_fen, fee_from = 'bill' FROM unnest($2::text[], $3::bigint[]) AS said (out_trade_no, fee_fen)
       WHERE a.out_trade_no = said.out_trade_no AND a.gateway = $1 AND a.state = 'paid' AND said.fee_fen >= 0`,
      [gateway, fees.map(({ outTradeNo }) => outTradeNo), fees.map(({ feeFen }) => feeFen)],
    );
  }
}
