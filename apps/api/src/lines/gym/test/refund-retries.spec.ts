import { randomUUID } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import { fen } from '@yajin/core';
import { Refunds } from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';
import { expectBooksToAgree, type GatewayRefund } from '@yajin/testing/factories';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';
import { makeOffers, makePerson, paidPayment } from './gym.kit.js';

const PATH = '/api/admin/pay/refunds/retry';

let api: TestApi;
let second: MadeOperator;
beforeAll(async () => {
  api = await TestApi.start();
  await makeOffers(api);
  second = await operator(api, 'manager');
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

interface Failed {
  id: number;
  status: () => Promise<string | undefined>;
  gateway: () => Promise<GatewayRefund[]>;
}

/** Refunds of a payment each that the kernel has begun by itself, and that the gateway has refused for good. */
async function failed(count: number): Promise<Failed[]> {
  const made: Failed[] = [];
  await api.control('POST', '/control/faults', { refuseRefund: true });
  for (let each = 0; each < count; each += 1) {
    const payment = await paidPayment(api, await makePerson(api), { type: 'private', amount: 0.07 });
    const [order] = await api.rows<{ id: number; paid_with: string }>(
      'SELECT o.id, o.paid_with FROM gym_payment p JOIN pay_order o ON o.id = p.order_id WHERE p.id = $1',
      [payment.id],
    );
    const wanted = {
      source: `unwanted:${randomUUID()}`,
      orderId: order!.id,
      amountFen: fen(7),
      reason: 'nothing has a use for it',
    };
    const { id } = await api.db.transaction((manager) => api.app.get(Refunds).request(manager, wanted));
    const status = async (): Promise<string | undefined> =>
      (await api.rows<{ status: string }>('SELECT status FROM pay_refund WHERE id = $1', [id]))[0]?.status;
    made.push({ id, status, gateway: () => refundsOf(order!.paid_with) });
  }
  await eventually(async () => {
    await api.hurry();
    return (await Promise.all(made.map(({ status }) => status()))).every((each) => each === 'failed');
  }, 'the gateway to refuse them for good');
  await api.control('POST', '/control/faults', { reset: true });
  return made;
}

const refundsOf = async (trade: string): Promise<GatewayRefund[]> =>
  (await api.control<GatewayRefund[]>('GET', '/control/refunds')).filter(
    ({ outTradeNo }) => outTradeNo === trade,
  );

const retry = async (ids: number[], token?: string) => {
  const answer = token
    ? await api.call<Console.PayRefundRetryList>('POST', PATH, { token, body: { ids } })
    : await api.admin<Console.PayRefundRetryList>('POST', PATH, { ids });
  return answer.data.list;
};
const outcomes = (list: Console.PayRefundRetry[]): string[] => list.map(({ outcome }) => outcome);
const arrived = (all: Failed[]): Promise<unknown> =>
  eventually(async () => {
    await api.hurry();
    return (await Promise.all(all.map(({ status }) => status()))).every((each) => each === 'success');
  }, 'them to arrive');

it('many failed refunds that two operators retry at once are each sent once, and a second click sends none', async () => {
  const made = await failed(6);
  const ids = made.map(({ id }) => id);
  const [one, other] = await Promise.all([retry(ids), retry(ids.toReversed(), second.token)]);
  expect(one.map(({ id }) => id)).toEqual(ids);
  for (const id of ids) {
    const said = [...one, ...other].filter((each) => each.id === id);
    expect(outcomes(said).sort()).toEqual(['taken', 'under_way']);
  }
  expect(outcomes(await retry(ids))).toEqual(ids.map(() => 'under_way'));
  await arrived(made);
  expect(outcomes(await retry(ids))).toEqual(ids.map(() => 'under_way'));
  for (const { id, gateway } of made) {
    expect(await gateway()).toEqual([expect.objectContaining({ state: 'SUCCESS', amountFen: 7 })]);
    expect(await audited(api, 'pay_refund', id)).toMatchObject([
      { action: 'pay_refund.retry', after: { status: 'processing' } },
    ]);
  }
});

it('one that cannot be retried says why, and keeps no other from being sent', async () => {
  const made = await failed(5);
  const [good, merchant, outside, ofItsLine, unsent] = made as [Failed, Failed, Failed, Failed, Failed];
  await api.rows(`UPDATE pay_refund_attempt SET state = 'merchant' WHERE refund_id = $1`, [merchant.id]);
  await api.admin('POST', `/api/admin/pay/refunds/${outside.id}/outside`, {
    evidence: '网银转账 20261128001',
  });
  await api.rows(`UPDATE pay_refund SET source = 'task:' || source WHERE id = $1`, [ofItsLine.id]);
  const none = 999_999_999;
  const list = await retry([merchant.id, outside.id, ofItsLine.id, none, good.id]);
  expect(list).toEqual([
    { id: merchant.id, outcome: 'refused', code: 'refund_back_at_merchant', message: expect.any(String) },
    { id: outside.id, outcome: 'refused', code: 'outside_proposed', message: '已登记过线下退款，等待确认' },
    {
      id: ofItsLine.id,
      outcome: 'refused',
      code: 'refund_of_its_line',
      message: '请在业务线的退款页重试',
    },
    { id: none, outcome: 'refused', code: 'refund_not_there', message: '退款不存在' },
    { id: good.id, outcome: 'taken', code: null, message: null },
  ]);
  await arrived([good]);
  for (const each of [merchant, outside, ofItsLine, unsent]) {
    expect(await each.status()).toBe('failed');
    expect((await each.gateway()).filter(({ state }) => state === 'SUCCESS')).toEqual([]);
  }
  // What the test has made up would not be true.
  await api.rows(`UPDATE pay_refund_attempt SET state = 'created' WHERE refund_id = $1`, [merchant.id]);
});

it('one that its second person has refused waits for a second person again', async () => {
  const [made] = await failed(1);
  await api.rows(
    `INSERT INTO pay_approval (refund_id, kind, exceeds, asked_by, asked_at, decision, decided_by, decided_at, note)
     VALUES ($1, 'manual', 'single', 'admin', now(), 'refused', $2, now(), '金额不对')`,
    [made!.id, second.username],
  );
  await api.rows(`UPDATE pay_refund_attempt SET state = 'created' WHERE refund_id = $1`, [made!.id]);
  expect(await retry([made!.id])).toEqual([{ id: made!.id, outcome: 'held', code: null, message: null }]);
  for (let look = 0; look < 3; look += 1) await api.hurry();
  expect(await made!.status()).toBe('processing');
  expect((await made!.gateway()).filter(({ state }) => state === 'SUCCESS')).toEqual([]);
});

it('at most a hundred are retried at once, each named once, by who may decide about refunds', async () => {
  const accountant = await operator(api, 'finance');
  const refused = await api.call('POST', PATH, { token: accountant.token, body: { ids: [1] } });
  expect(refused.status).toBe(403);
  const many = Array.from({ length: 101 }, (_, index) => index + 1);
  for (const ids of [[], [7, 7], many, ['7'], [0]])
    expect((await api.admin('POST', PATH, { ids })).status).toBe(400);
});
