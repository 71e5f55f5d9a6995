import { localTime } from '@yajin/core';
import type { Task } from '@yajin/contract/task';
import { eventually, TestApi } from '@yajin/testing/api';
import { TaskWorld } from './task.kit.js';

let world: TaskWorld;
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  world = new TaskWorld(api);
});
afterAll(() => api.stop());
afterEach(async () => {
  await world.faults({ reset: true });
  await world.expectBooksToAgree();
});

/** Moves the clock far enough for every payment to run out. */
async function runOut(): Promise<void> {
  await api.moveClock(localTime(new Date(api.clock.now().getTime() + 16 * 60_000)));
  await api.quiet();
}

const paidFields = (order: Task.Prepaid, amount: string): Record<string, string> => ({
  order_no: order.order_no,
  trade_no: `T${order.order_no}`,
  status: 'paid',
  amount,
  pay_time: api.clock.now().toISOString(),
  pay_method: 'ALIPAY',
  transaction_id: '2026010122001234567890123456',
});

describe('a prepayment', () => {
  it.each([19.9, 0.07, 49_999.99])('of %d yuan is the same to the fen everywhere', async (amount) => {
    const publisher = world.person();
    const task = await world.create(publisher, { publish: amount });
    const order = await world.order(publisher, task, 'task_publish');
    expect(order).toMatchObject({ amount, trade_no: '' });
    expect(order.order_no).toMatch(/^SQ\d{24}$/);
    expect(order.expire_time - Math.floor(api.clock.now().getTime() / 1000)).toBeGreaterThan(14 * 60);
    expect(order.expire_time - Math.floor(api.clock.now().getTime() / 1000)).toBeLessThanOrEqual(15 * 60);
    expect(Buffer.from(order.qrcode.split(',')[1]!, 'base64').subarray(1, 4).toString()).toBe('PNG');
    expect(await world.trade(publisher, order)).toMatchObject({
      status: 'pending',
      trade_no: null,
      pay_time: null,
      transaction_id: null,
    });
    await world.pay(order);
    await world.reaches(task, 'pending_review');
    const paid = await world.trade(publisher, order);
    expect(paid).toMatchObject({
      order_no: order.order_no,
      amount,
      status: 'paid',
      user_id: publisher.id,
      task_id: task.id,
      trade_type: 'task_publish',
      pay_method: 'WECHAT',
    });
    expect(paid.transaction_id).toBe(`${paid.trade_no}00`);
    expect(Date.parse(paid.pay_time!)).toBeGreaterThan(0);
  });

  it('asked for again is the same order, also at the same moment, and under one key', async () => {
    const publisher = world.person();
    const task = await world.create(publisher);
    const asked = await Promise.all([1, 2, 3, 4].map(() => world.prepay(publisher, task, 'task_publish')));
    const numbers = new Set(asked.filter(({ code }) => code === 200).map(({ data }) => data.order_no));
    expect(numbers.size).toBe(1);
    const options = {
      token: publisher.token,
      headers: { 'idempotency-key': '3f2504e0-4f89-41d3-9a0c-0305e82c3301' },
      body: { task_id: task.id, order_type: 'task_publish', amount: 100 },
    };
    const once = await api.call<Task.Prepaid>('POST', '/api/v1/pay/prepay', options);
    expect((await api.call<Task.Prepaid>('POST', '/api/v1/pay/prepay', options)).data).toEqual(once.data);
    const other = { ...options, body: { ...options.body, amount: 99 } };
    expect((await api.call('POST', '/api/v1/pay/prepay', other)).code).toBe(409);
  });

  it('is for the fee of one’s own part in a task that waits for it', async () => {
    const [publisher, taker, other] = [world.person(), world.person(), world.person()];
    const task = await world.create(publisher);
    expect(await world.prepay(publisher, task, 'task_publish', { amount: 99.99 })).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'amount', message: '应为任务发布费 100.00 元' }] },
    });
    expect((await world.prepay(other, task, 'task_publish')).code).toBe(404);
    expect((await world.prepay(publisher, { ...task, id: 999_999 }, 'task_publish')).code).toBe(404);
    await world.pay(await world.order(publisher, task, 'task_publish'));
    await world.reaches(task, 'pending_review');
    expect((await world.prepay(publisher, task, 'task_publish')).code).toBe(409);
    await world.done(world.admin, 'POST', `/tasks/${task.id}/review`, { action: 'approve' });
    expect((await world.prepay(taker, task, 'task_take')).code).toBe(404);
    await world.done(taker, 'POST', `/tasks/${task.id}/take`);
    expect((await world.prepay(other, task, 'task_take')).code).toBe(404);
    await world.pay(await world.order(taker, task, 'task_take'));
    await world.reaches(task, 'in_progress');
    expect((await world.prepay(taker, task, 'task_take')).code).toBe(409);
  });

  it('is one’s own to see, and in one’s own list', async () => {
    const [publisher, other] = [world.person(), world.person()];
    const { publishOrder } = await world.published(publisher);
    const query = `/pay/query?order_no=${publishOrder.order_no}`;
    expect((await world.call(other, 'GET', query)).code).toBe(404);
    expect((await world.call(world.admin, 'GET', query)).code).toBe(200);
    const second = await world.order(publisher, await world.create(publisher), 'task_publish');
    const list = async (more = ''): Promise<string[]> =>
      (await world.done<Task.TradePage>(publisher, 'GET', `/pay/transactions?page=1${more}`)).list.map(
        (trade) => trade.order_no,
      );
    expect(await list()).toEqual([second.order_no, publishOrder.order_no]);
    expect(await list('&status=paid')).toEqual([publishOrder.order_no]);
    expect(await list('&status=pending&trade_type=task_publish')).toEqual([second.order_no]);
    expect(await list('&trade_type=task_take')).toEqual([]);
    expect((await world.done<Task.TradePage>(other, 'GET', '/pay/transactions')).total).toBe(0);
  });
});

