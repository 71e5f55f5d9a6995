import { addDays, businessDate, instantOf } from '@yajin/core';
import fc from 'fast-check';
import type { DifferenceKind } from './match.rules.js';
import { accountDifferences, type AccountFacts, type Cause, type StatedMovement } from './statement.rules.js';

const DAY = '2026-11-20';
const NEXT = addDays(DAY, 1);
const NOON = instantOf(DAY, '12:00').getTime();
const LAST_SECOND = instantOf(NEXT).getTime() - 1000;
const AROUND = [-1, 0, 1].map((days) => addDays(DAY, days));

/** A day of the account, whose statement and bill agree until something is planted. */
class Day {
  readonly moved: StatedMovement[] = [];
  readonly causes: Cause[] = [];
  readonly ours = new Set<string>();
  readonly planted: string[] = [];
  beforeFen: number | null = 10_000_00;
  readSince = addDays(DAY, -40);
  private count = 0;

  constructor(
    readonly bills: ReadonlySet<string> = new Set(AROUND),
    readonly statements: ReadonlySet<string> = new Set(AROUND),
  ) {}

  /** Balances follow from what moved, in its order. */
  get facts(): AccountFacts {
    let balance = this.beforeFen ?? 10_000_00;
    const movements = this.moved.map((each) => ({
      ...each,
      balanceFen: each.day === DAY ? (balance += each.amountFen) : null,
    }));
    return {
      ...{ day: DAY, causes: this.causes, ours: this.ours },
      ...{ bills: this.bills, statements: this.statements, beforeFen: this.beforeFen },
      readSince: this.readSince,
      statement: movements.filter(({ day }) => day === DAY),
      elsewhere: movements.filter(({ day }) => day !== DAY),
    };
  }

  move(change: Partial<StatedMovement> & Pick<StatedMovement, 'kind' | 'amountFen'>): StatedMovement {
    const at = change.at ?? new Date(NOON);
    const movement: StatedMovement = {
      ...{ said: '交易', at, day: businessDate(at), flowNo: `flow-${(this.count += 1)}` },
      ...{ gatewayNo: null, ourNo: null, balanceFen: null, ...change },
    };
    this.moved.push(movement);
    return movement;
  }

  paid(fen: number, at = NOON, movedAt = at): { cause: Cause; movement: StatedMovement } {
    const no = (this.count += 1);
    const fee = Math.round(fen * 0.006);
    const cause: Cause = {
      ...{
        kind: 'payment',
        day: businessDate(new Date(at)),
        at: new Date(at),
        since: businessDate(new Date(at)),
      },
      ...{ settledFen: fen, feeFen: fee, ours: true },
      ...{ outTradeNo: `trade-${no}`, transactionId: `42-${no}`, outRefundNo: null, gatewayRefundId: null },
    };
    this.causes.push(cause);
    const numbers = { gatewayNo: cause.transactionId, ourNo: cause.outTradeNo, at: new Date(movedAt) };
    const movement = this.move({ kind: 'payment', amountFen: fen, ...numbers });
    if (fee > 0) this.move({ kind: 'fee', amountFen: -fee, said: '扣除交易手续费', ...numbers });
    return { cause, movement };
  }

  /** @param named by a number of its own, or by that of its trade alone */
  refunded(fen: number, named = true): { cause: Cause; movement: StatedMovement } {
    const no = (this.count += 1);
    const fee = Math.round(fen * 0.006);
    const cause: Cause = {
      ...{ kind: 'refund', day: DAY, at: new Date(NOON), since: addDays(DAY, -1) },
      ...{ settledFen: fen, feeFen: 0 - fee, ours: true },
      ...{ outTradeNo: `trade-${no}`, transactionId: `42-${no}` },
      ...{ outRefundNo: `refund-${no}`, gatewayRefundId: `50-${no}` },
    };
    this.causes.push(cause);
    const numbers = named
      ? { gatewayNo: cause.gatewayRefundId, ourNo: cause.outRefundNo }
      : { gatewayNo: cause.transactionId, ourNo: cause.outTradeNo };
    const movement = this.move({ kind: 'refund', amountFen: -fen, said: '退款', ...numbers });
    if (fee > 0) this.move({ kind: 'fee_returned', amountFen: fee, said: '退回交易手续费', ...numbers });
    return { cause, movement };
  }

  drop(movement: StatedMovement): void {
    this.moved.splice(this.moved.indexOf(movement), 1);
  }

  expect(kind: DifferenceKind, number: string): void {
    this.planted.push(`${kind}:${number}`);
  }
}

const keysOf = (day: Day): string[] =>
  accountDifferences(day.facts)
    .map(({ key }) => key)
    .sort();

