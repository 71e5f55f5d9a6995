import { Injectable, type OnModuleInit } from '@nestjs/common';
import { addDays, businessDate } from '@yajin/core';
import { Clock, Deadlines, Job, Jobs, rows } from '@yajin/server';
import { DataSource } from 'typeorm';
import { Gateways } from './gateways.js';

/** Bills of a day are there from the day after at 10:00; in milliseconds after its midnight. */
const BILLED_AFTER_MS = 10.5 * 3_600_000;
const READ_BILL = new Job<{ gateway: string; date: string }>('payment.fees', { maxAttempts: 12 });

/** What gateways keep of a payment, as operators have set it. */
export class FeeRates {
  /** @param rate in ten-thousandths of the sum; null while nobody has said */
  constructor(readonly rate: (gateway: string) => Promise<number | null>) {}
}

/** What gateways kept, as their bills say: once a day, of the day before. */
@Injectable()
export class BilledFees implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly jobs: Jobs,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    this.jobs.register(READ_BILL, ({ gateway, date }) => this.read(gateway, date));
    const step = { name: 'bills', run: () => this.tick(), routine: true } as const;
    this.deadlines.register({ owner: 'bills', steps: [step] });
  }

  /** Run as often as wanted: one bill is read once. */
  async tick(): Promise<void> {
    const date = addDays(businessDate(new Date(this.clock.now().getTime() - BILLED_AFTER_MS)), -1);
    const billed = this.gateways.names.filter((name) => this.gateways.get(name).downloadBill !== undefined);
    if (billed.length === 0) return;
    await rows(
      this.db,
      `WITH due AS (
         INSERT INTO pay_bill (gateway, day) SELECT unnest($1::text[]), $2::date ON CONFLICT DO NOTHING RETURNING gateway
       ) SELECT ${READ_BILL.add({ gateway: 'gateway', date: '$2::text' })} FROM due`,
      [billed, date],
    );
  }

  /** @param date a business date, `YYYY-MM-DD`. @throws GatewayError while there is no bill yet */
  async read(gateway: string, date: string): Promise<void> {
    const bill = (await this.gateways.get(gateway).downloadBill?.(date)) ?? [];
    const fees = bill.flatMap(({ kind, outTradeNo, feeFen }) =>
      kind === 'payment' && feeFen !== null ? [{ outTradeNo, feeFen }] : [],
    );
    await rows(
      this.db,
      `UPDATE pay_attempt a SET fee_fen = said.fee_fen, fee_from = 'bill' FROM unnest($2::text[], $3::bigint[]) AS said (out_trade_no, fee_fen)
       WHERE a.out_trade_no = said.out_trade_no AND a.gateway = $1 AND a.state = 'paid' AND said.fee_fen >= 0`,
      [gateway, fees.map(({ outTradeNo }) => outTradeNo), fees.map(({ feeFen }) => feeFen)],
    );
  }
}
