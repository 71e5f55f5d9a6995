import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Deadlines, withConnectionsOf, type DueWork } from '@yajin/server';
import { Readiness } from './system/index.js';

const EVERY_MS = 5000;
/** Each statement of a look is bounded, so a look that takes longer hangs on something else. */
const LONG_MS = 120_000;

/** Looks every few seconds for what has fallen due. Whose work takes longer is not overtaken, nor waited for by others. */
@Injectable()
export class Ticker {
  private readonly logger = new Logger(Ticker.name);
  private readonly busy = new Set<string>();

  constructor(
    private readonly deadlines: Deadlines,
    private readonly readiness: Readiness,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (!this.readiness.ready) return;
    const idle = this.deadlines.all.filter(({ owner }) => !this.busy.has(owner));
    await withConnectionsOf('jobs', () => Promise.all(idle.map((work) => this.look(work))));
  }

  /** One that takes too long is given up, and begun anew at the next tick. */
  private async look(work: DueWork): Promise<void> {
    this.busy.add(work.owner);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${LONG_MS / 1000} s`)), LONG_MS);
    });
    await Promise.race([this.deadlines.run({ routine: true }, [work]), late]).catch((error: unknown) =>
      this.logger.error(`could not look for what is due (${work.owner}): ${String(error)}`),
    );
    clearTimeout(timer);
    this.busy.delete(work.owner);
  }
}
