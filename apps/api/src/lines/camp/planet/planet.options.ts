/** Injects the `PlanetClient`. */
export const PLANET = 'camp.planet';

export class PlanetOptions {
  constructor(
    readonly apiBase: string,
    readonly minIntervalMs: number,
    readonly retryMs: number,
    readonly backoffMs: number,
    /** Until operators set another one. */
    readonly cookie: string | null,
  ) {}
}
