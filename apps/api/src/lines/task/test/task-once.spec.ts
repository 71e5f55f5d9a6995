import { consoleDocument } from '@yajin/contract/console';
import { taskDocument } from '@yajin/contract/task';
import { createOnce } from '../../../../test/once.kit.js';
import { TaskWorld } from './task.kit.js';

createOnce(
  [{ document: taskDocument }, { document: consoleDocument, below: '/api/admin/task/' }],
  {
    createTask: {
      table: 'task_task',
      request: async (api) => {
        const body = { title: '搬运书架', publish_fee: 100, take_fee: 20 };
        const { token } = new TaskWorld(api).person();
        return { path: '/api/v1/tasks', token, body, other: { ...body, take_fee: 21 } };
      },
    },
    prepay: {
      table: 'task_trade',
      request: async (api) => {
        const world = new TaskWorld(api);
        const publisher = world.person();
        const { id: task_id, publish_fee: amount } = await world.create(publisher);
        const body = { task_id, order_type: 'task_publish', amount };
        return {
          path: '/api/v1/pay/prepay',
          token: publisher.token,
          body,
          other: { ...body, remark: '另一笔' },
        };
      },
    },
    refundTrade: {
      table: 'task_refund',
      request: async (api) => {
        const world = new TaskWorld(api);
        const publisher = world.person();
        const { publishOrder } = await world.published(publisher);
        const body = { order_no: publishOrder.order_no, amount: 40, reason: '少做一件' };
        return { path: '/api/v1/pay/refund', token: publisher.token, body, other: { ...body, amount: 41 } };
      },
    },
    settle: {
      table: 'pay_transfer',
      request: async (api) => {
        const world = new TaskWorld(api);
        const publisher = world.person();
        const { task } = await world.accepted(publisher, world.person());
        const body = { task_id: task.id, publisher_amount: 10, taker_amount: 100 };
        return {
          path: '/api/v1/pay/settlement',
          token: publisher.token,
          body,
          other: { ...body, taker_amount: 99 },
        };
      },
    },
  },
  [
    'payCallback',
    'refundCallback',
    'transferCallback',
    'reviewTask',
    'takeTask',
    'submitTask',
    'acceptTask',
    'reviewTaskItem',
    'retryTaskTransfer',
    'retryTaskRefund',
  ],
);
