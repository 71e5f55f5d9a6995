import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { sentence } from '@yajin/core';
import {
  PAYER_CONTEXT,
  PAYER_INDEX,
  PayerIds,
  sealPayers,
  unnameNotifications,
  unsealedPayers,
} from '@yajin/payment';
import { Clock, Deadlines, rows, SealedColumns } from '@yajin/server';
import { DataSource, Repository } from 'typeorm';
import { HealthChecks, type HealthReading } from '../system/index.js';
import { SysRetention } from '../system/sys-retention.entity.js';

/** Rows at a time, and times a look: a million old rows take a few hours, and nobody waits for them. */
const BATCH = 250;
const BATCHES = 4;
const NOTIFICATIONS = 'unnamed notifications';

/** Seals the payers of the time before ids were sealed, and takes them out of what gateways had told. The key is not in the database. */
@Injectable()
export class PayerUpkeep implements OnModuleInit {
  private done = false;

  constructor(
    private readonly db: DataSource,
    @InjectRepository(SysRetention) private readonly retention: Repository<SysRetention>,
    private readonly clock: Clock,
    private readonly payers: PayerIds,
    private readonly deadlines: Deadlines,
    private readonly checks: HealthChecks,
    private readonly sealed: SealedColumns,
  ) {}

  onModuleInit(): void {
    this.deadlines.register({ owner: 'payers', steps: [{ name: 'payers', run: () => this.tick() }] });
    this.checks.register('payers', () => this.health());
    for (const [table, key] of [
      ['pay_order', 'id'],
      ['pay_attempt', 'out_trade_no'],
    ] as const)
      this.sealed.register({
        table,
        key,
        value: 'payer_id',
        context: () => PAYER_CONTEXT,
        index: { column: 'payer_index', purpose: PAYER_INDEX },
        only: 'payer_index IS NOT NULL',
      });
  }

  async tick(): Promise<void> {
    if (this.done) return;
    for (let batches = 0; batches < BATCHES; batches += 1) {
      const sealed = await sealPayers(this.db, this.payers, BATCH);
      const through = await this.unname();
      if (sealed > 0 || !through) continue;
      // Rows that somebody was at are still there.
      this.done = (await unsealedPayers(this.db)) === 0;
      return;
    }
  }

  /** @returns whether no old notification is left */
  private async unname(): Promise<boolean> {
    const state = await this.retention.findOneBy({ name: NOTIFICATIONS });
    if (state?.finished) return true;
    const { last, changed } = await unnameNotifications(this.db, this.payers, state?.cursor ?? 0, BATCH);
    await rows(
      this.db,
      `INSERT INTO sys_retention AS r (name, cursor, finished, total, last, ran_at) VALUES ($1, coalesce($2, 0), $3, $4, $4, $5)
       ON CONFLICT (name) DO UPDATE SET cursor = greatest(r.cursor, $2), finished = $3, total = r.total + $4, last = $4, ran_at = EXCLUDED.ran_at`,
      [NOTIFICATIONS, last, last === null, changed, this.clock.wall()],
    );
    return last === null;
  }

  private async health(): Promise<HealthReading> {
    const left = await unsealedPayers(this.db);
    return left > 0
      ? { status: 'degraded', findings: [sentence('payers_unsealed', left)] }
      : { status: 'up', findings: [] };
  }
}
