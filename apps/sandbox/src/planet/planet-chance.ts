/**
 * zsxq turns away every fourth or fifth call with 1059, at random and whatever the pace (measured by several of its users,
 * 2026-07 to 2026-09). The same seed turns away the same calls.
 */
export class Chance {
  private seed = -1;
  private state = 0;

  constructor(private readonly wanted: () => { percent: number; seed: number }) {}

  isTurnedAway(): boolean {
    const { percent, seed } = this.wanted();
    if (seed !== this.seed) [this.seed, this.state] = [seed, seed];
    return this.next() * 100 < percent;
  }

  /** 0 to 1, by mulberry32. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }
}
