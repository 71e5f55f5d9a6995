import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { person, placedOrder, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const fault = (faults: Record<string, unknown>): Promise<unknown> =>
  api.control('POST', '/control/faults', faults);
const params = (order: Camp.CreatedPayment): ReturnType<typeof api.call<Camp.PaymentParams>> =>
  api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=native`);
const placed = async (): Promise<Camp.CreatedPayment> => placedOrder(api, await publishedCamp(api), person());
const refusals = async (order: Camp.CreatedPayment): Promise<Console.PayRefusal[]> => {
  const path = `/api/admin/pay/orders/${order.orderNo}`;
  return (await api.admin<Console.OrderStory>('GET', path)).data.refusals;
};
const health = async (): Promise<Camp.SystemCheck | undefined> => {
  const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
  return data.checks.find(({ name }) => name === 'wechat');
};

it('a refused registration stands in the order’s story and on the health page, alerts when it repeats, and is over when it works', async () => {
  await fault({ refuseCreate: 'NO_AUTH' });
  const orders = [await placed(), await placed(), await placed()];
  for (const order of orders) {
    const { status, message } = await params(order);
    expect({ status, message }).toEqual({
      status: 503,
      message: expect.stringContaining('再试也不会成功') as string,
    });
  }
  await params(orders[0]!);
  expect(await refusals(orders[0]!)).toEqual([
    {
      gateway: 'wechat-v3',
      code: 'NO_AUTH',
      message: expect.stringContaining('产品权限未开通') as string,
      times: 2,
      mayTryAgain: false,
      lastAt: expect.any(String) as string,
    },
  ]);
  expect(await api.rows(`SELECT key FROM sys_alert WHERE key LIKE 'registration-refused:%'`)).toEqual([
    { key: 'registration-refused:wechat-v3:NO_AUTH' },
  ]);
  expect(await health()).toMatchObject({
    status: 'degraded',
    message: expect.stringContaining('3 笔订单无法下单：NO_AUTH') as string,
  });
  await fault({ reset: true });
  for (const order of orders) expect((await params(order)).code).toBe(200);
  expect(await health()).toMatchObject({ status: 'up' });
  expect(await refusals(orders[1]!)).toHaveLength(1);
});

it.each([
  ['one that passes', { refuseCreate: 'TRADE_ERROR' }, 'TRADE_ERROR'],
  ['an answer that nobody can read', { badGateway: ['create'] }, 'HTTP_502'],
  ['a throttle', { frequencyLimited: ['create'] }, 'FREQUENCY_LIMITED'],
])('of %s the payer reads that trying again helps, and nobody is alerted', async (_, faults, code) => {
  await fault(faults);
  const order = await placed();
  expect(await params(order)).toMatchObject({ status: 503, message: '支付渠道暂时没有响应，请稍后再试' });
  expect(await refusals(order)).toMatchObject([{ code, times: 1, mayTryAgain: true }]);
  expect(await api.rows(`SELECT key FROM sys_alert WHERE key LIKE '%:${code}'`)).toEqual([]);
  await fault({ reset: true });
  expect((await params(order)).code).toBe(200);
});
