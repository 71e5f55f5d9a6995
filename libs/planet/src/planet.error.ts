import type { Sentence } from '@yajin/core';

/**
 * - `cookie_expired`: the account's token is not accepted any more. Only a new one helps.
 * - `turned_away`: refused as no official tool (1059), more often than one call, or one run, puts up with.
 * - `throttled`: refused for too many calls, three times over with long pauses between.
 * - `denied`: zsxq says that the account may not see this group or check-in, or that there is none.
 * - `unavailable`: no answer, or none that can be read, three times over.
 */
export type PlanetErrorKind = 'cookie_expired' | 'turned_away' | 'throttled' | 'denied' | 'unavailable';

export class PlanetError extends Error {
  override readonly name = 'PlanetError';

  constructor(
    readonly kind: PlanetErrorKind,
    /** zsxq's own code, such as `1059`, or ours: `HTTP_502`, `TIMEOUT`, `NETWORK`, `BROKEN_ANSWER`. */
    readonly code: string,
    /** For operators; zsxq's own words are in it where it said some. */
    said: Sentence,
  ) {
    super(said.message);
  }
}
