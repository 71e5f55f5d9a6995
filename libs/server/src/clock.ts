/**
 * The one source of time. SQL is given it as a parameter, so that whoever moves a clock moves everything that asks it.
 *
 * - Business time (`now`): stamps and deadlines of the business, what users read.
 * - Real time (`wall`): logins, tickets, throttles, signatures, job times, and when the kernel sends, asks and delivers again. It
 *   goes on by itself wherever the demo clock stands.
 */
export class Clock {
  private offsetMs = 0;

  /** Business time. */
  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Real time. */
  wall(): Date {
    return new Date();
  }

  get offset(): number {
    return this.offsetMs;
  }

  /** @param offsetMs milliseconds that business time runs ahead of real time; other than zero in demo mode only */
  setOffset(offsetMs: number): void {
    this.offsetMs = offsetMs;
  }
}
