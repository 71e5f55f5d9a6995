/** How much of a second's calls may be made at once. */
const BURST_SECONDS = 0.4;
const SLOW_MS = 3_000;
const SLOWER = 0.8;

/** Keeps calls below so many a second: what was not used up in a while is lost. */
export class Pace {
  private left: number;
  private countedAt = performance.now();
  private slowUntil = 0;

  constructor(private readonly perSecond: number) {
    this.left = this.burst;
  }

  private get burst(): number {
    return Math.max(1, this.perSecond * BURST_SECONDS);
  }

  /** How many calls may be made now. */
  room(): number {
    const now = performance.now();
    const rate = now < this.slowUntil ? this.perSecond * SLOWER : this.perSecond;
    this.left = Math.min(this.burst, this.left + ((now - this.countedAt) / 1000) * rate);
    this.countedAt = now;
    return Math.floor(this.left);
  }

  use(calls: number): void {
    this.left -= calls;
  }

  /** The other side said that these were too many: fewer for a while. */
  slowDown(): void {
    this.slowUntil = performance.now() + SLOW_MS;
  }
}
