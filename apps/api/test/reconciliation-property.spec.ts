import { addDays, businessDate, fen, instantOf } from '@yajin/core';
import { Reconciliation, type Order } from '@yajin/payment';
import { eventually } from '@yajin/testing/api';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { api, fault, place, present, refund, useGateways } from './gateways.kit.js';

useGateways(undefined, true);

const BILLED = ['wechat-v3', 'wechat-v2', 'alipay'] as const;
const DAYS = 50;
const SEED = 20_261_129;
const DAY_MS = 86_400_000;

/** The same numbers every time (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    const once = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
    return ((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32;
  };
}
class Dice {
  private readonly next: () => number;

  constructor(seed: number) {
    this.next = randomOf(seed);
  }

  chance(of: number): boolean {
    return this.next() < of;
  }

  /** Both ends included. */
  whole(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  pick<Value>(values: Value[]): Value {
    return values[this.whole(0, values.length - 1)]!;
  }
}

interface Paid {
  order: Order;
  outTradeNo: string;
  amountFen: number;
  at: Date;
  /** Nobody was told: the bill alone shows it. */
  lost: boolean;
  coupon: boolean;
}

/** One gateway's day as it was, and what its bill is made to say of it. */
interface Day {
  dice: Dice;
  gateway: string;
  day: string;
  changes: Record<string, unknown>[];
  /** `kind:number` of what is to be found, and nothing else. */
  expected: string[];
}

/** In the middle of a day: what is planted says when it happened itself. */
function momentOf({ day, dice }: Day): Date {
  return new Date(instantOf(day, '01:00').getTime() + dice.whole(0, 8 * 3_600) * 1000);
}

async function paidOn(into: Day): Promise<Paid> {
  const { gateway, day, dice } = into;
  const amountFen = dice.whole(100, 30_000);
  const lost = dice.chance(0.15);
  const expiresAt = new Date(instantOf(day).getTime() + 4 * DAY_MS);
  const order = await place(gateway, { amountFen: fen(amountFen), expiresAt });
  const outTradeNo = await present(order, gateway);
  const at = dice.chance(0.1) ? instantOf(day, '23:59:58') : momentOf(into);
  if (lost) await fault({ dropNotifications: { match: outTradeNo } });
  const kind = gateway !== 'wechat-v2' && dice.chance(0.5) ? 'cash' : 'nocash';
  const coupon = !lost && dice.chance(0.2);
  await api.control('POST', '/control/pay', {
    outTradeNo,
    paidAt: at.getTime(),
    ...(coupon && { coupon: { fen: dice.whole(1, 99), kind } }),
  });
  return { order, outTradeNo, amountFen, at, lost, coupon };
}

/** What differs about a payment's line, by the kind of difference that it is. */
function plantPayment(into: Day, { outTradeNo: number, amountFen, at }: Paid): void {
  const { dice } = into;
  const plants: [kind: string, change: Record<string, unknown>][] = [
    ['payment_missing', { change: 'omit' }],
    ['payment_amount', { change: 'amount', fen: amountFen + dice.whole(1, 500) }],
    ['payment_date', { change: 'time', at: at.getTime() + dice.whole(11, 300) * 60_000 }],
    ['payment_twice', { change: 'twice' }],
    ['payment_twice', { change: 'transaction' }],
    ['fee', { change: 'fee', fen: Math.round(amountFen * 0.006) + dice.whole(3, 40) }],
  ];
  const [kind, change] = dice.pick(plants);
  into.changes.push({ ...change, number });
  into.expected.push(`${kind}:${number}`);
}

/** Lines that nothing stands behind: another system's of the merchant, one of an order that nobody paid. */
async function plantStrangers(into: Day): Promise<void> {
  const { dice } = into;
  const at = momentOf(into).getTime();
  if (dice.chance(0.25)) {
    const number = `elsewhere-${dice.whole(1e8, 9e8)}`;
    into.changes.push({ change: 'add', number, fen: dice.whole(1, 9_000), at });
    into.expected.push(`payment_unknown:${number}`);
  }
  if (dice.chance(0.25)) {
    const expiresAt = new Date(instantOf(into.day).getTime() + 4 * DAY_MS);
    const number = await present(await place(into.gateway, { expiresAt }), into.gateway);
    into.changes.push({ change: 'add', number, fen: 1990, at });
    into.expected.push(`payment_state:${number}`);
  }
}

const numberOf = async (refundId: number): Promise<string> =>
  (
    await api.rows<{ out_refund_no: string }>(
      'SELECT out_refund_no FROM pay_refund_attempt WHERE refund_id = $1',
      [refundId],
    )
  )[0]!.out_refund_no;

