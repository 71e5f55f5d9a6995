import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useWords } from '../../../kit/text.js';
import { billWords } from './bill-words.js';
import { differenceWords } from './difference-words.js';

const BILL_COLORS = { waiting: 'gold', complete: 'green', none: 'default', broken: 'red' } as const;

export function BillTag({ state }: { state: Console.PayBillState }): ReactNode {
  return <Tag color={BILL_COLORS[state]}>{useWords(billWords).state[state]}</Tag>;
}

/** Where it stands; once it is resolved, how. */
export function DifferenceTag({
  difference: { state, decision },
}: {
  difference: Pick<Console.PayDifference, 'state' | 'decision'>;
}): ReactNode {
  const t = useWords(differenceWords);
  return (
    <Tag color={state === 'open' ? 'gold' : 'green'}>
      {decision === null ? t.state[state] : t.decision[decision]}
    </Tag>
  );
}
