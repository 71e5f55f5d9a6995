import { fen, sumFen, type Fen, type Transitions } from '@yajin/core';
import type { Task } from '@yajin/contract/task';

export type TaskEvent =
  'published' | 'approve' | 'reject' | 'taken' | 'submit' | 'accept' | 'settle' | 'reopen' | 'cancel';

/** `reopen` and `cancel` follow from money that went back in full: the taker's, the publisher's. */
export const taskTransitions: Transitions<Task.TaskStatus, TaskEvent> = {
  pending_payment: { published: 'pending_review' },
  pending_review: { approve: 'open', reject: 'rejected', cancel: 'cancelled' },
  open: { taken: 'in_progress', cancel: 'cancelled' },
  in_progress: { submit: 'submitted', reopen: 'open', cancel: 'cancelled' },
  submitted: { accept: 'accepted', reopen: 'open', cancel: 'cancelled' },
  accepted: { settle: 'completed', reopen: 'open', cancel: 'cancelled' },
  completed: {},
  rejected: {},
  cancelled: {},
};

/** Where an event leads, from wherever it is accepted. */
export const LEADS_TO: Readonly<Record<TaskEvent, Task.TaskStatus>> = {
  published: 'pending_review',
  approve: 'open',
  reject: 'rejected',
  taken: 'in_progress',
  submit: 'submitted',
  accept: 'accepted',
  settle: 'completed',
  reopen: 'open',
  cancel: 'cancelled',
};

/** A publisher may take the fee back before the work begins, a taker before it is handed in; an admin before settlement. */
export function refundable(type: Task.TradeType, status: Task.TaskStatus, admin: boolean): boolean {
  switch (status) {
    case 'pending_review':
    case 'open':
      return type === 'task_publish';
    case 'in_progress':
      return admin || type === 'task_take';
    case 'submitted':
    case 'accepted':
      return admin;
    case 'pending_payment':
    case 'completed':
    case 'rejected':
    case 'cancelled':
      return false;
  }
}

/** What is left of one paid order: paid less refunded. */
export interface Collected {
  orderId: number;
  amountFen: Fen;
}

export type Share = 'publisher' | 'taker' | 'platform';

/** What one share takes from one order. */
export interface Portion {
  share: Share;
  orderId: number;
  amountFen: Fen;
}

/**
 * Splits what was collected: the publisher's share and the taker's, and what remains is the platform's. Each takes from the
 * orders in their turn, so that all portions together are exactly all orders together.
 * @returns null when the shares are more than was collected
 */
export function split(publisherFen: Fen, takerFen: Fen, collected: Collected[]): Portion[] | null {
  const platformFen = sumFen(collected.map(({ amountFen }) => amountFen)) - publisherFen - takerFen;
  if (platformFen < 0) return null;
  const left = collected.map((order) => ({ ...order }));
  const shares: [Share, number][] = [
    ['publisher', publisherFen],
    ['taker', takerFen],
    ['platform', platformFen],
  ];
  return shares.flatMap(([share, amountFen]) => {
    let due = amountFen;
    return left.flatMap((order) => {
      const portion = Math.min(due, order.amountFen);
      due -= portion;
      order.amountFen = fen(order.amountFen - portion);
      return portion > 0 ? [{ share, orderId: order.orderId, amountFen: fen(portion) }] : [];
    });
  });
}

export function portionsOf(portions: Portion[], share: Share): Portion[] {
  return portions.filter((portion) => portion.share === share);
}

/** `SQ` or `RF` and 24 digits: the Shanghai time to the second, then `digits`, ten of them. */
export function numberOf(prefix: 'SQ' | 'RF', localTime: string, digits: number): string {
  return `${prefix}${localTime.replace(/\D/g, '')}${String(digits).padStart(10, '0')}`;
}
