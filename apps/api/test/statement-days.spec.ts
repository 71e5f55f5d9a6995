import { fen, instantOf } from '@yajin/core';
import {
  GatewayError,
  Reconciliation,
  StatementMatching,
  type BillRow,
  type Movement,
  type Order,
} from '@yajin/payment';
import { api, attemptOf, gatewayOf, paidOrder, refund, refundIs, useGateways } from './gateways.kit.js';
import { accountDifferences, tomorrow } from './statements.kit.js';

// Days of the merchant's account that tell of each other, whenever and in whatever order they are read.
useGateways(undefined, true);

const OPENING = 1_000_000;
const soon = () => ({ expiresAt: new Date(api.clock.now().getTime() + 1_800_000) });

/** By gateway and day, what the gateway says instead of what the sandbox has: a statement, or the bill's rows beside those that it has. */
const said = new Map<string, Movement[] | GatewayError>();
const beside = new Map<string, BillRow[]>();
const noBill = new Set<string>();
beforeAll(() => {
  for (const name of ['wechat-v3', 'alipay']) {
    const gateway = gatewayOf(name);
    const [statement, bill] = [gateway.downloadStatement!, gateway.downloadBill!];
    gateway.downloadStatement = (day) => {
      const movements = said.get(`${name} ${day}`) ?? statement(day);
      return movements instanceof GatewayError ? Promise.reject(movements) : Promise.resolve(movements);
    };
    gateway.downloadBill = async (day) =>
      noBill.has(`${name} ${day}`) ? [] : [...(await bill(day)), ...(beside.get(`${name} ${day}`) ?? [])];
  }
  return tomorrow();
});

const statements = () => api.app.get(StatementMatching);
const bills = () => api.app.get(Reconciliation);

/** A movement at eight in the evening, of an account that held so much before. */
const moved = (
  day: string,
  change: Partial<Movement> & Pick<Movement, 'flowNo' | 'amountFen'>,
  held = OPENING,
): Movement => ({
  ...{ kind: 'withdrawal', said: '提现', at: instantOf(day, '20:00'), gatewayNo: null, ourNo: null },
  ...{ balanceFen: held + change.amountFen, ...change },
});

async function reads(gateway: string, day: string, movements: Movement[]): Promise<boolean> {
  said.set(`${gateway} ${day}`, movements);
  return (await statements().read(gateway, day)).read;
}

const openOf = async (gateway: string, day: string) =>
  (await accountDifferences(gateway, day)).filter(({ state }) => state === 'open').map(({ kind }) => kind);
const stateOf = async (table: string, gateway: string, day: string) =>
  (
    await api.rows<{ state: string; row_count: number }>(
      `SELECT state, row_count FROM ${table} WHERE gateway = $1 AND day = $2`,
      [gateway, day],
    )
  )[0];

it('a bill or statement of a day that had something in it is never believed to be empty', async () => {
  const day = await tomorrow();
  const stranger: BillRow = {
    ...{ kind: 'payment', at: instantOf(day, '12:00'), outTradeNo: 'a-stranger', transactionId: '42-a' },
    ...{ outRefundNo: null, gatewayRefundId: null, amountFen: fen(100), feeFen: 1 },
  };
  beside.set(`wechat-v3 ${day}`, [stranger]);
  await bills().read('wechat-v3', day);
  const bill = await stateOf('pay_bill', 'wechat-v3', day);
  const flow = { flowNo: `out-${day}`, amountFen: -100 };
  for (const gateway of ['alipay', 'wechat-v3'])
    expect(await reads(gateway, day, [moved(day, flow)])).toBe(true);
  noBill.add(`wechat-v3 ${day}`);
  for (const failures of [0, 20]) {
    for (const table of ['pay_bill', 'pay_statement'])
      await api.rows(`UPDATE ${table} SET failures = $2 WHERE day = $1`, [day, failures]);
    for (const gateway of ['alipay', 'wechat-v3']) {
      expect(await reads(gateway, day, [])).toBe(false);
      expect(await stateOf('pay_statement', gateway, day)).toEqual({ state: 'waiting', row_count: 1 });
    }
    expect(await bills().read('wechat-v3', day)).toMatchObject({ read: false });
    expect(await stateOf('pay_bill', 'wechat-v3', day)).toEqual({ ...bill, state: 'waiting' });
  }
  expect(
    await api.rows('SELECT gateway FROM pay_withdrawal WHERE flow_no = $1 ORDER BY gateway', [flow.flowNo]),
  ).toHaveLength(2);
});

it('an empty statement of a day on which we were paid is late, also while the bill is not read, so that nothing is called missing', async () => {
  await paidOrder('alipay', soon());
  const day = await tomorrow();
  expect(await reads('alipay', day, [])).toBe(false);
  expect(await stateOf('pay_statement', 'alipay', day)).toMatchObject({ state: 'waiting' });
  await bills().read('alipay', day);
  expect(await accountDifferences('alipay', day)).toEqual([]);
});

