import { statesAccepting } from '@yajin/core';
import {
  expiryOf,
  paymentTransitions,
  statsOf,
  statsRange,
  whyNotPayable,
  whyNotRefundable,
  type Period,
} from './course.rules.js';

const now = new Date('2026-08-13T17:00:00Z');
const minutes = (count: number): Date => new Date(now.getTime() + count * 60_000);

it('a payment is completed from wherever it is not, and given up only while it is pending', () => {
  expect(statesAccepting(paymentTransitions, 'paid')).toEqual(['pending', 'failed', 'cancelled']);
  expect(statesAccepting(paymentTransitions, 'expired')).toEqual(['pending']);
  expect(statesAccepting(paymentTransitions, 'cancelled')).toEqual(['pending']);
});

it.each([
  ['unpaid', null, null],
  ['unpaid', minutes(1), null],
  ['unpaid', minutes(0), '预约时间已过'],
  ['paid', null, '已支付'],
  ['cancelled', null, '已取消'],
  ['refunded', null, '已退款'],
] as const)('a booking that is %s and starts at %s: %s', (status, startsAt, reason) => {
  expect(whyNotPayable({ status, starts_at: startsAt }, now)).toBe(reason);
});

it.each([
  [null, 30],
  [minutes(60), 30],
  [minutes(10), 10],
] as const)('what starts at %s can be paid for %s minutes', (startsAt, lasts) => {
  expect(expiryOf(startsAt, now)).toEqual(minutes(lasts));
});

it.each([
  ['completed', minutes(-15 * 24 * 60), null],
  ['completed', minutes(-15 * 24 * 60 - 1), '支付已超过 15 天'],
  ['pending', null, '支付未完成'],
  ['failed', null, '支付未完成'],
  ['cancelled', null, '支付未完成'],
] as const)('a payment that is %s since %s: %s', (status, paidAt, reason) => {
  expect(whyNotRefundable({ status, paid_at: paidAt }, now)).toBe(reason);
});

it.each<[Period, object, string, string]>([
  ['day', {}, '2026-08-14', '2026-08-14'],
  ['week', {}, '2026-08-10', '2026-08-16'],
  ['month', {}, '2026-08-01', '2026-08-31'],
  ['quarter', {}, '2026-07-01', '2026-09-30'],
  ['year', {}, '2026-01-01', '2026-12-31'],
  ['week', { end_date: '2026-03-01' }, '2026-02-23', '2026-03-01'],
  ['quarter', { end_date: '2024-12-31' }, '2024-10-01', '2024-12-31'],
  ['month', { start_date: '2026-08-03' }, '2026-08-03', '2026-08-14'],
  ['month', { start_date: '2024-01-01', end_date: '2024-12-31' }, '2024-01-01', '2024-12-31'],
])('the %s asked with %j is from %s to %s', (period, dates, first, last) => {
  expect(statsRange({ period, ...dates }, now)).toEqual({ first, last });
});

it('a range that is backwards or longer than a leap year is refused', () => {
  const range = (start_date: string, end_date?: string): unknown =>
    statsRange({ period: 'month', start_date, ...(end_date ? { end_date } : {}) }, now);
  expect(() => range('2026-08-15')).toThrow();
  expect(() => range('2026-08-02', '2026-08-01')).toThrow();
  expect(() => range('2024-01-01', '2025-01-01')).toThrow();
});

it('statistics add fen, not yuan', () => {
  const row = { payments: 1, completed: 1, failed: 0, refunds: 0, refunded_fen: 0 };
  const rows = [
    { ...row, day: '2026-08-13', method: 'alipay' as const, completed_fen: 10 },
    { ...row, day: '2026-08-13', method: 'wechat' as const, completed_fen: 20 },
    {
      ...row,
      day: '2026-08-14',
      method: 'wechat' as const,
      completed: 0,
      failed: 1,
      completed_fen: 0,
      refunds: 2,
      refunded_fen: 7,
    },
  ];
  expect(statsOf({ first: '2026-08-12', last: '2026-08-14' }, rows)).toEqual({
    total_amount: 0.3,
    total_transactions: 3,
    successful_transactions: 2,
    failed_transactions: 1,
    refund_amount: 0.07,
    refund_count: 2,
    payment_methods_distribution: { alipay: 33.33, wechat: 66.67, bank_card: 0 },
    daily_stats: [
      { date: '2026-08-12', amount: 0, transactions: 0 },
      { date: '2026-08-13', amount: 0.3, transactions: 2 },
      { date: '2026-08-14', amount: 0, transactions: 1 },
    ],
  });
});
