import type { ReactNode } from 'react';
import type { Camp } from '@yajin/web';
import { stateWords } from '../../kit/states.js';
import { useWords } from '../../kit/text.js';
import { inOrder, Timeline } from '../../kit/timeline.js';
import { happenings, lineWords } from './time-line.js';

/** A member's story from the payment to the refund: when, what, who. */
export function MemberTimeLine({ member }: { member: Camp.MemberDetail }): ReactNode {
  const t = useWords(lineWords);
  const states = useWords(stateWords);
  return <Timeline entries={inOrder(happenings(member, t, states))} />;
}
