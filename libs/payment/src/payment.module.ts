import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { Alerts, Clock, Jobs } from '@yajin/server';
import { DataSource } from 'typeorm';
import { DueRows } from './due-rows.js';
import { BilledFees, FeeRates } from './fees.js';
import type { Gateway } from './gateway.js';
import { Gateways } from './gateways.js';
import { Inbox } from './inbox.js';
import { Lines } from './lines.js';
import { PaymentChecks } from './payment-checks.js';
import { Payments } from './payments.js';
import { RefundCases } from './refund-cases.js';
import { RefundSender } from './refund-sender.js';
import { Refunds } from './refunds.js';
import { Suspense } from './suspense.js';
import { Teller } from './teller.js';
import { Transfers } from './transfers.js';

export interface PaymentOptions {
  gateways: Gateway[];
  /** What notification addresses begin with, without a trailing slash. */
  publicUrl: string;
}

/** The kernel: orders, refunds, their gateways and books. Lines register themselves with `Lines`. */
@Module({})
export class PaymentModule {
  static forRoot({ gateways, publicUrl }: PaymentOptions): DynamicModule {
    const providers: Exclude<Provider, Type>[] = [
      { provide: Gateways, useValue: new Gateways(gateways) },
      { provide: Lines, useClass: Lines },
      {
        provide: Refunds,
        inject: [Clock, Gateways],
        useFactory: (clock: Clock, known: Gateways) => new Refunds(clock, known),
      },
      {
        provide: Suspense,
        inject: [DataSource, Clock, Refunds, Alerts],
        useFactory: (db: DataSource, clock: Clock, refunds: Refunds, alerts: Alerts) =>
          new Suspense(db, clock, refunds, alerts),
      },
      {
        provide: RefundCases,
        inject: [DataSource, Clock, Gateways],
        useFactory: (db: DataSource, clock: Clock, known: Gateways) => new RefundCases(db, clock, known),
      },
      {
        provide: BilledFees,
        inject: [DataSource, Clock, Gateways, Jobs],
        useFactory: (db: DataSource, clock: Clock, known: Gateways, jobs: Jobs) =>
          new BilledFees(db, clock, known, jobs),
      },
      {
        provide: Payments,
        inject: [DataSource, Clock, Gateways, Lines, Alerts, Suspense, FeeRates],
        useFactory: (
          db: DataSource,
          clock: Clock,
          known: Gateways,
          lines: Lines,
          alerts: Alerts,
          suspense: Suspense,
          fees: FeeRates,
        ) => new Payments(db, clock, known, lines, alerts, suspense, fees, publicUrl),
      },
      {
        provide: Transfers,
        inject: [DataSource, Clock, Gateways, Lines, Alerts],
        useFactory: (db: DataSource, clock: Clock, known: Gateways, lines: Lines, alerts: Alerts) =>
          new Transfers(db, clock, known, lines, alerts, publicUrl),
      },
      {
        provide: DueRows,
        inject: [DataSource, Clock, Gateways, Lines, Payments, Refunds, Suspense, Transfers, Alerts],
        useFactory: (
          db: DataSource,
          clock: Clock,
          known: Gateways,
          lines: Lines,
          payments: Payments,
          refunds: Refunds,
          suspense: Suspense,
          transfers: Transfers,
          alerts: Alerts,
        ) => {
          const teller = new Teller(db, lines, refunds, suspense, alerts);
          const checks = new PaymentChecks(db, clock, known, payments);
          const sender = new RefundSender(db, clock, known, lines, alerts, publicUrl);
          return new DueRows(db, clock, [teller, checks, sender, transfers]);
        },
      },
      {
        provide: Inbox,
        inject: [DataSource, Clock, Gateways, Lines, Alerts, FeeRates, DueRows],
        useFactory: (
          db: DataSource,
          clock: Clock,
          known: Gateways,
          lines: Lines,
          alerts: Alerts,
          fees: FeeRates,
          due: DueRows,
        ) => new Inbox(db, clock, known, lines, alerts, fees, due),
      },
    ];
    return {
      module: PaymentModule,
      global: true,
      providers,
      exports: providers.map((provider) => provider.provide),
    };
  }
}
