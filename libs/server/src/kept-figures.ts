import { readsReplica } from './bulkheads.js';

/** What is counted faster than this, in milliseconds, is counted for everybody who asks. */
const DEAR_MS = 250;
/** What is dear is kept so many times as long as it took, so that counting takes at most a tenth of the time. */
const KEPT_TIMES = 10;
const KEPT_AT_MOST_MS = 60_000;
/** Of how many things the figures are kept. */
const MOST = 1_000;

interface Line<Value> {
  running: Promise<Value> | null;
  /** For all who came since that one began. */
  next: Promise<Value> | null;
}

/**
 * Figures that cost the more the more rows there are, for pages that many look at. Of each thing there is one count at a time and one
 * that waits, whoever asks: so nobody hears of a moment before they asked, save of what took long, which is kept for a while.
 */
export class KeptFigures<Value> {
  private readonly lines = new Map<string, Line<Value>>();
  private readonly kept = new Map<string, { value: Value; until: number }>();

  /** @param what is counted, and by which values */
  of(what: string, count: () => Promise<Value>): Promise<Value> {
    // Who has to be answered by the primary is not given what the replica says.
    const key = readsReplica() ? `replica ${what}` : `primary ${what}`;
    const line = this.lines.get(key) ?? { running: null, next: null };
    this.lines.set(key, line);
    if (line.next) return line.next;
    if (!line.running) return this.begin(key, line, count);
    const ended = line.running.catch(() => undefined);
    line.next = ended.then(() => {
      line.next = null;
      return this.begin(key, line, count);
    });
    return line.next;
  }

  private begin(key: string, line: Line<Value>, count: () => Promise<Value>): Promise<Value> {
    line.running = this.look(key, count).finally(() => {
      line.running = null;
      if (!line.next) this.lines.delete(key);
    });
    return line.running;
  }

  private async look(key: string, count: () => Promise<Value>): Promise<Value> {
    const kept = this.kept.get(key);
    const began = performance.now();
    if (kept && kept.until > began) return kept.value;
    this.kept.delete(key);
    const value = await count();
    const took = performance.now() - began;
    if (took < DEAR_MS) return value;
    if (this.kept.size >= MOST) this.kept.delete(this.kept.keys().next().value ?? '');
    this.kept.set(key, {
      value,
      until: performance.now() + Math.min(took * KEPT_TIMES, KEPT_AT_MOST_MS),
    });
    return value;
  }
}
