import { createHmac, generateKeyPairSync } from 'node:crypto';
import { JwtService } from '@nestjs/jwt';
import type { Console } from '@yajin/contract/console';
import { HOST_KEY, hostToken } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import {
  api,
  apply,
  begin,
  booked,
  call,
  decide,
  done,
  ELECTRICIAN,
  electrician,
  operate,
  order,
  OTHER,
  pay,
  payment,
  paymentIs,
  platformAdmin,
  prepaid,
  priced,
  repairPaid,
  serviceType,
  start,
  useApi,
  user,
  USER,
} from './work-order.kit.js';

useApi();

describe('an order', () => {
  it('goes from the booking to the end of the work', async () => {
    const { id } = await booked(19.9);
    expect(await order(id)).toMatchObject({
      status: 'pending_payment',
      userId: USER,
      prepayAmount: 19.9,
      finalAmount: null,
      prepayStatus: null,
    });
    const { payment_no: prepay } = await begin(id);
    await pay(prepay);
    await paymentIs(prepay, 'success');
    expect((await order(id)).status).toBe('pending');
    const accepted = await operate<Console.WorkOrder>('POST', `orders/${id}/accept`, {
      electricianId: ELECTRICIAN,
    });
    expect(accepted).toMatchObject({ status: 'accepted', electricianId: ELECTRICIAN });
    const asked = await operate<Console.WorkOrder>('PUT', `orders/${id}/final-amount`, { finalAmount: 0.07 });
    expect(asked).toMatchObject({ status: 'pending_repair_payment', finalAmount: 0.07 });
    const { payment_no: repair } = await begin(id, 'repair');
    await pay(repair);
    await paymentIs(repair, 'success');
    expect((await start(id)).data).toEqual({ order: { id, status: 'repairing' } });
    const completed = await operate<Console.WorkOrder>('POST', `orders/${id}/complete`);
    expect(completed).toMatchObject({
      status: 'completed',
      prepayStatus: 'success',
      repairStatus: 'success',
    });
  });

  it('takes only the step that its state allows', async () => {
    const { id } = await booked();
    const step = async (method: string, path: string, body?: object) =>
      (await api.admin(method, `/api/admin/work-order/orders/${path}`, body)).status;
    expect(await step('POST', `${id}/accept`, { electricianId: 1 })).toBe(409);
    expect(await step('PUT', `${id}/final-amount`, { finalAmount: 1 })).toBe(409);
    expect(await step('POST', `${id}/complete`)).toBe(409);
    expect(await step('POST', `${id}/close`)).toBe(200);
    expect(await step('POST', `${id}/close`)).toBe(409);
    expect(await step('POST', '999999/close')).toBe(404);
    const { id: finished } = await done();
    expect(await step('POST', `${finished}/close`)).toBe(409);
  });

  it('is accepted by one of two electricians', async () => {
    const { id } = await prepaid();
    const answers = await Promise.all(
      [ELECTRICIAN, 8002].map((electricianId) =>
        api.admin('POST', `/api/admin/work-order/orders/${id}/accept`, { electricianId }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('keeps its repair fee once somebody began to pay it', async () => {
    const { id } = await priced(100);
    await operate('PUT', `orders/${id}/final-amount`, { finalAmount: 90 });
    expect((await begin(id, 'repair')).amount).toBe(90);
    const late = await api.admin('PUT', `/api/admin/work-order/orders/${id}/final-amount`, {
      finalAmount: 80,
    });
    expect(late.status).toBe(409);
    for (const finalAmount of [0, -1, 1.001, 100_000.01, '5', 1e21]) {
      const wrong = await api.admin('PUT', `/api/admin/work-order/orders/${id}/final-amount`, {
        finalAmount,
      });
      expect(wrong.status).toBe(400);
    }
  });
});

describe('the electrician begins', () => {
  it('only when the repair fee is paid', async () => {
    const { id } = await priced();
    const refused = await start(id);
    expect([refused.status, refused.message]).toEqual([409, '维修费尚未支付，不能开始维修']);
    const { payment_no: repair } = await begin(id, 'repair');
    expect((await start(id)).status).toBe(409);
    await pay(repair);
    await paymentIs(repair, 'success');
    expect((await start(id)).status).toBe(200);
    expect((await start(id)).status).toBe(409);
  });

  it('and not while the fee is asked back', async () => {
    const { id, repair } = await repairPaid();
    await apply(repair);
    expect((await start(id)).status).toBe(409);
    await decide(repair, 'reject');
    expect((await start(id)).status).toBe(200);
  });

  it("but not somebody else's order, and no other role", async () => {
    const { id } = await repairPaid();
    expect((await start(id, electrician(8002))).status).toBe(404);
    expect((await start(999_999)).status).toBe(404);
    for (const token of [user(), user(ELECTRICIAN), platformAdmin()])
      expect((await start(id, token)).status).toBe(403);
    expect((await call('PUT', '/api/orders/x/start', undefined, electrician())).status).toBe(400);
    expect((await order(id)).status).toBe('pending_repair_payment');
  });
});

describe('service types', () => {
  it('are listed, changed and taken out, and none is offered twice', async () => {
    const type = await serviceType(12.3);
    expect(type).toMatchObject({ prepayAmount: 12.3, note: '含上门费', active: true });
    const twice = await api.admin('POST', '/api/admin/work-order/service-types', {
      name: type.name,
      prepayAmount: 1,
    });
    expect(twice.status).toBe(409);
    const changed = await operate<Console.WorkOrderServiceType>('PUT', `service-types/${type.id}`, {
      prepayAmount: 0.07,
      note: '',
      active: false,
    });
    expect(changed).toMatchObject({ name: type.name, prepayAmount: 0.07, note: '', active: false });
    const { list } = await operate<Console.WorkOrderServiceTypeList>('GET', 'service-types');
    expect(list.find(({ id }) => id === type.id)).toEqual(changed);
    const none = await api.admin('POST', '/api/admin/work-order/orders', {
      userId: USER,
      serviceTypeId: type.id,
    });
    expect(none.status).toBe(404);
    await operate('POST', 'service-types', { name: type.name, prepayAmount: 2 });
    const back = await api.admin('PUT', `/api/admin/work-order/service-types/${type.id}`, { active: true });
    expect(back.status).toBe(409);
    const missing = await api.admin('PUT', '/api/admin/work-order/service-types/999999', { active: true });
    expect(missing.status).toBe(404);
    for (const prepayAmount of [0, 1.005, 100_001, null]) {
      const wrong = { name: '不行', prepayAmount };
      expect((await api.admin('POST', '/api/admin/work-order/service-types', wrong)).status).toBe(400);
    }
  });
});

describe('operators', () => {
  it('list orders by state and user, in pages', async () => {
    const { id } = await booked(50, OTHER);
    const theirs = await operate<Console.WorkOrderPage>('GET', `orders?userId=${OTHER}`);
    expect(theirs).toMatchObject({ total: 1, list: [{ id, userId: OTHER }] });
    const closed = await operate<Console.WorkOrderPage>('GET', 'orders?status=closed&pageSize=1');
    expect(closed.list.every(({ status }) => status === 'closed')).toBe(true);
    expect(closed.totalPages).toBe(closed.total);
    expect((await api.admin('GET', '/api/admin/work-order/orders?status=open')).status).toBe(400);
  });

  it('are shown by their number', async () => {
    const { id } = await done();
    const shown = await api.admin<Console.WorkOrderDetail>('GET', `/api/admin/work-order/orders/${id}`);
    expect(shown.data).toMatchObject({ order: { id, status: 'completed' } });
  });

  it('leave a record of every step', async () => {
    const { id } = await done();
    const entries = await api.auditEntries<{ action: string; username: string }>(
      `SELECT action, username FROM sys_audit WHERE target_type = 'work_order' AND target_id = $1 ORDER BY id`,
      [String(id)],
    );
    expect(entries.map(({ action }) => action)).toEqual([
      'work_order.create',
      'work_order.accept',
      'work_order.price',
      'work_order.complete',
    ]);
    expect(entries.every(({ username }) => username === 'admin')).toBe(true);
  });

  it('need the permission', async () => {
    const { token } = await operator(api, 'coach');
    for (const [method, path] of [
      ['GET', 'service-types'],
      ['POST', 'service-types'],
      ['GET', 'orders'],
      ['POST', 'orders/1/accept'],
      ['GET', 'refunds'],
      ['PUT', 'refunds/1'],
    ] as const) {
      const body = method === 'GET' ? {} : { body: {} };
      const answer = await api.call(method, `/api/admin/work-order/${path}`, { token, ...body });
      expect(answer.status).toBe(403);
      const stranger = await api.call(method, `/api/admin/work-order/${path}`, { token: user(), ...body });
      expect(stranger.status).toBe(401);
    }
  });
});

describe('a token', () => {
  const claims = { sub: String(USER), role: 'admin', aud: 'work-order' };
  const jwt = new JwtService({});
  const hour = { secret: HOST_KEY, expiresIn: 3600 } as const;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = `${encoded({ alg: 'none' })}.${encoded({ ...claims, exp: 4_000_000_000 })}.`;
  const forged = `${encoded({ alg: 'HS256' })}.${encoded({ ...claims, exp: 4_000_000_000 })}`;
  it.each([
    ['of another line', () => hostToken('gym', USER, 'admin')],
    ['that never ends', () => jwt.sign(claims, { secret: HOST_KEY })],
    ['that has ended', () => jwt.sign(claims, { secret: HOST_KEY, expiresIn: -1 })],
    ['of another algorithm', () => jwt.sign(claims, { ...hour, algorithm: 'HS512' })],
    ['of another kind of key', () => jwt.sign(claims, { privateKey, algorithm: 'RS256', expiresIn: 3600 })],
    ['without a signature', () => unsigned],
    [
      'signed with another key',
      () => `${forged}.${createHmac('sha256', 'x').update(forged).digest('base64url')}`,
    ],
    ['of somebody without a number', () => hostToken('work-order', 'alice', 'admin')],
    ['without a role', () => jwt.sign({ sub: '1', aud: 'work-order' }, hour)],
  ])('%s is refused', async (_name, token) => {
    expect((await call('GET', '/api/payments', undefined, token())).status).toBe(401);
  });

  it('is needed, and a good one is taken', async () => {
    expect((await api.call('GET', '/api/payments')).status).toBe(401);
    const { prepay } = await prepaid();
    expect((await payment(prepay, jwt.sign(claims, hour))).out_trade_no).toBe(prepay);
  });
});

it('an unknown path answers in this contract’s words', async () => {
  const answer = await api.exchange('GET', '/api/payments/a/b/c', {});
  expect(answer.body).toEqual({ code: 404, message: '资源不存在', data: null });
});
