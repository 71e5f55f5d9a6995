import { deliver, dueDeliveries } from './money/delivery.js';
import { settleDueRefunds } from './money/refund.js';
import type { World } from './world.js';

/** How many notifications are under way at once. */
const MOST_AT_ONCE = 32;

/** `setTimeout` cannot wait longer than about 24 days; looking earlier does no harm. */
const LONGEST_WAIT_MS = 60_000;

/**
 * Performs what is due: refunds to settle, notifications to send. What is due and when stands in the
 * store, so a restart goes on where the last run ended; the timer only says when to look next.
 */
export class Scheduler {
  private timer: NodeJS.Timeout | undefined;
  private readonly underWay = new Map<number, Promise<void>>();
  private readonly stopping = new AbortController();

  constructor(private readonly world: World) {
    world.wake = () => this.lookIn(0);
  }

  start(): void {
    this.lookIn(0);
  }

  /** Ends what is under way; it is done again after the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    clearTimeout(this.timer);
    await Promise.all(this.underWay.values());
  }

  private lookIn(ms: number): void {
    if (this.stopping.signal.aborted) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), ms);
  }

  private look(): void {
    // One instant for the whole look, or what falls due meanwhile would be missed by both halves.
    const now = Date.now();
    settleDueRefunds(this.world, now);
    // Those under way are still due in the store: ask for enough to find the others behind them.
    for (const delivery of dueDeliveries(this.world, now, MOST_AT_ONCE * 2)) {
      if (this.underWay.size >= MOST_AT_ONCE) break;
      if (this.underWay.has(delivery.id)) continue;
      const done = deliver(this.world, delivery, this.stopping.signal).finally(() => {
        this.underWay.delete(delivery.id);
        this.lookIn(0);
      });
      this.underWay.set(delivery.id, done);
    }
    this.lookIn(this.untilNext(now));
  }

  private untilNext(now: number): number {
    const sql = `SELECT min(at) AS at FROM (
      SELECT min(settle_at) AS at FROM refund WHERE settle_at IS NOT NULL
      UNION ALL SELECT min(next_at) FROM delivery WHERE next_at > ?)`;
    const { at } = this.world.store.get<{ at: number | null }>(sql, now)!;
    return at === null ? LONGEST_WAIT_MS : Math.min(Math.max(at - Date.now(), 1), LONGEST_WAIT_MS);
  }
}
