import { createHash, randomUUID } from 'node:crypto';
import { localTime } from '@yajin/core';
import type { WorkOrder } from '@yajin/contract/work-order';
import { eventually } from '@yajin/testing/api';
import {
  api,
  attemptsOf,
  begin,
  booked,
  call,
  expectBooksToAgree,
  fault,
  later,
  OPENID,
  payer,
  order,
  OTHER,
  pay,
  payment,
  paymentIs,
  platformAdmin,
  prepaid,
  priced,
  serviceType,
  operate,
  trade,
  useApi,
  user,
  USER,
} from './work-order.kit.js';

useApi();

const create = (body: object, token = user()) =>
  call<WorkOrder.CreatedPayment>('POST', '/api/payments', body, token);

/** Where the payments of an order stand, oldest first. */
const paymentsOf = async (id: number): Promise<string[]> =>
  (
    await api.rows<{ status: string }>(
      'SELECT status FROM work_order_payment WHERE work_order_id = $1 ORDER BY id',
      [id],
    )
  ).map(({ status }) => status);
const openNumber = async (id: number): Promise<string> => {
  const [open] = await api.rows<{ number: string }>(
    `SELECT a.out_trade_no AS number FROM work_order_payment p JOIN pay_attempt a ON a.order_id = p.pay_order_id
     WHERE p.work_order_id = $1 AND a.state = 'open'`,
    [id],
  );
  return open?.number ?? '';
};

describe('a payment by WeChat', () => {
  it.each([19.9, 0.07, 99999.99])('of %d yuan is that amount everywhere', async (amount) => {
    const { id } = await booked(amount);
    const created = await begin(id);
    expect(created.amount).toBe(amount);
    const fen = Number(amount.toFixed(2).replace('.', ''));
    expect(await trade(created.payment_no)).toMatchObject({ amountFen: fen, openid: OPENID });
    await pay(created.payment_no);
    const paid = await paymentIs(created.payment_no, 'success');
    expect(paid).toMatchObject({
      id: created.payment_id,
      order_id: id,
      user_id: USER,
      amount,
      type: 'prepay',
    });
    const { transactionId } = (await trade(created.payment_no)) ?? {};
    expect(paid.transaction_id).toBe(transactionId);
    expect(paid.paid_at).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect((await order(id)).status).toBe('pending');
  });

  it('gives parameters whose signature WeChat would accept', async () => {
    const { id } = await booked();
    const { prepay_id, nonce_str, timestamp, sign, sign_type } = await begin(id);
    const { WECHAT_V2_APP_ID: appId, WECHAT_V2_KEY: key } = api.sandbox.settings;
    const text = `appId=${appId}&nonceStr=${nonce_str}&package=prepay_id=${prepay_id}&signType=MD5&timeStamp=${timestamp}&key=${key}`;
    expect(sign_type).toBe('MD5');
    expect(sign).toBe(createHash('md5').update(text).digest('hex').toUpperCase());
  });

  it('takes the prepayment as it was when the order was booked', async () => {
    const type = await serviceType(30);
    const { id } = await operate<{ id: number }>('POST', 'orders', { userId: USER, serviceTypeId: type.id });
    await operate('PUT', `service-types/${type.id}`, { prepayAmount: 80 });
    expect((await begin(id)).amount).toBe(30);
  });

  it('takes the final amount as the repair fee, and leaves the order where it is', async () => {
    const { id } = await priced(123.45);
    const { payment_no: number, amount } = await begin(id, 'repair');
    expect(amount).toBe(123.45);
    await pay(number);
    await paymentIs(number, 'success');
    expect((await order(id)).status).toBe('pending_repair_payment');
  });

  it('asks WeChat when its notification never came and the user looks', async () => {
    const { id } = await booked();
    const { payment_no: number } = await begin(id);
    await fault({ dropNotifications: true });
    await pay(number);
    api.pass(3_000);
    expect((await payment(number)).status).toBe('success');
    expect((await order(id)).status).toBe('pending');
  });
});

it('a payment is shown as it is known while WeChat does not answer', async () => {
  const { payment_no: number } = await begin((await booked()).id);
  api.pass(3_000);
  await fault({ failBefore: { endpoints: ['query'] } });
  expect((await payment(number)).status).toBe('pending');
});

