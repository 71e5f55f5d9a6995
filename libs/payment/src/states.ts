import type { Transitions } from '@yajin/core';

export type AttemptState = 'created' | 'open' | 'closed' | 'paid';

/**
 * An attempt at paying. Even a closed one can turn out paid: the gateway's word on money is final,
 * and what the money counts for is decided with the order.
 */
export const attemptTransitions: Transitions<AttemptState, 'opened' | 'closed' | 'paid'> = {
  created: { opened: 'open', closed: 'closed', paid: 'paid' },
  open: { opened: 'open', closed: 'closed', paid: 'paid' },
  closed: { paid: 'paid' },
  paid: {},
};

export type RefundAttemptState = 'created' | 'sending' | 'accepted' | 'abnormal' | 'success' | 'closed';
export type RefundAttemptEvent =
  | 'send'
  | 'refused'
  | 'processing'
  /** Under way again after it was abnormal: where else its money is to go has been said. */
  | 'redirected'
  | 'abnormal'
  | 'success'
  | 'closed';

/**
 * A refund number. `sending` is entered before the gateway is called and left only by what it
 * verifiably says, so a crash or a time-out in between reads as "perhaps accepted", never as "failed".
 */
export const refundAttemptTransitions: Transitions<RefundAttemptState, RefundAttemptEvent> = {
  created: {
    send: 'sending',
    processing: 'accepted',
    abnormal: 'abnormal',
    success: 'success',
    closed: 'closed',
  },
  sending: {
    send: 'sending',
    refused: 'created',
    processing: 'accepted',
    abnormal: 'abnormal',
    success: 'success',
    closed: 'closed',
  },
  accepted: {
    processing: 'accepted',
    redirected: 'accepted',
    abnormal: 'abnormal',
    success: 'success',
    closed: 'closed',
  },
  abnormal: { redirected: 'accepted', abnormal: 'abnormal', success: 'success', closed: 'closed' },
  success: {},
  closed: {},
};

export type TransferState = 'created' | 'sending' | 'accepted' | 'success' | 'failed';

/** A transfer number, as with refunds. Only a person's retry gives a transfer that failed another one. */
export const transferTransitions: Transitions<
  TransferState,
  'send' | 'refused' | 'processing' | 'success' | 'failed'
> = {
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
};

export type OrderStatus = 'pending' | 'paid' | 'closed';
export type RefundStatus = 'pending' | 'processing' | 'success' | 'failed';
export type TransferStatus = RefundStatus;
