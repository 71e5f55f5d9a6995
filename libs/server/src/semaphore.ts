import { Semaphore as Places, withTimeout, type SemaphoreInterface } from 'async-mutex';

const TIMED_OUT = new Error('no place became free in time');

interface Limits {
  /** How many run at once. */
  atOnce: number;
  /** How many more may wait, in their order; any number where it is left out. */
  waiting?: number;
  /** How long one waits, in milliseconds. */
  waitMs: number;
}

/** Work that costs much: so many at once, so many more that wait in their order, the rest are refused. */
export class Semaphore {
  private readonly places: SemaphoreInterface;
  private waiting = 0;

  /** @param refusal what is thrown when nothing becomes free in time, or too many wait already */
  constructor(
    private readonly limits: Limits,
    private readonly refusal: () => Error,
  ) {
    this.places = withTimeout(new Places(limits.atOnce), limits.waitMs, TIMED_OUT);
  }

  /**
   * Takes a place, for work that ends somewhere else.
   * @returns what gives the place back; giving it back twice is giving it back once
   */
  async acquire(): Promise<() => void> {
    const waits = this.places.isLocked();
    if (waits && this.waiting >= (this.limits.waiting ?? Infinity)) throw this.refusal();
    if (waits) this.waiting += 1;
    try {
      const [, release] = await this.places.acquire();
      return release;
    } catch (error) {
      throw error === TIMED_OUT ? this.refusal() : error;
    } finally {
      if (waits) this.waiting -= 1;
    }
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    const release = await this.acquire();
    try {
      return await work();
    } finally {
      release();
    }
  }
}
