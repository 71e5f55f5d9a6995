import { daysBetween, sentence, type Sentence } from '@yajin/core';
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
): Sentence | null {
  switch (type) {
    case 'membership': {
      const until = member.membership_until;
      const left = until === null || until < today ? 0 : daysBetween(today, until) + 1;
      return left < quantity ? sentence('gym_days_used', quantity, quantity - left) : null;
    }
    case 'course':
      return lessons('gym_lessons_used', quantity, member.course_lessons);
    case 'private':
      return lessons('gym_private_used', quantity, member.private_lessons);
  }
}

function lessons(
  used: 'gym_lessons_used' | 'gym_private_used',
  quantity: number,
  left: number,
): Sentence | null {
  return left < quantity ? sentence(used, left, quantity) : null;
}
