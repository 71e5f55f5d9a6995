import { Alert, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import type { Camp, Console } from '@yajin/web';
import { dateTime } from '@yajin/ui';
import { useWords, words } from '../../../kit/text.js';

type Hold = Console.PayHold | Camp.RefundHold;

export const holdWords = words(
  {
    kinds: { stopped: '已止付', second_person: '待第二人确认' },
    exceeds: { single: '超过单笔限额', day: '超过当日合计限额', kind: '此类须两人确认' },
    by: (who: string, at: string) => `${who} 于 ${at}`,
    hints: {
      stopped: '解除止付后自动继续，单号不变。',
      second_person: '由申请人以外的同事在 支付 › 待确认 确认后发出。',
    },
  },
  {
    kinds: { stopped: 'Stopped', second_person: 'To be confirmed by a second person' },
    exceeds: {
      single: 'above the limit of one',
      day: 'above the limit of a day',
      kind: 'of a kind that takes two',
    },
    by: (who: string, at: string) => `${who}, ${at}`,
    hints: {
      stopped: 'It goes on by itself once the stop is released, under the same number.',
      second_person: 'It is sent once a colleague of whoever asked confirms it, under Payments › To confirm.',
    },
  },
);

/** What keeps a payout from being sent, in one line: by whom, since when and why. */
function useHold(): (hold: Hold) => { kind: string; why: string; hint: string } {
  const t = useWords(holdWords);
  return (hold) => ({
    kind: t.kinds[hold.kind],
    why: [
      t.by(hold.by, dateTime(hold.at)),
      ...(hold.reason === null ? [] : [hold.reason]),
      ...(hold.exceeds === null ? [] : [t.exceeds[hold.exceeds]]),
    ].join(' · '),
    hint: t.hints[hold.kind],
  });
}

/** Beside a payout's state, that it is held and why; nothing where it is not. */
export function HoldNote({ hold }: { hold: Hold | null }): ReactNode {
  const say = useHold();
  if (hold === null) return null;
  const { kind, why } = say(hold);
  return (
    <>
      <Tag color="volcano">{kind}</Tag>
      <Typography.Text type="secondary" ellipsis={{ tooltip: why }} style={{ maxWidth: 220, fontSize: 12 }}>
        {why}
      </Typography.Text>
    </>
  );
}

/** The same where there is room for it. @param more what can be done about it */
export function HoldAlert({ hold, more }: { hold: Hold | null; more?: ReactNode }): ReactNode {
  const say = useHold();
  if (hold === null) return null;
  const { kind, why, hint } = say(hold);
  return (
    <Alert
      type="warning"
      showIcon
      title={kind}
      description={
        <>
          {why}
          <div>{hint}</div>
          {more}
        </>
      }
    />
  );
}
