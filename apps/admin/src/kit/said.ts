import { useCallback, useEffect, useState } from 'react';
import { useLanguage } from './text.js';

/** What the API says in Chinese; with a code where it is its own, and not another system's or a person's. */
export interface Said {
  message: string;
  code?: string | null | undefined;
  params?: (string | number)[] | undefined;
}

type Say = string | ((...params: (string | number)[]) => string);
type Known = Readonly<Record<string, Say>>;

/** Loaded when somebody reads English: in Chinese what the API says is shown as it came. */
let english: Known | undefined;
const load = async (): Promise<Known> =>
  (english ??= (await import('./sentence-words.js')).englishSentences as unknown as Known);

/** Says it in the operator's language. What nobody here knows stays as it came. */
export function useSaid(): (said: Said) => string {
  const isEnglish = useLanguage() === 'en';
  const [known, setKnown] = useState(english);
  useEffect(() => {
    // Without it, as where the network has just gone, the Chinese text stays.
    if (isEnglish) load().then(setKnown, () => undefined);
  }, [isEnglish]);
  return useCallback(
    ({ message, code, params = [] }) => {
      const say = isEnglish && code ? known?.[code] : undefined;
      return say === undefined ? message : typeof say === 'string' ? say : say(...params);
    },
    [isEnglish, known],
  );
}
