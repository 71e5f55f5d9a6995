const WINDOW_MS = 60_000;
const LIMIT = 5;
const FIRST_DELAY_MS = 250;

/** How often something died of late, and so when it may be started again. */
export class Deaths {
  private readonly times: number[] = [];

  /** @returns milliseconds to wait before the next start; null when it died too often to go on */
  record(now: number): number | null {
    this.times.push(now);
    const recent = this.times.filter((time) => now - time < WINDOW_MS).length;
    return recent >= LIMIT ? null : FIRST_DELAY_MS * 2 ** (recent - 1);
  }
}

export const DIED_TOO_OFTEN = `died ${LIMIT} times within a minute`;
