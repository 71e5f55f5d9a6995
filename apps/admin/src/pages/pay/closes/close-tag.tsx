import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import type { CloseWords } from './close-words.js';

const COLORS = { running: 'blue', open: 'gold', closed: 'green' } as const;

/** What state a day of the books is in. */
export function CloseTag({
  day,
  t,
}: {
  day: Pick<Console.PayCloseFacts, 'state' | 'closable'>;
  t: CloseWords;
}): ReactNode {
  return <Tag color={COLORS[day.state]}>{day.closable ? t.closable : t.states[day.state]}</Tag>;
}