/** What goes back of an earlier day's payment: whole or in part, told of or not, by us or by hand, or refused, and listed all the same. */
async function refundOn(into: Day, paid: Paid, slow: string[]): Promise<void> {
  const { dice } = into;
  const amountFen = dice.chance(0.5) ? paid.amountFen : dice.whole(1, paid.amountFen);
  const { outTradeNo } = paid;
  const at = api.clock.now().getTime();
  switch (dice.whole(0, 4)) {
    case 0: {
      await fault({ dropNotifications: { match: outTradeNo } });
      await api.control('POST', '/control/refunds/by-hand', { outTradeNo, amountFen });
      return;
    }
    case 1: {
      await fault({ refuseRefund: { match: outTradeNo } });
      const number = await numberOf((await refund(paid.order, amountFen)).id);
      await stateIs(number, 'created');
      // Nobody tries it again.
      await api.rows(
        "UPDATE pay_refund SET check_at = now() + interval '1 year' WHERE fail_code IS NOT NULL",
      );
      into.changes.push({ change: 'add', number: outTradeNo, outRefundNo: number, fen: amountFen, at });
      into.expected.push(`refund_state:${number}`);
      return;
    }
    case 2: {
      // Alipay knows of no refund on its way.
      if (into.gateway === 'alipay') return refundDone(into, paid, amountFen);
      // Accepted today, and listed today; it arrives tomorrow.
      await fault({ refundStuck: { match: outTradeNo } });
      const number = await numberOf((await refund(paid.order, amountFen)).id);
      await stateIs(number, 'accepted');
      slow.push(number);
      into.changes.push({ change: 'time', number, at });
      return;
    }
    default:
      return refundDone(into, paid, amountFen);
  }
}

async function refundDone(into: Day, { order, outTradeNo }: Paid, amountFen: number): Promise<void> {
  const number = await numberOf((await refund(order, amountFen)).id);
  await stateIs(number, 'success');
  if (into.dice.chance(0.6)) plantRefund(into, number, amountFen, outTradeNo);
}

function plantRefund(into: Day, number: string, amountFen: number, outTradeNo: string): void {
  const { dice } = into;
  const strange = `strange-${dice.whole(1e8, 9e8)}`;
  const plants: [kind: string, change: Record<string, unknown>][] = [
    ['refund_missing', { change: 'omit', number }],
    ['refund_amount', { change: 'amount', number, fen: amountFen + 1 }],
    ['refund_twice', { change: 'twice', number }],
    ['refund_unknown', { change: 'add', number: outTradeNo, outRefundNo: strange, fen: 1 }],
  ];
  const [kind, change] = dice.pick(plants);
  into.changes.push({ ...change, at: api.clock.now().getTime() });
  into.expected.push(`${kind}:${kind === 'refund_unknown' ? strange : number}`);
}

/** Until every payment that was told of is booked, and every refund on its way is where it gets by itself. */
const settled = (payments: Paid[]): Promise<unknown> =>
  eventually(async () => {
    const [row] = await api.rows<{ missing: number }>(
      `SELECT (SELECT count(*) FROM pay_attempt WHERE out_trade_no = ANY ($1) AND state <> 'paid')
         + (SELECT count(*) FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id
            WHERE k.state IN ('created', 'sending') AND r.fail_code IS NULL) AS missing`,
      [payments.filter(({ lost }) => !lost).map(({ outTradeNo }) => outTradeNo)],
    );
    return row?.missing === 0;
  }, 'the day to be over');

/** Faults are one of a kind: the next is switched on when the last was met. */
const stateIs = (number: string, state: string): Promise<unknown> =>
  eventually(async () => {
    const [row] = await api.rows<{ state: string; fail_code: string | null }>(
      'SELECT k.state, r.fail_code FROM pay_refund_attempt k JOIN pay_refund r ON r.id = k.refund_id WHERE k.out_refund_no = $1',
      [number],
    );
    return row?.state === state && (state !== 'created' || row.fail_code !== null);
  }, `${number} to be ${state}`);

const arrived = (numbers: string[]): Promise<unknown> =>
  eventually(async () => {
    const open = await api.rows(
      `SELECT 1 FROM pay_refund_attempt WHERE out_refund_no = ANY ($1) AND state <> 'success'`,
      [numbers],
    );
    return open.length === 0;
  }, 'the refunds to arrive');

/** Of the bill: what its plants say of the account, whose statement is true, is not asked here. */
const found = async (gateway: string, day: string): Promise<string[]> =>
  (
    await api.rows<{ key: string }>(
      `SELECT key FROM pay_difference WHERE gateway = $1 AND day = $2 AND state = 'open' AND NOT starts_with(kind, 'account_') ORDER BY key`,
      [gateway, day],
    )
  ).map(({ key }) => key);

