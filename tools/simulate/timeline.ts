/** What was done and what happened, in its order. */
export class Timeline {
  private readonly began = performance.now();
  private readonly entries: string[] = [];
  /** How often each kind of fault was injected. */
  readonly injected = new Map<string, number>();

  add(who: string, what: string): void {
    const at = ((performance.now() - this.began) / 1000).toFixed(3).padStart(8);
    this.entries.push(`${at} s  ${who.padEnd(16)} ${what}`);
  }

  /** A fault that really came about. */
  fault(kind: string, what: string, times = 1): void {
    this.injected.set(kind, (this.injected.get(kind) ?? 0) + times);
    this.add('fault', `${kind}: ${what}`);
  }

  get lines(): readonly string[] {
    return this.entries;
  }
}
