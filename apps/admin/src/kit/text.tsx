import { isolated } from '@yajin/core';
import { createContext, useContext, type ReactNode } from 'react';

export type Language = 'zh' | 'en';

const LANGUAGE = createContext<Language>('zh');

/** The words of one part of the console: Chinese first, and English of the same shape. */
export interface Words<Text> {
  zh: Text;
  en: Text;
}

/**
 * Says everything in both languages, next to where it is used: the compiler misses what one of them lacks. Texts that are put
 * into a sentence are somebody else's, and cannot turn it around.
 */
export function words<Text>(zh: Text, en: NoInfer<Text>): Words<Text> {
  return { zh: apart(zh), en: apart(en) };
}

/** Texts of somebody else's in a row. */
export function joined(texts: string[], separator = ' · '): string {
  return texts.map(isolated).join(separator);
}

/** Words of one language alone. What is put into a sentence cannot turn it around. */
export function apart<Text>(text: Text): Text {
  if (typeof text === 'function') {
    const say = text as unknown as (...given: unknown[]) => unknown;
    return ((...given: unknown[]) =>
      say(...given.map((each) => (typeof each === 'string' ? isolated(each) : each)))) as Text;
  }
  if (typeof text !== 'object' || text === null || Array.isArray(text)) return text;
  return Object.fromEntries(Object.entries(text).map(([name, each]) => [name, apart<unknown>(each)])) as Text;
}

const ENGLISH = new Intl.PluralRules('en');

/**
 * `1 day`, `2 days`: a number with its noun, for the English words.
 * @param n as it is or as it is shown, such as `1,204`; of a range, `1-5`, there are always several
 */
export function counted(n: number | string, one: string, several = `${one}s`): string {
  return `${n} ${ENGLISH.select(Number(`${n}`.replaceAll(',', ''))) === 'one' ? one : several}`;
}

export function useLanguage(): Language {
  return useContext(LANGUAGE);
}

export function useWords<Text>(all: Words<Text>): Text {
  return all[useLanguage()];
}

export function InLanguage({ language, children }: { language: Language; children: ReactNode }): ReactNode {
  return <LANGUAGE value={language}>{children}</LANGUAGE>;
}
