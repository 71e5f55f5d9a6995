import type { ReactNode } from 'react';
import type { Console } from '@yajin/web';
import { useApiQuery } from '../../../kit/api.js';
import { Choice, keyOf } from '../../../kit/filters.js';
import { useWords } from '../../../kit/text.js';
import { payWords, useLineNames } from '../pay-words.js';

export function LineChoice({ value, change }: { value: string; change: (line: string) => void }): ReactNode {
  const t = useWords(payWords);
  const names = useLineNames();
  const served = useApiQuery('listPayLines', {}).data?.list ?? [];
  // An address may name a line that is served no more.
  const shown = [...new Set([...served, ...(keyOf(names, value) ? [value as Console.Line] : [])])];
  return (
    <Choice
      label={t.allLines}
      value={value}
      names={Object.fromEntries(shown.map((line) => [line, names[line]]))}
      change={change}
    />
  );
}
