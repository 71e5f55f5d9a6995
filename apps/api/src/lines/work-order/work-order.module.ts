import { Module, type DynamicModule } from '@nestjs/common';
import { HostOptions, HostTokens } from '../../system/index.js';
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
import { WorkOrderDemo } from './work-order.demo.js';
import { WorkOrderLine } from './work-order.line.js';
import { WorkOrderOrders } from './work-order.orders.js';
import { LINE } from './work-order.options.js';

/** What is paid for an electrician's work: a prepayment, then the repair fee. */
@Module({
  controllers: [
    WechatNotifyController,
    PaymentsController,
    OrdersController,
    ServiceTypesController,
    ConsoleOrdersController,
    ConsoleRefundsController,
  ],
  providers: [
    HostTokens,
    WorkOrderLine,
    WorkOrderOrders,
    PaymentsService,
    PaymentLists,
    RefundsService,
    OrdersService,
    ServiceTypesService,
    ConsoleLists,
  ],
})
export class WorkOrderModule {
  /**
   * @param tokenKey shared with the platform whose users pay
   * @param demo whether it has something to show
   */
  static forRoot(tokenKey: string, demo: boolean): DynamicModule {
    return {
      module: WorkOrderModule,
      providers: [
        { provide: HostOptions, useValue: new HostOptions(LINE, tokenKey) },
        ...(demo ? [WorkOrderDemo] : []),
      ],
    };
  }
}
