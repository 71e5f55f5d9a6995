import { createContext, useContext, type ReactNode } from 'react';

export type Language = 'zh' | 'en';

const LANGUAGE = createContext<Language>('zh');

/** The words of one part of the console: Chinese first, and English of the same shape. */
export interface Words<Text> {
  zh: Text;
  en: Text;
}

/** Says everything in both languages, next to where it is used: the compiler misses what one of them lacks. */
export function words<Text>(zh: Text, en: NoInfer<Text>): Words<Text> {
  return { zh, en };
}

export function useWords<Text>(all: Words<Text>): Text {
  return all[useContext(LANGUAGE)];
}

export function InLanguage({ language, children }: { language: Language; children: ReactNode }): ReactNode {
  return <LANGUAGE value={language}>{children}</LANGUAGE>;
}