it('a gap over days on which nothing moved is found when the day before them is read at last, and stays open while one of them is not fetched again', async () => {
  const [first, empty, last] = [await tomorrow(), await tomorrow(), await tomorrow()];
  await reads('wechat-v3', empty, []);
  await reads('wechat-v3', last, [moved(last, { flowNo: `gap-${last}`, amountFen: -100 }, OPENING - 700)]);
  expect(await openOf('wechat-v3', last)).toEqual([]);
  await reads('wechat-v3', first, [moved(first, { flowNo: `gap-${first}`, amountFen: -100 })]);
  expect(await openOf('wechat-v3', last)).toEqual(['account_gap']);
  said.set(`wechat-v3 ${empty}`, new GatewayError('refused', 'NO_STATEMENT_YET', 'later'));
  expect(await statements().read('wechat-v3', empty)).toMatchObject({ read: false });
  await statements().read('wechat-v3', last);
  expect(await openOf('wechat-v3', last)).toEqual(['account_gap']);
});

it('a range of days that is read at last tells also of a day in it that was read before and is not there now', async () => {
  const [first, empty, kept] = [await tomorrow(), await tomorrow(), await tomorrow()];
  await reads('wechat-v3', kept, [moved(kept, { flowNo: `out-${kept}`, amountFen: -100 }, OPENING - 700)]);
  said.set(`wechat-v3 ${first}`, [moved(first, { flowNo: `out-${first}`, amountFen: -100 })]);
  said.set(`wechat-v3 ${empty}`, []);
  said.set(`wechat-v3 ${kept}`, new GatewayError('refused', 'NO_STATEMENT_YET', 'later'));
  const read: boolean[] = [];
  for await (const reading of statements().readRange(first, kept))
    if (reading.gateway === 'wechat-v3') read.push(reading.read);
  expect(read).toEqual([true, true, false]);
  expect(await openOf('wechat-v3', kept)).toEqual(['account_gap']);
});

/** A refund as Alipay's account moves it: under the numbers of its trade alone. */
const back = async (order: Order, day: string, flowNo: string, amountFen: number): Promise<Movement> => {
  const ourNo = await attemptOf(order);
  const [row] = await api.rows<{ transaction_id: string }>(
    'SELECT transaction_id FROM pay_attempt WHERE out_trade_no = $1',
    [ourNo],
  );
  const numbers = { ourNo, gatewayNo: row!.transaction_id };
  return {
    ...moved(day, { flowNo, amountFen, ...numbers, balanceFen: null }),
    kind: 'refund',
    said: '交易退款',
  };
};

const refundsOf = async (day: string) =>
  (await openOf('alipay', day)).filter((kind) => kind.startsWith('account_refund'));

it('of two equal refunds of a trade on two days, the one that moved is not taken for the other', async () => {
  const order = await paidOrder('alipay', soon());
  await refundIs((await refund(order, 100)).id, 'success');
  const first = await tomorrow();
  await bills().read('alipay', first);
  await reads('alipay', first, [await back(order, first, `back-${first}`, -100)]);
  await tomorrow();
  const between = await tomorrow();
  await refundIs((await refund(order, 100)).id, 'success');
  const second = await tomorrow();
  for (const day of [between, second]) await bills().read('alipay', day);
  await reads('alipay', second, [moved(second, { flowNo: `out-${second}`, amountFen: -1 })]);
  expect([await refundsOf(first), await refundsOf(second)]).toEqual([[], ['account_refund_missing']]);
});

it('a refund that moved twice under its trade’s number, of which we and the bill have one, is found', async () => {
  const order = await paidOrder('alipay', soon());
  await refundIs((await refund(order, 100)).id, 'success');
  const day = await tomorrow();
  const twice = [await back(order, day, `one-${day}`, -100), await back(order, day, `two-${day}`, -100)];
  await bills().read('alipay', day);
  await reads('alipay', day, twice);
  expect(await refundsOf(day)).toEqual(['account_refund_unknown']);
});

it('a refund’s number that was closed before another one of it arrived is not missed in the account', async () => {
  const order = await paidOrder('wechat-v3', soon());
  const { id } = await refund(order, 500);
  await refundIs(id, 'success');
  const day = await tomorrow();
  const outTradeNo = await attemptOf(order);
  const [{ transaction_id: transactionId } = { transaction_id: '' }] = await api.rows<{
    transaction_id: string;
  }>(
    `INSERT INTO pay_refund_attempt (out_refund_no, refund_id, state, created_at) VALUES ('closed-' || $1::bigint, $1, 'closed', $2)
     RETURNING (SELECT transaction_id FROM pay_attempt WHERE out_trade_no = $3)`,
    [id, api.clock.now(), outTradeNo],
  );
  const closed: BillRow = {
    ...{ kind: 'refund', at: instantOf(day, '20:00'), outTradeNo, transactionId },
    ...{ outRefundNo: `closed-${id}`, gatewayRefundId: `50-closed-${id}`, amountFen: fen(500), feeFen: -3 },
  };
  beside.set(`wechat-v3 ${day}`, [closed]);
  await bills().read('wechat-v3', day);
  said.delete(`wechat-v3 ${day}`);
  await statements().read('wechat-v3', day);
  expect((await openOf('wechat-v3', day)).filter((kind) => kind !== 'account_gap')).toEqual([]);
});

