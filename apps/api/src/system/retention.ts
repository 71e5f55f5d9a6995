import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { localTime, sentence, type Sentence } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { Clock, Jobs, rows, type Database, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { RETENTION } from './system.jobs.js';
import { HealthChecks, type HealthReading } from './health-checks.js';
import type { SysRetention } from './sys-retention.entity.js';

/** Rows a statement, and statements a run: what is left then waits for the next night. */
const BATCH = 500;
const BATCHES = 400;
/** A night was missed, and half of the next one. */
const LATE_HOURS = 36;

/** So many of what is left are counted, for the health page and the metrics. */
export const MOST_COUNTED = 10_000;

export interface RetentionStep {
  name: string;
  /** What it has forgotten the last time and in all, for the health page. */
  said: (last: number, total: number) => Sentence;
  /** Goes over rows in one short transaction. @returns how many it changed: fewer than `most` when nothing is left for now */
  work: (most: number) => Promise<number>;
  /** How many are due and still there, `MOST_COUNTED` at most. */
  waiting?: () => Promise<number>;
  /** How many were tried, and could not be done: with any the step counts as failed. */
  failing?: () => Promise<number>;
}

export type RetentionFigures = Row<SysRetention, 'name' | 'last' | 'total' | 'waiting' | 'failed' | 'ranAt'>;

/** What each step did when it last ran. */
export function retentionFigures(db: Database): Promise<RetentionFigures[]> {
  return rows(db, 'SELECT name, last, total, waiting, failed, ran_at FROM sys_retention ORDER BY name');
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

  private async take(step: RetentionStep): Promise<void> {
    const { name, work } = step;
    let changed = 0;
    let failed = true;
    try {
      for (let batches = 0; batches < BATCHES; batches += 1) {
        const now = await work(BATCH);
        changed += now;
        if (now < BATCH) break;
      }
      failed = ((await step.failing?.()) ?? 0) > 0;
    } finally {
      await this.note(name, changed, failed, await this.left(step));
    }
    if (changed > 0) this.logger.log(`${name}: ${changed} rows`);
  }

  private async left({ name, waiting }: RetentionStep): Promise<number | null> {
    try {
      return (await waiting?.()) ?? null;
    } catch (error) {
      this.logger.warn(`${name}: what is left could not be counted: ${String(error)}`);
      return null;
    }
  }

  private async note(name: string, changed: number, failed: boolean, waiting: number | null): Promise<void> {
    await rows(
      this.db,
      `INSERT INTO sys_retention AS r (name, total, last, ran_at, failed, waiting) VALUES ($1, $2, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE SET total = r.total + EXCLUDED.last, last = EXCLUDED.last, ran_at = EXCLUDED.ran_at,
         failed = EXCLUDED.failed, waiting = EXCLUDED.waiting`,
      [name, changed, this.clock.wall(), failed, waiting],
    );
  }

  private async health(): Promise<HealthReading> {
    const all = await retentionFigures(this.db);
    const ran = this.steps.flatMap(({ name }) => all.find((each) => each.name === name) ?? []);
    const facts = { retention: ran.map(presentFigures) };
    const first = ran.reduce<Date | null>(
      (at, { ran_at: each }) => (at === null || each < at ? each : at),
      null,
    );
    if (first === null) return { status: 'up', findings: [sentence('never_cleared')], facts };
    const figures = this.steps.map(({ name, said }) => {
      const row = ran.find((each) => each.name === name);
      return said(row?.last ?? 0, row?.total ?? 0);
    });
    const failed = ran.filter((each) => each.failed).length;
    const waiting = ran.reduce((sum, each) => sum + (each.waiting ?? 0), 0);
    if (failed > 0) figures.unshift(sentence('clearing_failed', failed));
    if (waiting > 0) figures.unshift(sentence('clearing_waits', waiting));
    const cleared = sentence('cleared_at', localTime(first).replace('T', ' '));
    const findings = [cleared, ...figures];
    const message = `${cleared.message}：${figures.map((each) => each.message).join('，')}`;
    const late = this.clock.wall().getTime() - first.getTime() > LATE_HOURS * 3_600_000;
    return { status: late || failed > 0 ? 'degraded' : 'up', findings, message, facts };
  }
}

function presentFigures({
  name,
  last,
  total,
  waiting,
  failed,
  ran_at: ranAt,
}: RetentionFigures): Camp.RetentionStep {
  return { name, lastRows: last, totalRows: total, waitingRows: waiting, failed, ranAt: localTime(ranAt) };
}
