import { DatePicker } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useWords, words } from './text.js';

const FORMAT = 'YYYY-MM-DD';
const text = words(
  { label: '日期', from: '开始日期', to: '结束日期' },
  { label: 'Dates', from: 'From', to: 'To' },
);

/** Two dates `yyyy-MM-dd`, both included; empty for an open end. */
export function DateRange({
  from,
  to,
  change,
  label,
}: {
  from: string;
  to: string;
  change: (from: string, to: string) => void;
  label?: string;
}): ReactNode {
  const t = useWords(text);
  const day = (given: string): dayjs.Dayjs | null => {
    const parsed = dayjs(given || null);
    return parsed.isValid() ? parsed : null;
  };
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      value={[day(from), day(to)]}
      format={FORMAT}
      aria-label={label ?? t.label}
      placeholder={[t.from, t.to]}
      style={{ width: 250 }}
      onChange={(days) => change(days?.[0]?.format(FORMAT) ?? '', days?.[1]?.format(FORMAT) ?? '')}
    />
  );
}
