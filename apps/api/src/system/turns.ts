import { TryLater } from './try-later.js';

/** Work that costs much: so many at once, so many more that wait in their order, the rest told to come back. */
export class Turns {
  private running = 0;
  private readonly waiting = new Set<() => void>();

  constructor(
    private readonly limits: {
      atOnce: number;
      waiting: number;
      /** How long one waits, in milliseconds. */
      waitMs: number;
    },
  ) {}

  /** @throws TryLater when nothing becomes free in time, or too many wait already */
  async take<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.limits.atOnce) this.running += 1;
    else await this.wait();
    try {
      return await work();
    } finally {
      this.release();
    }
  }

  private wait(): Promise<void> {
    if (this.waiting.size >= this.limits.waiting) throw new TryLater(1);
    return new Promise((resolve, reject) => {
      const begin = (): void => {
        clearTimeout(timer);
        this.waiting.delete(begin);
        resolve();
      };
      const timer = setTimeout(() => {
        this.waiting.delete(begin);
        reject(new TryLater(1));
      }, this.limits.waitMs);
      this.waiting.add(begin);
    });
  }

  /** A turn that ends goes straight to whoever has waited longest. */
  private release(): void {
    const [next] = this.waiting;
    if (next) next();
    else this.running -= 1;
  }
}
