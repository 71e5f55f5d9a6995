import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Calls, Clock, Deadlines, onlyRow } from '@yajin/server';
import { DataSource } from 'typeorm';
import { CallHealth } from './call-health.js';
import { HealthChecks, type HealthReading } from './health-checks.js';
import { OBJECT_STORE } from './image-bytes.js';
import { STORE_SIDE, type ObjectStore } from './object-store.js';

/** While something is wrong, and otherwise. Real time. */
const SOON_MS = 10_000;
const RARELY_MS = 30 * 60_000;

/** Asks the store of images whether it works: as the process begins, again and again while it does not, and now and then. */
@Injectable()
export class StoreWatch implements OnModuleInit {
  private due = 0;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly calls: Calls,
    private readonly callHealth: CallHealth,
    private readonly checks: HealthChecks,
    private readonly deadlines: Deadlines,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore | null,
  ) {}

  onModuleInit(): void {
    this.checks.register('images', () => this.health());
    if (!this.store) return;
    this.calls.listen(({ side, operation, outcome }) => {
      if (side === STORE_SIDE && operation !== 'probe' && outcome !== 'ok' && outcome !== 'refused')
        this.soon();
    });
    const step = { name: 'store of images', run: () => this.run(), routine: true } as const;
    this.deadlines.register({ owner: 'the store of images', steps: [step] });
  }

  /** Never throws: what is wrong is counted as any call is. */
  async run(): Promise<void> {
    const now = this.clock.wall().getTime();
    if (!this.store || now < this.due) return;
    this.due = now + RARELY_MS;
    await this.store.probe().catch(() => this.soon());
  }

  private soon(): void {
    this.due = Math.min(this.due, this.clock.wall().getTime() + SOON_MS);
  }

  private async health(): Promise<HealthReading> {
    if (this.store) return this.callHealth.reading(STORE_SIDE);
    const { images } = await onlyRow<{ images: number }>(
      this.db,
      'SELECT count(*) AS images FROM sys_upload WHERE object IS NOT NULL',
    );
    return images > 0
      ? { status: 'down', findings: [sentence('images_without_store', images)] }
      : { status: 'disabled', findings: [] };
  }
}
