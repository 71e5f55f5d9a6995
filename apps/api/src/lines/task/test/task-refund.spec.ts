import type { Console } from '@yajin/contract/console';
import { operator, audited } from '@yajin/testing/operators';
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

describe('a refund', () => {
  it('in parts comes to no more than was paid, and the last part cancels the task', async () => {
    const publisher = world.person();
    const { task, publishOrder } = await world.open(publisher, { publish: 19.97 });
    const first = await world.refund(publisher, publishOrder, 0.07);
    expect(first.data).toMatchObject({
      order_no: publishOrder.order_no,
      amount: 0.07,
      reason: '任务取消',
      status: 'pending',
      refund_time: null,
      task_id: task.id,
      user_id: publisher.id,
    });
    expect(first.data.refund_no).toMatch(/^RF\d{24}$/);
    expect(await world.status(task)).toBe('open');
    await world.tradeIs(publisher, publishOrder, 'paid');
    expect(await world.refund(publisher, publishOrder, 19.91)).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'amount', message: '最多可退 19.90 元' }] },
    });
    expect((await world.refund(publisher, publishOrder, 19.9)).code).toBe(200);
    expect(await world.status(task)).toBe('cancelled');
    await world.tradeIs(publisher, publishOrder, 'refunded');
    expect((await world.refund(publisher, publishOrder, 0.01)).code).toBe(409);
    expect((await world.refundsOf(publishOrder)).map(({ amountFen }) => amountFen).sort()).toEqual([1990, 7]);
  });

  it('asked for many times at once is given as often as the money lasts', async () => {
    const publisher = world.person();
    const { publishOrder } = await world.open(publisher, { publish: 10 });
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => world.refund(publisher, publishOrder, 3)));
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 200, 200, 400, 400, 400]);
    await eventually(
      async () =>
        (await world.refundsOf(publishOrder)).filter(({ state }) => state === 'SUCCESS').length === 3,
      'the refunds',
    );
  });

  it('is told of by its callback, however often', async () => {
    const publisher = world.person();
    const { publishOrder } = await world.open(publisher, { publish: 10 });
    expect((await world.refund(publisher, publishOrder, 3)).code).toBe(200);
    await eventually(
      async () => (await world.refundsOf(publishOrder))[0]?.state === 'SUCCESS',
      'Shouqianba to be done',
    );
    const [refund] = await world.refundsOf(publishOrder);
    const fields = {
      order_no: publishOrder.order_no,
      refund_no: refund!.outRefundNo,
      trade_no: 'R1',
      status: 'refunded',
      amount: '3.00',
      refund_time: new Date().toISOString(),
    };
    expect(await world.callback('refund_callback', fields, { key: 'another key' })).toMatchObject({
      status: 401,
    });
    for (let time = 0; time < 2; time += 1)
      expect(await world.callback('refund_callback', fields)).toMatchObject({ status: 200, body: 'success' });
  });

  it('of the take fee opens the task again; handed in, only an admin gives it', async () => {
    const [publisher, taker, other] = [world.person(), world.person(), world.person()];
    const { task, takeOrder, publishOrder } = await world.taken(publisher, taker);
    expect((await world.refund(publisher, takeOrder, 20)).code).toBe(404);
    expect((await world.refund(publisher, publishOrder, 100)).code).toBe(409);
    expect((await world.refund(taker, takeOrder, 20)).code).toBe(200);
    expect(await world.done(other, 'GET', `/tasks/${task.id}`)).toMatchObject({
      status: 'open',
      taker_id: null,
    });
    await world.done(other, 'POST', `/tasks/${task.id}/take`);
    const second = await world.order(other, task, 'task_take');
    await world.pay(second);
    await world.reaches(task, 'in_progress');
    await world.done(other, 'POST', `/tasks/${task.id}/submit`, { result: '好了' });
    expect((await world.refund(other, second, 20)).code).toBe(409);
    expect((await world.refund(world.admin, second, 20)).code).toBe(200);
    expect(await world.status(task)).toBe('open');
  });

  it('of the publish fee by an admin gives the take fee back too', async () => {
    const [publisher, taker] = [world.person(), world.person()];
    const { task, takeOrder, publishOrder } = await world.accepted(publisher, taker);
    expect((await world.refund(world.admin, publishOrder, 100)).code).toBe(200);
    expect(await world.status(task)).toBe('cancelled');
    await world.tradeIs(taker, takeOrder, 'refunded');
    await world.tradeIs(publisher, publishOrder, 'refunded');
    await world.expectBooksToAgree();
    expect(await world.owed(task, 'deposit')).toBe('0.00');
  });

  it('whose task went on without the money goes back by itself', async () => {
    const [publisher, taker] = [world.person(), world.person()];
    const { task, publishOrder } = await world.open(publisher);
    await world.done(taker, 'POST', `/tasks/${task.id}/take`);
    const late = await world.order(taker, task, 'task_take');
    expect((await world.refund(publisher, publishOrder, 100)).code).toBe(200);
    await world.pay(late);
    await world.tradeIs(taker, late, 'refunded');
    expect(await world.status(task)).toBe('cancelled');
  });

  it('under one key is one refund', async () => {
    const publisher = world.person();
    const { publishOrder } = await world.open(publisher);
    const options = {
      token: publisher.token,
      headers: { 'idempotency-key': '3f2504e0-4f89-41d3-9a0c-0305e82c3302' },
      body: { order_no: publishOrder.order_no, amount: 1, reason: '部分退款' },
    };
    const [one, two] = await Promise.all(
      [1, 2].map(() => api.call<object>('POST', '/api/v1/pay/refund', options)),
    );
    expect(two!.data).toEqual(one!.data);
    await world.tradeIs(publisher, publishOrder, 'paid');
    expect(await world.refundsOf(publishOrder)).toHaveLength(1);
  });
});

