import {
  addDays,
  businessDate,
  daysBetween,
  fen,
  percent,
  weekOf,
  yuanFromFen,
  type Transitions,
} from '@yajin/core';
import type { Course } from '@yajin/contract/course';
import { invalid } from '@yajin/server';

const DAY_MS = 86_400_000;
const EXPIRES_MS = 30 * 60_000;
/** So long after its payment users may ask for their money; what is left then is income. */
export const REFUND_DAYS = 15;
/** When a refund has usually arrived. */
const REFUND_TAKES_MS = 2 * DAY_MS;
const MOST_DAYS = 366;

type BookingStatus = 'unpaid' | 'paid' | 'cancelled' | 'refunded';

/** Money that was paid in time counts even when it is heard of after the payment was given up. */
export const paymentTransitions: Transitions<Course.PaymentStatus, 'paid' | 'expired' | 'cancelled'> = {
  pending: { paid: 'completed', expired: 'failed', cancelled: 'cancelled' },
  completed: {},
  failed: { paid: 'completed' },
  cancelled: { paid: 'completed' },
};

/** What keeps a booking from being paid now, in words; null when nothing does. */
export function whyNotPayable(
  booking: { status: BookingStatus; starts_at: Date | null },
  now: Date,
): string | null {
  switch (booking.status) {
    case 'paid':
      return '已支付';
    case 'cancelled':
      return '已取消';
    case 'refunded':
      return '已退款';
    case 'unpaid':
      return booking.starts_at !== null && booking.starts_at <= now ? '预约时间已过' : null;
  }
}

/** An appointment is not paid for once it has begun. */
export function expiryOf(startsAt: Date | null, now: Date): Date {
  const usual = new Date(now.getTime() + EXPIRES_MS);
  return startsAt !== null && startsAt < usual ? startsAt : usual;
}

/** What keeps a payment from being refunded at all, in words; null when nothing does. */
export function whyNotRefundable(
  payment: { status: Course.PaymentStatus; paid_at: Date | null },
  now: Date,
): string | null {
  if (payment.status !== 'completed' || payment.paid_at === null) return '支付未完成';
  return now.getTime() - payment.paid_at.getTime() > REFUND_DAYS * DAY_MS
    ? `支付已超过 ${REFUND_DAYS} 天`
    : null;
}

export function expectedCompletion(requestedAt: Date): Date {
  return new Date(requestedAt.getTime() + REFUND_TAKES_MS);
}

export type Period = 'day' | 'week' | 'month' | 'quarter' | 'year';

interface Range {
  first: string;
  last: string;
}

/** The natural period that a date lies in. Weeks begin on Monday. */
function periodOf(period: Period, date: string): Range {
  const [year = '', month = ''] = date.split('-');
  switch (period) {
    case 'day':
      return { first: date, last: date };
    case 'week': {
      const { from, to } = weekOf(date);
      return { first: from, last: to };
    }
    case 'month':
      return months(Number(year), Number(month), 1);
    case 'quarter':
      return months(Number(year), Number(month) - ((Number(month) - 1) % 3), 3);
    case 'year':
      return { first: `${year}-01-01`, last: `${year}-12-31` };
  }
}

function months(year: number, month: number, count: number): Range {
  const first = (index: number): string => new Date(Date.UTC(year, index - 1, 1)).toISOString().slice(0, 10);
  return { first: first(month), last: addDays(first(month + count), -1) };
}

/**
 * The days that statistics are asked for: dates come before the period.
 * @throws BusinessError 400
 */
export function statsRange(
  asked: { period: Period; start_date?: string; end_date?: string },
  now: Date,
): Range {
  const today = businessDate(now);
  const { period, start_date: start, end_date: end } = asked;
  if (start === undefined && end === undefined) return periodOf(period, today);
  const last = end ?? today;
  const first = start ?? periodOf(period, last).first;
  if (first > last) throw invalid({ field: 'start_date', message: '不能晚于结束日期' });
  if (daysBetween(first, last) >= MOST_DAYS)
    throw invalid({ field: 'start_date', message: `最长 ${MOST_DAYS} 天` });
  return { first, last };
}

/** The payments made on one day by one method. Amounts in fen. */
export interface DayOfMethod {
  day: string;
  method: Course.PaymentMethod;
  payments: number;
  completed: number;
  failed: number;
  completed_fen: number;
  refunds: number;
  refunded_fen: number;
}

export function statsOf({ first, last }: Range, rows: DayOfMethod[]): Course.Stats {
  const sum = (of: (row: DayOfMethod) => number, among = rows): number =>
    among.reduce((total, row) => total + of(row), 0);
  const yuan = (amount: number): number => yuanFromFen(fen(amount));
  const completed = sum((row) => row.completed_fen);
  const share = (method: Course.PaymentMethod): number =>
    percent(
      sum(
        (row) => row.completed_fen,
        rows.filter((row) => row.method === method),
      ),
      completed,
    );
  const days = Array.from({ length: daysBetween(first, last) + 1 }, (_, index) => addDays(first, index));
  return {
    total_amount: yuan(completed),
    total_transactions: sum((row) => row.payments),
    successful_transactions: sum((row) => row.completed),
    failed_transactions: sum((row) => row.failed),
    refund_amount: yuan(sum((row) => row.refunded_fen)),
    refund_count: sum((row) => row.refunds),
    payment_methods_distribution: {
      alipay: share('alipay'),
      wechat: share('wechat'),
      bank_card: share('bank_card'),
    },
    daily_stats: days.map((date) => {
      const ofDay = rows.filter((row) => row.day === date);
      return {
        date,
        amount: yuan(sum((row) => row.completed_fen, ofDay)),
        transactions: sum((row) => row.payments, ofDay),
      };
    }),
  };
}
