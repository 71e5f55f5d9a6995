import { Gateways, Payments, TradeQueries, type Order, type Scene } from '@yajin/payment';
import { api, fault, gatewayOf, paid, pay, place, statusOf, useGateways } from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();

interface Watched {
  out_trade_no: string;
  state: string;
  watched: boolean;
}

const attempts = (order: Order): Promise<Watched[]> =>
  api.rows<Watched>(
    'SELECT out_trade_no, state, query_at IS NOT NULL AS watched FROM pay_attempt WHERE order_id = $1 ORDER BY created_at, out_trade_no',
    [order.id],
  );

/** An address that nobody has opened yet, so that its gateway has never heard of the number. */
async function address(
  order: Order,
  gateway: string,
  scene: Scene,
): Promise<{ url: string; number: string }> {
  const { h5Url } = await api.app
    .get(Payments)
    .present(order.id, scene, { id: null, ip: '127.0.0.1' }, gateway);
  const live = (await attempts(order)).find(({ state }) => state === 'open');
  return { url: h5Url ?? '', number: live?.out_trade_no ?? '' };
}

const open = async (url: string): Promise<void> => {
  const answer = await fetch(url);
  await answer.body?.cancel();
};

/** Long enough for every number that is watched to be asked about. */
const looked = (): void => api.pass(10 * 60_000);

describe.each([
  ['alipay', 'h5'],
  ['alipay', 'page'],
  ['shouqianba', 'h5'],
] as [string, Scene][])(
  'an address of %s (%s) that was closed before anybody opened it',
  (gateway, scene) => {
    it('stays under query: opened and paid in time without a word to us, its money counts', async () => {
      const order = await place(gateway);
      const first = await address(order, gateway, scene);
      await address(order, 'wechat-v3', 'native');
      expect(await attempts(order)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ out_trade_no: first.number, state: 'closed', watched: true }),
        ]),
      );
      await fault({ dropNotifications: true });
      await open(first.url);
      await pay(first.number);
      looked();
      await paid(order);
      expect((await attempts(order)).filter(({ watched, state }) => watched && state !== 'open')).toEqual([]);
    });

    it('is closed at the gateway once somebody has opened it, and then asked about no more', async () => {
      const order = await place(gateway);
      const first = await address(order, gateway, scene);
      await address(order, 'wechat-v3', 'native');
      await open(first.url);
      looked();
      await eventually(
        async () => (await gatewayOf(gateway).queryTrade(first.number)).state === 'closed',
        'the number to be closed',
      );
      await expect(pay(first.number)).rejects.toThrow();
      looked();
      await eventually(
        async () =>
          (await attempts(order)).some(
            ({ out_trade_no: number, watched }) => number === first.number && !watched,
          ),
        'the watch to end',
      );
      expect(await statusOf(order)).toBe('pending');
    });

    it('is asked about no more when its address has died', async () => {
      const order = await place(gateway);
      const first = await address(order, gateway, scene);
      await address(order, 'wechat-v3', 'native');
      looked();
      await api.quiet();
      expect(
        (await attempts(order)).find(({ out_trade_no: number }) => number === first.number)?.watched,
      ).toBe(true);
      await api.rows(`UPDATE pay_attempt SET dies_at = now() - interval '1 second' WHERE out_trade_no = $1`, [
        first.number,
      ]);
      looked();
      await eventually(
        async () =>
          (await attempts(order)).some(
            ({ out_trade_no: number, watched }) => number === first.number && !watched,
          ),
        'the watch to end',
      );
    });
  },
);

it('money paid by the first address as well goes back by itself when the second was paid, too', async () => {
  const order = await place('alipay');
  const first = await address(order, 'alipay', 'h5');
  const second = await address(order, 'wechat-v3', 'native');
  await pay(second.number);
  await paid(order);
  await fault({ dropNotifications: true });
  await open(first.url);
  await pay(first.number);
  looked();
  await eventually(
    async () =>
      (
        await api.rows(
          `SELECT 1 FROM pay_refund WHERE source = 'surplus:' || $1 AND status IN ('processing', 'success')`,
          [first.number],
        )
      ).length === 1,
    'the surplus to go back',
  );
});

it('a number whose registration got no clear answer is closed once the order is paid by another', async () => {
  const order = await place('wechat-v3');
  const first = await address(order, 'wechat-v3', 'native');
  await fault({ failAfter: { endpoints: ['create'], times: 1 }, payAfterClose: { times: 1 } });
  await expect(address(order, 'wechat-v3', 'h5')).rejects.toThrow();
  const unheard = (await attempts(order)).find(({ state }) => state === 'created')!.out_trade_no;
  await pay(first.number);
  await paid(order);
  looked();
  await eventually(
    async () =>
      (await attempts(order)).some((each) => each.out_trade_no === unheard && each.state === 'closed'),
    'the number to be closed',
  );
  expect(await gatewayOf('wechat-v3').queryTrade(unheard)).toMatchObject({ state: 'closed' });
});

it('what a gateway said of a number when it was closed is what its adapter says', async () => {
  const order = await place('alipay');
  const { number } = await address(order, 'alipay', 'h5');
  expect(await api.app.get(Gateways).get('alipay').closeTrade(number)).toBe('absent');
});

it('a payment that a cancel of ours gave back is booked as paid and returned, once, and a refund of ours with it', async () => {
  const order = await place('shouqianba');
  const { url, number } = await address(order, 'shouqianba', 'h5');
  await open(url);
  await fault({ delayAnswersMs: { endpoints: ['query'], value: 3000, times: 1 }, dropNotifications: true });
  // Found unpaid, then paid, then cancelled: the gateway gives the money back by itself.
  const changed = api.app.get(Payments).present(order.id, 'native', { id: null, ip: null }, 'wechat-v3');
  const late = (): Promise<{ active: object }> => api.control('GET', '/control/faults');
  await eventually(async () => !('delayAnswersMs' in (await late()).active), 'the query to be answered');
  await pay(number);
  await expect(changed).rejects.toThrow();
  await api.hurry();
  expect(
    await api.rows(`SELECT debit, credit FROM pay_ledger WHERE order_id = $1 ORDER BY id`, [order.id]),
  ).toEqual([
    { debit: 'clearing', credit: 'deposit' },
    { debit: 'deposit', credit: 'clearing' },
  ]);
  expect(await api.rows('SELECT source, status FROM pay_refund WHERE order_id = $1', [order.id])).toEqual([
    { source: `returned:${number}`, status: 'success' },
  ]);
  await api.app.get(TradeQueries).check(number);
  expect(await api.rows('SELECT 1 FROM pay_ledger WHERE order_id = $1', [order.id])).toHaveLength(2);
});
