import type { Console } from '@yajin/contract/console';
import type { Task } from '@yajin/contract/task';
import { Actor } from '../actor.ts';
import { GaveUp } from '../client.ts';
import type { TaskStory } from '../stories.ts';
import type { World } from '../world.ts';

/** A task is published, taken, done and settled; or its publisher gives it up and wants the fee back. */
export async function task(world: World, story: TaskStory): Promise<void> {
  const me = new Actor(world, `task-${story.who}`);
  const publisher = world.hostToken('task', 1000 + story.who);
  const taker = world.hostToken('task', 2000 + story.who);
  const made = await me.done<Task.Task>({
    method: 'POST',
    path: '/api/v1/tasks',
    token: publisher,
    body: { title: `任务 ${story.who}`, publish_fee: story.publishFee, take_fee: story.takeFee },
  });
  const fee = await pay(me, story, publisher, made.id, 'task_publish', story.publishFee);
  await reaches(me, publisher, made.id, 'pending_review');
  if (story.ends === 'given up') return giveUp(me, story, publisher, fee);
  await me.together<Console.TaskItem>({
    method: 'POST',
    path: `/api/admin/task/tasks/${made.id}/review`,
    body: { action: 'approve' },
  });
  await me.done({ method: 'POST', path: `/api/v1/tasks/${made.id}/take`, token: taker });
  await pay(me, story, taker, made.id, 'task_take', story.takeFee);
  await reaches(me, taker, made.id, 'in_progress');
  if (story.ends === 'left') return;
  const result = { result: '已完成' };
  await me.done({ method: 'POST', path: `/api/v1/tasks/${made.id}/submit`, token: taker, body: result });
  await me.done({ method: 'POST', path: `/api/v1/tasks/${made.id}/accept`, token: publisher });
  await settle(me, story, publisher, made.id);
}

async function pay(
  me: Actor,
  story: TaskStory,
  token: string,
  taskId: number,
  type: Task.TradeType,
  amount: number,
): Promise<string> {
  const body = { task_id: taskId, order_type: type, amount };
  const orders = await me.press<Task.Prepaid>(
    { method: 'POST', path: '/api/v1/pay/prepay', token, body },
    story.clicks,
  );
  for (const { pay_url: address } of orders) await me.visit(address);
  const [order] = orders;
  const orderNo = order?.order_no ?? '';
  const [row] = await me.world.find<{ id: number }>('SELECT id FROM pay_order WHERE order_no = $1', [
    orderNo,
  ]);
  if (row) await me.pay(row.id, 'all', story.when);
  await me.ask({ method: 'GET', path: `/api/v1/pay/query?order_no=${orderNo}`, token });
  return orderNo;
}

/** @throws GaveUp when the time for acting is over */
async function reaches(me: Actor, token: string, id: number, status: Task.TaskStatus): Promise<void> {
  const found = await me.until(async () => {
    const { data } = await me.ask<Task.Task>({ method: 'GET', path: `/api/v1/tasks/${id}`, token });
    return data?.status === status ? data : null;
  });
  if (!found) throw new GaveUp(`task ${id} does not become ${status}`);
}

async function giveUp(me: Actor, story: TaskStory, token: string, orderNo: string): Promise<void> {
  for (const part of [0.5, 1]) {
    const amount = part === 1 ? story.publishFee - half(story.publishFee) : half(story.publishFee);
    const body = { order_no: orderNo, amount: Number(amount.toFixed(2)), reason: '任务取消' };
    await me.press<Task.Refund>({ method: 'POST', path: '/api/v1/pay/refund', token, body }, story.clicks);
  }
}

function half(amount: number): number {
  return Math.floor(amount * 50) / 100;
}

async function settle(me: Actor, story: TaskStory, token: string, taskId: number): Promise<void> {
  const taker = Math.max(
    0.01,
    Math.floor((story.publishFee + story.takeFee) * story.takerPart * 100) / 100 - 0.02,
  );
  const body = { task_id: taskId, publisher_amount: 0.01, taker_amount: Number(taker.toFixed(2)) };
  await me.press<Task.Said>({ method: 'POST', path: '/api/v1/pay/settlement', token, body }, story.clicks);
  const [sent] = await me.world.find<{ id: number }>('SELECT id FROM pay_transfer WHERE source = $1', [
    `task:${taskId}`,
  ]);
  if (sent) await me.together({ method: 'POST', path: `/api/admin/task/transfers/${sent.id}/retry` });
}
