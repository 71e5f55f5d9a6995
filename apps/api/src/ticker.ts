import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { BilledFees, KeyWatch } from '@yajin/payment';
import { CampScanner } from './lines/camp/index.js';
import { Looks, Readiness, SystemScanner } from './system/index.js';

const EVERY_MS = 5000;
/** Each statement of a look is bounded, so a look that takes longer hangs on something else. */
const LONG_MS = 120_000;

interface Look {
  name: string;
  work: () => Promise<void>;
}

/** Looks every few seconds for what has fallen due. A look that takes longer is not overtaken, nor waited for by others. */
@Injectable()
export class Ticker {
  private readonly logger = new Logger(Ticker.name);
  private readonly looks: Look[];
  private readonly busy = new Set<string>();

  constructor(
    scanner: CampScanner,
    system: SystemScanner,
    fees: BilledFees,
    keys: KeyWatch,
    lines: Looks,
    private readonly readiness: Readiness,
  ) {
    this.looks = [
      { name: 'camps', work: () => scanner.tick({ dailySyncs: true }) },
      { name: 'the night', work: () => system.tick() },
      { name: 'the audit log', work: () => system.chainDeeds() },
      { name: 'bills', work: () => fees.tick() },
      { name: 'keys', work: () => keys.tick() },
      { name: 'the lines', work: () => lines.tick() },
    ];
  }

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (!this.readiness.ready) return;
    await Promise.all(this.looks.filter(({ name }) => !this.busy.has(name)).map((look) => this.look(look)));
  }

  /** One that takes too long is given up, and begun anew at the next tick. */
  private async look({ name, work }: Look): Promise<void> {
    this.busy.add(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no end after ${LONG_MS / 1000} s`)), LONG_MS);
    });
    await Promise.race([work(), late]).catch((error: unknown) =>
      this.logger.error(`could not look for what is due (${name}): ${String(error)}`),
    );
    clearTimeout(timer);
    this.busy.delete(name);
  }
}
