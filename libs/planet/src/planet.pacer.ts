/** Resolves after so many milliseconds, or rejects with the signal's reason as soon as it aborts. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/**
 * How long to wait before the next call. A wall clock that was set back must not make it wait longer
 * than the interval.
 */
export function pauseMs(nowMs: number, lastEndMs: number | null, minIntervalMs: number): number {
  if (lastEndMs === null) return 0;
  return Math.min(minIntervalMs, Math.max(0, lastEndMs + minIntervalMs - nowMs));
}

/** Keeps calls apart: one task at a time, and a pause between the end of a call and the next. */
export class Pacer {
  private tail: Promise<unknown> = Promise.resolve();
  private lastEndMs: number | null = null;

  constructor(
    private readonly minIntervalMs: number,
    private readonly nowMs: () => number,
    private readonly sleep: Sleep,
  ) {}

  /** Runs a task (a call with its retries) once all tasks before it have settled. */
  inTurn<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** @param soon without the pause: the one who calls has waited as it thinks right */
  async spaced<T>(
    call: () => Promise<T>,
    { signal, soon = false }: { signal?: AbortSignal; soon?: boolean } = {},
  ): Promise<T> {
    const pause = soon ? 0 : pauseMs(this.nowMs(), this.lastEndMs, this.minIntervalMs);
    if (pause > 0) await this.sleep(pause, signal);
    try {
      return await call();
    } finally {
      this.lastEndMs = this.nowMs();
    }
  }
}
