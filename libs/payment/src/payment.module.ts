import { Module, type DynamicModule } from '@nestjs/common';
import { Alerts, Clock, Jobs, onlyRow, rows, type Database } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { Gateway } from './gateway.js';
import { Gateways } from './gateways.js';
import { Inbox } from './inbox.js';
import { Lines, type LineEvent } from './lines.js';
import { Payments } from './payments.js';
import { Refunds } from './refunds.js';
import {
  orderFrom,
  refundFrom,
  transferFrom,
  type OrderRow,
  type RefundRow,
  type TransferRow,
} from './rows.js';
import { Transfers } from './transfers.js';

export interface PaymentOptions {
  gateways: Gateway[];
  /** What notification addresses begin with, without a trailing slash. */
  publicUrl: string;
}

/** The kernel: orders, refunds, their gateways and books. Lines register themselves with `Lines`. */
@Module({})
export class PaymentModule {
  static forRoot(options: PaymentOptions): DynamicModule {
    return {
      module: PaymentModule,
      global: true,
      providers: [
        { provide: Gateways, useValue: new Gateways(options.gateways) },
        { provide: Lines, useClass: Lines },
        {
          provide: Payments,
          inject: [DataSource, Clock, Gateways, Lines, Alerts],
          useFactory: (db: DataSource, clock: Clock, gateways: Gateways, lines: Lines, alerts: Alerts) =>
            new Payments(db, clock, gateways, lines, alerts, options.publicUrl),
        },
        {
          provide: Refunds,
          inject: [DataSource, Clock, Gateways, Lines, Alerts],
          useFactory: (db: DataSource, clock: Clock, gateways: Gateways, lines: Lines, alerts: Alerts) =>
            new Refunds(db, clock, gateways, lines, alerts, options.publicUrl),
        },
        {
          provide: Transfers,
          inject: [DataSource, Clock, Gateways, Lines, Alerts],
          useFactory: (db: DataSource, clock: Clock, gateways: Gateways, lines: Lines, alerts: Alerts) =>
            new Transfers(db, clock, gateways, lines, alerts, options.publicUrl),
        },
        {
          provide: Inbox,
          inject: [DataSource, Clock, Gateways, Lines, Alerts],
          useFactory: (db: DataSource, clock: Clock, gateways: Gateways, lines: Lines, alerts: Alerts) =>
            new Inbox(db, clock, gateways, lines, alerts),
        },
        {
          provide: 'payment.jobs',
          inject: [Jobs, DataSource, Lines, Payments, Refunds, Transfers],
          useFactory: registerJobs,
        },
      ],
      exports: [Gateways, Lines, Payments, Refunds, Transfers, Inbox],
    };
  }
}

type EventPayload =
  | { type: 'paid' | 'closed'; orderId: number }
  | { type: 'refund'; refundId: number }
  | { type: 'transfer'; transferId: number };

function registerJobs(
  jobs: Jobs,
  db: DataSource,
  lines: Lines,
  payments: Payments,
  refunds: Refunds,
  transfers: Transfers,
): true {
  jobs.register('payment.check', (payload) =>
    payments.checkSwept((payload as { outTradeNo: string }).outTradeNo),
  );
  jobs.register('payment.expire', (payload) => payments.expire((payload as { orderId: number }).orderId));
  jobs.register('payment.refund', (payload) => refunds.work((payload as { refundId: number }).refundId));
  jobs.register('payment.transfer', (payload) =>
    transfers.work((payload as { transferId: number }).transferId),
  );
  jobs.register('line.event', (payload) =>
    db.transaction(async (manager) => {
      const told = payload as EventPayload;
      if (told.type === 'transfer') return tellTransfer(manager, lines, told.transferId);
      const event = await loadEvent(manager, told);
      await lines.get(event.order.line).handle(event, manager);
      await markTold(manager, event);
    }),
  );
  return true;
}

async function tellTransfer(manager: EntityManager, lines: Lines, id: number): Promise<void> {
  const row = await onlyRow<TransferRow>(manager, 'SELECT * FROM pay_transfer WHERE id = $1', [id]);
  await lines.get(row.line).transferred?.(transferFrom(row), manager);
  await rows(manager, 'UPDATE pay_transfer SET tell_at = NULL WHERE id = $1 AND status = $2', [
    id,
    row.status,
  ]);
}

/** In the line's own transaction: what it has not taken note of, the sweeper tells it again. */
async function markTold(db: Database, event: LineEvent): Promise<void> {
  switch (event.type) {
    case 'paid':
      await rows(db, 'UPDATE pay_order SET tell_at = NULL WHERE id = $1', [event.order.id]);
      return;
    case 'refund':
      await rows(db, 'UPDATE pay_refund SET tell_at = NULL WHERE id = $1 AND status = $2', [
        event.refund.id,
        event.refund.status,
      ]);
      return;
    case 'closed':
      return;
  }
}

async function loadEvent(
  db: Database,
  payload: Exclude<EventPayload, { type: 'transfer' }>,
): Promise<LineEvent> {
  if (payload.type !== 'refund') {
    const order = await onlyRow<OrderRow>(db, 'SELECT * FROM pay_order WHERE id = $1', [payload.orderId]);
    return { type: payload.type, order: orderFrom(order) };
  }
  const refund = await onlyRow<RefundRow>(db, 'SELECT * FROM pay_refund WHERE id = $1', [payload.refundId]);
  const order = await onlyRow<OrderRow>(db, 'SELECT * FROM pay_order WHERE id = $1', [refund.order_id]);
  return { type: 'refund', order: orderFrom(order), refund: refundFrom(refund) };
}
