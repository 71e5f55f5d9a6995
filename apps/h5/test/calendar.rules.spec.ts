import { calendarOf } from '../src/rules/calendar.rules.js';

const camp = {
  startDate: '2025-12-29',
  endDate: '2026-01-03',
  status: 'ongoing' as const,
  checkinCalendar: [
    { date: '2025-12-29', checked: true },
    { date: '2025-12-30', checked: false },
    { date: '2025-12-31', checked: false },
  ],
};

describe('the calendar of a camp', () => {
  it('has every camp day once, by month, in weeks from Monday, and not the end date', () => {
    const months = calendarOf(camp);
    expect(months.map(({ month }) => month)).toEqual(['2025-12', '2026-01']);
    expect(months[0]!.weeks).toEqual([
      [
        { date: '2025-12-29', state: 'checked' },
        { date: '2025-12-30', state: 'missed' },
        { date: '2025-12-31', state: 'today' },
        null,
        null,
        null,
        null,
      ],
    ]);
    expect(months[1]!.weeks[0]!.map((day) => day?.date ?? null)).toEqual([
      null,
      null,
      null,
      '2026-01-01',
      '2026-01-02',
      null,
      null,
    ]);
  });

  it('of a finished camp has no today: what was not done was missed', () => {
    const days = calendarOf({ ...camp, status: 'finished' }).flatMap(({ weeks }) => weeks.flat());
    expect(days.filter((day) => day?.state === 'today')).toEqual([]);
    expect(days.find((day) => day?.date === '2025-12-31')?.state).toBe('missed');
  });
});
