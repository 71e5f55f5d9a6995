import { Module } from '@nestjs/common';
import { taskDocument, taskErrors } from '@yajin/contract/task';
import type { Envelope, MountedLine } from '@yajin/server';
import { HostTokens } from '../../system/index.js';
import { PayCallbackController, PayController } from './pay.controller.js';
import { TaskRefunds } from './refunds.service.js';
import { SettlementService } from './settlement.service.js';
import { TaskConsoleController } from './task-console.controller.js';
import { TaskConsoleService } from './task-console.service.js';
import { TaskController } from './task.controller.js';
import { TaskLine } from './task.line.js';
import { CALLBACKS, LINE } from './task.options.js';
import { TaskService } from './tasks.service.js';
import { TradeService } from './trades.service.js';

/** Tasks that some pay to publish and some to take, and what they are settled with. */
@Module({})
class TaskModule {}

/** @param tokenKey shared with the platform whose users publish and take */
export function taskLine(tokenKey: string): MountedLine {
  const failure: Envelope['failure'] = ({ code, message, data }) => ({ code, message, data: data ?? null });
  return {
    name: LINE,
    module: {
      module: TaskModule,
      controllers: [PayController, PayCallbackController, TaskController, TaskConsoleController],
      providers: [
        { provide: HostTokens, useValue: new HostTokens(LINE, tokenKey) },
        SettlementService,
        TaskConsoleService,
        TaskLine,
        TaskRefunds,
        TaskService,
        TradeService,
      ],
    },
    envelopes: ['/api/v1/pay/', '/api/v1/tasks'].map((prefix) => ({ prefix, errors: taskErrors, failure })),
    document: taskDocument,
    rawBodies: Object.values(CALLBACKS),
  };
}