/** What is planted, and what is to be found of it. Balances follow what moved, so none of it is a gap. */
const PLANTS: Record<string, (day: Day) => void> = {
  nothing: (day) => void day.paid(1990),
  'a refund': (day) => void day.refunded(700),
  'a refund that names its trade alone': (day) => void day.refunded(700, false),
  'a payment at the last second that moves the next day': (day) => {
    day.paid(1990, LAST_SECOND, LAST_SECOND + 3000);
  },
  'a payment of the day before that moves today': (day) => {
    day.paid(1990, instantOf(DAY).getTime() - 1000, instantOf(DAY).getTime() + 2000);
  },
  'a withdrawal': (day) => void day.move({ kind: 'withdrawal', amountFen: -5000 }),
  'a transfer of ours': (day) => {
    day.ours.add(day.move({ kind: 'other', amountFen: -300, said: '商家转账' }).flowNo);
  },
  'a payment that moved nothing': (day) => {
    const { cause, movement } = day.paid(100);
    day.drop(movement);
    day.drop(day.moved.at(-1)!);
    day.expect('account_payment_missing', cause.transactionId);
  },
  'another system’s payment, of which the account has nothing': (day) => {
    const { cause, movement } = day.paid(100);
    day.drop(movement);
    day.drop(day.moved.at(-1)!);
    cause.ours = false;
  },
  'a refund that moved nothing': (day) => {
    const { cause, movement } = day.refunded(50);
    day.drop(movement);
    day.expect('account_refund_missing', cause.gatewayRefundId!);
  },
  'income that nobody knows': (day) => {
    const { flowNo } = day.move({ kind: 'payment', amountFen: 900, gatewayNo: 'theirs', ourNo: 'nobodys' });
    day.expect('account_payment_unknown', `${DAY}:${flowNo}`);
  },
  'a refund that nobody knows': (day) => {
    const { flowNo } = day.move({ kind: 'refund', amountFen: -900, gatewayNo: '50-0', ourNo: 'nobodys' });
    day.expect('account_refund_unknown', `${DAY}:${flowNo}`);
  },
  'a payment of ours that no bill has': (day) => {
    day.ours.add(day.move({ kind: 'payment', amountFen: 900, gatewayNo: '42-0', ourNo: 'trade-0' }).flowNo);
  },
  'another sum came in': (day) => {
    const { cause, movement } = day.paid(1990);
    movement.amountFen -= 90;
    day.expect('account_payment_amount', cause.transactionId);
  },
  'it came in twice': (day) => {
    const { cause, movement } = day.paid(1990);
    day.move({ ...movement, flowNo: `${movement.flowNo}-again` });
    day.expect('account_payment_amount', cause.transactionId);
  },
  'a refund that was closed came back': (day) => {
    const { cause, movement } = day.refunded(700);
    const back = { ...movement, flowNo: `${movement.flowNo}-closed` };
    day.move({ ...back, said: '退款关闭', amountFen: 700 });
    day.move({ ...back, kind: 'fee', said: '扣除交易手续费', amountFen: -4, flowNo: `${back.flowNo}-fee` });
    cause.settledFen = null;
  },
  'a refund of ours that no bill has, with its fee': (day) => {
    const numbers = { gatewayNo: '50-abnormal', ourNo: 'refund-abnormal' };
    day.ours.add(day.move({ kind: 'refund', amountFen: -700, said: '退款', ...numbers }).flowNo);
    day.move({ kind: 'fee_returned', amountFen: 4, said: '退还交易手续费', ...numbers });
  },
  'another sum went back': (day) => {
    const { cause, movement } = day.refunded(700);
    movement.amountFen -= 1;
    day.expect('account_refund_amount', cause.gatewayRefundId!);
  },
  'money moved by hand': (day) => {
    const { flowNo } = day.move({ kind: 'other', amountFen: 100_00, said: '充值' });
    day.expect('account_other', `${DAY}:${flowNo}`);
  },
  'a withdrawal that came back': (day) => {
    const { flowNo } = day.move({ kind: 'withdrawal', amountFen: 5000 });
    day.expect('account_other', `${DAY}:${flowNo}`);
  },
};

it('every planted difference of the account is found, alone or among others, and none is invented', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...Object.keys(PLANTS)), { maxLength: 12 }), (names) => {
      const day = new Day();
      for (const name of names) PLANTS[name]?.(day);
      expect(keysOf(day)).toEqual(day.planted.sort());
    }),
    { numRuns: 300 },
  );
});

it('fees that are not those of the trade bill are one difference of the day', () => {
  const day = new Day();
  day.paid(10_000);
  day.move({ kind: 'fee', amountFen: -7 });
  expect(accountDifferences(day.facts)).toEqual([
    expect.objectContaining({ key: `account_fee:${DAY}`, oursFen: 60, theirsFen: 67, outTradeNo: '' }),
  ]);
});

