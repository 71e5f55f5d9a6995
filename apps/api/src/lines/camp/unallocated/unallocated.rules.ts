import type { Camp } from '@yajin/contract';

/** Why money by a fixed code fits no camp, as its row and its readers have it. */
const MISMATCHES = {
  no_camp: '找不到对应的训练营',
  wrong_amount: '金额与押金不符',
  camp_begun: '支付时训练营已开始',
} as const;

export function mismatchInWords(code: keyof typeof MISMATCHES): string {
  return MISMATCHES[code];
}

/** Null of anything else that an older row says. */
export function mismatchCode(words: string): Camp.UnallocatedPayment['reasonCode'] {
  const known = Object.entries(MISMATCHES).find(([, each]) => each === words);
  return known ? (known[0] as keyof typeof MISMATCHES) : null;
}
