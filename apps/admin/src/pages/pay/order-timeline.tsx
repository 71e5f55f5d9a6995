import { Flex, Timeline, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { money, time } from '../../kit/format.js';
import { useGatewayName } from '../../kit/gateway-words.js';
import { joined, useWords } from '../../kit/text.js';
import { useAccount } from './pay-words.js';
import { timelineOf, timelineWords, type TimelineEntry } from './timeline.js';

const COLORS: Record<TimelineEntry['look'], string> = {
  done: 'green',
  open: 'blue',
  bad: 'red',
  quiet: 'gray',
};

/** What happened to an order: when, what, how much, by which channel and number. */
export function OrderTimeline({ story }: { story: Console.OrderStory }): ReactNode {
  const t = useWords(timelineWords);
  const gateway = useGatewayName();
  const account = useAccount();
  return (
    <Timeline
      items={timelineOf(story, { t, gateway, account, time }).map((happening) => ({
        key: happening.key,
        color: COLORS[happening.look],
        content: <Line happening={happening} />,
      }))}
    />
  );
}

function Line({ happening: { at, says, amount, more, look } }: { happening: TimelineEntry }): ReactNode {
  return (
    <>
      <Flex justify="space-between" gap={12}>
        <Typography.Text type={look === 'bad' ? 'danger' : look === 'quiet' ? 'secondary' : undefined}>
          {says}
        </Typography.Text>
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
      <Typography.Text
        type="secondary"
        className="number"
        style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}
      >
        {joined([...(at ? [time(at, true)] : []), ...more])}
      </Typography.Text>
    </>
  );
}
