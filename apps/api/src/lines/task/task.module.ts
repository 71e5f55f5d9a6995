import { Module, type DynamicModule } from '@nestjs/common';
import { HostOptions, HostTokens } from '../../system/index.js';
import { PayCallbackController, PayController } from './pay.controller.js';
import { TaskRefunds } from './refunds.service.js';
import { SettlementService } from './settlement.service.js';
import { TaskConsoleController } from './task-console.controller.js';
import { TaskConsoleService } from './task-console.service.js';
import { TaskController } from './task.controller.js';
import { TaskDemo } from './task.demo.js';
import { TaskLine } from './task.line.js';
import { TaskOrders } from './task.orders.js';
import { TaskService } from './tasks.service.js';
import { TradeService } from './trades.service.js';
import { LINE } from './task.options.js';

/** Tasks that some pay to publish and some to take, and what they are settled with. */
@Module({
  controllers: [PayController, PayCallbackController, TaskController, TaskConsoleController],
  providers: [
    HostTokens,
    SettlementService,
    TaskConsoleService,
    TaskLine,
    TaskOrders,
    TaskRefunds,
    TaskService,
    TradeService,
  ],
})
export class TaskModule {
  /**
   * @param tokenKey shared with the platform whose users pay
   * @param demo whether it has something to show
   */
  static forRoot(tokenKey: string, demo: boolean): DynamicModule {
    return {
      module: TaskModule,
      providers: [
        { provide: HostOptions, useValue: new HostOptions(LINE, tokenKey) },
        ...(demo ? [TaskDemo] : []),
      ],
    };
  }
}
