import { useCallback } from 'react';
import { sentenceWords } from './sentence-words.js';
import { useWords } from './text.js';

/** What the API says in Chinese; with a code where it is its own, and not another system's or a person's. */
export interface Said {
  message: string;
  code?: string | null | undefined;
  params?: (string | number)[] | undefined;
}

type Say = string | ((...params: (string | number)[]) => string);

/** Says it in the operator's language. What nobody here knows stays as it came. */
export function useSaid(): (said: Said) => string {
  const known = useWords(sentenceWords) as unknown as Readonly<Record<string, Say>>;
  return useCallback(
    ({ message, code, params = [] }) => {
      const say = code ? known[code] : undefined;
      return say === undefined ? message : typeof say === 'string' ? say : say(...params);
    },
    [known],
  );
}
