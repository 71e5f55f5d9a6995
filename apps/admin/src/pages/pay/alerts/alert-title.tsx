import { Tag } from 'antd';
import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useWords } from '../../../kit/text.js';
import { alertWords, kindWords } from './alert-words.js';

const STATE_COLORS = { open: 'gold', seen: 'blue', resolved: 'green' } as const;

/** What happened, in the reader's language where it has a code. */
export function useTitle(): (alert: Pick<Console.PayAlert, 'kind' | 'title'>) => string {
  const kinds = useWords(kindWords);
  return ({ kind, title }) => (kind === null ? title : kinds[kind]);
}

export function StateTag({ state }: { state: Console.PayAlertState }): ReactNode {
  return <Tag color={STATE_COLORS[state]}>{useWords(alertWords).states[state]}</Tag>;
}
