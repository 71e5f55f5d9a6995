import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { localTime, sentence, type Sentence } from '@yajin/core';
import { Clock, Jobs, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { RETENTION } from './system.jobs.js';
import { HealthChecks, type HealthReading } from './health-checks.js';
import type { SysRetention } from './sys-retention.entity.js';

/** Rows a statement, and statements a run: what is left then waits for the next night. */
const BATCH = 500;
const BATCHES = 400;
/** A night was missed, and half of the next one. */
const LATE_HOURS = 36;

export interface RetentionStep {
  name: string;
  /** What it has forgotten the last time and in all, for the health page. */
  said: (last: number, total: number) => Sentence;
  /** Goes over rows in one statement. @returns how many it changed: fewer than `most` when nothing is left for now */
  work: (most: number) => Promise<number>;
}

/** Forgets every night what has been kept for long enough. Whoever keeps something of people registers a step. */
@Injectable()
export class Retention implements OnModuleInit {
  private readonly logger = new Logger(Retention.name);
  private readonly steps: RetentionStep[] = [];

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.jobs.register(RETENTION, () => this.run());
    this.checks.register('retention', () => this.health());
  }

  register(step: RetentionStep): void {
    this.steps.push(step);
  }

  /** One step that fails does not keep the others from being done. @throws what the first that failed threw, after all of them */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const step of this.steps) await this.take(step).catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }

  private async take({ name, work }: RetentionStep): Promise<void> {
    let changed = 0;
    try {
      for (let batches = 0; batches < BATCHES; batches += 1) {
        const now = await work(BATCH);
        changed += now;
        if (now < BATCH) break;
      }
    } finally {
      await this.note(name, changed);
    }
    if (changed > 0) this.logger.log(`${name}: ${changed} rows`);
  }

  private async note(name: string, changed: number): Promise<void> {
    await rows(
      this.db,
      `INSERT INTO sys_retention AS r (name, total, last, ran_at) VALUES ($1, $2, $2, $3)
       ON CONFLICT (name) DO UPDATE SET total = r.total + EXCLUDED.last, last = EXCLUDED.last, ran_at = EXCLUDED.ran_at`,
      [name, changed, this.clock.wall()],
    );
  }

  private async health(): Promise<HealthReading> {
    const ran = await rows<Row<SysRetention, 'name' | 'last' | 'total'>>(
      this.db,
      'SELECT name, last, total FROM sys_retention WHERE name = ANY($1)',
      [this.steps.map(({ name }) => name)],
    );
    const { at, late } = await onlyRow<{ at: Date | null; late: boolean | null }>(
      this.db,
      `SELECT min(ran_at) AS at, min(ran_at) < $3::timestamptz - make_interval(hours => $2) AS late FROM sys_retention WHERE name = ANY($1)`,
      [this.steps.map(({ name }) => name), LATE_HOURS, this.clock.wall()],
    );
    if (at === null) return { status: 'up', findings: [sentence('never_cleared')] };
    const figures = this.steps.map(({ name, said }) => {
      const row = ran.find((each) => each.name === name);
      return said(row?.last ?? 0, row?.total ?? 0);
    });
    const cleared = sentence('cleared_at', localTime(at));
    const findings = [cleared, ...figures];
    const message = `${cleared.message}：${figures.map((each) => each.message).join('，')}`;
    return { status: late ? 'degraded' : 'up', findings, message };
  }
}
