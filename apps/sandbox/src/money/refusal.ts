/** Why a merchant's request is not done. Each protocol has its own words for it. */
export type RefusalKind =
  | 'absent'
  | 'paid'
  | 'closed'
  | 'unpaid'
  | 'mismatch'
  | 'refused'
  | 'invalid'
  | 'notEnough'
  | 'throttled'
  | 'system'
  | 'signature';

export class Refusal extends Error {
  constructor(
    readonly kind: RefusalKind,
    message: string,
  ) {
    super(message);
  }
}
