import { Timeline, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { time } from '../../kit/format.js';
import { stateWords } from '../../kit/states.js';
import { joined, useWords } from '../../kit/text.js';
import { happenings, lineWords, type Happening } from './time-line.js';

const COLORS: Record<Happening['look'], string> = { done: 'green', open: 'gray', bad: 'red' };

/** A member's story from the payment to the refund: when, what, who. */
export function MemberTimeLine({ member }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(lineWords);
  const states = useWords(stateWords);
  return (
    <Timeline
      items={happenings(member, t, states).map(({ key, at, says, more, look }) => ({
        key,
        color: COLORS[look],
        content: (
          <>
            <Typography.Text type={look === 'bad' ? 'danger' : look === 'open' ? 'secondary' : undefined}>
              {says}
            </Typography.Text>
            {(at ?? more.length > 0) && (
              <Typography.Text
                type="secondary"
                style={{ display: 'block', fontSize: 12, overflowWrap: 'anywhere' }}
              >
                {joined([...(at ? [time(at)] : []), ...more])}
              </Typography.Text>
            )}
          </>
        ),
      }))}
    />
  );
}