it('what a person resolved is open again, and told of, once a corrected statement has another sum of it, and not before', async () => {
  const day = await tomorrow();
  const flowNo = `hand-${day}`;
  const other = (amountFen: number) =>
    moved(day, { flowNo, amountFen, balanceFen: null, kind: 'other', said: '充值' });
  await reads('alipay', day, [other(100)]);
  const [{ id } = { id: 0 }] = await api.rows<{ id: number }>(
    'SELECT id FROM pay_difference WHERE flow_no = $1',
    [flowNo],
  );
  await api.admin('POST', `/api/admin/pay/differences/${id}/resolve`, {
    decision: 'accepted',
    note: '店员充值',
  });
  await reads('alipay', day, [
    other(100),
    moved(day, { flowNo: `out-${day}`, amountFen: -1, balanceFen: null }),
  ]);
  expect(await accountDifferences('alipay', day)).toEqual([
    { kind: 'account_other', state: 'resolved', decision: 'accepted' },
  ]);
  const told = async () =>
    (
      await api.rows<{ times: number }>(
        'SELECT coalesce(sum(times), 0)::int AS times FROM sys_alert WHERE params ->> $1 = $2',
        ['day', day],
      )
    )[0]?.times;
  const before = await told();
  await reads('alipay', day, [other(90_000)]);
  expect(await accountDifferences('alipay', day)).toEqual([
    { kind: 'account_other', state: 'open', decision: null },
  ]);
  expect(await told()).toBe((before ?? 0) + 1);
});

it('what differs on one day and once more on a later one is the later day’s, and not explained by the first one’s being read again', async () => {
  const order = await paidOrder('alipay', soon());
  const [first, , later] = [await tomorrow(), await tomorrow(), await tomorrow()];
  await bills().read('alipay', first);
  const part = async (day: string, amountFen: number): Promise<Movement> => ({
    ...(await back(order, day, `part-${day}`, amountFen)),
    ...{ kind: 'payment', said: '在线支付' },
  });
  const amounts = async (day: string) =>
    (await openOf('alipay', day)).filter((kind) => kind === 'account_payment_amount').length;
  await reads('alipay', first, [await part(first, 1900)]);
  expect(await amounts(first)).toBe(1);
  await reads('alipay', later, [await part(later, 50)]);
  await statements().read('alipay', first);
  expect([await amounts(first), await amounts(later)]).toEqual([0, 1]);
});

it('what is found beyond the most that is kept of a day is not said to be explained, and is kept once people have decided about the rest', async () => {
  const day = await tomorrow();
  const other = (flowNo: string) =>
    moved(day, { flowNo, amountFen: 1, balanceFen: null, kind: 'other', said: '充值' });
  const most = Array.from({ length: 5000 }, (_, index) => other(`many-${day}-${index}`));
  await reads('alipay', day, most);
  await reads('alipay', day, [other(`one-more-${day}`), ...most]);
  expect((await accountDifferences('alipay', day)).filter(({ decision }) => decision !== null)).toEqual([]);
  const last = other(`last-${day}`);
  await reads('alipay', day, [...most, last]);
  await api.rows(
    `UPDATE pay_difference SET state = 'resolved', decision = 'accepted', resolved_by = 'a', resolved_at = $2 WHERE day = $1 AND state = 'open'`,
    [day, api.clock.now()],
  );
  expect(await openOf('alipay', day)).toEqual([]);
  await statements().read('alipay', day);
  expect(await openOf('alipay', day)).toEqual(['account_other']);
});

it('a withdrawal that a corrected statement has no more is gone, unless it has arrived', async () => {
  const day = await tomorrow();
  const out = (flowNo: string) => moved(day, { flowNo, amountFen: -100, balanceFen: null });
  const states = ['waiting', 'missing', 'arrived'];
  await reads(
    'alipay',
    day,
    ['stays', ...states].map((state) => out(`${state}-${day}`)),
  );
  await api.rows(
    `UPDATE pay_withdrawal SET state = split_part(flow_no, '-', 1), note = 'x', decided_by = 'a', decided_at = $2
     WHERE day = $1 AND flow_no ~ '^(missing|arrived)'`,
    [day, api.clock.now()],
  );
  await reads('alipay', day, [out(`stays-${day}`)]);
  expect(await api.rows('SELECT flow_no FROM pay_withdrawal WHERE day = $1 ORDER BY flow_no', [day])).toEqual(
    [{ flow_no: `arrived-${day}` }, { flow_no: `stays-${day}` }],
  );
});
