import { Injectable, Logger } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { CampScanner } from './camp/index.js';
import { Readiness, SystemScanner } from './system/index.js';

const EVERY_MS = 5000;

/** Looks every few seconds for what has fallen due. A look that takes longer is not overtaken. */
@Injectable()
export class Ticker {
  private readonly logger = new Logger(Ticker.name);
  private busy = false;

  constructor(
    private readonly scanner: CampScanner,
    private readonly system: SystemScanner,
    private readonly readiness: Readiness,
  ) {}

  @Interval(EVERY_MS)
  async tick(): Promise<void> {
    if (this.busy || !this.readiness.ready) return;
    this.busy = true;
    for (const look of [() => this.scanner.tick({ dailySyncs: true }), () => this.system.tick()]) {
      await look().catch((error: unknown) =>
        this.logger.error(`could not look for what is due: ${String(error)}`),
      );
    }
    this.busy = false;
  }
}