/** Reads a bill, and leaves nothing of it to the background. */
async function read(gateway: string, day: string): Promise<void> {
  const reading = await api.app.get(Reconciliation).read(gateway, day);
  expect({ day, gateway, read: reading.read }).toEqual({ day, gateway, read: true });
  await api.rows('UPDATE pay_bill SET check_at = NULL');
}

async function expectFound({ gateway, day, changes, expected }: Day): Promise<void> {
  await read(gateway, day);
  const said = { gateway, changes, found: await found(gateway, day) };
  expect(said).toEqual({ gateway, changes, found: expected.toSorted() });
}

/** What happens at a gateway on a day, some of it with payments of before. */
async function dayOf(
  gateway: string,
  day: string,
  dice: Dice,
  earlier: Paid[],
  slow: string[],
): Promise<Day> {
  const into: Day = { dice, gateway, day, changes: [], expected: [] };
  const made: Paid[] = [];
  for (let count = dice.whole(0, 3); count > 0; count -= 1) made.push(await paidOn(into));
  const atMidnight = ({ at }: Paid): boolean => at.getTime() === instantOf(day, '23:59:58').getTime();
  for (const paid of made)
    if (atMidnight(paid))
      into.changes.push({ change: 'time', number: paid.outTradeNo, at: `${addDays(day, 1)}T00:00:01` });
    else if (!paid.lost && dice.chance(0.35)) plantPayment(into, paid);
  await plantStrangers(into);
  for (let count = Math.min(dice.whole(0, 2), earlier.length); count > 0; count -= 1)
    await refundOn(into, earlier.shift()!, slow);
  await settled(made);
  // What is lost is booked by its bill: nothing of it goes back here.
  earlier.push(...made.filter((paid) => !paid.lost && !atMidnight(paid)));
  return into;
}

it('reconciliation finds every planted difference and invents none in 50 random days, and a bill corrected later opens nothing that a person has closed', async () => {
  for (const gateway of BILLED)
    await api.admin('PUT', '/api/admin/config', { key: `pay.feeRate.${gateway}`, value: '0.60' });
  const first = addDays(businessDate(api.clock.now()), 2);
  const told: Day[] = [];
  let earlier: Paid[] = [];
  const dice = new Dice(SEED);
  let slow: string[] = [];
  for (let index = 0; index <= DAYS; index += 1) {
    const day = addDays(first, index);
    await api.moveClock(`${day}T10:05:00`);
    for (const outRefundNo of slow) await api.control('POST', '/control/refunds/settle', { outRefundNo });
    await arrived(slow);
    slow = [];
    const yesterday = told.at(-1);
    if (yesterday) await expectFound(yesterday);
    if (index === DAYS) break;
    const gateway = BILLED[Math.floor((index * BILLED.length) / DAYS)]!;
    if (gateway !== told.at(-1)?.gateway) earlier = [];
    const happened = await dayOf(gateway, day, dice, earlier, slow);
    await api.control('POST', '/control/bills', { channel: gateway, changes: happened.changes });
    told.push(happened);
  }
  const kinds = new Set(told.flatMap(({ expected }) => expected.map((key) => key.split(':')[0])));
  expect(kinds.size).toBe(12);
  await expectBooksToAgree(api);
  await correctedLater(told.slice(-8));
});

/** A line that moves from one day to another is in both bills until both are read; each is read four times by itself. */
async function readAgain(days: Day[]): Promise<void> {
  for (const { gateway, day } of [...days, ...days]) await read(gateway, day);
}

/** What a person has closed stays closed, whatever later bills say; what only a bill explained is open again with it. */
async function correctedLater(days: Day[]): Promise<void> {
  const of = (state: string) =>
    api.rows<{ key: string; id: number }>(
      `SELECT key, id FROM pay_difference WHERE coalesce(decision, state) = $2 AND NOT starts_with(kind, 'account_') AND (gateway, day) IN (SELECT * FROM jsonb_to_recordset($1) AS d (gateway text, day date))
       ORDER BY key`,
      [JSON.stringify(days), state],
    );
  const all = await of('open');
  const closed = all.filter((_, index) => index % 2 === 0);
  expect(closed.length).toBeGreaterThan(1);
  for (const { id } of closed)
    await api.admin('POST', `/api/admin/pay/differences/${id}/resolve`, {
      decision: 'accepted',
      note: '已核实',
    });
  for (const channel of BILLED) await api.control('POST', '/control/bills', { channel, reset: true });
  await readAgain(days);
  expect(await of('open')).toEqual([]);
  for (const { gateway: channel, changes } of days)
    await api.control('POST', '/control/bills', { channel, changes });
  await readAgain(days);
  expect((await of('accepted')).map(({ key }) => key)).toEqual(closed.map(({ key }) => key));
  expect(await of('open')).toEqual(all.filter((each) => !closed.includes(each)));
  await expectBooksToAgree(api);
}
