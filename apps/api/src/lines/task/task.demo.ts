import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { Task } from '@yajin/contract/task';
import { DemoCast, DemoData, type Chapter } from '../../demo/index.js';
import { SettlementService } from './settlement.service.js';
import { TaskConsoleService } from './task-console.service.js';
import { TaskService } from './tasks.service.js';
import { TradeService } from './trades.service.js';

const MINUTE_MS = 60_000;
/** How far each task comes. */
const TASKS = [
  { title: '翻译产品说明书', publish: 200, take: 20, to: 'settled' },
  { title: '代发广告传单', publish: 60, take: 5, to: 'rejected' },
  { title: '代取快递到宿舍', publish: 30, take: 5, to: 'open' },
  { title: '搬运书架', publish: 100, take: 20, to: 'review' },
  { title: '遛狗一小时', publish: 40, take: 5, to: 'unpaid' },
] as const;
const TAKER = { id: '3101', role: 'user' };

/** What the tasks show in the demo. */
@Injectable()
export class TaskDemo implements Chapter, OnModuleInit {
  constructor(
    private readonly data: DemoData,
    private readonly cast: DemoCast,
    private readonly console: TaskConsoleService,
    private readonly tasks: TaskService,
    private readonly trades: TradeService,
    private readonly settlements: SettlementService,
  ) {}

  onModuleInit(): void {
    this.data.tell(this);
  }

  events(now: Date): { at: Date; happen: () => Promise<void> }[] {
    return TASKS.map((_, index) => ({
      at: new Date(now.getTime() - (165 - 32 * index) * MINUTE_MS),
      happen: () => this.publish(index),
    }));
  }

  private async publish(index: number): Promise<void> {
    const { title, publish, take, to } = TASKS[index]!;
    const publisher = { id: String(3001 + index), role: 'user' };
    const body = { title, description: '当天完成，细节面谈', publish_fee: publish, take_fee: take };
    const task = await this.tasks.create(publisher, body, null);
    if (to === 'unpaid') return;
    await this.pay(publisher, task, 'task_publish', publish, 'pending_review');
    if (to === 'review') return;
    const manager = await this.cast.operator('manager1');
    const rejected = { action: 'reject', reason: '不能发布这类任务' } as const;
    await this.console.review(manager, task.id, to === 'rejected' ? rejected : { action: 'approve' });
    if (to !== 'settled') return;
    await this.tasks.take(TAKER, task.id);
    await this.pay(TAKER, task, 'task_take', take, 'in_progress');
    await this.tasks.submit(TAKER, task.id, '译文已发到您的邮箱');
    await this.tasks.accept(publisher, task.id);
    await this.settlements.settle(
      publisher,
      { task_id: task.id, publisher_amount: 0, taker_amount: 190 },
      null,
    );
  }

  private async pay(
    user: { id: string; role: string },
    task: Task.Task,
    type: Task.TradeType,
    amount: number,
    leadsTo: Task.TaskStatus,
  ): Promise<void> {
    const order = { task_id: task.id, order_type: type, amount };
    const { order_no: orderNo, pay_url: page } = await this.trades.prepay(user, order, '127.0.0.1', null);
    await this.cast.pay({ orderNo }, `oTask${user.id}`, page);
    await this.cast.until('a payment of a task', async () => {
      const { status } = await this.tasks.get(user, task.id);
      return status === leadsTo;
    });
  }
}
