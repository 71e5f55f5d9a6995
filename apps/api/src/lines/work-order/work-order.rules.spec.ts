import type { WorkOrder } from '@yajin/contract/work-order';
import {
  orderTransitions,
  paymentNo,
  payRefusal,
  refundTransitions,
  unwanted,
  type ClosedBy,
} from './work-order.rules.js';

const STATUSES: WorkOrder.OrderStatus[] = [
  'pending_payment',
  'pending',
  'accepted',
  'pending_repair_payment',
  'repairing',
  'completed',
  'closed',
];

describe('the states of an order', () => {
  it.each([
    ['pending_payment', { prepaid: 'pending', expired: 'closed', close: 'closed' }],
    ['pending', { accept: 'accepted', close: 'closed', refunded: 'closed' }],
    ['accepted', { price: 'pending_repair_payment', close: 'closed', refunded: 'closed' }],
    [
      'pending_repair_payment',
      { price: 'pending_repair_payment', start: 'repairing', close: 'closed', refunded: 'closed' },
    ],
    ['repairing', { complete: 'completed', close: 'closed', refunded: 'closed' }],
    ['completed', {}],
    ['closed', { prepaid: 'pending' }],
  ] as const)('%s leads only where it should', (status, leads) => {
    expect(orderTransitions[status]).toEqual(leads);
  });
});

describe('an application for a refund', () => {
  it('is decided once, and approved again only after it failed', () => {
    const decided = (event: 'approve' | 'reject') =>
      Object.entries(refundTransitions)
        .filter(([, leads]) => event in leads)
        .map(([status]) => status);
    expect(decided('approve')).toEqual(['pending', 'failed']);
    expect(decided('reject')).toEqual(['pending']);
  });
});

describe('what may be paid', () => {
  it.each(STATUSES)('in %s', (status) => {
    expect(payRefusal('prepay', status, false) === null).toBe(status === 'pending_payment');
    expect(payRefusal('repair', status, false) === null).toBe(status === 'pending_repair_payment');
  });

  it('is paid once', () => {
    expect(payRefusal('prepay', 'pending_payment', true)).toContain('已支付');
    expect(payRefusal('repair', 'pending_repair_payment', true)).toContain('已支付');
  });
});

describe('money that was paid in time', () => {
  const prepay = { type: 'prepay', amountFen: 5000 } as const;
  const repair = { type: 'repair', amountFen: 5000 } as const;
  const order = (status: WorkOrder.OrderStatus, closedBy: ClosedBy | null = null) => ({
    status,
    closedBy,
    askedFen: 5000,
  });

  it.each(STATUSES.flatMap((status) => [prepay, repair].map((payment) => ({ status, payment }))))(
    'as $payment.type counts in $status only where that was asked for',
    ({ status, payment }) => {
      const counts = status === (payment.type === 'prepay' ? 'pending_payment' : 'pending_repair_payment');
      const closedBy = status === 'closed' ? 'operator' : null;
      expect(unwanted(payment, order(status, closedBy), false) === null).toBe(counts);
    },
  );

  it('reopens an order that was closed for want of it, and no other', () => {
    expect(unwanted(prepay, order('closed', 'expiry'), false)).toBeNull();
    expect(unwanted(repair, order('closed', 'expiry'), false)).not.toBeNull();
    expect(unwanted(prepay, order('closed', 'refund'), false)).not.toBeNull();
  });

  it('counts once, and only as what is asked for now', () => {
    expect(unwanted(prepay, order('pending'), true)).toContain('重复');
    expect(unwanted(repair, order('pending_repair_payment'), true)).toContain('重复');
    const corrected = { ...order('pending_repair_payment'), askedFen: 4999 };
    expect(unwanted(repair, corrected, false)).toContain('金额');
  });
});

it('a payment number is P with the time and ten digits', () => {
  expect(paymentNo('2025-10-20T12:34:56', 7)).toBe('P202510201234560000000007');
});
