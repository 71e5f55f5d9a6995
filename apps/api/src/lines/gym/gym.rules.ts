import { daysBetween } from '@yajin/core';
import type { Gym } from '@yajin/contract/gym';

export interface Holdings {
  /** The last day of the membership, included. */
  membership_until: string | null;
  course_lessons: number;
  private_lessons: number;
}

/**
 * What keeps a payment's days or lessons from being taken back, in words; null when nothing does. A payment goes back as a
 * whole, so all that it gave must still be there: today's day of a membership counts as unused, days before it do not.
 */
export function whyNotTakenBack(
  { type, quantity }: { type: Gym.PaymentType; quantity: number },
  member: Holdings,
  today: string,
): string | null {
  switch (type) {
    case 'membership': {
      const until = member.membership_until;
      const left = until === null || until < today ? 0 : daysBetween(today, until) + 1;
      return left < quantity
        ? `这笔付款的 ${quantity} 天会员已用去 ${quantity - left} 天，不能整笔退款`
        : null;
    }
    case 'course':
      return lessons('课程', quantity, member.course_lessons);
    case 'private':
      return lessons('私教课', quantity, member.private_lessons);
  }
}

function lessons(name: string, quantity: number, left: number): string | null {
  return left < quantity
    ? `会员只剩 ${left} 课时${name}，少于这笔付款的 ${quantity} 课时，不能整笔退款`
    : null;
}