describe('no payment is begun', () => {
  it('without an openid, with unknown fields, types or methods', async () => {
    const { id } = await booked();
    for (const [body, field] of [
      [{ order_id: id }, 'openid'],
      [{ order_id: id, openid: OPENID, amount: 1 }, 'amount'],
      [{ order_id: id, openid: OPENID, type: 'tip' }, 'type'],
      [{ order_id: id, payment_method: 'alipay' }, 'payment_method'],
      [{ openid: OPENID }, 'order_id'],
    ] as const) {
      const answer = await create(body);
      expect([answer.status, answer.data]).toMatchObject([400, { errors: [{ field }] }]);
    }
  });

  it("for an order that is somebody else's or not there, by an admin neither", async () => {
    const { id } = await booked();
    for (const token of [user(OTHER), platformAdmin()])
      expect((await create({ order_id: id, openid: OPENID }, token)).status).toBe(404);
    expect((await create({ order_id: 999_999, openid: OPENID })).status).toBe(404);
  });

  it('while the order does not ask for it', async () => {
    const { id } = await booked();
    expect((await create({ order_id: id, type: 'repair', openid: OPENID })).status).toBe(409);
    const paid = await prepaid();
    const again = await create({ order_id: paid.id, openid: OPENID });
    expect([again.status, again.message]).toEqual([409, '该工单的预付款已支付']);
  });

  it('twice: who asks again, also at the same moment, is given the parameters of the one that waits', async () => {
    const { id } = await booked();
    const ask = async (): Promise<WorkOrder.CreatedPayment> => begin(id);
    const together = await Promise.all(Array.from({ length: 4 }, ask));
    const all = [...together, await ask()];
    expect(new Set(all.map(({ payment_no }) => payment_no)).size).toBe(1);
    expect(new Set(all.map(({ payment_id }) => payment_id)).size).toBe(1);
    for (const { prepay_id, sign } of all)
      expect([prepay_id, sign]).toEqual([expect.anything(), expect.anything()]);
    expect(await paymentsOf(id)).toEqual(['pending']);
    expect(await attemptsOf(id)).toEqual([{ state: 'open', ...payer(OPENID) }]);
    await pay(all[0]!.payment_no);
    await paymentIs(all[0]!.payment_no, 'success');
  });

  it('but the same request under one key gets the first answer again', async () => {
    const { id } = await booked();
    const headers = { 'idempotency-key': randomUUID() };
    const send = (openid: string) =>
      api.call<WorkOrder.CreatedPayment>('POST', '/api/payments', {
        token: user(),
        headers,
        body: { order_id: id, openid },
      });
    const first = await send(OPENID);
    expect(first.status).toBe(200);
    expect((await send(OPENID)).data).toEqual(first.data);
    expect((await send('oSomebodyElse')).status).toBe(409);
    await pay(first.data.payment_no);
    await paymentIs(first.data.payment_no, 'success');
    expect((await send(OPENID)).data).toEqual(first.data);
    expect((await create({ order_id: id, openid: OPENID })).status).toBe(409);
  });
});

const FAULTS = ['failBefore', 'failAfter', 'frequencyLimited', 'unsignedAnswer'];

it.each(FAULTS)('when WeChat %s, the next try goes on with the same payment', async (name) => {
  const { id } = await booked();
  await fault({ [name]: { endpoints: ['create'], times: 1 } });
  const failed = await create({ order_id: id, openid: OPENID });
  expect([failed.status, failed.message]).toEqual([503, '微信支付暂时没有响应，请稍后再试']);
  expect(await paymentsOf(id)).toEqual(['pending']);
  const { payment_no: number } = await begin(id);
  await pay(number);
  await paymentIs(number, 'success');
  expect(await paymentsOf(id)).toEqual(['success']);
});

