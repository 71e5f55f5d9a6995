import type { LINE_SENTENCES } from '@yajin/core';
import { counted } from './text.js';

/** The same of the small lines. */
export const englishLineSentences: typeof LINE_SENTENCES = {
  course_unknown: 'There is no such course',
  course_closed: 'This course takes nobody any more',
  course_booked: 'This user has booked the course already',
  gateway_not_configured: 'This gateway is not set up',
  gym_member_exists: 'This user is a member already',
  gym_offer_exists: 'There is an offer of this kind at this price already',
  gym_member_unknown: 'There is no such member',
  gym_not_paid: 'This payment did not succeed: it cannot go back',
  gym_refund_asked: 'A refund of this payment was asked for already',
  gym_money_back: 'The money of this payment is back, or on its way',
  course_not_paid: 'This booking is not paid: nothing can go back',
  course_money_back: 'The money of this payment is back, or on its way',
  gym_days_used: (days, used) =>
    `Of the ${counted(days, 'day')} of this payment ${used} were used: it cannot go back as a whole`,
  gym_lessons_used: (left, lessons) =>
    `The member has only ${counted(left, 'lesson')} left, and this payment was for ${lessons}: it cannot go back as a whole`,
  gym_private_used: (left, lessons) =>
    `The member has only ${counted(left, 'private lesson')} left, and this payment was for ${lessons}: it cannot go back as a whole`,
  task_unknown: 'There is no such task',
  task_not_in_review: 'The task is not to be reviewed',
  task_settled: 'The task is settled already',
  task_not_accepted: 'The task is not accepted yet',
  order_not_refundable: 'This order cannot be refunded now',
  taker_balance_low: 'The taker’s balance is too low',
  work_order_unknown: 'There is no such work order',
  work_order_state: 'The state of the work order does not allow it',
  application_unknown: 'There is no such refund request',
  application_decided: 'This refund request is decided already',
  service_type_gone: 'There is no such service, or it is not offered any more',
  service_type_unknown: 'There is no such service',
  service_type_exists: 'There is a service of this name already',
  repair_fee_fixed: 'The repair fee is paid, or being paid: it cannot be changed',
  repair_fee_open: 'The repair fee is not paid yet: the repair cannot begin',
  payment_refunded: 'This payment is refunded already',
  payment_not_done: 'This payment did not succeed: it cannot be refunded',
  refund_asked: 'A refund of this payment was asked for already',
  too_little_left: 'Too little is left of this payment',
  refund_pending: 'This refund is under way',
};
