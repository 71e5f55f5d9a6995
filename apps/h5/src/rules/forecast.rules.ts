import type { Camp } from '@yajin/web';

type Facts = Pick<
  Camp.MemberProgress,
  'status' | 'gap' | 'remainingDays' | 'eligibleForRefund' | 'checkinCalendar'
> & { refund: Pick<Camp.MemberRefund, 'refundStatus'> | null };

/** What becomes of the deposit, as far as can be said now. */
export type Forecast =
  | { kind: 'before' }
  /** Enough check-ins already; the camp goes on. */
  | { kind: 'earned' }
  /** `gap` of the `chances` days that are left, today included while it is open, are still needed. */
  | { kind: 'open'; gap: number; chances: number }
  | { kind: 'beyond reach' }
  /** The camp is over; the list of refunds is being made. */
  | { kind: 'counting' }
  | { kind: 'reviewing' }
  | { kind: 'returning' }
  | { kind: 'returned' }
  /** The gateway refused for now; people look after it. */
  | { kind: 'delayed' }
  | { kind: 'rejected' }
  | { kind: 'kept' };

export function forecast(facts: Facts): Forecast {
  switch (facts.refund?.refundStatus ?? null) {
    case 'pending':
      return { kind: 'reviewing' };
    case 'processing':
      return { kind: 'returning' };
    case 'success':
      return { kind: 'returned' };
    case 'failed':
      return { kind: 'delayed' };
    case 'rejected':
      return { kind: 'rejected' };
    case null:
      return beforeList(facts);
  }
}

function beforeList(facts: Facts): Forecast {
  switch (facts.status) {
    case 'enrolling':
      return { kind: 'before' };
    case 'finished':
      return { kind: facts.eligibleForRefund ? 'counting' : 'kept' };
    case 'ongoing': {
      if (facts.eligibleForRefund) return { kind: 'earned' };
      const chances = daysToUse(facts);
      return facts.gap <= chances ? { kind: 'open', gap: facts.gap, chances } : { kind: 'beyond reach' };
    }
  }
}

/** The days on which one can still check in: those to come, and today unless it is done. */
export function daysToUse(facts: Pick<Facts, 'status' | 'remainingDays' | 'checkinCalendar'>): number {
  if (facts.status === 'finished') return 0;
  const today = facts.checkinCalendar[facts.checkinCalendar.length - 1];
  return facts.remainingDays + (today && !today.checked ? 1 : 0);
}
