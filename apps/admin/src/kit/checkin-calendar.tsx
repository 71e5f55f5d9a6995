import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import { theme } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { CSSProperties, ReactNode } from 'react';
import { useWords, words } from './text.js';

const text = words(
  {
    weekdays: ['一', '二', '三', '四', '五', '六', '日'],
    label: '打卡日历',
    states: { checked: '已打卡', missed: '未打卡', today: '今天，未打卡', ahead: '未到' },
    legend: { checked: '已打卡', missed: '未打卡', ahead: '未到' },
    month: (day: Dayjs) => day.format('YYYY年M月'),
  },
  {
    weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    label: 'Check-in calendar',
    states: { checked: 'checked in', missed: 'missed', today: 'today, not yet', ahead: 'to come' },
    legend: { checked: 'checked in', missed: 'missed', ahead: 'to come' },
    month: (day: Dayjs) => day.locale('en').format('MMMM YYYY'),
  },
);

type State = 'checked' | 'missed' | 'today' | 'ahead';

interface CalendarProps {
  startDate: string;
  /** Not a camp day: the camp is over when it begins. */
  endDate: string;
  /** Dates checked in, `yyyy-MM-dd`, in any order. */
  checked: string[];
  /** The business date, `yyyy-MM-dd`: earlier days without a check-in are missed. */
  today: string;
}

/** The days of a camp by month, in weeks from Monday: checked in, missed, or still to come. */
export function CheckinCalendar({ startDate, endDate, checked, today }: CalendarProps): ReactNode {
  const t = useWords(text);
  const { token } = theme.useToken();
  const done = new Set(checked);
  const stateOf = (date: string): State =>
    done.has(date) ? 'checked' : date < today ? 'missed' : date === today ? 'today' : 'ahead';
  const looks = looksOf(token);
  return (
    <div role="group" aria-label={t.label}>
      <div style={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 20 }}>
        {monthsOf(startDate, endDate).map((days) => (
          <table key={days[0]} style={{ borderSpacing: 4, borderCollapse: 'separate', margin: -4 }}>
            <caption style={{ textAlign: 'start', fontSize: 12, padding: '0 4px 2px' }}>
              {t.month(dayjs(days[0]))}
            </caption>
            <thead>
              <tr>
                {t.weekdays.map((weekday) => (
                  <th key={weekday} scope="col" style={{ ...CELL, height: 18, fontWeight: 400 }}>
                    {weekday}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeksOf(days).map((week) => (
                <tr key={week.find(Boolean)}>
                  {week.map((date, index) => (
                    <Day key={index} date={date} state={stateOf(date)} looks={looks} names={t.states} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
      <div style={{ display: 'flex', gap: 14, marginTop: 8, fontSize: 12 }} aria-hidden>
        {(['checked', 'missed', 'ahead'] as const).map((state) => (
          <span key={state} style={{ display: 'inline-flex', alignItems: 'center', gap: 5 }}>
            <i style={{ ...looks[state], width: 12, height: 12, borderRadius: 3 }} />
            {t.legend[state]}
          </span>
        ))}
      </div>
    </div>
  );
}

const CELL: CSSProperties = { width: 30, height: 30, padding: 0, textAlign: 'center', fontSize: 12 };

function Day({
  date,
  state,
  looks,
  names,
}: {
  date: string;
  state: State;
  looks: Record<State, CSSProperties>;
  names: Record<State, string>;
}): ReactNode {
  if (!date) return <td />;
  const name = `${date} ${names[state]}`;
  return (
    <td title={name} style={{ ...CELL, ...looks[state], borderRadius: 5, position: 'relative' }}>
      <span aria-hidden>{Number(date.slice(8))}</span>
      {/* Not by colour alone. */}
      <span aria-hidden style={{ position: 'absolute', right: 2, bottom: -1, fontSize: 8 }}>
        {state === 'checked' && <CheckOutlined />}
        {state === 'missed' && <CloseOutlined />}
      </span>
      <span className="unseen">{name}</span>
    </td>
  );
}

function looksOf(token: ReturnType<typeof theme.useToken>['token']): Record<State, CSSProperties> {
  const line = (color: string): CSSProperties => ({ boxShadow: `inset 0 0 0 1px ${color}` });
  return {
    checked: {
      ...line(token.colorPrimary),
      background: token.colorPrimaryBg,
      color: token.colorPrimaryText,
      fontWeight: 600,
    },
    missed: { ...line(token.colorErrorBorder), background: token.colorErrorBg, color: token.colorText },
    today: { boxShadow: `inset 0 0 0 2px ${token.colorPrimary}`, color: token.colorText },
    ahead: { ...line(token.colorBorderSecondary), color: token.colorTextSecondary },
  };
}

function monthsOf(startDate: string, endDate: string): string[][] {
  const months = new Map<string, string[]>();
  for (let day = dayjs(startDate); day.isBefore(endDate, 'day'); day = day.add(1, 'day')) {
    const date = day.format('YYYY-MM-DD');
    const month = date.slice(0, 7);
    months.set(month, [...(months.get(month) ?? []), date]);
  }
  return [...months.values()];
}

/** Rows of seven, empty where the month or the camp has no day. */
function weeksOf(days: string[]): string[][] {
  const column = (date: string): number => (dayjs(date).day() + 6) % 7;
  const weeks: string[][] = [];
  for (const date of days) {
    if (weeks.length === 0 || column(date) === 0) weeks.push(Array<string>(7).fill(''));
    const week = weeks.at(-1);
    if (week) week[column(date)] = date;
  }
  return weeks;
}
