import { forecast } from '../src/rules/forecast.rules.js';

type Facts = Parameters<typeof forecast>[0];

const facts = (change: Partial<Facts>): Facts => ({
  status: 'ongoing',
  gap: 3,
  remainingDays: 6,
  eligibleForRefund: false,
  refund: null,
  checkinCalendar: [{ date: '2025-12-24', checked: false }],
  ...change,
});

describe('what becomes of the deposit', () => {
  it('counts today as a chance until it is used', () => {
    expect(forecast(facts({}))).toEqual({ kind: 'open', gap: 3, chances: 7 });
    expect(forecast(facts({ checkinCalendar: [{ date: '2025-12-24', checked: true }] }))).toEqual({
      kind: 'open',
      gap: 3,
      chances: 6,
    });
  });

  it('is within reach with exactly as many days left as are needed, and beyond it with one less', () => {
    expect(forecast(facts({ gap: 7 })).kind).toBe('open');
    expect(forecast(facts({ gap: 8 })).kind).toBe('beyond reach');
    expect(forecast(facts({ gap: 1, remainingDays: 0 })).kind).toBe('open');
    expect(
      forecast(facts({ gap: 1, remainingDays: 0, checkinCalendar: [{ date: '2025-12-30', checked: true }] }))
        .kind,
    ).toBe('beyond reach');
  });

  it.each([
    ['before', { status: 'enrolling' }],
    ['earned', { gap: 0, eligibleForRefund: true }],
    ['counting', { status: 'finished', gap: 0, eligibleForRefund: true, remainingDays: 0 }],
    ['kept', { status: 'finished', remainingDays: 0 }],
    ['reviewing', { status: 'finished', refund: { refundStatus: 'pending' } }],
    ['returning', { status: 'finished', refund: { refundStatus: 'processing' } }],
    ['returned', { status: 'finished', refund: { refundStatus: 'success' } }],
    ['delayed', { status: 'finished', refund: { refundStatus: 'failed' } }],
    ['rejected', { status: 'finished', refund: { refundStatus: 'rejected' } }],
  ] as const)('%s', (kind, change) => {
    expect(forecast(facts(change)).kind).toBe(kind);
  });
});
