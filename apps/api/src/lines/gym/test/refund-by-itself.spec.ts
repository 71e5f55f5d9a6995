import { fen } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { RefundCases, Refunds } from '@yajin/payment';
import { expectBooksToAgree, type GatewayRefund } from '@yajin/testing/factories';
import { eventually, TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';
import { makeOffers, makePerson, paidPayment } from './gym.kit.js';
import { waitingAt } from '@yajin/testing/gates';

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

const act = (id: number, what: string, body?: object): Promise<Answer<Console.PayRefund>> =>
  api.admin('POST', `/api/admin/pay/refunds/${id}/${what}`, body);

interface Made {
  id: number;
  outRefundNo: string;
  refund: () => Promise<Console.PayRefund>;
  story: () => Promise<Console.OrderStory>;
  gatewayStates: () => Promise<string[]>;
}

/** Money that nothing has a use for goes back by itself; the gateway has taken the refund, and says no more. */
async function stuck(source: string): Promise<Made> {
  const { id: paymentId } = await paidPayment(api, await makePerson(api), { type: 'private', amount: 0.07 });
  await api.control('POST', '/control/faults', { refundStuck: { times: 1 } });
  const [order] = await api.rows<{ id: number; order_no: string; paid_with: string }>(
    'SELECT o.id, o.order_no, o.paid_with FROM gym_payment p JOIN pay_order o ON o.id = p.order_id WHERE p.id = $1',
    [paymentId],
  );
  const request = { source, orderId: order!.id, amountFen: fen(7), reason: 'nothing has a use for it' };
  await api.db.transaction((manager) => api.app.get(Refunds).request(manager, request));
  const story = async (): Promise<Console.OrderStory> =>
    (await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order!.order_no}`)).data;
  const refund = async (): Promise<Console.PayRefund> => (await story()).refunds[0]!;
  await eventually(async () => (await refund()).gatewayState === 'accepted', 'the refund to be accepted');
  const { id, outRefundNos } = await refund();
  const gatewayStates = async (): Promise<string[]> =>
    (await api.control<GatewayRefund[]>('GET', '/control/refunds'))
      .filter(({ outTradeNo }) => outTradeNo === order!.paid_with)
      .map(({ state }) => state)
      .sort();
  return { id, outRefundNo: outRefundNos[0]!, refund, story, gatewayStates };
}

const settle = ({ outRefundNo }: Made, state: string): Promise<unknown> =>
  api.control('POST', '/control/refunds/settle', { outRefundNo, state });

it('a refund that the system began by itself and that failed is retried by a person, once however many do at once', async () => {
  const made = await stuck('unwanted:1');
  expect((await act(made.id, 'retry')).status).toBe(409);
  await settle(made, 'CLOSED');
  await eventually(async () => (await made.refund()).status === 'failed', 'the refund to fail');
  expect(await made.refund()).toMatchObject({ canRetry: true });
  const path = `/api/admin/pay/refunds/${made.id}/retry`;
  const answers = await Promise.all([act(made.id, 'retry'), api.call('POST', path, { token: second.token })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await eventually(async () => {
    await api.hurry();
    return (await made.refund()).status === 'success';
  }, 'the refund to arrive');
  expect(await made.gatewayStates()).toEqual(['CLOSED', 'SUCCESS']);
  expect(await audited(api, 'pay_refund', made.id)).toMatchObject([
    { action: 'pay_refund.retry', before: { status: 'failed' }, after: { status: 'processing' } },
  ]);
});

it.each([
  ['a line’s own page', 'gym_refund:1', null],
  ['somebody who said it was paid otherwise', 'unwanted:2', { evidence: '网银转账 0.07 元，流水号 1' }],
])('a failed refund that belongs to %s is not retried here', async (_whose, source, outside) => {
  const made = await stuck(source);
  await settle(made, 'CLOSED');
  await eventually(async () => (await made.refund()).status === 'failed', 'the refund to fail');
  if (outside) expect((await act(made.id, 'outside', outside)).code).toBe(200);
  expect(await made.refund()).toMatchObject({ canRetry: false });
  expect((await act(made.id, 'retry')).status).toBe(409);
});

it('a refund that the gateway pays at the very moment of another’s confirming it as paid otherwise is booked back all the same', async () => {
  const made = await stuck('unwanted:3');
  await api.rows(`UPDATE pay_refund SET sent_at = now() - interval '25 hours' WHERE id = $1`, [made.id]);
  expect((await act(made.id, 'outside', { evidence: '网银转账 0.07 元，流水号 2' })).code).toBe(200);
  const heard = Promise.withResolvers<null>();
  const underWay = Promise.withResolvers<null>();
  const confirming = api.db.transaction(async (manager) => {
    await api.app.get(RefundCases).confirm(manager, made.id, 'another');
    underWay.resolve(null);
    await heard.promise;
  });
  await underWay.promise;
  try {
    await settle(made, 'SUCCESS');
    await waitingAt(api, 'FROM pay_refund');
  } finally {
    heard.resolve(null);
    await confirming;
  }
  await eventually(async () => (await made.story()).postings.length === 3, 'the late refund to be booked');
  expect(
    (await made.story()).postings.map(({ kind, debit, credit }) => `${kind} ${debit} ${credit}`),
  ).toEqual(['payment clearing deposit', 'outside deposit outside', 'refund outside clearing']);
});
