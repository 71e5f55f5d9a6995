import { SENTENCES } from './all-sentences.js';

export type SentenceCode = keyof typeof SENTENCES;

/** What stands in a sentence, in the order in which its text takes it. */
export type SentenceParams = (string | number)[];

/** A text of ours for people, and what another language needs to say it. */
export interface Sentence {
  /** Chinese. */
  message: string;
  code: SentenceCode;
  params: SentenceParams;
}

/** What a sentence takes. */
export type ParamsOf<Code extends SentenceCode> = (typeof SENTENCES)[Code] extends (
  ...params: infer Params extends [string | number, ...(string | number)[]]
) => string
  ? Params
  : [];

export function sentence<Code extends SentenceCode>(code: Code, ...params: ParamsOf<Code>): Sentence {
  return { message: textOf(code, params), code, params };
}

/** Which of these sentences a text that was kept says; null for what nobody of us has written. */
export function recognised(text: string, codes: readonly SentenceCode[]): Sentence | null {
  for (const code of codes) {
    const params = paramsIn(text, code);
    if (params) return { message: text, code, params };
  }
  return null;
}

/** More than any sentence takes. */
const PLACES = ['\u0001', '\u0002', '\u0003'];

function paramsIn(text: string, code: SentenceCode): string[] | null {
  const fixed = textOf(code, PLACES).split(/[\u0001-\u0003]/);
  const pattern = fixed.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('(.*)');
  return new RegExp(`^${pattern}$`, 's').exec(text)?.slice(1) ?? null;
}

function textOf(code: SentenceCode, params: SentenceParams): string {
  const text: string | ((...params: never[]) => string) = SENTENCES[code];
  return typeof text === 'string' ? text : text(...(params as never[]));
}
