import { PlanetError } from '@yajin/planet';
import { Semaphore } from '@yajin/server';

/** zsxq has no time for it: too many ask already, or it has not answered for too long. */
export class PlanetBusy extends Error {}

/** What people ask of zsxq while a page waits. Calls go one after another and seconds apart: a few people may wait, not many. */
export class PlanetPatience {
  private readonly places: Semaphore;

  /** @param forMs milliseconds, behind whatever a sync is asking at the moment; then nobody waits any more */
  constructor(
    limits: { atOnce: number; waiting: number },
    private readonly forMs: number,
  ) {
    this.places = new Semaphore({ ...limits, waitMs: 10_000 }, () => new PlanetBusy());
  }

  /** @throws PlanetError, PlanetBusy */
  async ask<Answer>(call: (signal: AbortSignal) => Promise<Answer>): Promise<Answer> {
    const signal = AbortSignal.timeout(this.forMs);
    try {
      return await this.places.run(() => call(signal));
    } catch (error) {
      throw signal.aborted && !(error instanceof PlanetError) ? new PlanetBusy() : error;
    }
  }
}