it('a fee that comes back under its trade’s number before the bill has the refund is of the refund’s day', () => {
  const day = new Day();
  const { cause } = day.paid(10_000, NOON - 3_600_000);
  const at = new Date(instantOf(NEXT, '02:00'));
  const refund = { kind: 'refund', day: NEXT, at, settledFen: 10_000, feeFen: -60, ours: true } as const;
  day.causes.push({ ...cause, ...refund, outRefundNo: 'refund-late', gatewayRefundId: null });
  const numbers = { gatewayNo: cause.transactionId, ourNo: cause.outTradeNo };
  day.move({ kind: 'refund', amountFen: -10_000, said: '退款', ...numbers });
  day.move({ kind: 'fee_returned', amountFen: 60, said: '退费', ...numbers });
  expect(keysOf(day)).toEqual([]);
});

it('a fee that comes back under its trade’s number with a refund that no bill has is not taken from the payment’s', () => {
  const day = new Day();
  const { cause } = day.paid(10_000, NOON - 3_600_000);
  const numbers = { gatewayNo: cause.transactionId, ourNo: cause.outTradeNo };
  day.ours.add(day.move({ kind: 'refund', amountFen: -10_000, said: '退款', ...numbers }).flowNo);
  day.move({ kind: 'fee_returned', amountFen: 60, said: '退费', ...numbers });
  expect(keysOf(day)).toEqual([]);
});

it('a refund of the bill is missed only once every statement in which it may have moved has been read', () => {
  const day = new Day();
  const { cause } = day.paid(10_000, NOON - 3_600_000);
  const at = new Date(NOON);
  const since = addDays(DAY, -4);
  const refund = { kind: 'refund', at, since, settledFen: 10_000, feeFen: 0, ours: true } as const;
  day.causes.push({ ...cause, ...refund, outRefundNo: 'refund-slow', gatewayRefundId: null });
  expect(keysOf(day)).toEqual(['account_refund_missing:refund-slow']);
  day.readSince = since;
  expect(keysOf(day)).toEqual(['account_refund_missing:refund-slow']);
  day.readSince = addDays(since, 1);
  expect(keysOf(day)).toEqual([]);
});

it('a refund that its bill has with the time of another day is missed, and its fee, as any other', () => {
  const day = new Day();
  const missing = day.refunded(10_000);
  missing.cause.at = new Date(NOON - 5 * 86_400_000);
  day.drop(missing.movement);
  const fee = day.refunded(20_000);
  fee.cause.at = missing.cause.at;
  day.drop(day.moved.at(-1)!);
  expect(keysOf(day)).toEqual([
    `account_fee:${DAY}`,
    `account_refund_missing:${missing.cause.gatewayRefundId}`,
  ]);
});

it('of two equal refunds under their trade’s number the one that no bill has is found on the day on which it moved, whichever day is looked at', () => {
  const day = new Day();
  const { cause, movement } = day.refunded(100, false);
  const at = new Date(NOON - 86_400_000);
  day.move({ ...movement, flowNo: 'a-day-before', at, day: businessDate(at) });
  expect(keysOf(day)).toEqual([]);
  const { statement, elsewhere } = day.facts;
  const before = { ...day.facts, day: businessDate(at), statement: elsewhere, elsewhere: statement };
  expect(accountDifferences({ ...before, beforeFen: null }).map(({ key }) => key)).toEqual([
    `account_refund_unknown:${businessDate(at)}:a-day-before`,
  ]);
  cause.settledFen = null;
  expect(accountDifferences({ ...before, beforeFen: null, causes: [cause] })).toHaveLength(1);
});

it('nothing is invented while the trade bill is not read', () => {
  const day = new Day(new Set([addDays(DAY, -1), NEXT]));
  day.move({ kind: 'payment', amountFen: 900, gatewayNo: '42-9', ourNo: 'trade-9' });
  expect(keysOf(day)).toEqual([]);
});

it('near midnight nothing is missing while the statement on the other side is not read', () => {
  const day = new Day(new Set(AROUND), new Set([addDays(DAY, -1), DAY]));
  day.drop(day.paid(1990, LAST_SECOND).movement);
  expect(keysOf(day)).toEqual([]);
});

it('a share that a coupon stands in for is nothing that the account lacks', () => {
  const day = new Day();
  const { cause, movement } = day.paid(1990);
  movement.amountFen = 1500;
  cause.settledFen = null;
  expect(keysOf(day)).toEqual([]);
  day.drop(movement);
  cause.settledFen = 0;
  expect(keysOf(day)).toEqual([]);
});

it('the chain of balances is held against what the account held the day before', () => {
  const day = new Day();
  day.paid(1990);
  expect(accountDifferences({ ...day.facts, beforeFen: 1 })).toEqual([
    expect.objectContaining({ key: `account_gap:${DAY}`, oursFen: 1, theirsFen: 10_000_00 }),
  ]);
  expect(accountDifferences({ ...day.facts, beforeFen: null })).toEqual([]);
});
