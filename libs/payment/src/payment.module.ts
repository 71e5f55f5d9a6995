import { Module, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { Alerts, Clock, Jobs, Secrets } from '@yajin/server';
import { DataSource } from 'typeorm';
import { DueRows } from './due-rows.js';
import { BilledFees, FeeRates } from './fees.js';
import type { Gateway } from './gateway.js';
import { Gateways } from './gateways.js';
import { Inbox } from './inbox.js';
import { KeyWatch } from './key-watch.js';
import { Lines } from './lines.js';
import { PayerIds } from './payer-ids.js';
import { PaymentChecks } from './payment-checks.js';
import { Payments } from './payments.js';
import { RefundCases } from './refund-cases.js';
import { RefundSender } from './refund-sender.js';
import { Refunds } from './refunds.js';
import { Refusals } from './refusals.js';
import { Returned } from './returned.js';
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
    const providers = [...parts(new Gateways(gateways)), ...services(publicUrl)];
    return {
      module: PaymentModule,
      global: true,
      providers,
      exports: providers.map((provider) => provider.provide),
    };
  }
}

type Part = Exclude<Provider, Type>;

/** What the services are made of. */
function parts(gateways: Gateways): Part[] {
  return [
    { provide: Gateways, useValue: gateways },
    { provide: Lines, useClass: Lines },
    { provide: PayerIds, inject: [Secrets], useFactory: (secrets: Secrets) => new PayerIds(secrets) },
    {
      provide: Refunds,
      inject: [Clock],
      useFactory: (clock: Clock) => new Refunds(clock, gateways),
    },
    {
      provide: Suspense,
      inject: [DataSource, Clock, Refunds, Alerts, PayerIds],
      useFactory: (db: DataSource, clock: Clock, refunds: Refunds, alerts: Alerts, payers: PayerIds) =>
        new Suspense(db, clock, refunds, alerts, payers),
    },
    {
      provide: Returned,
      inject: [DataSource, Clock, Alerts],
      useFactory: (db: DataSource, clock: Clock, alerts: Alerts) => new Returned(db, clock, alerts),
    },
    {
      provide: RefundCases,
      inject: [DataSource, Clock],
      useFactory: (db: DataSource, clock: Clock) => new RefundCases(db, clock, gateways),
    },
    {
      provide: Refusals,
      inject: [DataSource, Clock, Alerts],
      useFactory: (db: DataSource, clock: Clock, alerts: Alerts) => new Refusals(db, clock, alerts),
    },
    {
      provide: KeyWatch,
      inject: [DataSource, Alerts],
      useFactory: (db: DataSource, alerts: Alerts) => new KeyWatch(db, gateways, alerts),
    },
    {
      provide: BilledFees,
      inject: [DataSource, Clock, Jobs],
      useFactory: (db: DataSource, clock: Clock, jobs: Jobs) => new BilledFees(db, clock, gateways, jobs),
    },
  ];
}

function services(publicUrl: string): Part[] {
  return [
    {
      provide: Payments,
      inject: [DataSource, Clock, Gateways, Lines, Alerts, Suspense, Returned, FeeRates, Refusals, PayerIds],
      useFactory: (
        db: DataSource,
        clock: Clock,
        gateways: Gateways,
        lines: Lines,
        alerts: Alerts,
        suspense: Suspense,
        returned: Returned,
        fees: FeeRates,
        refusals: Refusals,
        payers: PayerIds,
      ) =>
        new Payments(
          db,
          clock,
          gateways,
          lines,
          alerts,
          suspense,
          returned,
          fees,
          refusals,
          payers,
          publicUrl,
        ),
    },
    {
      provide: Transfers,
      inject: [DataSource, Clock, Gateways, Lines, Alerts],
      useFactory: (db: DataSource, clock: Clock, gateways: Gateways, lines: Lines, alerts: Alerts) =>
        new Transfers(db, clock, gateways, lines, alerts, publicUrl),
    },
    {
      provide: DueRows,
      inject: [DataSource, Clock, Gateways, Lines, Payments, Refunds, Suspense, Transfers, Alerts],
      useFactory: (
        db: DataSource,
        clock: Clock,
        gateways: Gateways,
        lines: Lines,
        payments: Payments,
        refunds: Refunds,
        suspense: Suspense,
        transfers: Transfers,
        alerts: Alerts,
      ) => {
        const teller = new Teller(db, lines, refunds, suspense, alerts);
        const checks = new PaymentChecks(db, clock, gateways, payments);
        const sender = new RefundSender(db, clock, gateways, lines, payments, alerts, publicUrl);
        return new DueRows(db, clock, alerts, [teller, checks, sender, transfers]);
      },
    },
    {
      provide: Inbox,
      inject: [DataSource, Clock, Gateways, Lines, Alerts, FeeRates, DueRows, Returned, PayerIds],
      useFactory: (
        db: DataSource,
        clock: Clock,
        gateways: Gateways,
        lines: Lines,
        alerts: Alerts,
        fees: FeeRates,
        due: DueRows,
        returned: Returned,
        payers: PayerIds,
      ) => new Inbox(db, clock, gateways, lines, alerts, fees, due, returned, payers),
    },
  ];
}
