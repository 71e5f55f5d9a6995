import { Module } from '@nestjs/common';
import { workOrderDocument, workOrderErrors } from '@yajin/contract/work-order';
import type { Envelope, MountedLine } from '@yajin/server';
import { HostTokens } from '../../system/index.js';
import { ConsoleLists } from './console-lists.js';
import {
  ConsoleOrdersController,
  ConsoleRefundsController,
  ServiceTypesController,
} from './console.controller.js';
import { OrdersService } from './orders.service.js';
import { PaymentLists } from './payment-lists.js';
import { OrdersController, PaymentsController, WechatNotifyController } from './payments.controller.js';
import { PaymentsService } from './payments.service.js';
import { RefundsService } from './refunds.service.js';
import { ServiceTypesService } from './service-types.service.js';
import { WorkOrderLine } from './work-order.line.js';
import { LINE, NOTIFY_PATH } from './work-order.options.js';

/** What is paid for an electrician's work: a prepayment, then the repair fee. */
@Module({})
class WorkOrderModule {}

const envelope = (prefix: string): Envelope => ({
  prefix,
  errors: workOrderErrors,
  failure: ({ code, message, data }) => ({ code, message, data: data ?? null }),
});

/** @param tokenKey shared with the platform whose users pay */
export function workOrderLine(tokenKey: string): MountedLine {
  return {
    name: LINE,
    module: {
      module: WorkOrderModule,
      controllers: [
        WechatNotifyController,
        PaymentsController,
        OrdersController,
        ServiceTypesController,
        ConsoleOrdersController,
        ConsoleRefundsController,
      ],
      providers: [
        { provide: HostTokens, useValue: new HostTokens(LINE, tokenKey) },
        WorkOrderLine,
        PaymentsService,
        PaymentLists,
        RefundsService,
        OrdersService,
        ServiceTypesService,
        ConsoleLists,
      ],
    },
    envelopes: [envelope('/api/payments'), envelope('/api/orders')],
    document: workOrderDocument,
    rawBodies: [NOTIFY_PATH],
  };
}
