import { CheckOutlined, ClockCircleOutlined, CloseOutlined, MinusOutlined } from '@ant-design/icons';
import { Button, DatePicker, Flex, theme } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { signedMoney } from '@yajin/ui';
import { Panel } from '../../../kit/panel.js';
import { useWords, words } from '../../../kit/text.js';
import { billWords } from './bill-words.js';

const text = words(
  {
    title: '一个月的对账',
    before: '上个月',
    after: '下个月',
    month: '月份',
    weekdays: ['一', '二', '三', '四', '五', '六', '日'],
    states: {
      broken: '有账单不可信',
      waiting: '有账单未取到',
      open: '有未处理差异',
      clean: '已对平',
      none: '无交易',
      absent: '没有账单',
    },
  },
  {
    title: 'A month of reconciliation',
    before: 'The month before',
    after: 'The month after',
    month: 'Month',
    weekdays: ['Mo', 'Tu', 'We', 'Th', 'Fr', 'Sa', 'Su'],
    states: {
      broken: 'A bill is not trusted',
      waiting: 'A bill is not there yet',
      open: 'Differences are open',
      clean: 'All agree',
      none: 'No trades',
      absent: 'No bill',
    },
  },
);

type DayState = 'broken' | 'waiting' | 'open' | 'clean' | 'none' | 'absent';

/** What there is to worry about first. */
function stateOf(day: Console.PayBillDay | undefined): DayState {
  if (!day) return 'absent';
  if (day.broken > 0) return 'broken';
  if (day.openDifferences > 0) return 'open';
  if (day.waiting > 0) return 'waiting';
  return day.rows === 0 ? 'none' : 'clean';
}

interface MonthProps {
  /** `yyyy-MM`. */
  month: string;
  days: Console.PayBillDay[];
  /** The day that is chosen, `yyyy-MM-dd`, or empty. */
  chosen: string;
  choose: (day: string) => void;
  turn: (month: string) => void;
}

/** The days of a month in weeks from Monday; each says how it stands, and narrows the list below to itself. */
export function Month({ month, days, chosen, choose, turn }: MonthProps): ReactNode {
  const t = useWords(text);
  const first = dayjs(`${month}-01`);
  const known = new Map(days.map((day) => [day.day, day]));
  const by = (months: number): void => turn(first.add(months, 'month').format('YYYY-MM'));
  return (
    <Panel
      title={t.title}
      extra={
        <Flex gap={4} align="center">
          <Button size="small" aria-label={t.before} onClick={() => by(-1)}>
            ‹
          </Button>
          <DatePicker
            picker="month"
            size="small"
            allowClear={false}
            value={first}
            aria-label={t.month}
            style={{ width: 110 }}
            onChange={(to) => to && turn(to.format('YYYY-MM'))}
          />
          <Button size="small" aria-label={t.after} onClick={() => by(1)}>
            ›
          </Button>
        </Flex>
      }
    >
      <table className="bill-month">
        <thead>
          <tr>
            {t.weekdays.map((weekday) => (
              <th key={weekday} scope="col">
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(first).map((week) => (
            <tr key={week.find(Boolean)}>
              {week.map((day, index) => (
                <td key={index}>
                  {day && <Day day={day} bills={known.get(day)} chosen={chosen} choose={choose} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <Legend />
    </Panel>
  );
}

const ICONS: Record<DayState, ReactNode> = {
  broken: <CloseOutlined />,
  waiting: <ClockCircleOutlined />,
  open: '!',
  clean: <CheckOutlined />,
  none: <MinusOutlined />,
  absent: null,
};

function useLooks(): Record<DayState, { background?: string; color: string; line: string }> {
  const { token } = theme.useToken();
  const { colorText: color, colorTextSecondary: quiet, colorBorderSecondary: line } = token;
  return {
    broken: { background: token.colorErrorBg, color, line: token.colorErrorBorder },
    waiting: { color, line: token.colorWarningBorder },
    open: { background: token.colorWarningBg, color, line: token.colorWarningBorder },
    clean: { background: token.colorPrimaryBg, color, line: token.colorPrimaryBorder },
    none: { color: quiet, line },
    absent: { color: quiet, line: 'transparent' },
  };
}

function Day({
  day,
  bills,
  chosen,
  choose,
}: Pick<MonthProps, 'chosen' | 'choose'> & {
  day: string;
  bills: Console.PayBillDay | undefined;
}): ReactNode {
  const t = useWords(text);
  const common = useWords(billWords);
  const { token } = theme.useToken();
  const state = stateOf(bills);
  const { background, color, line } = useLooks()[state];
  const open = bills?.openDifferences ?? 0;
  const says = [day, t.states[state], ...(open > 0 ? [common.openOf(open)] : [])].join(' · ');
  const isChosen = day === chosen;
  return (
    <button
      type="button"
      title={says}
      aria-pressed={isChosen}
      disabled={!bills}
      onClick={() => choose(isChosen ? '' : day)}
      style={{
        background: background ?? 'transparent',
        color,
        boxShadow: `inset 0 0 0 ${isChosen ? 2 : 1}px ${isChosen ? token.colorPrimary : line}`,
      }}
    >
      <span className="unseen">{says}</span>
      <span aria-hidden>
        {Number(day.slice(8))} <i>{ICONS[state]}</i>
      </span>
      {bills && bills.rows > 0 && (
        <small aria-hidden className="number">
          {signedMoney(bills.paid - bills.refunded)}
        </small>
      )}
      {open > 0 && <small aria-hidden>{common.openOf(open)}</small>}
    </button>
  );
}

function Legend(): ReactNode {
  const t = useWords(text);
  const looks = useLooks();
  return (
    <Flex gap="4px 14px" wrap style={{ marginTop: 8, fontSize: 12 }} aria-hidden>
      {(['clean', 'open', 'waiting', 'broken', 'none'] as const).map((state) => (
        <span key={state} style={{ display: 'inline-flex', alignItems: 'center', gap: 5 }}>
          <i
            className="bill-mark"
            style={{ background: looks[state].background, boxShadow: `inset 0 0 0 1px ${looks[state].line}` }}
          >
            {ICONS[state]}
          </i>
          {t.states[state]}
        </span>
      ))}
    </Flex>
  );
}

/** Rows of seven, empty where the month has no day. */
function weeksOf(first: dayjs.Dayjs): string[][] {
  const lead = (first.day() + 6) % 7;
  const days = Array.from({ length: first.daysInMonth() }, (_, index) =>
    first.add(index, 'day').format('YYYY-MM-DD'),
  );
  const cells = [...Array<string>(lead).fill(''), ...days];
  return Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_day, index) => cells[week * 7 + index] ?? ''),
  );
}
