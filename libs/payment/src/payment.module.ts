import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { DueRows } from './due-rows.js';
import { Bills } from './bills.js';
import { Closes } from './closes.js';
import { Entries } from './entries.js';
import { GatewayProbe } from './gateway-probe.js';
import { Gateways } from './gateways.js';
import { Inbox } from './inbox.js';
import { KeyWatch } from './key-watch.js';
import { Lines } from './lines.js';
import { PayerIds } from './payer-ids.js';
import { PaymentChecks } from './payment-checks.js';
import { PaymentOptions } from './payment.options.js';
import { Payments } from './payments.js';
import { PayoutStops } from './payout-stops.js';
import { Reconciliation } from './reconciliation.js';
import { RefundCases } from './refund-cases.js';
import { RefundSender } from './refund-sender.js';
import { Refunds } from './refunds.js';
import { RefundPauses } from './refund-pauses.js';
import { RefundWithdrawals } from './refund-withdrawals.js';
import { Refusals } from './refusals.js';
import { SecondPerson } from './second-person.js';
import { Returned } from './returned.js';
import { StatementMatching } from './statement-matching.js';
import { Statements } from './statements.js';
import { Suspense } from './suspense.js';
import { Outbox } from './outbox.js';
import { TradeQueries } from './trade-queries.js';
import { Transfers } from './transfers.js';
import { Withdrawals } from './withdrawals.js';

/** What applications and lines ask for. */
const published: Type[] = [
  Bills,
  Closes,
  DueRows,
  Entries,
  GatewayProbe,
  Gateways,
  Inbox,
  KeyWatch,
  Lines,
  Outbox,
  PayerIds,
  Payments,
  PayoutStops,
  Reconciliation,
  RefundCases,
  RefundPauses,
  RefundWithdrawals,
  Refunds,
  Refusals,
  SecondPerson,
  StatementMatching,
  Statements,
  Suspense,
  TradeQueries,
  Transfers,
  Withdrawals,
];

/**
 * The kernel: orders, refunds, their gateways and books. Lines register themselves with `Lines`. Of the application it needs a
 * `DataSource`, `Clock`, `Calls`, `Jobs`, `Secrets`, `Alerts`, `FeeRates` and `PayoutLimits`.
 */
@Module({})
export class PaymentModule {
  static forRoot(options: PaymentOptions): DynamicModule {
    return {
      module: PaymentModule,
      global: true,
      providers: [
        { provide: PaymentOptions, useValue: options },
        ...published,
        PaymentChecks,
        RefundSender,
        Returned,
      ],
      exports: published,
    };
  }
}
