import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { fen } from '@yajin/core';
import { Gateways, TradeQueries, type PaidTrade } from '@yajin/payment';
import {
  decided,
  expectBooksToAgree,
  gatewayRefunds,
  member,
  openOrder,
  outTradeNo,
  pay,
  person,
  publishedCamp,
  records,
  type MadeCamp,
  type Person,
} from '@yajin/testing/factories';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

const list = async (query = ''): Promise<Console.PaySuspense[]> =>
  (await api.admin<Console.PaySuspensePage>('GET', `/api/admin/pay/suspense?${query}`)).data.list;

const of = (orderNo: string): Promise<Console.PaySuspense> =>
  eventually(async () => (await list()).find((row) => row.orderNo === orderNo), 'the suspense to be listed');

const decide = (
  { id }: { id: number },
  what: 'assign' | 'refund',
  body: object = { note: '已电话核实' },
  token?: string,
): Promise<Answer<Console.PaySuspense>> =>
  token
    ? api.call('POST', `/api/admin/pay/suspense/${id}/${what}`, { token, body })
    : api.admin('POST', `/api/admin/pay/suspense/${id}/${what}`, body);

/** Somebody pays 99 at the gateway for an order that asked for 120. */
async function wrongSum(
  camp: MadeCamp,
  who: Person,
): Promise<{ order: Camp.CreatedPayment; kept: Console.PaySuspense }> {
  const order = await openOrder(api, camp, who);
  await api.rows(
    `WITH asked AS (UPDATE pay_order SET amount_fen = 12000 WHERE id = $1)
     UPDATE pay_attempt SET amount_fen = 12000 WHERE order_id = $1`,
    [order.orderId],
  );
  await pay(api, order, who);
  return { order, kept: await of(order.orderNo) };
}

/** What the books of the line hold on an account, in fen. */
async function held(account: string): Promise<number> {
  const { data } = await api.admin<Console.PayBalanceList>('GET', '/api/admin/pay/balances?line=camp');
  return Math.round((data.list.find((one) => one.account === account)?.balance ?? 0) * 100);
}

