import { recognised, SENTENCES, type Sentence, type SentenceCode } from '@yajin/core';

const CODES = Object.keys(SENTENCES).filter((code) => code.startsWith('planet_')) as SentenceCode[];

/** What a kept failure says, by its code. Null for what an older version kept. */
export function planetWords(kept: string): Sentence | null {
  return recognised(kept, CODES);
}

/** A kept failure as the contract has it. */
export function failReason(kept: string | null): {
  failReason: string | null;
  failReasonCode: string | null;
  failReasonParams: (string | number)[];
} {
  const said = kept === null ? null : planetWords(kept);
  return { failReason: kept, failReasonCode: said?.code ?? null, failReasonParams: said?.params ?? [] };
}