it.each([null, 'failBefore', 'failAfter'])(
  'another openid is given the same payment, and the first can pay it no more (after %s)',
  async (name) => {
    const { id } = await booked();
    if (name !== null) await fault({ [name]: { endpoints: ['create'], times: 1 } });
    const first = await create({ order_id: id, openid: 'oSomebodyElse00000000000001' });
    expect(first.status).toBe(name === null ? 200 : 503);
    const { payment_no: number } = await begin(id);
    expect(await paymentsOf(id)).toEqual(['pending']);
    expect(await attemptsOf(id)).toEqual([
      { state: 'closed', ...payer('oSomebodyElse00000000000001') },
      { state: 'open', ...payer(OPENID) },
    ]);
    await expect(pay(number)).rejects.toThrow('POST /control/pay');
    await pay(await openNumber(id));
    await paymentIs(number, 'success');
  },
);

describe('another method', () => {
  it('takes the place of the payment that waits, which is closed at WeChat', async () => {
    const { id } = await booked();
    const { payment_no: left } = await begin(id);
    const { data: taken } = await create({ order_id: id, payment_method: 'test' });
    expect(await paymentsOf(id)).toEqual(['failed', 'pending']);
    await eventually(async () => (await trade(left))?.state === 'CLOSED', 'the trade to be closed');
    expect((await order(id)).status).toBe('pending_payment');
    const { payment_no: back } = await begin(id);
    expect((await payment(taken.payment_no)).status).toBe('failed');
    await pay(back);
    await paymentIs(back, 'success');
    expect(await paymentsOf(id)).toEqual(['failed', 'failed', 'success']);
  });

  it('chosen at the same moment as the first leaves one pending payment', async () => {
    const { id } = await booked();
    await Promise.all([
      create({ order_id: id, openid: OPENID }),
      create({ order_id: id, payment_method: 'test' }),
    ]);
    expect((await paymentsOf(id)).filter((status) => status === 'pending')).toHaveLength(1);
  });

  it('changes nothing about money that was paid before, though nobody had heard of it', async () => {
    const { id } = await booked();
    const { payment_no: number } = await begin(id);
    await fault({ dropNotifications: true });
    await pay(number);
    expect((await create({ order_id: id, payment_method: 'test' })).status).toBe(200);
    await paymentIs(number, 'success');
    expect((await order(id)).status).toBe('pending');
  });
});

it('a payment whose time is up, and that is not closed yet, is not handed out again', async () => {
  const { id } = await booked();
  const { payment_no: number } = await begin(id);
  await fault({ failBefore: { endpoints: ['close'] } });
  await api.moveClock(localTime(new Date(api.clock.now().getTime() + 31 * 60_000)));
  const late = await create({ order_id: id, openid: OPENID });
  expect([late.status, late.message]).toEqual([409, '上一笔预付款已过期，正在关闭，请稍后再试']);
  expect((await payment(number)).status).toBe('pending');
});

describe('a test payment', () => {
  it('is confirmed by its user, once however often', async () => {
    const { id } = await booked(19.9);
    const created = await create({ order_id: id, payment_method: 'test' });
    expect(Object.keys(created.data).sort()).toEqual(['amount', 'payment_id', 'payment_no']);
    const number = created.data.payment_no;
    const confirm = (token = user()) =>
      call<WorkOrder.Said>('POST', '/api/payments/test/confirm', { payment_no: number }, token);
    expect((await confirm(user(OTHER))).status).toBe(404);
    const both = await Promise.all([confirm(), confirm()]);
    expect(both.map(({ data }) => data)).toEqual(Array(2).fill({ message: '测试支付确认成功' }));
    expect(await payment(number)).toMatchObject({ status: 'success', payment_method: 'test' });
    expect((await order(id)).status).toBe('pending');
    expect((await confirm()).status).toBe(200);
    const posted = await api.rows('SELECT 1 FROM pay_ledger WHERE source = $1', [`payment:${number}`]);
    expect(posted).toHaveLength(1);
  });

  it('is not confirmed after its time, and a WeChat payment never', async () => {
    const { id } = await booked();
    const { data } = await create({ order_id: id, payment_method: 'test' });
    const real = await begin((await booked()).id);
    const confirm = (number: string) => call('POST', '/api/payments/test/confirm', { payment_no: number });
    expect((await confirm(real.payment_no)).status).toBe(404);
    await later(31);
    expect((await confirm(data.payment_no)).status).toBe(409);
    expect((await payment(data.payment_no)).status).toBe('expired');
  });
});

