import type { Transitions } from '@yajin/core';

export type AttemptState = 'created' | 'open' | 'closed' | 'paid';

/**
 * An attempt at paying. Even a closed one can turn out paid: the gateway's word on money is final,
 * and what the money counts for is decided with the order.
 */
export const attemptTransitions = {
  created: { opened: 'open', closed: 'closed', paid: 'paid' },
  open: { opened: 'open', closed: 'closed', paid: 'paid' },
  closed: { paid: 'paid' },
  paid: {},
} as const satisfies Transitions<AttemptState, 'opened' | 'closed' | 'paid'>;

export type RefundAttemptState =
  | 'created'
  | 'sending'
  | 'accepted'
  | 'abnormal'
  /** Gone back to the merchant: the number is used up, and the payer has nothing of it. */
  | 'merchant'
  | 'success'
  | 'closed';
export type RefundAttemptEvent =
  | 'send'
  | 'refused'
  | 'processing'
  /** Under way again after it was abnormal: where else its money is to go has been said. */
  | 'redirected'
  | 'abnormal'
  | 'merchant'
  | 'success'
  | 'closed';

/**
 * A refund number. `sending` is entered before the gateway is called and left only by what it
 * verifiably says, so a crash or a time-out in between reads as "perhaps accepted", never as "failed".
 */
export const refundAttemptTransitions = {
  created: {
    send: 'sending',
    processing: 'accepted',
    abnormal: 'abnormal',
    merchant: 'merchant',
    success: 'success',
    closed: 'closed',
  },
  sending: {
    send: 'sending',
    refused: 'created',
    processing: 'accepted',
    abnormal: 'abnormal',
    merchant: 'merchant',
    success: 'success',
    closed: 'closed',
  },
  accepted: {
    processing: 'accepted',
    redirected: 'accepted',
    abnormal: 'abnormal',
    merchant: 'merchant',
    success: 'success',
    closed: 'closed',
  },
  abnormal: {
    redirected: 'accepted',
    abnormal: 'abnormal',
    merchant: 'merchant',
    success: 'success',
    closed: 'closed',
  },
  merchant: {},
  success: {},
  closed: {},
} as const satisfies Transitions<RefundAttemptState, RefundAttemptEvent>;

export type TransferState = 'created' | 'sending' | 'accepted' | 'success' | 'failed';

/** A transfer number, as with refunds. Only a person's retry gives a transfer that failed another one. */
export const transferTransitions = {
  created: { send: 'sending', processing: 'accepted', success: 'success', failed: 'failed' },
  sending: {
    send: 'sending',
    refused: 'created',
    processing: 'accepted',
    success: 'success',
    failed: 'failed',
  },
  accepted: { processing: 'accepted', success: 'success', failed: 'failed' },
  success: {},
  failed: {},
} as const satisfies Transitions<TransferState, 'send' | 'refused' | 'processing' | 'success' | 'failed'>;

export type OrderStatus = 'pending' | 'paid' | 'closed';

/** What is closed can turn out to have been paid in time, or be counted by a person; what is paid stays paid. */
export const orderTransitions = {
  pending: { paid: 'paid', closed: 'closed' },
  closed: { paid: 'paid' },
  paid: {},
} as const satisfies Transitions<OrderStatus, 'paid' | 'closed'>;

/** A refund or a transfer, whichever of its numbers stands for it. */
export type PayoutStatus = 'pending' | 'processing' | 'success' | 'failed';
export type RefundStatus = PayoutStatus;
export type TransferStatus = PayoutStatus;

type PayoutEvent = 'sent' | 'success' | 'failed' | 'retried';

const UNDER_WAY = { sent: 'processing', success: 'success', failed: 'failed' } as const;

/** The gateway's word is final here, too: what was given up may be under way, or have arrived, all the same. */
export const refundTransitions = {
  pending: UNDER_WAY,
  processing: UNDER_WAY,
  failed: { ...UNDER_WAY, retried: 'processing' },
  success: {},
} as const satisfies Transitions<RefundStatus, PayoutEvent>;

/** One that failed has given its money back: a retry takes it anew. */
export const transferStatusTransitions = {
  ...refundTransitions,
  failed: { ...UNDER_WAY, retried: 'pending' },
} as const satisfies Transitions<TransferStatus, PayoutEvent>;
