import type { Console } from '@yajin/contract/console';
import type { WorkOrder } from '@yajin/contract/work-order';
import { Actor } from '../actor.ts';
import { GaveUp } from '../client.ts';
import type { WorkOrderStory } from '../stories.ts';
import type { World } from '../world.ts';

const OPENID = 'oWorkOrderSimulation';

/** A work order that is repaired, or whose user wants the prepayment back while two operators decide at once. */
export async function workOrder(world: World, story: WorkOrderStory): Promise<void> {
  const me = new Actor(world, `work-order-${story.who}`);
  const userId = 3000 + story.who;
  const user = world.hostToken('work-order', userId);
  const order = await me.done<Console.WorkOrder>({
    method: 'POST',
    path: '/api/admin/work-order/orders',
    token: me.operator,
    body: { userId, serviceTypeId: world.serviceType, description: '厨房插座没电' },
  });
  const number = await pay(me, story, user, order.id, 'prepay');
  if (story.ends === 'left') return;
  if (story.ends === 'given back') return giveBack(me, story, user, number);
  const electricianId = 4000 + story.who;
  await me.together<Console.WorkOrder>({
    method: 'POST',
    path: `/api/admin/work-order/orders/${order.id}/accept`,
    body: { electricianId },
  });
  await me.together<Console.WorkOrder>({
    method: 'PUT',
    path: `/api/admin/work-order/orders/${order.id}/final-amount`,
    body: { finalAmount: 120.07 },
  });
  await pay(me, story, user, order.id, 'repair');
  const electrician = world.hostToken('work-order', electricianId, 'electrician');
  await me.ask({ method: 'PUT', path: `/api/orders/${order.id}/start`, token: electrician });
  await me.together({ method: 'POST', path: `/api/admin/work-order/orders/${order.id}/complete` });
}

/** @returns the payment's number. @throws GaveUp when it does not succeed in time */
async function pay(
  me: Actor,
  story: WorkOrderStory,
  token: string,
  orderId: number,
  type: WorkOrder.PaymentType,
): Promise<string> {
  const body = { order_id: orderId, type, openid: OPENID };
  const begun = await me.press<WorkOrder.CreatedPayment>(
    { method: 'POST', path: '/api/payments', token, body },
    story.clicks,
  );
  const number = begun[0]?.payment_no ?? '';
  const [row] = await me.world.find<{ pay_order_id: number }>(
    'SELECT pay_order_id FROM work_order_payment WHERE payment_no = $1',
    [number],
  );
  if (row) await me.pay(row.pay_order_id, 'all', story.when, OPENID);
  const paid = await me.until(async () => {
    const { data } = await me.ask<WorkOrder.PaymentAnswer>({
      method: 'GET',
      path: `/api/payments/${number}`,
      token,
    });
    return data?.payment?.status === 'success' ? data : null;
  });
  if (!paid) throw new GaveUp(`payment ${number} does not succeed`);
  return number;
}

async function giveBack(me: Actor, story: WorkOrderStory, token: string, number: string): Promise<void> {
  const path = `/api/payments/${number}/refund`;
  await me.press<WorkOrder.Said>(
    { method: 'POST', path, token, body: { reason: '约错了时间' } },
    story.clicks,
  );
  const [asked] = await me.world.find<{ id: number }>(
    `SELECT r.id FROM work_order_refund r JOIN work_order_payment p ON p.id = r.payment_id
     WHERE p.payment_no = $1 ORDER BY r.id DESC LIMIT 1`,
    [number],
  );
  if (!asked) return;
  await me.together<Console.WorkOrderRefund>(
    { method: 'PUT', path: `/api/admin/work-order/refunds/${asked.id}` },
    [{ action: 'approve', adminNotes: '同意' }, { action: story.second }],
  );
}
