import { addDays, businessDate, fen, instantOf } from '@yajin/core';
import fc from 'fast-check';
import {
  differences,
  type BilledRow,
  type DifferenceKind,
  type Facts,
  type OurPayment,
  type OurRefund,
  type Said,
} from './match.rules.js';

const DAY = '2026-11-20';
const NOON = instantOf(DAY, '12:00').getTime();
const MIDNIGHT = instantOf(addDays(DAY, 1)).getTime();
const HOURS = 3_600_000;

/** Both sides of a day, which agree until something is planted. */
class Sides {
  readonly bill: BilledRow[] = [];
  readonly elsewhere: BilledRow[] = [];
  readonly payments: OurPayment[] = [];
  readonly refunds: OurRefund[] = [];
  readonly said = new Map<string, Said>();
  readonly planted: string[] = [];
  private count = 0;

  constructor(
    readonly read: ReadonlySet<string> = new Set([-2, -1, 0, 1].map((days) => addDays(DAY, days))),
  ) {}

  get facts(): Facts {
    return { ...this, day: DAY };
  }

  plant(kind: DifferenceKind, key: string): void {
    this.planted.push(`${kind}:${key}`);
  }

  /** A payment that both have. */
  paid(amount: number, at = NOON): { ours: OurPayment; theirs: BilledRow } {
    const outTradeNo = `trade-${(this.count += 1)}`;
    const ids = { outTradeNo, transactionId: `42-${this.count}`, amountFen: fen(amount) };
    const ours: OurPayment = { ...ids, paidAt: new Date(at), feeFen: null, byHandFen: 0 };
    const theirs: BilledRow = {
      ...{ ...ids, kind: 'payment', day: DAY, at: new Date(at) },
      ...{ outRefundNo: null, gatewayRefundId: null, feeFen: Math.round(amount * 0.006) },
    };
    this.payments.push(ours);
    (businessDate(theirs.at) === DAY ? this.bill : this.elsewhere).push(theirs);
    return { ours, theirs };
  }

  /** A refund that both have, of a payment of the day or of before. */
  refunded(amount: number, sameDay: boolean): { ours: OurRefund; theirs: BilledRow; payment: OurPayment } {
    const payment = this.paid(amount * 2, sameDay ? NOON - HOURS : NOON - 30 * HOURS);
    if (!sameDay) this.move(payment.theirs);
    const outRefundNo = `refund-${(this.count += 1)}`;
    const { outTradeNo } = payment.ours;
    const ours: OurRefund = {
      ...{ outRefundNo, outTradeNo, amountFen: fen(amount), state: 'success', known: true },
      ...{ askedAt: new Date(NOON), succeededAt: new Date(NOON + 60_000) },
    };
    const theirs: BilledRow = {
      ...payment.theirs,
      ...{ kind: 'refund', day: DAY, at: new Date(NOON), amountFen: fen(amount), feeFen: null },
      ...{ outRefundNo, gatewayRefundId: `50-${this.count}` },
    };
    this.refunds.push(ours);
    this.bill.push(theirs);
    return { ours, theirs, payment: payment.ours };
  }

  /** To the bill of the day before. */
  private move(row: BilledRow): void {
    this.drop(row);
    this.elsewhere.push({ ...row, day: businessDate(row.at) });
  }

  drop(row: BilledRow): void {
    for (const rows of [this.bill, this.elsewhere]) {
      const at = rows.indexOf(row);
      if (at >= 0) rows.splice(at, 1);
    }
  }

  forget(payment: OurPayment): void {
    this.payments.splice(this.payments.indexOf(payment), 1);
  }
}

type Plot = (sides: Sides, amount: number) => void;

