/**
 * - `cookie_expired`: the account's cookie is not accepted any more. Only a new one helps.
 * - `throttled`: refused for too many calls, three times over with long pauses between.
 * - `denied`: the account may not see this group or check-in, or there is none.
 * - `unavailable`: no answer, or none that can be read, three times over.
 */
export type PlanetErrorKind = 'cookie_expired' | 'throttled' | 'denied' | 'unavailable';

export class PlanetError extends Error {
  override readonly name = 'PlanetError';

  constructor(
    readonly kind: PlanetErrorKind,
    /** zsxq's own code, such as `1059`, or ours: `HTTP_502`, `TIMEOUT`, `NETWORK`, `BROKEN_ANSWER`. */
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}
