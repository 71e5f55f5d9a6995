import {
  countdown,
  dateTime,
  instant,
  money,
  monthDayTime,
  percent,
  period,
  signedMoney,
} from '../src/format.js';

test('money is written with its currency, thousands and two digits, and its sign before them', () => {
  expect([money(0), money(99), money(1234.5), money(1_000_000)]).toEqual([
    '¥0.00',
    '¥99.00',
    '¥1,234.50',
    '¥1,000,000.00',
  ]);
  expect([signedMoney(-99), signedMoney(99)]).toEqual(['−¥99.00', '¥99.00']);
});

test('a time is shown as it stands in the answer, and nothing as a dash', () => {
  expect(dateTime('2026-11-21T06:30:05')).toBe('2026-11-21 06:30');
  expect(dateTime('2026-11-21T06:30:05', true)).toBe('2026-11-21 06:30:05');
  expect([dateTime(null), dateTime(undefined)]).toEqual(['—', '—']);
  expect(monthDayTime('2026-01-02T06:30:05')).toBe('1月2日 06:30');
});

test('an instant of the device is shown as Shanghai time, wherever the device is', () => {
  expect(instant(Date.parse('2026-11-20T16:30:00Z'))).toBe('11月21日 00:30');
});

test('the last day of a camp is the one before its end date, over a year’s end too', () => {
  expect(period('2026-12-20', '2027-01-01')).toBe('12月20日 – 12月31日');
});

test('what is left is counted down in whole seconds and never below nothing', () => {
  expect([countdown(1745.9), countdown(59), countdown(-3)]).toEqual(['29:05', '00:59', '00:00']);
});

test('a whole percentage has no digits behind it, any other two', () => {
  expect([percent(50), percent(33.333)]).toEqual(['50%', '33.33%']);
});
