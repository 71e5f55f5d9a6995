import type { Camp } from '@yajin/web';
import type { ReactNode } from 'react';
import { monthDay } from '@yajin/ui';
import { calendarOf, type CalendarDay, type DayState } from '../rules/calendar.rules.js';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];
const NAMES: Record<DayState, string> = {
  checked: '已打卡',
  missed: '未打卡',
  today: '今天，还没打卡',
  ahead: '未到',
};
const MARKS: Record<DayState, string> = { checked: '✓', missed: '×', today: '今', ahead: '' };

export function Calendar({ progress }: { progress: Camp.MemberProgress }): ReactNode {
  return (
    <>
      {calendarOf(progress).map(({ month, weeks }) => (
        <table key={month} className="calendar">
          <caption>
            {month.slice(0, 4)} 年 {Number(month.slice(5))} 月
          </caption>
          <thead>
            <tr>
              {WEEKDAYS.map((weekday) => (
                <th key={weekday} scope="col">
                  {weekday}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <tr key={week.find((one) => one !== null)?.date}>
                {week.map((one, column) => (
                  <Day key={one?.date ?? column} one={one} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </>
  );
}

function Day({ one }: { one: CalendarDay | null }): ReactNode {
  if (one === null) return <td />;
  return (
    <td>
      <span className={`day ${one.state}`} aria-hidden="true">
        {Number(one.date.slice(8))}
        {/* Not by colour alone. */}
        <i>{MARKS[one.state]}</i>
      </span>
      <span className="unseen">
        {monthDay(one.date)} {NAMES[one.state]}
      </span>
    </td>
  );
}
