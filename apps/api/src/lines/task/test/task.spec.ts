import { JwtService } from '@nestjs/jwt';
import type { Task } from '@yajin/contract/task';
import { HOST_KEY, hostToken, TestApi } from '@yajin/testing/api';
import { TaskWorld, type Person } from './task.kit.js';

let world: TaskWorld;
let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  world = new TaskWorld(api);
});
afterAll(() => api.stop());

describe('a token', () => {
  const sign = (claims: object, options: object): string =>
    new JwtService({}).sign(
      { role: 'user', ...claims },
      { secret: HOST_KEY, audience: 'task', subject: '7', ...options },
    );

  it.each([
    '/pay/balance',
    '/pay/transactions',
    '/tasks',
    '/tasks/1',
    '/pay/query?order_no=SQ20260101000000',
  ])('of this platform that ends opens %s, no other does', async (path) => {
    const refused = [
      '',
      hostToken('gym', 7),
      sign({}, {}),
      sign({}, { expiresIn: -1 }),
      sign({}, { expiresIn: 60, secret: 'another' }),
      sign({}, { expiresIn: 60, algorithm: 'HS512' }),
      sign({}, { expiresIn: 60, subject: 'seven' }),
    ];
    for (const token of refused)
      expect(await api.call('GET', `/api/v1${path}`, { token })).toMatchObject({ status: 401, code: 401 });
    const good = await api.call('GET', `/api/v1${path}`, { token: sign({}, { expiresIn: 60 }) });
    expect(good.status).not.toBe(401);
  });

  it('of a user does not review', async () => {
    const { task } = await world.published(world.person());
    const answer = await world.call(world.person(), 'POST', `/tasks/${task.id}/review`, {
      action: 'approve',
    });
    expect(answer).toMatchObject({ status: 403, code: 403, message: '权限不足' });
    expect(await world.status(task)).toBe('pending_review');
  });
});

describe('a task', () => {
  it('goes its whole way', async () => {
    const [publisher, taker] = [world.person(), world.person()];
    const task = await world.create(publisher);
    expect(task).toMatchObject({ status: 'pending_payment', publisher_id: publisher.id, taker_id: null });
    await world.pay(await world.order(publisher, task, 'task_publish'));
    await world.reaches(task, 'pending_review');
    await world.done(world.admin, 'POST', `/tasks/${task.id}/review`, { action: 'approve' });
    const held = await world.done<Task.Task>(taker, 'POST', `/tasks/${task.id}/take`);
    expect(held).toMatchObject({ status: 'open', taker_id: taker.id });
    await world.pay(await world.order(taker, task, 'task_take'));
    await world.reaches(task, 'in_progress');
    const handed = await world.done<Task.Task>(taker, 'POST', `/tasks/${task.id}/submit`, {
      result: '已搬好',
    });
    expect(handed).toMatchObject({ status: 'submitted', result: '已搬好' });
    expect(await world.done(publisher, 'POST', `/tasks/${task.id}/accept`)).toMatchObject({
      status: 'accepted',
    });
    expect(await world.settle(publisher, task, 0, 110)).toMatchObject({ data: { message: '结算成功' } });
    await world.reaches(task, 'completed');
  });

  it('whose take fee is nothing is taken at once', async () => {
    const taker = world.person();
    const { task } = await world.open(world.person(), { take: 0 });
    expect(await world.done(taker, 'POST', `/tasks/${task.id}/take`)).toMatchObject({
      status: 'in_progress',
      taker_id: taker.id,
    });
  });

  it('is taken by one, however many try at once, and not by its publisher', async () => {
    const publisher = world.person();
    const { task } = await world.open(publisher);
    expect(await world.call(publisher, 'POST', `/tasks/${task.id}/take`)).toMatchObject({
      code: 409,
      message: '不能接取自己的任务',
    });
    const takers = Array.from({ length: 6 }, () => world.person());
    const answers = await Promise.all(
      takers.map((taker) => world.call<Task.Task>(taker, 'POST', `/tasks/${task.id}/take`)),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409, 409, 409, 409, 409]);
    const winner = takers[answers.findIndex(({ code }) => code === 200)]!;
    const again = await world.call<Task.Task>(winner, 'POST', `/tasks/${task.id}/take`);
    expect(again.data).toMatchObject({ taker_id: winner.id, status: 'open' });
  });

  it('is moved by whose part it is, and only from where it stands', async () => {
    const [publisher, taker, other] = [world.person(), world.person(), world.person()];
    const { task } = await world.taken(publisher, taker);
    const act = async (who: Person, deed: string, body?: object): Promise<number> =>
      (await world.call(who, 'POST', `/tasks/${task.id}/${deed}`, body)).code;
    const result = { result: '好了' };
    expect(await act(publisher, 'accept')).toBe(409);
    expect(await act(publisher, 'submit', result)).toBe(404);
    expect(await act(other, 'submit', result)).toBe(404);
    expect(await act(taker, 'submit', result)).toBe(200);
    expect(await act(taker, 'submit', result)).toBe(409);
    expect(await act(taker, 'accept')).toBe(404);
    expect(await act(publisher, 'accept')).toBe(200);
    expect(await act(publisher, 'accept')).toBe(409);
    expect(await act(other, 'take')).toBe(404);
    expect(await act(world.admin, 'review', { action: 'approve' })).toBe(409);
    expect((await world.call(world.admin, 'POST', '/tasks/999999/review', { action: 'approve' })).code).toBe(
      404,
    );
  });

  it('that was rejected gives the whole fee back', async () => {
    const publisher = world.person();
    const { task, publishOrder } = await world.published(publisher, { publish: 19.9 });
    const body = { action: 'reject', reason: '描述不清' };
    expect(await world.done(world.admin, 'POST', `/tasks/${task.id}/review`, body)).toMatchObject({
      status: 'rejected',
    });
    await world.tradeIs(publisher, publishOrder, 'refunded');
    expect(await world.refundsOf(publishOrder)).toEqual([
      expect.objectContaining({ amountFen: 1990, state: 'SUCCESS', requests: 1 }),
    ]);
    await world.expectBooksToAgree();
  });
});

