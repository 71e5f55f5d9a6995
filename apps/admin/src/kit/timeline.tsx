import { dateTime, money } from '@yajin/ui';
import { Flex, Timeline as AntTimeline, Typography } from 'antd';
import type { ReactNode } from 'react';
import { joined } from './text.js';

export interface TimelineEntry {
  key: string;
  /** Local time; null for what has not happened yet, or nobody wrote down when. */
  at: string | null;
  says: string;
  /** In yuan. */
  amount?: number;
  /** By whom, why, and under which numbers. */
  more?: string[];
  look: 'done' | 'open' | 'bad' | 'quiet';
}

const COLORS = { done: 'green', open: 'blue', bad: 'red', quiet: 'gray' } as const;
const TEXTS = { done: undefined, open: undefined, bad: 'danger', quiet: 'secondary' } as const;

/** What has a time in its order, then what is still open. */
export function inOrder<Entry extends TimelineEntry>(entries: Entry[]): Entry[] {
  const over = entries.filter(({ at }) => at !== null);
  return [
    ...over.toSorted((a, b) => (a.at ?? '').localeCompare(b.at ?? '')),
    ...entries.filter(({ at }) => at === null),
  ];
}

/** What happened: when, what, how much, and what else there is to say about it. */
export function Timeline({ entries }: { entries: TimelineEntry[] }): ReactNode {
  return (
    <AntTimeline
      items={entries.map((entry) => ({
        key: entry.key,
        color: COLORS[entry.look],
        content: <Entry entry={entry} />,
      }))}
    />
  );
}

function Entry({ entry: { at, says, amount, more = [], look } }: { entry: TimelineEntry }): ReactNode {
  return (
    <>
      <Flex justify="space-between" gap={12}>
        <Typography.Text type={TEXTS[look]}>{says}</Typography.Text>
        {amount !== undefined && (
          <Typography.Text
            className="number"
            type={look === 'quiet' ? 'secondary' : undefined}
            style={{ whiteSpace: 'nowrap' }}
          >
            {money(amount)}
          </Typography.Text>
        )}
      </Flex>
      {(at !== null || more.length > 0) && (
        <Typography.Text
          type="secondary"
          className="number"
          style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}
        >
          {joined([...(at === null ? [] : [dateTime(at, true)]), ...more])}
        </Typography.Text>
      )}
    </>
  );
}
