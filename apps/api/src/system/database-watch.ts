import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Alerts, Cache, Clock, Deadlines } from '@yajin/server';
import { DatabaseProbe } from './database-probe.js';
import type { SystemAlert } from './system-alert.js';

/** So many looks in vain, five seconds apart, are no hiccup. */
const NOTABLE = 3;
/** What one process has told of, another one that shares its Redis does not tell again for so long, in seconds. */
const TOLD_FOR_S = 600;
const TOLD = 'alert:database';
/** How often the group's robot is looked up, so that it can be told without a database. */
const ROBOT_EVERY_MS = 60_000;

/** Tells people that the database is silent, which no alert can that is kept in it. */
@Injectable()
export class DatabaseWatch implements OnModuleInit {
  private readonly logger = new Logger(DatabaseWatch.name);
  private misses = 0;
  private since: Date | null = null;
  private robotAt = 0;

  constructor(
    private readonly probe: DatabaseProbe,
    private readonly alerts: Alerts<SystemAlert>,
    private readonly cache: Cache,
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    const step = { name: 'database', run: () => this.look(), routine: true } as const;
    this.deadlines.register({ owner: 'database', steps: [step] });
  }

  /** Run every few seconds. */
  async look(): Promise<void> {
    if (await this.probe.answers()) return this.there();
    this.since ??= this.clock.wall();
    this.misses += 1;
    if (this.misses === 1) this.logger.warn('the database does not answer');
    if (this.misses !== NOTABLE) return;
    const detail = `no answer since ${this.since.toISOString()}`;
    if ((await this.cache.get(TOLD)) !== null) return this.logger.error(`the database is silent: ${detail}`);
    await this.cache.set(TOLD, detail, TOLD_FOR_S);
    await this.alerts.shout('system-database-silent', detail);
  }

  private async there(): Promise<void> {
    if (this.since !== null)
      this.logger.log(`the database answers again, silent since ${this.since.toISOString()}`);
    this.misses = 0;
    this.since = null;
    const now = this.clock.wall().getTime();
    if (now - this.robotAt < ROBOT_EVERY_MS) return;
    this.robotAt = now;
    await this.alerts.findRobot();
  }
}