describe('who sees a task', () => {
  it('while it is open everybody, otherwise its publisher, its taker and admins', async () => {
    const [publisher, taker, other] = [world.person(), world.person(), world.person()];
    const { task: closed } = await world.taken(publisher, taker);
    const { task: open } = await world.open(publisher);
    const seen = async (who: Person, task: Task.Task): Promise<number> =>
      (await world.call(who, 'GET', `/tasks/${task.id}`)).code;
    expect(await Promise.all([publisher, taker, world.admin].map((who) => seen(who, closed)))).toEqual([
      200, 200, 200,
    ]);
    expect(await seen(other, closed)).toBe(404);
    expect(await seen(other, open)).toBe(200);
    const list = async (who: Person, query = ''): Promise<number[]> =>
      (await world.done<Task.TaskPage>(who, 'GET', `/tasks?page_size=100${query}`)).list.map(({ id }) => id);
    expect((await list(publisher)).slice(0, 2)).toEqual([open.id, closed.id]);
    expect(await list(taker, '&status=in_progress')).toEqual([closed.id]);
    expect(await list(other)).not.toContain(closed.id);
    expect(await list(other)).toContain(open.id);
    expect(await list(world.admin)).toEqual(expect.arrayContaining([open.id, closed.id]));
    const page = await world.done<Task.TaskPage>(publisher, 'GET', '/tasks?page=2&page_size=1');
    expect(page).toMatchObject({
      total: expect.any(Number) as number,
      page: 2,
      page_size: 1,
      list: [expect.anything()],
    });
  });
});

describe('what is wrong in a request is said', () => {
  it.each([
    ['/tasks', { title: 'x', publish_fee: 0, take_fee: 0 }, 'publish_fee'],
    ['/tasks', { title: 'x', publish_fee: 19.999, take_fee: 0 }, 'publish_fee'],
    ['/tasks', { title: 'x', publish_fee: 50_000.01, take_fee: 0 }, 'publish_fee'],
    ['/tasks', { title: 'x', publish_fee: 1, take_fee: -1 }, 'take_fee'],
    ['/tasks', { title: ' ', publish_fee: 1, take_fee: 1 }, 'title'],
    ['/tasks', { title: 'x', publish_fee: '1', take_fee: 1 }, 'publish_fee'],
    ['/pay/prepay', { task_id: 1, order_type: 'task_gift', amount: 1 }, 'order_type'],
    [
      '/pay/prepay',
      { task_id: 1, order_type: 'task_take', amount: 1, return_url: 'javascript:x' },
      'return_url',
    ],
    ['/pay/prepay', { task_id: 1, order_type: 'task_take', amount: 1, client_ip: 'here' }, 'client_ip'],
    ['/pay/refund', { order_no: 'ord_1', amount: 1, reason: 'x' }, 'order_no'],
    ['/pay/settlement', { task_id: 1, publisher_amount: -0.01, taker_amount: 1 }, 'publisher_amount'],
    ['/pay/settlement', { task_id: 1, publisher_amount: 0, taker_amount: 1, note: 'x' }, 'note'],
  ])('POST %s %j', async (path, body, field) => {
    const answer = await world.call<Task.FieldErrors>(world.person(), 'POST', path, body);
    expect(answer).toMatchObject({ status: 400, code: 400, data: { errors: [{ field }] } });
  });

  it.each(['/tasks?page=0', '/tasks?status=lost', '/pay/transactions?page_size=101', '/pay/query'])(
    'GET %s',
    async (path) => {
      expect(await world.call(world.person(), 'GET', path)).toMatchObject({ status: 400, code: 400 });
    },
  );

  it('a route that is not there answers in this contract’s envelope', async () => {
    const response = await fetch(`${api.url}/api/v1/pay/nothing`);
    expect([response.status, await response.json()]).toEqual([
      404,
      { code: 404, message: '资源不存在', data: null },
    ]);
  });
});
