import type { Console } from '@yajin/contract/console';
import type { Task } from '@yajin/contract/task';
import { Transfers } from '@yajin/payment';
import { audited, operator } from '@yajin/testing/operators';
import { eventually, TestApi } from '@yajin/testing/api';
import { TaskWorld, type Person } from './task.kit.js';

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

async function settlementOf(task: Task.Task, transferStatus?: string): Promise<Console.TaskSettlement> {
  return eventually(
    async () => {
      const { data } = await api.admin<Console.TaskSettlementPage>(
        'GET',
        '/api/admin/task/settlements?pageSize=100',
      );
      const found = data.list.find(({ taskId }) => taskId === task.id);
      return found && (transferStatus === undefined || found.transferStatus === transferStatus)
        ? found
        : null;
    },
    `the settlement of ${task.id}${transferStatus ? ` to be ${transferStatus}` : ''}`,
  );
}

const pair = (): [Person, Person] => [world.person(), world.person()];

describe('a settlement', () => {
  it('shares out exactly what was collected: balance, transfer and platform fee', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker, { publish: 19.9, take: 0.07 });
    expect(await world.settle(publisher, task, 1.23, 18.65)).toMatchObject({
      code: 200,
      data: { message: '结算成功' },
    });
    await settlementOf(task, 'success');
    expect(await settlementOf(task)).toMatchObject({
      publisherAmount: 1.23,
      takerAmount: 18.65,
      platformFee: 0.09,
      retries: 0,
      failCode: null,
    });
    expect(await world.transferTo(taker)).toEqual([
      expect.objectContaining({ amountFen: 1865, state: 'success', requests: 1 }),
    ]);
    expect(await world.owed(task, 'deposit')).toBe('0.00');
    expect(await world.owed(task, 'income')).toBe('0.09');
    const none = { total_income: 0, total_expense: 0, available_balance: 0, frozen_balance: 0 };
    expect(await world.balance(publisher)).toEqual({
      ...none,
      user_id: publisher.id,
      total_income: 1.23,
      available_balance: 1.23,
    });
    expect(await world.balance(taker)).toEqual({
      ...none,
      user_id: taker.id,
      total_income: 18.65,
      total_expense: 18.65,
    });
    expect(await world.balance(world.person())).toMatchObject(none);
    expect(await world.status(task)).toBe('completed');
  });

  it('of one fen more than was collected is refused and leaves everything as it was', async () => {
    const [publisher, taker] = pair();
    const { task, publishOrder } = await world.accepted(publisher, taker, { publish: 19.9, take: 0.07 });
    expect((await world.refund(world.admin, publishOrder, 1)).code).toBe(200);
    const answer = await world.settle(publisher, task, 10, 8.98);
    expect(answer).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'taker_amount', message: '两方之和不能超过已收的 18.97 元' }] },
    });
    expect(await world.status(task)).toBe('accepted');
    expect(await world.transferTo(taker)).toEqual([]);
    expect((await world.settle(publisher, task, 10, 8.97)).code).toBe(200);
    await settlementOf(task, 'success');
    expect(await world.owed(task, 'income')).toBe('0.00');
  });

  it('of less to the taker than the taker has paid is for an admin to decide', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker, { publish: 100, take: 20 });
    for (const [mine, theirs] of [
      [120, 0],
      [100.01, 19.99],
      [0, 0],
    ] as const)
      expect(await world.settle(publisher, task, mine, theirs)).toMatchObject({
        code: 400,
        data: { errors: [{ field: 'taker_amount', message: '不能少于接取方支付的 20.00 元' }] },
      });
    expect(await world.status(task)).toBe('accepted');
    expect((await world.settle(world.admin, task, 100, 0)).code).toBe(200);
  });

  it('happens once, however many ask at once, and ends refunds', async () => {
    const [publisher, taker] = pair();
    const { task, publishOrder } = await world.accepted(publisher, taker);
    const answers = await Promise.all([
      ...[1, 2, 3, 4].map(() => world.settle(publisher, task, 80, 40)),
      world.settle(world.admin, task, 0, 120),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409, 409, 409, 409]);
    await settlementOf(task, 'success');
    expect(await world.transferTo(taker)).toHaveLength(1);
    expect(await world.settle(publisher, task, 0, 0)).toMatchObject({ code: 409, message: '任务已结算' });
    expect((await world.refund(world.admin, publishOrder, 1)).code).toBe(409);
  });

  it('and a refund at the same moment never share out the same money', async () => {
    const [publisher, taker] = pair();
    const { task, publishOrder } = await world.accepted(publisher, taker);
    const [settled, refunded] = await Promise.all([
      world.settle(publisher, task, 20, 100),
      world.refund(world.admin, publishOrder, 100),
    ]);
    expect([settled.code, refunded.code].filter((code) => code === 200)).toHaveLength(1);
    await api.quiet();
    expect(['completed', 'cancelled']).toContain(await world.status(task));
  });

  it('is the publisher’s or an admin’s, after acceptance', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.taken(publisher, taker);
    expect((await world.settle(publisher, task, 0, 1)).message).toBe('任务尚未验收');
    expect((await world.settle(taker, task, 0, 1)).code).toBe(404);
    expect((await world.settle(world.person(), task, 0, 1)).code).toBe(404);
    await world.done(taker, 'POST', `/tasks/${task.id}/submit`, { result: '好了' });
    expect((await world.settle(world.admin, task, 0, 1)).code).toBe(409);
    await world.done(publisher, 'POST', `/tasks/${task.id}/accept`);
    expect((await world.settle(world.admin, task, 0, 0)).code).toBe(200);
    expect(await settlementOf(task)).toMatchObject({
      transferId: null,
      transferStatus: null,
      platformFee: 120,
    });
  });

  it('under one key answers the same again', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker);
    const options = {
      token: publisher.token,
      headers: { 'idempotency-key': '3f2504e0-4f89-41d3-9a0c-0305e82c3303' },
      body: { task_id: task.id, publisher_amount: 1, taker_amount: 20 },
    };
    const first = await api.call('POST', '/api/v1/pay/settlement', options);
    const again = await api.call('POST', '/api/v1/pay/settlement', options);
    expect([first.code, again.code]).toEqual([200, 200]);
    await settlementOf(task, 'success');
  });
});

