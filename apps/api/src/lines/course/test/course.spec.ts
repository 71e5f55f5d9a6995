import { JwtService } from '@nestjs/jwt';
import type { Course } from '@yajin/contract/course';
import { addDays, businessDate } from '@yajin/core';
import { HOST_KEY, hostToken, TestApi } from '@yajin/testing/api';
import {
  appoint,
  askRefund,
  enrol,
  makePerson,
  openPage,
  order,
  paidBooking,
  refundUntil,
} from './course.kit.js';

const NOBODY = '00000000-0000-4000-8000-000000000000';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const history = async (token: string, query = ''): Promise<Course.History> =>
  (await api.call<Course.History>('GET', `/payments/history${query}`, { token })).data;
const stats = async (query: string, token = hostToken('course', 'boss', 'admin')): Promise<Course.Stats> =>
  (await api.call<Course.StatsAnswer>('GET', `/payments/stats${query}`, { token })).data.stats;

describe('a token', () => {
  it('must be of this platform, by its algorithm, and end', async () => {
    const sign = (claims: object, options: object): string =>
      new JwtService({}).sign(
        { role: 'user', ...claims },
        { secret: HOST_KEY, audience: 'course', subject: 'x', ...options },
      );
    const [, payload] = sign({}, { expiresIn: 60 }).split('.');
    const unsigned = `${Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')}.${payload}.`;
    for (const token of [
      null,
      hostToken('gym', 'x'),
      sign({}, {}),
      sign({}, { expiresIn: -1 }),
      sign({}, { expiresIn: 60, secret: 'another' }),
      sign({}, { expiresIn: 60, algorithm: 'HS512' }),
      sign({ role: 7 }, { expiresIn: 60 }),
      unsigned,
    ])
      expect(await api.call('GET', '/payments/methods', { token })).toMatchObject({
        code: 401,
        message: '未授权',
      });
    const good = sign({}, { expiresIn: 60 });
    expect(await api.call('GET', '/payments/methods', { token: good })).toMatchObject({ code: 0 });
  });

  it('of a user does not open the statistics', async () => {
    const { token } = makePerson();
    expect(await api.call('GET', '/payments/stats', { token })).toMatchObject({
      code: 403,
      message: '禁止访问',
    });
  });
});