describe('a refund that the gateway fails', () => {
  it('is retried by an operator, audited, and then paid once', async () => {
    const publisher = world.person();
    const { publishOrder } = await world.open(publisher);
    await world.faults({ refundResult: { value: 'CLOSED', times: 1 } });
    expect((await world.refund(publisher, publishOrder, 100)).code).toBe(200);
    const failed = await eventually(async () => {
      const { list } = (
        await api.admin<Console.TaskRefundPage>('GET', '/api/admin/task/refunds?status=failed')
      ).data;
      return list.find(({ orderNo }) => orderNo === publishOrder.order_no);
    }, 'the refund to fail');
    expect(await world.trade(publisher, publishOrder)).toMatchObject({ status: 'refunding' });
    const at = `/api/admin/task/refunds/${failed.id}/retry`;
    expect((await api.call('POST', at, { token: (await operator(api, 'coach')).token })).status).toBe(403);
    expect((await api.admin('POST', at)).data).toMatchObject({ status: 'processing' });
    expect((await api.admin('POST', at)).code).toBe(409);
    expect((await api.admin('POST', '/api/admin/task/refunds/999999/retry')).code).toBe(404);
    await world.tradeIs(publisher, publishOrder, 'refunded');
    expect((await world.refundsOf(publishOrder)).map(({ state }) => state).sort()).toEqual([
      'CLOSED',
      'SUCCESS',
    ]);
    expect(await audited(api, 'task_refund', failed.id)).toEqual([
      expect.objectContaining({ action: 'task.refund_retry', username: 'admin' }),
    ]);
  });

  it('or that is throttled, or whose callback is lost, is paid once all the same', async () => {
    const publisher = world.person();
    const { publishOrder } = await world.open(publisher);
    await world.faults({ frequencyLimited: { endpoints: ['refund'], times: 1 }, dropNotifications: true });
    expect((await world.refund(publisher, publishOrder, 100)).code).toBe(200);
    await eventually(async () => {
      const found = await api.rows<{ id: number }>(
        `SELECT r.id FROM pay_refund r JOIN pay_order o ON o.id = r.order_id WHERE o.order_no = $1 AND r.status = 'processing'`,
        [publishOrder.order_no],
      );
      return found.length > 0 && found;
    }, 'the first try');
    await api.quiet();
    await api.hurry();
    await eventually(
      async () => (await world.refundsOf(publishOrder))[0]?.state === 'SUCCESS',
      'the gateway',
    );
    await api.hurry();
    await world.tradeIs(publisher, publishOrder, 'refunded');
    expect(await world.refundsOf(publishOrder)).toHaveLength(1);
  });
});