describe('a payment counts once', () => {
  it('when its callback is doubled and repeated', async () => {
    const publisher = world.person();
    await world.faults({ duplicateNotifications: { value: 3, gapMs: 0 } });
    const { task, publishOrder } = await world.published(publisher);
    const fields = paidFields(publishOrder, '100.00');
    const { trade_no } = await world.trade(publisher, publishOrder);
    const again = { ...fields, trade_no: trade_no! };
    expect(await world.callback('callback', again)).toMatchObject({ status: 200, body: 'success' });
    expect(await world.callback('callback', again, { form: true })).toMatchObject({
      status: 200,
      body: 'success',
    });
    await api.quiet();
    expect(await world.status(task)).toBe('pending_review');
    expect(await api.rows(`SELECT 1 FROM pay_ledger WHERE subject = $1`, [String(task.id)])).toHaveLength(1);
  });

  it('when its callback is lost: whoever asks makes us ask', async () => {
    const publisher = world.person();
    await world.faults({ dropNotifications: true });
    const task = await world.create(publisher);
    const order = await world.order(publisher, task, 'task_publish');
    await world.pay(order);
    await eventually(async () => (await world.trade(publisher, order)).status === 'paid', 'us to ask');
    await world.reaches(task, 'pending_review');
    expect(await world.trade(publisher, order)).toMatchObject({ pay_method: null, transaction_id: null });
  });

  it('and not at all when it is forged, of a wrong amount, of an unknown order or of another merchant', async () => {
    const publisher = world.person();
    const task = await world.create(publisher);
    const order = await world.order(publisher, task, 'task_publish');
    const fields = paidFields(order, '100.00');
    for (const path of ['callback', 'refund_callback', 'transfer_callback'] as const)
      expect(await world.callback(path, fields, { key: 'another key' })).toMatchObject({
        status: 401,
        body: 'fail',
      });
    const alerts = api.alerts.length;
    for (const wrong of [
      { ...fields, amount: '99.99' },
      { ...fields, order_no: 'SQ20260101000000000000' },
      { ...fields, merchant_no: '1680000000000' },
      { ...fields, app_id: 'another' },
    ])
      expect(await world.callback('callback', wrong)).toMatchObject({ status: 200, body: 'success' });
    expect(api.alerts.slice(alerts)).toEqual(Array(4).fill('支付通知无法处理，已隔离'));
    for (const body of ['', 'nonsense', '{"a":{"b":1}}']) {
      const init = { headers: { 'content-type': 'application/json' }, body };
      expect(await api.exchange('POST', '/api/v1/pay/callback', init)).toMatchObject({
        status: 401,
        body: 'fail',
      });
    }
    await api.quiet();
    expect(await world.status(task)).toBe('pending_payment');
    expect(await world.trade(publisher, order)).toMatchObject({ status: 'pending' });
  });
});