describe('a payment', () => {
  it('is of one’s own enrolment or appointment, at its price', async () => {
    const [who, other] = [makePerson(), makePerson()];
    const booking = await enrol(api, who, 19.9);
    expect(await order(api, other, booking)).toMatchObject({ code: 404, message: '订单不存在' });
    expect((await order(api, who, booking, { order_type: 'appointment' })).code).toBe(404);
    expect((await order(api, who, booking, { order_id: NOBODY })).code).toBe(404);
    expect(await order(api, who, booking, { amount: 19.91 })).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'amount', message: '应为 19.90 元' }] },
    });
    for (const wrong of [
      { amount: 19.901 },
      { amount: 0 },
      { amount: -19.9 },
      { amount: '19.90' },
      { amount: 1e21 },
      { order_id: 'x' },
      { order_type: 'gift' },
      { currency: 'USD' },
      { payment_method: 'cash' },
      { unknown: 1 },
      { description: '长'.repeat(201) },
      { metadata: [] },
      { metadata: { nested: {} } },
      { metadata: { text: 'x\u0000' } },
      { metadata: { text: '\ud800' } },
      { metadata: Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`k${n}`, n])) },
    ])
      expect(await order(api, who, booking, wrong)).toMatchObject({ code: 400, message: '请求参数错误' });
    expect((await api.call('GET', `/payments/orders/${booking.id}/status`, { token: who.token })).code).toBe(
      404,
    );
    const placed = await order(api, who, booking, { currency: 'CNY' });
    expect(placed.code).toBe(0);
    const at = `/payments/orders/${booking.id}/status`;
    expect((await api.call('GET', at, { token: other.token })).code).toBe(404);
    const admin = hostToken('course', 'boss', 'admin');
    expect((await api.call<Course.OrderStatus>('GET', at, { token: admin })).data.payment_id).toBe(
      placed.data.payment_id,
    );
    expect((await openPage(api, NOBODY)).status).toBe(404);
    expect((await openPage(api, 'x')).status).toBe(400);
  });

  it('asked for twice under one key is one answer, and other content under it is refused', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const headers = { 'idempotency-key': '7f9c2ba4-e88f-4e3b-8d28-0c2a5b6d7e8f' };
    const ask = (payment_method: string): Promise<{ code: number; data: Course.CreatedOrder }> =>
      api.call('POST', '/payments/orders', {
        token: who.token,
        headers,
        body: { order_type: booking.type, order_id: booking.id, amount: 299, payment_method },
      });
    const [first, second] = await Promise.all([ask('alipay'), ask('alipay')]);
    expect(second.data).toEqual(first.data);
    expect((await ask('bank_card')).code).toBe(409);
  });

  it('keeps to what its method takes', async () => {
    const who = makePerson();
    const [cheap, dear] = [await enrol(api, who, 0.99), await enrol(api, who, 50_000.01)];
    expect(await order(api, who, cheap, { payment_method: 'bank_card' })).toMatchObject({
      code: 422,
      message: '数据验证失败',
      data: { errors: [{ field: 'amount', message: '银行卡限 1.00 到 100000.00 元' }] },
    });
    expect((await order(api, who, dear, { payment_method: 'alipay' })).code).toBe(422);
    expect((await order(api, who, dear, { payment_method: 'wechat' })).code).toBe(422);
    expect((await order(api, who, dear, { payment_method: 'bank_card' })).code).toBe(0);
    expect((await order(api, who, cheap, { payment_method: 'alipay' })).code).toBe(0);
  });

  it('shows its description to the payer, and nothing in it is markup', async () => {
    const who = makePerson();
    const booking = await enrol(api, who);
    const description = '<script>alert(1)</script>&"课程"';
    const { data } = await order(api, who, booking, { description });
    const page = await openPage(api, data.payment_id);
    expect(page.body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;&quot;课程&quot;');
    expect(page.body).not.toContain('<script>');
    expect(page.headers.get('cache-control')).toBe('no-store');
  });
});

describe('the history', () => {
  it('is one’s own, newest first, by type, state and day', async () => {
    const [who, other] = [makePerson(), makePerson()];
    const metadata = { course_title: 'Go Web开发实战', 序: 2, ok: true, none: null };
    const { booking, payment } = await paidBooking(api, who, 299, 'bank_card');
    const appointment = await appoint(api, who);
    const pending = await order(api, who, appointment, { metadata, description: '周二的辅导' });
    const refund = await askRefund(api, who, payment.payment_id, 0.07);
    await refundUntil(api, who, refund.data.refund_id, 'completed');
    const all = await history(who.token);
    expect(all.pagination).toEqual({ page: 1, page_size: 20, total: 3, total_pages: 1 });
    expect(all.payments.map(({ id }) => id)).toEqual([
      refund.data.refund_id,
      pending.data.payment_id,
      payment.payment_id,
    ]);
    expect(all.payments[1]).toMatchObject({
      order_id: appointment.id,
      type: 'appointment',
      amount: 0.07,
      status: 'pending',
      description: '周二的辅导',
      paid_at: null,
      metadata,
    });
    expect(Object.keys(all.payments[1]!.metadata)).toEqual(Object.keys(metadata));
    expect(all.payments[0]).toMatchObject({
      order_id: booking.id,
      type: 'refund',
      amount: 0.07,
      status: 'completed',
      description: '课程内容不符合预期',
    });
    const ids = async (query: string): Promise<string[]> =>
      (await history(who.token, query)).payments.map(({ id }) => id);
    expect(await ids('?type=refund')).toEqual([refund.data.refund_id]);
    expect(await ids('?type=course_enrollment&status=completed')).toEqual([payment.payment_id]);
    expect(await ids('?status=pending')).toEqual([pending.data.payment_id]);
    const today = businessDate(api.clock.now());
    expect(await ids(`?start_date=${today}&end_date=${today}`)).toHaveLength(3);
    expect(await ids(`?start_date=${addDays(today, 1)}`)).toEqual([]);
    expect(await ids(`?end_date=${addDays(today, -1)}`)).toEqual([]);
    expect(await ids('?page=2&page_size=2')).toEqual([payment.payment_id]);
    expect((await history(other.token)).pagination).toEqual({
      page: 1,
      page_size: 20,
      total: 0,
      total_pages: 0,
    });
    const boss = await history(hostToken('course', 'boss', 'admin'), '?page_size=100');
    expect(boss.payments.map(({ id }) => id)).toEqual(expect.arrayContaining(await ids('')));
    for (const wrong of [
      'page=0',
      'page_size=101',
      'type=gift',
      'status=paid',
      'start_date=2026-02-30',
      'x=1',
    ])
      expect((await api.call('GET', `/payments/history?${wrong}`, { token: who.token })).code).toBe(400);
  });
});