describe('the transfer of a settlement', () => {
  it('that nobody could send is refused in words before anything moves', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker);
    const offered = jest.spyOn(api.app.get(Transfers), 'offeredBy').mockReturnValue(false);
    const answer = await world.settle(publisher, task, 0, 1);
    offered.mockRestore();
    expect(answer).toMatchObject({ status: 503, code: 503, message: '没有配置转账服务' });
    expect(await world.status(task)).toBe('accepted');
  });

  it('on its way is frozen; its callback counts once, forged not at all', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker);
    await world.faults({ refundStuck: { times: 1 } });
    await world.settle(publisher, task, 0, 110);
    const sent = await eventually(async () => (await world.transferTo(taker))[0], 'the transfer');
    await settlementOf(task, 'processing');
    expect(await world.balance(taker)).toMatchObject({
      total_income: 110,
      frozen_balance: 110,
      available_balance: 0,
    });
    const fields = {
      transfer_no: sent.outTransferNo,
      trade_no: 'T1',
      status: 'success',
      amount: '110.00',
      transfer_time: new Date().toISOString(),
    };
    const tell = (more: object, key?: string): Promise<{ status: number; body: unknown }> =>
      world.callback('transfer_callback', { ...fields, ...more }, key === undefined ? {} : { key });
    expect(await tell({}, 'another key')).toMatchObject({ status: 401, body: 'fail' });
    expect(await tell({ amount: '110.01' })).toMatchObject({ status: 200, body: 'success' });
    expect(await settlementOf(task)).toMatchObject({ transferStatus: 'processing' });
    await api.control('POST', '/control/transfers/settle', { outTransferNo: sent.outTransferNo });
    await settlementOf(task, 'success');
    for (const body of await Promise.all([tell({}), tell({}), tell({})]))
      expect(body).toMatchObject({ body: 'success' });
    expect(await world.balance(taker)).toMatchObject({
      total_expense: 110,
      frozen_balance: 0,
      available_balance: 0,
    });
  });

  it('that fails goes to the taker’s balance, and an operator sends it again once', async () => {
    const [publisher, taker] = pair();
    const { task } = await world.accepted(publisher, taker);
    await world.faults({ refundResult: { value: 'CLOSED', times: 1 } });
    await world.settle(publisher, task, 10, 110);
    const failed = await settlementOf(task, 'failed');
    expect(failed).toMatchObject({ failCode: 'FAILED', failMessage: '收款账户异常' });
    expect(await world.status(task)).toBe('completed');
    expect(await world.balance(taker)).toMatchObject({
      total_income: 110,
      total_expense: 0,
      available_balance: 110,
    });
    const at = `/api/admin/task/transfers/${failed.transferId}/retry`;
    expect((await api.call('POST', at, { token: (await operator(api, 'volunteer')).token })).status).toBe(
      403,
    );
    const retries = await Promise.all([api.admin('POST', at), api.admin('POST', at), api.admin('POST', at)]);
    expect(retries.map(({ code }) => code).sort()).toEqual([200, 409, 409]);
    await settlementOf(task, 'success');
    expect((await world.transferTo(taker)).map(({ state }) => state).sort()).toEqual(['failed', 'success']);
    expect(await world.balance(taker)).toMatchObject({
      total_expense: 110,
      available_balance: 0,
      frozen_balance: 0,
    });
    expect(await audited(api, 'task', task.id)).toEqual([
      expect.objectContaining({ action: 'task.transfer_retry', username: 'admin' }),
    ]);
    expect((await api.admin('POST', '/api/admin/task/transfers/999999/retry')).code).toBe(404);
  });
});