/** Where both are right, however it looks. */
const innocent: Record<string, Plot> = {
  'a payment': (sides, amount) => void sides.paid(amount),
  'a refund of today’s payment': (sides, amount) => void sides.refunded(amount, true),
  'a refund of an older payment': (sides, amount) => void sides.refunded(amount, false),
  'a payment over midnight, tomorrow by their clock': (sides, amount) => {
    const { ours } = sides.paid(amount, MIDNIGHT + 2000);
    ours.paidAt = new Date(MIDNIGHT - 2000);
  },
  'a payment over midnight, today by their clock': (sides, amount) => {
    const { ours } = sides.paid(amount, MIDNIGHT - 2000);
    ours.paidAt = new Date(MIDNIGHT + 2000);
  },
  'an order that nobody paid': (sides, amount) => {
    const { ours, theirs } = sides.paid(amount);
    ours.paidAt = null;
    sides.drop(theirs);
  },
  'a refund on its way': (sides, amount) => {
    const { ours } = sides.refunded(amount, false);
    Object.assign(ours, { state: 'accepted', succeededAt: null });
    sides.said.set(ours.outRefundNo, 'processing');
  },
  'a refund about which the gateway said nothing': (sides, amount) => {
    const { ours } = sides.refunded(amount, false);
    Object.assign(ours, { state: 'sending', succeededAt: null });
    sides.said.set(ours.outRefundNo, 'unclear');
  },
  'a refund that was closed after the bill was made': (sides, amount) => {
    const { ours } = sides.refunded(amount, false);
    Object.assign(ours, { state: 'closed', succeededAt: null });
    sides.said.set(ours.outRefundNo, 'closed');
  },
  'a refund that went back to the merchant': (sides, amount) => {
    sides.refunded(amount, true).ours.state = 'merchant';
  },
  'a refund that was accepted yesterday and arrived today': (sides, amount) => {
    const { ours, theirs } = sides.refunded(amount, false);
    ours.askedAt = new Date(NOON - 24 * HOURS);
    sides.drop(theirs);
    sides.elsewhere.push({ ...theirs, day: addDays(DAY, -1), at: ours.askedAt });
  },
  'a refund made by hand that is booked': (sides, amount) => {
    const { ours, payment } = sides.refunded(amount, true);
    payment.byHandFen = amount;
    Object.assign(ours, { outRefundNo: `made-up-${ours.outRefundNo}`, known: false });
  },
  'a refund made by hand that is on its way': (sides, amount) => {
    const { ours } = sides.refunded(amount, true);
    sides.refunds.splice(sides.refunds.indexOf(ours), 1);
    sides.said.set(ours.outRefundNo, 'processing');
  },
  'a fee that is rounded otherwise': (sides, amount) => {
    const { ours, theirs } = sides.paid(amount);
    ours.feeFen = (theirs.feeFen ?? 0) + 1;
  },
};

