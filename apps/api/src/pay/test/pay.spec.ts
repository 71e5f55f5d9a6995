import type { Console } from '@yajin/contract/console';
import {
  finishedCamp,
  member,
  openOrder,
  pay,
  person,
  publishedCamp,
  outTradeNo,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { linesOf } from '../../lines/index.js';
import { operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const orders = async (query: string): Promise<Console.OrderPage> =>
  (await api.admin<Console.OrderPage>('GET', `/api/admin/pay/orders?${query}`)).data;
const story = async (orderNo: string): Promise<Console.OrderStory> =>
  (await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${orderNo}`)).data;

it('names the lines that are served', async () => {
  const { data } = await api.admin<Console.PayLineList>('GET', '/api/admin/pay/lines');
  expect(data.list).toEqual(linesOf(api.env).map(({ name }) => name));
});

it('finds an order by any of its numbers, and by the whole of them only', async () => {
  const camp = await publishedCamp(api);
  const order = await member(api, camp, person());
  await openOrder(api, camp, person());
  const { attempts } = await story(order.orderNo);
  expect(attempts).toHaveLength(1);
  for (const number of [order.orderNo, outTradeNo(order), attempts[0]!.transactionId!]) {
    expect((await orders(`keyword=${number}`)).list.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
    expect((await orders(`keyword=${number.slice(0, -1)}`)).list).toEqual([]);
  }
  const paid = await orders('line=camp&status=paid');
  expect(paid.list.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
  expect((await orders('line=camp')).total).toBe(2);
  expect((await orders('line=task')).total).toBe(0);
  expect((await api.admin('GET', '/api/admin/pay/orders?line=bank')).status).toBe(400);
  expect((await api.admin('GET', '/api/admin/pay/orders/ord_nobody')).status).toBe(404);
});

it('tells the whole story of an order, from the first attempt to the refund’s postings', async () => {
  const { orders: placed, refundIds } = await finishedCamp(api, 1);
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  const told = await eventually(async () => {
    const found = await story(placed[0]!.orderNo);
    const heard = found.notifications.some(({ eventType }) => eventType === 'REFUND.SUCCESS');
    return heard && found.refunds[0]?.status === 'success' && found;
  }, 'the refund');
  expect(told.order).toMatchObject({
    line: 'camp',
    status: 'paid',
    amount: 99,
    refunded: 99,
    gateway: 'wechat-v3',
  });
  expect(told.attempts).toEqual([expect.objectContaining({ state: 'paid', counts: true, scene: 'native' })]);
  expect(told.refunds[0]).toMatchObject({ amount: 99, failure: null, outRefundNos: [expect.any(String)] });
  expect(told.notifications.map(({ eventType }) => eventType)).toEqual(
    expect.arrayContaining(['TRANSACTION.SUCCESS', 'REFUND.SUCCESS']),
  );
  expect(told.postings.map(({ kind, debit, credit }) => [kind, debit, credit])).toEqual([
    ['payment', 'clearing', 'deposit'],
    ['refund', 'deposit', 'clearing'],
  ]);
  expect(told.transfers).toEqual([]);
  const { data } = await api.admin<Console.PayRefundPage>(
    'GET',
    '/api/admin/pay/refunds?line=camp&status=success',
  );
  expect(data.list[0]).toEqual(told.refunds[0]);
});

it('shows what each account of a line holds; together they are always zero', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  const order = await openOrder(api, camp, who, 'native');
  await pay(api, order, who);
  await eventually(async () => (await story(order.orderNo)).order.status === 'paid', 'the payment');
  const { data } = await api.admin<Console.PayBalanceList>('GET', '/api/admin/pay/balances?line=camp');
  const sum = data.list.reduce((total, { balance }) => total + Math.round(balance * 100), 0);
  expect(sum).toBe(0);
  expect(data.list.map(({ account }) => account)).toEqual(expect.arrayContaining(['clearing', 'deposit']));
});

it('is for who may see payments', async () => {
  const { token } = await operator(api, 'coach');
  for (const path of ['lines', 'orders', 'refunds', 'balances?line=camp', 'orders/ord_1'])
    expect((await api.call('GET', `/api/admin/pay/${path}`, { token })).status).toBe(403);
});