describe('the statistics', () => {
  it('sum what was paid, by method and by day', async () => {
    const today = businessDate(api.clock.now());
    const before = await stats('?period=day');
    const who = makePerson();
    await paidBooking(api, who, 60.01, 'alipay');
    const { payment } = await paidBooking(api, who, 20, 'wechat');
    await order(api, who, await enrol(api, who, 5));
    const refund = await askRefund(api, who, payment.payment_id, 2.5);
    await refundUntil(api, who, refund.data.refund_id, 'completed');
    const after = await stats('?period=day');
    const grown = (of: (all: Course.Stats) => number): number =>
      Math.round((of(after) - of(before)) * 100) / 100;
    expect(grown((all) => all.total_amount)).toBe(80.01);
    expect(grown((all) => all.total_transactions)).toBe(3);
    expect(grown((all) => all.successful_transactions)).toBe(2);
    expect(grown((all) => all.failed_transactions)).toBe(0);
    expect(grown((all) => all.refund_amount)).toBe(2.5);
    expect(grown((all) => all.refund_count)).toBe(1);
    expect(after.daily_stats).toEqual([
      { date: today, amount: after.total_amount, transactions: after.total_transactions },
    ]);
    const { alipay, wechat, bank_card: bankCard } = after.payment_methods_distribution;
    expect(alipay + wechat + bankCard).toBeCloseTo(100, 1);
    const month = await stats('');
    expect(month.total_amount).toBe(after.total_amount);
    expect(month.daily_stats[0]!.date).toBe(`${today.slice(0, 7)}-01`);
    const days = await stats(`?start_date=${addDays(today, -2)}&end_date=${today}`);
    expect(days.daily_stats.map(({ transactions }) => transactions)).toEqual([
      0,
      0,
      after.total_transactions,
    ]);
    expect((await stats(`?end_date=${addDays(today, -40)}`)).total_transactions).toBe(0);
  });

  it('refuse dates that make no range', async () => {
    const token = hostToken('course', 'boss', 'admin');
    for (const query of [
      'start_date=2026-03-02&end_date=2026-03-01',
      'start_date=2024-01-01&end_date=2025-01-01',
      'start_date=yesterday',
      'period=decade',
    ])
      expect((await api.call('GET', `/payments/stats?${query}`, { token })).code).toBe(400);
    expect((await stats('?start_date=2024-01-01&end_date=2024-12-31')).daily_stats).toHaveLength(366);
  });
});

it('what does not exist is answered in the envelope', async () => {
  expect(await api.call('GET', '/payments/nothing')).toMatchObject({
    code: 404,
    message: '订单不存在',
    data: null,
  });
  const { token } = makePerson();
  const bad = await api.call('POST', '/payments/orders', { token, body: '{"a":' });
  expect(bad).toMatchObject({ code: 400, message: '请求参数错误', data: null });
  const large = JSON.stringify({ description: 'x'.repeat(1024 * 1024) });
  expect((await api.call('POST', '/payments/orders', { token, body: large })).code).toBe(413);
});
