import { statesAccepting } from '@yajin/core';
import {
  attemptTransitions,
  orderTransitions,
  refundAttemptTransitions,
  refundTransitions,
  transferStatusTransitions,
  transferTransitions,
} from './states.js';

describe('the states of money', () => {
  it('a payment that the gateway reports is taken whatever we believed before, and once', () => {
    expect(statesAccepting(attemptTransitions, 'paid')).toEqual(['created', 'open', 'closed']);
  });

  it('a refund number is dead only when it has paid, has gone back to the merchant, or is proved closed', () => {
    const final = Object.entries(refundAttemptTransitions).filter(
      ([, events]) => Object.keys(events).length === 0,
    );
    expect(final.map(([state]) => state)).toEqual(['merchant', 'success', 'closed']);
  });

  it('money in limbo or accepted is never sent again', () => {
    expect(statesAccepting(refundAttemptTransitions, 'send')).toEqual(['created', 'sending']);
  });

  it('an answer that comes late does not take money out of limbo, a redirection does', () => {
    expect(statesAccepting(refundAttemptTransitions, 'processing')).toEqual([
      'created',
      'sending',
      'accepted',
    ]);
    expect(statesAccepting(refundAttemptTransitions, 'redirected')).toEqual(['accepted', 'abnormal']);
  });

  it('only a request under way can be refused', () => {
    expect(statesAccepting(refundAttemptTransitions, 'refused')).toEqual(['sending']);
  });

  it('an order that is paid stays paid, and one that is closed can be paid all the same', () => {
    expect(statesAccepting(orderTransitions, 'paid')).toEqual(['pending', 'closed']);
    expect(statesAccepting(orderTransitions, 'closed')).toEqual(['pending']);
  });

  it('what has arrived never changes, and only what has failed is tried again by a person', () => {
    for (const table of [refundTransitions, transferStatusTransitions]) {
      expect(table.success).toEqual({});
      expect(statesAccepting(table, 'retried')).toEqual(['failed']);
      expect(statesAccepting(table, 'success')).toEqual(['pending', 'processing', 'failed']);
    }
  });

  it('a transfer number that was accepted is never sent again, and one that ended never changes', () => {
    expect(statesAccepting(transferTransitions, 'send')).toEqual(['created', 'sending']);
    expect(statesAccepting(transferTransitions, 'refused')).toEqual(['sending']);
    expect(statesAccepting(transferTransitions, 'success')).toEqual(['created', 'sending', 'accepted']);
    expect(transferTransitions).toMatchObject({ success: {}, failed: {} });
  });
});