describe('a payment that nobody makes in time', () => {
  it('is closed after 15 minutes, frees the task for another, and a new one may be made', async () => {
    const [publisher, taker, other] = [world.person(), world.person(), world.person()];
    const unpaid = await world.create(publisher);
    const first = await world.order(publisher, unpaid, 'task_publish');
    const { task } = await world.open(publisher);
    await world.done(taker, 'POST', `/tasks/${task.id}/take`);
    const takeOrder = await world.order(taker, task, 'task_take');
    expect((await world.call(other, 'POST', `/tasks/${task.id}/take`)).code).toBe(409);
    await runOut();
    expect(await world.trade(publisher, first)).toMatchObject({ status: 'closed' });
    expect(await world.trade(taker, takeOrder)).toMatchObject({ status: 'closed' });
    expect(await world.done(other, 'GET', `/tasks/${task.id}`)).toMatchObject({ taker_id: null });
    expect((await world.prepay(taker, task, 'task_take')).code).toBe(404);
    await expect(world.pay(takeOrder)).rejects.toThrow('订单已关闭');
    await world.done(other, 'POST', `/tasks/${task.id}/take`);
    await world.pay(await world.order(other, task, 'task_take'));
    await world.reaches(task, 'in_progress');
    const second = await world.order(publisher, unpaid, 'task_publish');
    expect(second.order_no).not.toBe(first.order_no);
  });

  it('and is made after all goes back by itself', async () => {
    const publisher = world.person();
    const task = await world.create(publisher);
    const order = await world.order(publisher, task, 'task_publish');
    await runOut();
    await world.faults({ payAfterClose: { times: 1 }, payAfterExpiry: { times: 1 } });
    await world.pay(order);
    await eventually(async () => (await world.refundsOf(order))[0]?.state === 'SUCCESS', 'the refund');
    await api.quiet();
    expect(await world.trade(publisher, order)).toMatchObject({ status: 'failed' });
    expect(await world.status(task)).toBe('pending_payment');
  });

  it('somebody who held a task and never asked to pay loses it', async () => {
    const [taker, other] = [world.person(), world.person()];
    const { task } = await world.open(world.person());
    await world.done(taker, 'POST', `/tasks/${task.id}/take`);
    await runOut();
    expect((await world.prepay(taker, task, 'task_take')).code).toBe(409);
    expect(await world.done(other, 'POST', `/tasks/${task.id}/take`)).toMatchObject({ taker_id: other.id });
  });
});

describe('a gateway that does not answer', () => {
  it('leaves a payment pending, and the same order goes on later', async () => {
    const publisher = world.person();
    const task = await world.create(publisher);
    await world.faults({ failBefore: { endpoints: ['query'] } });
    const order = await world.order(publisher, task, 'task_publish');
    expect(await world.trade(publisher, order)).toMatchObject({ status: 'pending' });
    await world.faults({ reset: true });
    await world.pay(order);
    await world.reaches(task, 'pending_review');
  });
});