describe('operators', () => {
  it('find and review tasks, audited', async () => {
    const publisher = world.person();
    const [{ task: good }, { task: bad, publishOrder }] = [
      await world.published(publisher),
      await world.published(publisher),
    ];
    const find = async (query: string): Promise<number[]> =>
      (await api.admin<Console.TaskItemPage>('GET', `/api/admin/task/tasks?${query}`)).data.list.map(
        ({ id }) => id,
      );
    expect(await find(`status=pending_review&keyword=${publisher.id}`)).toEqual([bad.id, good.id]);
    expect(await find(`keyword=${publisher.id}&page=2&pageSize=1`)).toEqual([good.id]);
    expect(await find('keyword=nothing')).toEqual([]);
    const [{ id: titled }] = (await api.rows<{ id: number }>(
      `UPDATE task_task SET title = $1 || title WHERE id = (SELECT min(id) FROM task_task WHERE publisher_id <> $1::bigint) RETURNING id`,
      [String(publisher.id)],
    )) as [{ id: number }];
    expect(await find(`keyword=${publisher.id}`)).toContain(titled);
    expect(await find(`userId=${publisher.id}`)).toEqual([bad.id, good.id]);
    const review = (task: Task.Task, body: object): ReturnType<typeof api.admin> =>
      api.admin('POST', `/api/admin/task/tasks/${task.id}/review`, body);
    expect(await api.admin('GET', `/api/admin/task/tasks/${good.id}`)).toMatchObject({ status: 200 });
    expect((await review(good, { action: 'approve' })).data).toMatchObject({ status: 'open' });
    expect((await review(good, { action: 'approve' })).code).toBe(409);
    expect((await review(bad, { action: 'reject', reason: '不清' })).data).toMatchObject({
      status: 'rejected',
      reviewReason: '不清',
    });
    expect((await review({ ...good, id: 999_999 }, { action: 'approve' })).code).toBe(404);
    expect((await review(good, { action: 'burn' })).code).toBe(400);
    await world.tradeIs(publisher, publishOrder, 'refunded');
    expect(await audited(api, 'task', bad.id)).toEqual([
      expect.objectContaining({ action: 'task.review', after: { status: 'rejected', reason: '不清' } }),
    ]);
    const { list } = (await api.admin<Console.TaskRefundPage>('GET', '/api/admin/task/refunds')).data;
    expect(list[0]).toMatchObject({
      taskId: bad.id,
      amount: 100,
      reason: '任务未通过审核，自动退款',
      status: 'success',
    });
  });

  it.each(['tasks', 'settlements', 'refunds'])('without the permission do not see %s', async (list) => {
    const { token } = await operator(api, 'coach');
    expect((await api.call('GET', `/api/admin/task/${list}`, { token })).status).toBe(403);
    expect((await api.call('GET', `/api/admin/task/${list}`, {})).status).toBe(401);
    expect((await api.call('GET', `/api/admin/task/${list}`, { token: world.admin.token })).status).toBe(401);
  });
});