describe('a payment of another sum than was asked for', () => {
  it('is listed with both sums until somebody decides', async () => {
    const camp = await publishedCamp(api);
    const before = await held('suspense');
    const { order, kept } = await wrongSum(camp, person());
    expect(kept).toMatchObject({
      line: 'camp',
      gateway: 'wechat-v3',
      outTradeNo: outTradeNo(order),
      asked: 120,
      paid: 99,
      reason: 'wrong_amount',
      status: 'pending',
      canAssign: true,
      days: 0,
      decidedBy: null,
      note: null,
    });
    expect(kept.transactionId).toMatch(/^\d+$/);
    expect(await held('suspense')).toBe(before - 9900);
    expect((await list('status=pending&line=camp')).map(({ id }) => id)).toContain(kept.id);
    for (const query of ['status=assigned', 'status=refunded', 'line=gym'])
      expect((await list(query)).map(({ id }) => id)).not.toContain(kept.id);
    const story = await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`);
    expect(story.data.attempts).toMatchObject([{ counts: false, suspended: true, amount: 99 }]);
    await decide(kept, 'refund');
  });

  it('makes a member with the sum as paid when it is assigned', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const { order, kept } = await wrongSum(camp, who);
    const suspended = await held('suspense');
    const assigned = await decide(kept, 'assign');
    expect(assigned).toMatchObject({
      code: 200,
      message: '已计入订单',
      data: { status: 'assigned', decidedBy: 'admin', note: '已电话核实', asked: 120, paid: 99 },
    });
    expect((await decided(api, order)).payStatus).toBe('success');
    await api.quiet();
    expect(await api.rows('SELECT pay_fen FROM camp_member WHERE order_id = $1', [order.orderId])).toEqual([
      { pay_fen: 9900 },
    ]);
    expect(await held('suspense')).toBe(suspended + 9900);
    expect(await audited(api, 'suspense', kept.id)).toMatchObject([
      {
        action: 'suspense.assign',
        username: 'admin',
        after: { orderNo: order.orderNo, amount: 99, note: '已电话核实' },
      },
    ]);
  });

  it('goes back when it is assigned and its line has no use for it after all', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const { order, kept } = await wrongSum(camp, who);
    await member(api, camp, who);
    expect((await decide(kept, 'assign')).code).toBe(200);
    const record = await eventually(async () => {
      const [found] = await records(api, camp);
      return found?.refundStatus === 'success' && found;
    }, 'the second enrolment’s money to go back');
    expect(record).toMatchObject({ reason: '重复报名，自动退款', refundAmount: 99 });
    expect(await gatewayRefunds(api, order)).toEqual([
      expect.objectContaining({ amountFen: 9900, state: 'SUCCESS' }),
    ]);
  });

  it('goes back exactly once when it is given back, and nothing is left in suspense', async () => {
    const camp = await publishedCamp(api);
    const { order, kept } = await wrongSum(camp, person());
    expect(await decide(kept, 'refund')).toMatchObject({
      code: 200,
      message: '已提交退款',
      data: { status: 'refunding', decidedBy: 'admin' },
    });
    await eventually(async () => (await of(order.orderNo)).status === 'refunded', 'the money to arrive');
    expect(await gatewayRefunds(api, order)).toEqual([
      expect.objectContaining({ amountFen: 9900, state: 'SUCCESS', requests: 1 }),
    ]);
    await api.quiet();
    expect((await records(api, camp))[0]).toMatchObject({ refundStatus: 'success', auditor: 'system' });
    expect(
      await api.rows(
        `SELECT coalesce(sum(CASE WHEN debit = 'suspense' THEN amount_fen ELSE -amount_fen END), 0)::int AS fen
         FROM pay_ledger WHERE 'suspense' IN (debit, credit)`,
      ),
    ).toEqual([{ fen: 0 }]);
  });

  it('is decided once, by two operators at the same moment too', async () => {
    const camp = await publishedCamp(api);
    const other = await operator(api, 'manager');
    for (let round = 0; round < 4; round += 1) {
      const { kept } = await wrongSum(camp, person());
      const answers = await Promise.all([
        decide(kept, 'assign'),
        decide(kept, 'refund', { note: '要求退回' }, other.token),
      ]);
      expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
      expect(answers.find(({ code }) => code === 409)?.message).toBe('该款项已处理');
      expect(await audited(api, 'suspense', kept.id)).toHaveLength(1);
    }
  });

  it('is decided once under one idempotency key, however often it is sent', async () => {
    const { kept } = await wrongSum(await publishedCamp(api), person());
    const options = {
      token: await api.adminToken(),
      body: { note: '退回' },
      headers: { 'idempotency-key': '0b54ad02-6a0f-4c1f-9d4b-2f0d3a1c7e55' },
    };
    const send = (): Promise<Answer<Console.PaySuspense>> =>
      api.call('POST', `/api/admin/pay/suspense/${kept.id}/refund`, options);
    const answers = await Promise.all([send(), send()]);
    expect(answers.map(({ code }) => code)).toEqual([200, 200]);
  });

  it('needs a note, a payment that exists, and somebody who may decide about money', async () => {
    const { kept } = await wrongSum(await publishedCamp(api), person());
    expect((await decide(kept, 'assign', { note: '  ' })).status).toBe(400);
    expect((await decide(kept, 'refund', {})).status).toBe(400);
    expect(await decide({ id: 987_654_321 }, 'assign')).toMatchObject({
      status: 404,
      message: '挂账款项不存在',
    });
    const coach = await operator(api, 'coach');
    expect((await decide(kept, 'refund', { note: '退' }, coach.token)).status).toBe(403);
    expect((await api.call('GET', '/api/admin/pay/suspense', { token: coach.token })).status).toBe(403);
    expect((await of(kept.orderNo)).status).toBe('pending');
    await decide(kept, 'refund');
  });
});

it('money for an order that has been paid otherwise can only go back', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who, 'native');
  await api.call('GET', `${order.payUrl}?scene=h5`);
  const attempts = await api.rows<{ out_trade_no: string; state: string }>(
    'SELECT out_trade_no, state FROM pay_attempt WHERE order_id = $1',
    [order.orderId],
  );
  const [old, open] = ['closed', 'open'].map((state) => attempts.find((one) => one.state === state));
  await api.control('POST', '/control/pay', { outTradeNo: open?.out_trade_no, openid: who.openid });
  await decided(api, order);
  await api.rows('UPDATE pay_attempt SET amount_fen = 9800 WHERE out_trade_no = $1', [old?.out_trade_no]);
  await api.control('POST', '/control/faults', { payAfterClose: true });
  await api.control('POST', '/control/pay', { outTradeNo: old?.out_trade_no, openid: who.openid });
  const kept = await of(order.orderNo);
  expect(kept).toMatchObject({ outTradeNo: old?.out_trade_no, canAssign: false });
  expect(await decide(kept, 'assign')).toMatchObject({
    status: 409,
    message: '该订单已另行支付，这笔款项只能退回',
  });
  expect((await of(order.orderNo)).status).toBe('pending');
  expect((await decide(kept, 'refund')).code).toBe(200);
  await eventually(async () => (await of(order.orderNo)).status === 'refunded', 'the money to arrive');
  expect((await decided(api, order)).payStatus).toBe('success');
});

it('money of which a line cannot say whose it is goes back when it is assigned and the line still cannot', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const order = await openOrder(api, camp, who);
  await api.rows('DELETE FROM camp_ticket WHERE order_id = $1', [order.orderId]);
  await api.rows('DELETE FROM camp_order WHERE order_id = $1', [order.orderId]);
  await pay(api, order, who);
  const kept = await of(order.orderNo);
  expect(kept).toMatchObject({ reason: 'not_wanted', asked: 99, paid: 99, canAssign: true });
  expect((await decide(kept, 'assign')).code).toBe(200);
  await eventually(
    async () => (await gatewayRefunds(api, order))[0]?.state === 'SUCCESS',
    'the money to go back',
  );
  await api.quiet();
  expect(
    await api.rows('SELECT 1 FROM pay_order WHERE id = $1 AND deliver_at IS NOT NULL', [order.orderId]),
  ).toEqual([]);
});

it('costs what the gateway keeps of what was paid, by the rate in the settings until a bill says it', async () => {
  const rate = (value: string) =>
    api.admin('PUT', '/api/admin/config', { key: 'pay.feeRate.wechat-v3', value });
  await rate('0.60');
  const { order, kept } = await wrongSum(await publishedCamp(api), person());
  expect(
    await api.rows('SELECT fee_fen, fee_from FROM pay_attempt WHERE out_trade_no = $1', [outTradeNo(order)]),
  ).toEqual([{ fee_fen: 59, fee_from: 'rate' }]);
  await rate('');
  await decide(kept, 'refund');
});

it('of which somebody gave back a part at the gateway, the rest can go back and no more, and it counts for no order', async () => {
  const { order, kept } = await wrongSum(await publishedCamp(api), person());
  const gateway = api.app.get(Gateways).get('wechat-v3');
  const trade = await gateway.queryTrade(outTradeNo(order));
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo: outTradeNo(order), amountFen: 3000 });
  const said = jest
    .spyOn(gateway, 'queryTrade')
    .mockResolvedValue({ ...trade, returnedFen: fen(3000) } as PaidTrade);
  const suspended = await held('suspense');
  await api.app.get(TradeQueries).check(outTradeNo(order));
  said.mockRestore();
  expect(await held('suspense')).toBe(suspended + 3000);
  expect(await of(order.orderNo)).toMatchObject({ paid: 99, left: 69, canAssign: false, status: 'pending' });
  expect(
    (await api.admin<Console.PayWorkPage>('GET', '/api/admin/pay/work?kind=suspense')).data.list,
  ).toContainEqual(expect.objectContaining({ id: kept.id, amount: 69 }));
  expect(await decide(kept, 'assign')).toMatchObject({
    status: 409,
    message: '这笔款项已退回一部分，其余只能退回',
  });
  expect(await decide(kept, 'refund')).toMatchObject({ code: 200, data: { left: 0 } });
  await eventually(async () => (await of(order.orderNo)).status === 'refunded', 'the rest to be back');
  expect((await gatewayRefunds(api, order)).map(({ amountFen }) => amountFen)).toEqual(
    expect.arrayContaining([3000, 6900]),
  );
  expect(await audited(api, 'suspense', kept.id)).toMatchObject([{ after: { amount: 69 } }]);
});

it('news of another transaction under a number whose money is in suspense is no repeat: a person sees to it', async () => {
  const { order, kept } = await wrongSum(await publishedCamp(api), person());
  const no = outTradeNo(order);
  // As if what is in suspense had come by another one than the gateway tells of.
  const by = (transaction: string | null) =>
    api.rows('UPDATE pay_attempt SET transaction_id = $2 WHERE out_trade_no = $1', [no, transaction]);
  await by('4200000000000000000000000001');
  await api.control('POST', '/control/notifications/resend', { outTradeNo: no });
  const waiting = async () =>
    (await api.admin<Console.PayWorkPage>('GET', '/api/admin/pay/work?kind=notification')).data.list.find(
      ({ orderNo }) => orderNo === order.orderNo,
    );
  const work = await eventually(waiting, 'the news to wait for somebody');
  const note = { note: '渠道确认是两笔付款' };
  expect((await api.admin('POST', `/api/admin/pay/work/notifications/${work.id}/finish`, note)).code).toBe(
    200,
  );
  expect(await waiting()).toBeUndefined();
  await by(kept.transactionId);
  await decide(kept, 'refund');
});
