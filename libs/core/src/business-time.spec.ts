import {
  addDays,
  businessDate,
  daysBetween,
  instantOf,
  isBusinessDate,
  localTime,
  parseLocalTime,
  weekOf,
} from './business-time.js';

describe('business time', () => {
  it('changes the date at Shanghai midnight, whatever the time zone of the machine', () => {
    expect(businessDate(new Date('2026-12-31T15:59:59.999Z'))).toBe('2026-12-31');
    expect(businessDate(new Date('2026-12-31T16:00:00.000Z'))).toBe('2027-01-01');
    expect(instantOf('2027-01-01').toISOString()).toBe('2026-12-31T16:00:00.000Z');
  });

  it('has weeks from Monday to Sunday, over the end of a year, too', () => {
    for (const date of ['2026-12-28', '2026-12-31', '2027-01-03'])
      expect(weekOf(date)).toEqual({ from: '2026-12-28', to: '2027-01-03' });
    expect(weekOf('2027-01-04').from).toBe('2027-01-04');
  });

  it('writes and reads the wall clock without loss', () => {
    const text = '2026-02-28T23:59:59';
    expect(localTime(parseLocalTime(text))).toBe(text);
  });

  it.each(['2026-02-30T00:00:00', '2026-01-01', '2026-01-01T25:00:00', '2026-01-01T00:00:00Z'])(
    'refuses %s',
    (text) => {
      expect(() => parseLocalTime(text)).toThrow(RangeError);
    },
  );

  it('knows which dates exist and counts across months and leap days', () => {
    expect(isBusinessDate('2028-02-29')).toBe(true);
    expect(isBusinessDate('2026-02-29')).toBe(false);
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(daysBetween('2025-12-10', '2025-12-31')).toBe(21);
  });
});
