/**
 * The time of the business: every stamp and deadline asks this clock. Logins, tickets, throttles,
 * signatures and job times use real time (`new Date()`) instead, so that moving the demo clock
 * breaks none of them. The offset only ever differs from zero in demo mode.
 */
export class Clock {
  private offsetMs = 0;

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  get offset(): number {
    return this.offsetMs;
  }

  /** @param offsetMs milliseconds that business time runs ahead of real time */
  setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }
}