const planted: Record<string, Plot> = {
  'a payment that we do not know': (sides, amount) => {
    const { ours } = sides.paid(amount);
    sides.forget(ours);
    sides.plant('payment_unknown', ours.outTradeNo);
  },
  'a payment that they do not know': (sides, amount) => {
    const { ours, theirs } = sides.paid(amount);
    sides.drop(theirs);
    sides.plant('payment_missing', ours.outTradeNo);
  },
  'a payment of another sum': (sides, amount) => {
    const { ours } = sides.paid(amount);
    ours.amountFen = fen(amount + 1);
    sides.plant('payment_amount', ours.outTradeNo);
  },
  'a payment that we hold for unpaid': (sides, amount) => {
    const { ours } = sides.paid(amount);
    ours.paidAt = null;
    sides.plant('payment_state', ours.outTradeNo);
  },
  'a payment of another time': (sides, amount) => {
    const { ours } = sides.paid(amount);
    ours.paidAt = new Date(NOON - 3 * 24 * HOURS);
    sides.plant('payment_date', ours.outTradeNo);
  },
  'a payment that the bill has twice': (sides, amount) => {
    const { theirs } = sides.paid(amount);
    sides.bill.push({ ...theirs });
    sides.plant('payment_twice', theirs.outTradeNo);
  },
  'a payment that two bills have': (sides, amount) => {
    const { theirs } = sides.paid(amount);
    sides.elsewhere.push({ ...theirs, day: addDays(DAY, -1) });
    sides.plant('payment_twice', theirs.outTradeNo);
  },
  'a payment by another transaction': (sides, amount) => {
    const { ours } = sides.paid(amount);
    ours.transactionId = 'another';
    sides.plant('payment_twice', ours.outTradeNo);
  },
  'a fee beyond the rate': (sides, amount) => {
    const { ours, theirs } = sides.paid(amount);
    ours.feeFen = (theirs.feeFen ?? 0) + 5;
    sides.plant('fee', ours.outTradeNo);
  },
  'a refund that they do not know': (sides, amount) => {
    const { ours, theirs } = sides.refunded(amount, false);
    sides.drop(theirs);
    sides.plant('refund_missing', ours.outRefundNo);
  },
  'a refund of another sum': (sides, amount) => {
    const { ours } = sides.refunded(amount, true);
    ours.amountFen = fen(amount + 1);
    sides.plant('refund_amount', ours.outRefundNo);
  },
  'a refund of another payment': (sides, amount) => {
    const { ours } = sides.refunded(amount, true);
    ours.outTradeNo = sides.paid(amount).ours.outTradeNo;
    sides.plant('refund_amount', ours.outRefundNo);
  },
  'a refund that arrived and could not be booked': (sides, amount) => {
    const { ours } = sides.refunded(amount, true);
    ours.state = 'closed';
    sides.said.set(ours.outRefundNo, 'success');
    sides.plant('refund_state', ours.outRefundNo);
  },
  'a refund that the bill has twice': (sides, amount) => {
    const { theirs, ours } = sides.refunded(amount, true);
    sides.bill.push({ ...theirs });
    sides.plant('refund_twice', ours.outRefundNo);
  },
  'a refund made by hand that is not booked': (sides, amount) => {
    const { ours } = sides.refunded(amount, true);
    sides.refunds.splice(sides.refunds.indexOf(ours), 1);
    sides.said.set(ours.outRefundNo, 'success');
    sides.plant('refund_unknown', ours.outRefundNo);
  },
  'a second refund by hand beside one that is booked': (sides, amount) => {
    const { ours, theirs, payment } = sides.refunded(amount, true);
    sides.refunds.splice(sides.refunds.indexOf(ours), 1);
    payment.byHandFen = amount;
    const second = { outRefundNo: `${ours.outRefundNo}-b`, at: new Date(NOON + HOURS) };
    sides.bill.push({ ...theirs, ...second, gatewayRefundId: null });
    sides.plant('refund_unknown', second.outRefundNo);
  },
};

const keysOf = (sides: Sides): string[] => differences(sides.facts).map(({ key }) => key);

it('over fifty random days every planted difference is found once, and none is invented', () => {
  const plots = { ...innocent, ...planted };
  const event = fc.tuple(fc.constantFrom(...Object.keys(plots)), fc.integer({ min: 1, max: 5_000_000 }));
  const days = fc.array(event, { maxLength: 60 });
  fc.assert(
    fc.property(days, (events) => {
      const sides = new Sides();
      for (const [name, amount] of events) plots[name]?.(sides, amount);
      expect(keysOf(sides).sort()).toEqual(sides.planted.sort());
    }),
    { numRuns: 50 },
  );
});

it.each(Object.entries(planted))('%s is a difference by itself', (_name, plot) => {
  const sides = new Sides();
  plot(sides, 9900);
  expect(sides.planted).toHaveLength(1);
  expect(keysOf(sides)).toEqual(sides.planted);
});

it.each(Object.entries(innocent))('%s is none', (_name, plot) => {
  const sides = new Sides();
  plot(sides, 9900);
  expect(keysOf(sides)).toEqual([]);
});

it('nothing is missed near midnight while the next day’s bill is not there, nor a refund while a bill between is not', () => {
  const sides = new Sides(new Set([addDays(DAY, -1), DAY]));
  const late = sides.paid(9900, MIDNIGHT - 2000);
  sides.drop(late.theirs);
  const slow = sides.refunded(100, false);
  sides.drop(slow.theirs);
  slow.ours.askedAt = new Date(NOON - 72 * HOURS);
  expect(keysOf(sides)).toEqual([]);
});
