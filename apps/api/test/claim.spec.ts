import type { Camp } from '@yajin/contract';
import {
  decided,
  expectBooksToAgree,
  type GatewayTrade,
  type MadeCamp,
  openOrder,
  outTradeNo,
  pay,
  payByCode,
  person,
  type Person,
  publishedCamp,
  wechatLogin,
} from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(() => api.control('POST', '/control/faults', { dropNotifications: true }));
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

/** Somebody pays by the fixed code, and nobody tells us. @returns the number on their bill */
async function paidUnheard(camp: MadeCamp, who: Person, amountFen = 9900): Promise<string> {
  await payByCode(api, camp, who, amountFen);
  const trades = await api.control<GatewayTrade[]>('GET', '/control/trades');
  return trades.find(({ openid }) => openid === who.openid)!.transactionId!;
}

const claim = (
  campId: number,
  transactionId: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Camp.ClaimedPayment>> =>
  api.call('POST', '/api/h5/payments/claim', { body: { campId, transactionId }, headers });

const signIn = (who: Person) => wechatLogin(api, who);

const bind = (ticket: string, orderNo: string, who: Person): Promise<Answer<Camp.BoundPayment>> =>
  api.call('POST', '/api/h5/payments/bind', {
    ticket,
    body: { orderNo, planetUserId: who.planetUserId, planetNickname: who.nickname },
  });

describe('§12.2 a payment by the fixed code that nobody told of', () => {
  it('is found by the number on the payer’s bill, and bound with the ticket that comes with it', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const id = await paidUnheard(camp, who);
    expect((await signIn(who)).tickets).toEqual([]);
    const found = await claim(camp.id, id);
    expect(found).toMatchObject({
      status: 200,
      data: { status: 'to_bind', payTime: expect.stringMatching(/^\d{4}-/) },
    });
    expect((await bind(found.data.accessToken!, found.data.orderNo, who)).code).toBe(200);
    // Once it is bound, the number on a bill opens nothing any more.
    expect((await claim(camp.id, id)).data).toMatchObject({
      status: 'bound',
      accessToken: null,
      expiresAt: null,
    });
    await api.control('POST', '/control/faults', { reset: true });
    await api.control('POST', '/control/notifications/resend', { all: true });
    await api.quiet();
    const members = await api.rows('SELECT id FROM camp_member WHERE camp_id = $1', [camp.id]);
    expect(members).toHaveLength(1);
  });

  it('is also found by logging in, once it was claimed', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const { data } = await claim(camp.id, await paidUnheard(camp, who));
    const { tickets } = await signIn(who);
    expect(tickets).toEqual([
      expect.objectContaining({ orderNo: data.orderNo, campId: camp.id, bindStatus: 'pending' }),
    ]);
  });

  it('counts once, however often it is claimed at once', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const id = await paidUnheard(camp, who);
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => claim(camp.id, id)));
    expect(new Set(answers.map(({ data }) => data.orderId)).size).toBe(1);
    expect(answers.map(({ data }) => data.status)).toEqual(Array(5).fill('to_bind'));
    expect(await api.rows('SELECT id FROM camp_member WHERE camp_id = $1', [camp.id])).toHaveLength(1);
  });

  it('is the payer’s alone in a browser that has proved who it is', async () => {
    const [camp, who, other] = [await publishedCamp(api), person(), person()];
    const id = await paidUnheard(camp, who);
    const theirs = await claim(camp.id, id, { cookie: (await signIn(other)).cookie });
    expect(theirs).toMatchObject({ status: 403, message: '这笔付款是用另一个微信付的', data: null });
    const { cookie } = await signIn(who);
    const { data } = await claim(camp.id, id, { cookie });
    expect((await bind(data.accessToken!, data.orderNo, who)).code).toBe(200);
    const again = await claim(camp.id, id, { cookie });
    expect(again.data.status).toBe('bound');
    expect(again.data.accessToken).not.toBeNull();
  });

  it('of a wrong amount is kept for a person to decide, and opens nothing', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const { data } = await claim(camp.id, await paidUnheard(camp, who, 1));
    expect(data).toMatchObject({ status: 'unallocated', accessToken: null });
    expect(await api.rows('SELECT id FROM camp_member WHERE camp_id = $1', [camp.id])).toEqual([]);
  });

  it('is bound in time only', async () => {
    const [camp, who] = [await publishedCamp(api, { startsIn: 20 }), person()];
    const id = await paidUnheard(camp, who);
    await claim(camp.id, id);
    await api.rows(`UPDATE camp_order SET bind_deadline = now() - interval '1 hour' WHERE camp_id = $1`, [
      camp.id,
    ]);
    expect((await claim(camp.id, id)).data).toMatchObject({ status: 'bind_expired', accessToken: null });
  });
});

describe('a claim', () => {
  it('of what was paid by a link opens nothing, unless the payer has logged in', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const order = await openOrder(api, camp, who);
    await pay(api, order, who);
    const trades = await api.control<GatewayTrade[]>('GET', '/control/trades');
    const id = trades.find((trade) => trade.outTradeNo === outTradeNo(order))!.transactionId!;
    const found = await claim(camp.id, id);
    expect(found.data).toMatchObject({ orderId: order.orderId, status: 'bound', accessToken: null });
    expect((await decided(api, order)).payStatus).toBe('success');
    const { cookie } = await signIn(who);
    expect((await claim(camp.id, id, { cookie })).data.accessToken).not.toBeNull();
  });

  it('of no payment to this camp says where the number is found', async () => {
    const [camp, another] = [await publishedCamp(api), await publishedCamp(api)];
    const id = await paidUnheard(camp, person());
    for (const answer of [await claim(another.id, id), await claim(camp.id, '4200'.padEnd(28, '7'))]) {
      expect(answer).toMatchObject({ status: 404, code: 404, data: null });
      expect(answer.message).toContain('核对「交易单号」');
    }
    expect((await claim(987_654_321, id)).status).toBe(404);
  });

  it('with what is no such number is refused at the field, and WeChat is not asked', async () => {
    const camp = await publishedCamp(api);
    await api.control('POST', '/control/faults', { failBefore: ['query'] });
    for (const wrong of ['', '1'.repeat(27), '1'.repeat(33), `${'1'.repeat(28)}x`, 'ord_1', 42, null]) {
      expect(await claim(camp.id, wrong)).toMatchObject({
        status: 400,
        data: { errors: [{ field: 'transactionId', message: expect.stringContaining('28–32 位数字') }] },
      });
    }
  });

  it('is not answered with a guess when WeChat gives none', async () => {
    const [camp, who] = [await publishedCamp(api), person()];
    const id = await paidUnheard(camp, who);
    for (const fault of [
      { failBefore: ['query'] },
      { forgedAnswer: ['query'] },
      { frequencyLimited: ['query'] },
    ]) {
      await api.control('POST', '/control/faults', { reset: true, dropNotifications: true, ...fault });
      const answer = await claim(camp.id, id);
      expect(answer).toMatchObject({ status: 503, message: expect.stringContaining('不要重复付款') });
    }
    await api.control('POST', '/control/faults', { reset: true, dropNotifications: true });
    expect((await claim(camp.id, id)).data.status).toBe('to_bind');
  });

  it('is made ten times a minute from one address at most', async () => {
    const camp = await publishedCamp(api);
    const headers = { 'x-forwarded-for': '10.77.0.1' };
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) statuses.push((await claim(camp.id, 'x', headers)).status);
    expect(statuses.slice(0, 10)).not.toContain(429);
    expect(statuses[10]).toBe(429);
  });
});
