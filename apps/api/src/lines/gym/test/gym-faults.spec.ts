import { businessDate, addDays, localTime } from '@yajin/core';
import type { Gym } from '@yajin/contract/gym';
import { expectBooksToAgree, type GatewayRefund } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { call, makeOffers, makePerson, memberOf, paymentOf, place, type Person } from './gym.kit.js';

const EXPIRES_MS = 30 * 60_000;

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  await makeOffers(api);
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

interface Tabs {
  who: Person;
  id: number;
  /** What the first tab shows, which nobody has opened yet: Alipay does not know of the trade. */
  address: string;
  alipay: string;
  wechat: string;
}

/** Alipay's address in one tab, and after it WeChat's in another. */
async function twoTabs(): Promise<Tabs> {
  const who = await makePerson(api);
  const { id } = (await place(api, who)).data;
  const at = (provider: string) => `/api/v1/payments/${id}/pay?provider=${provider}`;
  const first = await call<Gym.PayAddress>(api, 'GET', at('alipay'), { token: who.token });
  const second = await call<Gym.PayAddress>(api, 'GET', at('wechat'), { token: who.token });
  expect([first.status, second.status]).toEqual([200, 200]);
  const attempts = await api.rows<{ gateway: string; number: string; state: string }>(
    `SELECT a.gateway, a.out_trade_no AS number, a.state FROM gym_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 ORDER BY a.gateway`,
    [id],
  );
  expect(attempts.map(({ gateway, state }) => [gateway, state])).toEqual([
    ['alipay', 'closed'],
    ['wechat-v3', 'open'],
  ]);
  const [alipay, wechat] = attempts.map(({ number }) => number);
  return { who, id, address: first.data.pay_url, alipay: alipay!, wechat: wechat! };
}

/** Goes back to the first tab and pays there. */
async function payFirstTab({ address, alipay }: Tabs): Promise<void> {
  expect((await fetch(address)).status).toBe(200);
  await api.control('POST', '/control/pay', { outTradeNo: alipay });
}

const isPaid = (tabs: Tabs): Promise<Gym.Payment> =>
  eventually(async () => {
    const payment = await paymentOf(api, tabs.who, tabs.id);
    return payment.status === 'success' && payment;
  }, 'the payment to count');

async function expectMonth({ who }: Tabs, from: string): Promise<void> {
  expect((await memberOf(api, who)).membershipUntil).toBe(addDays(from, 29));
}

it('what is paid in time in the first tab counts, although a second tab was opened at the other provider', async () => {
  const tabs = await twoTabs();
  await payFirstTab(tabs);
  await isPaid(tabs);
  await expectMonth(tabs, businessDate(api.clock.now()));
  await api.quiet();
  // What is still open in the second tab cannot be paid as well.
  await eventually(
    async () =>
      (await call(api, 'GET', `/api/v1/payments/${tabs.id}/pay?provider=wechat`, { token: tabs.who.token }))
        .status === 409,
    'the payment to be over',
  );
});

it('what is paid in time in the first tab counts, also when its notification comes after the payment has failed', async () => {
  const tabs = await twoTabs();
  await api.control('POST', '/control/faults', { dropNotifications: true, failBefore: ['query'] });
  await payFirstTab(tabs);
  await api.moveClock(localTime(new Date(api.clock.now().getTime() + EXPIRES_MS + 60_000)));
  await eventually(
    async () => (await paymentOf(api, tabs.who, tabs.id)).status === 'failed',
    'the payment to fail',
  );
  expect((await memberOf(api, tabs.who)).membershipUntil).toBeNull();
  await api.control('POST', '/control/faults', { reset: true });
  await api.control('POST', '/control/notifications/resend', { outTradeNo: tabs.alipay });
  await isPaid(tabs);
  // A membership begins on the day on which it is given, not on one that has gone by without it.
  await expectMonth(tabs, businessDate(api.clock.now()));
  const [row] = await api.rows<{ status: string; refunds: number }>(
    `SELECT o.status, (SELECT count(*) FROM pay_refund r WHERE r.order_id = o.id) AS refunds
     FROM gym_payment p JOIN pay_order o ON o.id = p.order_id WHERE p.id = $1`,
    [tabs.id],
  );
  expect(row).toEqual({ status: 'paid', refunds: 0 });
});

it('of two tabs that are both paid in time one counts, and the other’s money goes back by itself', async () => {
  const tabs = await twoTabs();
  expect((await fetch(tabs.address)).status).toBe(200);
  await Promise.all(
    [tabs.alipay, tabs.wechat].map((outTradeNo) => api.control('POST', '/control/pay', { outTradeNo })),
  );
  await isPaid(tabs);
  await expectMonth(tabs, businessDate(api.clock.now()));
  const [refund, ...more] = await eventually(async () => {
    const found = (await api.control<GatewayRefund[]>('GET', '/control/refunds')).filter(({ outTradeNo }) =>
      [tabs.alipay, tabs.wechat].includes(outTradeNo),
    );
    return found.some(({ state }) => state === 'SUCCESS') && found;
  }, 'the second payment to go back');
  expect(more).toEqual([]);
  expect(refund!.amountFen).toBe(19_900);
  await expectMonth(tabs, businessDate(api.clock.now()));
});