describe('lists and figures', () => {
  it('show an admin everybody, and everybody else their own', async () => {
    const mine = await prepaid();
    const theirs = await booked(50, OTHER);
    const begun = await create({ order_id: theirs.id, openid: OPENID }, user(OTHER));
    const numbers = async (token: string, query = '') =>
      (
        await call<WorkOrder.PaymentPage>('GET', `/api/payments?limit=100${query}`, undefined, token)
      ).data.list.map((each) => each.out_trade_no);
    expect(await numbers(platformAdmin())).toEqual(
      expect.arrayContaining([mine.prepay, begun.data.payment_no]),
    );
    expect(await numbers(user())).not.toContain(begun.data.payment_no);
    expect(await numbers(user(OTHER))).toEqual([begun.data.payment_no]);
    expect(await numbers(platformAdmin(), '&status=pending&payment_method=wechat')).toContain(
      begun.data.payment_no,
    );
    expect(await numbers(platformAdmin(), `&search=${mine.prepay.slice(3)}`)).toEqual([mine.prepay]);
    expect(await numbers(platformAdmin(), '&payment_method=test&status=refunded')).toEqual([]);
    const { transaction_id: transaction } = await payment(mine.prepay);
    expect(await numbers(platformAdmin(), `&search=${transaction}`)).toEqual([mine.prepay]);
    expect((await call('GET', `/api/payments/${begun.data.payment_no}`)).status).toBe(404);
    expect((await payment(begun.data.payment_no, platformAdmin())).user_id).toBe(OTHER);
  });

  it('come in pages', async () => {
    const get = (query: string) =>
      call<WorkOrder.PaymentPage>('GET', `/api/payments?${query}`, undefined, platformAdmin());
    const { data: first } = await get('limit=2');
    const { data: second } = await get('limit=2&page=2');
    expect(first).toMatchObject({ page: 1, limit: 2, pages: Math.ceil(first.total / 2) });
    const ids = [...first.list, ...second.list].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    for (const wrong of ['page=0', 'limit=101', 'limit=0', 'status=paid', 'payment_method=cash', 'foo=1'])
      expect((await get(wrong)).status).toBe(400);
  });

  it('count and sum what was created on those days', async () => {
    const [today, token] = [localTime(api.clock.now()).slice(0, 10), platformAdmin()];
    const summary = (range: unknown) =>
      call<WorkOrder.Summary>(
        'GET',
        `/api/payments/stats/summary?date_range=${encodeURIComponent(typeof range === 'string' ? range : JSON.stringify(range))}`,
        undefined,
        token,
      );
    const all = await call<WorkOrder.Summary>('GET', '/api/payments/stats/summary', undefined, token);
    const [row] = await api.rows<{ fen: string; failed: number }>(
      `SELECT sum(amount_fen) FILTER (WHERE status IN ('success', 'refunded')) AS fen,
         count(*) FILTER (WHERE status IN ('failed', 'expired')) AS failed FROM work_order_payment`,
    );
    expect(all.data.stats.total_amount).toBe(Number(row?.fen) / 100);
    expect(all.data.stats.failed_count).toBe(row?.failed);
    expect(all.data.stats.success_count).toBeGreaterThan(0);
    expect((await summary({ start: '2025-01-01', end: today })).data).toEqual(all.data);
    expect((await summary({ start: '2020-01-01', end: '2020-12-31' })).data.stats).toEqual({
      pending_count: 0,
      success_count: 0,
      failed_count: 0,
      refunded_count: 0,
      total_amount: 0,
    });
    for (const wrong of [
      '{',
      '[]',
      '"x"',
      '{"start":"2025-10-01"}',
      '{"start":"2025-02-30","end":"2025-03-01"}',
    ])
      expect((await summary(wrong)).status).toBe(400);
    expect((await summary({ start: '2025-10-02', end: '2025-10-01' })).status).toBe(400);
    expect((await call('GET', '/api/payments/stats/summary')).status).toBe(403);
  });
});

it('the books agree with WeChat', async () => {
  await expectBooksToAgree();
});
