export const LINE = 'task';
/** Its one gateway: Shouqianba (收钱吧). */
export const GATEWAY = 'shouqianba';

export const TRADE_TYPES = ['task_publish', 'task_take'] as const;
export const TRADE_STATUSES = ['pending', 'paid', 'closed', 'refunding', 'refunded', 'failed'] as const;
export const TASK_STATUSES = [
  'pending_payment',
  'pending_review',
  'open',
  'in_progress',
  'submitted',
  'accepted',
  'completed',
  'rejected',
  'cancelled',
] as const;
export const REFUND_STATUSES = ['pending', 'processing', 'success', 'failed'] as const;

/** The most that one fee may be, and the most that one share may be. */
export const MAX_FEE_FEN = 5_000_000;
export const MAX_SHARE_FEN = 10_000_000;
/** How long a payment may take, and how long a task is kept for somebody who is about to pay. */
export const EXPIRES_MS = 15 * 60_000;

export const CALLBACKS = {
  payment: '/api/v1/pay/callback',
  refund: '/api/v1/pay/refund_callback',
  transfer: '/api/v1/pay/transfer_callback',
} as const;
