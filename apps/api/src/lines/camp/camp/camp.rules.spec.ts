import { instantOf, localTime } from '@yajin/core';
import {
  buckets,
  checkPeriod,
  currentDay,
  elapsedDates,
  enrolling,
  missingForPublish,
  payBefore,
  totalDays,
} from './camp.rules.js';

const period = { startDate: '2025-12-10', endDate: '2025-12-31' };

describe('camp rules', () => {
  it('does not count the end date as a camp day', () => {
    expect(totalDays(period)).toBe(21);
    expect(elapsedDates(period, '2026-03-01').at(-1)).toBe('2025-12-30');
  });

  it.each([
    ['2025-12-09', 0],
    ['2025-12-10', 1],
    ['2025-12-24', 15],
    ['2025-12-30', 21],
    ['2025-12-31', 21],
    ['2026-06-01', 21],
  ])('on %s it is day %i', (today, day) => {
    expect(currentDay(period, today)).toBe(day);
  });

  it('takes money until the first second of the start date, however late the order was placed', () => {
    const lastMinute = instantOf('2025-12-09', '23:50');
    expect(localTime(payBefore(period, lastMinute))).toBe('2025-12-10T00:00:00');
    expect(localTime(payBefore(period, instantOf('2025-12-01', '12:00')))).toBe('2025-12-01T12:30:00');
  });

  it('enrols only between publication and the start', () => {
    const camp = { ...period, status: 'enrolling' as const };
    expect(enrolling(camp, new Date(instantOf('2025-12-10').getTime() - 1))).toBe(true);
    expect(enrolling(camp, instantOf('2025-12-10'))).toBe(false);
    expect(enrolling({ ...period, status: 'draft' }, instantOf('2025-12-01'))).toBe(false);
  });

  it('refuses periods that do not fit', () => {
    expect(() => checkPeriod({ ...period, requiredDays: 21 })).not.toThrow();
    expect(() => checkPeriod({ ...period, requiredDays: 22 })).toThrow();
    expect(() => checkPeriod({ startDate: '2025-12-10', endDate: '2025-12-10', requiredDays: 1 })).toThrow();
  });

  it('publishes only what begins in the future', () => {
    const camp = { ...period, missing: [], planetProjectId: '15555411412112' };
    expect(missingForPublish(camp, instantOf('2025-12-09', '23:59:59'))).toEqual([]);
    expect(missingForPublish(camp, instantOf('2025-12-10'))).toHaveLength(1);
  });

  it.each(['abc', '1'.repeat(21), ' 1', 'https://t.zsxq.com/Ab3dE'])(
    'publishes nothing whose check-in project is %j, which zsxq cannot have',
    (planetProjectId) => {
      expect(
        missingForPublish({ ...period, missing: [], planetProjectId }, instantOf('2025-12-09')),
      ).toMatchObject([{ field: 'planetProjectId', code: 'not_number' }]);
    },
  );

  it.each([
    [21, ['0-5', '6-10', '11-15', '16-21']],
    [22, ['0-5', '6-10', '11-15', '16-22']],
    [23, ['0-5', '6-10', '11-15', '16-20', '21-23']],
    [30, ['0-5', '6-10', '11-15', '16-20', '21-25', '26-30']],
    [7, ['0-7']],
    [3, ['0-3']],
  ])('splits %i days into %j', (days, expected) => {
    expect(buckets(days).map(({ from, to }) => `${from}-${to}`)).toEqual(expected);
  });
});
