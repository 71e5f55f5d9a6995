import { Gateways, Payments } from '@yajin/payment';
import {
  api,
  fault,
  gatewayOf,
  paid,
  paidOrder,
  pay,
  place,
  present,
  refund,
  refundIs,
  statusOf,
  useGateways,
} from './gateways.kit.js';
import { eventually } from '@yajin/testing/api';

useGateways();

const expire = (): Promise<unknown> =>
  api.rows(`UPDATE pay_order SET expires_at = now() - interval '1 second' WHERE status = 'pending'`);

it('orders of a gateway that is down wait longer each time and keep nobody else from being closed', async () => {
  const down = await Promise.all(Array.from({ length: 30 }, () => place('bank-card')));
  for (const order of down) await present(order, 'bank-card');
  await fault({ failBefore: { endpoints: ['close', 'query'] } });
  await expire();
  await eventually(
    async () => (await api.rows('SELECT 1 FROM pay_order WHERE close_tries > 0')).length >= 8,
    'the first tries',
  );
  await fault({ reset: true, delayAnswersMs: { endpoints: ['close'], value: 4000 } });
  const other = await place('wechat-v2');
  await fault({ reset: true, failBefore: { endpoints: ['close', 'query'], times: 10_000 } });
  await api.rows(`UPDATE pay_order SET expires_at = now() - interval '1 second' WHERE id = $1`, [other.id]);
  await eventually(async () => (await statusOf(other)) === 'closed', 'the other order', 15_000);
  const [waits] = await api.rows<{ least: number }>(
    `SELECT min(extract(epoch FROM close_at - $1))::int AS least FROM pay_order WHERE status = 'pending' AND close_tries > 0`,
    [api.clock.wall()],
  );
  expect(waits?.least).toBeGreaterThan(0);
  await fault({ reset: true });
  await eventually(async () => {
    api.pass(20_000);
    return (await api.rows(`SELECT 1 FROM pay_order WHERE status = 'pending'`)).length === 0;
  }, 'all of them to be closed once the gateway is back');
});

it('refunds that hang at one gateway delay neither payments of another nor what lines are told', async () => {
  const orders = await Promise.all(Array.from({ length: 12 }, () => paidOrder('alipay')));
  await fault({ hangAfter: { endpoints: ['refund'] } });
  for (const order of orders) await refund(order, 1990);
  const sent = `SELECT 1 FROM pay_refund_attempt k JOIN pay_refund r ON r.id = k.refund_id WHERE r.gateway = 'alipay' AND k.requests > 0`;
  await eventually(async () => (await api.rows(sent)).length === 12, 'all of them to be sent');
  const began = Date.now();
  const order = await place('wechat-v3');
  await pay(await present(order, 'wechat-v3'));
  await paid(order);
  await eventually(
    async () =>
      (await api.rows('SELECT 1 FROM pay_order WHERE id = $1 AND deliver_at IS NULL', [order.id])).length ===
      1,
    'its line to have noted it',
  );
  expect(Date.now() - began).toBeLessThan(4000);
});

it('a gateway that gives no clear answers is left alone, tried by one call after a while, and used again', async () => {
  const gateways = api.app.get(Gateways);
  const gateway = gatewayOf('wechat-v2');
  await fault({ failBefore: { endpoints: ['query'] } });
  for (let call = 0; call < 10; call += 1)
    await expect(gateway.queryTrade(`none-${call}`)).rejects.toMatchObject({ kind: 'unknown' });
  await fault({ reset: true });
  expect(gateways.room('wechat-v2', 50)).toBe(0);
  // Nothing is sent: the gateway, which is back by now, would have answered.
  await expect(gateway.queryTrade('none')).rejects.toMatchObject({ kind: 'throttled', code: 'UNAVAILABLE' });
  expect(gateways.room('wechat-v3', 50)).toBe(50);
  await eventually(() => Promise.resolve(gateways.room('wechat-v2', 50) === 1), 'the time for a probe');
  expect(await gateway.queryTrade('none')).toMatchObject({ state: 'absent' });
  expect(gateways.room('wechat-v2', 50)).toBe(50);
});

it('a flood of payers at a slow gateway is turned away beyond its bounds, and others pay meanwhile', async () => {
  await fault({ delayAnswersMs: { endpoints: ['query'], value: 1500 } });
  const gateway = gatewayOf('bank-card');
  const flood = Promise.allSettled(
    Array.from({ length: 120 }, (_, call) => gateway.queryTrade(`flood-${call}`)),
  );
  await fault({ reset: true });
  const order = await place('wechat-v3');
  await pay(await present(order, 'wechat-v3'));
  await paid(order);
  const turned = (await flood).filter(
    (each) => each.status === 'rejected' && (each.reason as { code?: string }).code === 'BUSY',
  );
  expect(turned.length).toBeGreaterThanOrEqual(40);
});

it('a refund’s end is told however many refunds went through before it, and nothing is left over', async () => {
  const order = await paidOrder('wechat-v3');
  const { id } = await refund(order, 1990);
  await refundIs(id, 'success');
  await api.quiet();
  expect(await api.rows('SELECT 1 FROM pay_refund WHERE id = $1 AND deliver_at IS NOT NULL', [id])).toEqual(
    [],
  );
  expect(
    await api.rows(
      `SELECT 1 FROM graphile_worker.jobs WHERE task_identifier LIKE 'payment.%' OR task_identifier = 'line.event'`,
    ),
  ).toEqual([]);
  expect(await api.app.get(Payments).find(api.db, order.id)).toMatchObject({ status: 'paid' });
});
