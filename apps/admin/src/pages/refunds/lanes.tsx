import { Button, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { count, money } from '@yajin/ui';
import { laneWords } from '../../kit/states.js';
import { useWords, words } from '../../kit/text.js';

const text = words(
  {
    label: '审核通道',
    all: '全部',
    summary: (people: string, amount: string) => `${people} 人待审核，合计 ${amount}`,
  },
  {
    label: 'Review lanes',
    all: 'All',
    summary: (people: string, amount: string) => `${people} to review, ${amount} in all`,
  },
);

const LANES: readonly Camp.ReviewLane[] = ['ready', 'check', 'low'];

/** An address holds a lane as text. */
export function laneOf(given: string): Camp.ReviewLane | undefined {
  return LANES.find((lane) => lane === given);
}

/** How many refunds each kind of look needs, and the filter by it. What is ready is what a batch approves unless its dialog is told otherwise. */
export function Lanes({
  page,
  chosen,
  choose,
}: {
  page: Camp.PendingRefundPage | undefined;
  chosen: string;
  choose: (lane: string) => void;
}): ReactNode {
  const t = useWords(text);
  const names = useWords(laneWords);
  if (!page) return null;
  const { lanes } = page.summary;
  const all = LANES.reduce((sum, lane) => sum + lanes[lane].count, 0);
  const lane = laneOf(chosen);
  const one = (value: string, name: string, people: number): ReactNode => (
    <Button
      key={value}
      size="small"
      type={value === (lane ?? '') ? 'primary' : 'default'}
      ghost={value === (lane ?? '')}
      aria-pressed={value === (lane ?? '')}
      onClick={() => choose(value)}
    >
      {name} <strong className="number">{count(people)}</strong>
    </Button>
  );
  return (
    <Flex vertical gap={6} style={{ marginBottom: 12 }}>
      <Flex gap={8} wrap role="group" aria-label={t.label}>
        {one('', t.all, all)}
        {LANES.map((each) => one(each, names[each].name, lanes[each].count))}
      </Flex>
      <Flex gap="4px 12px" wrap className="number">
        <Typography.Text strong>
          {t.summary(count(page.total), money(page.summary.totalAmount))}
        </Typography.Text>
        <Typography.Text type="secondary">{lane ? names[lane].hint : names.all}</Typography.Text>
      </Flex>
    </Flex>
  );
}
