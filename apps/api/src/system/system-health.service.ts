import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime, sentence } from '@yajin/core';
import { Clock, onlyRow } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import manifest from '../../package.json' with { type: 'json' };
import { HealthChecks, within, type HealthFacts, type HealthReading } from './health-checks.js';
import { jobCounts, workers } from './job-counts.js';

/** A database that takes longer for nothing at all is in trouble. */
const SLOW_MS = 250;
/** Where jobs cannot be counted in time, the check of the database says why. */
const COUNTED_WITHIN_MS = 3_000;
/** Without these nothing works; anything else only degrades the whole. */
const VITAL = ['database', 'jobs'];

const NOTHING_KNOWN: HealthFacts = {
  refundsPaused: false,
  planetCookie: 'unknown',
  lastSyncTime: null,
  retention: [],
};

/** How everything is, for the console. */
@Injectable()
export class SystemHealthService implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.register('database', () => this.database());
    this.checks.register('jobs', () => this.jobs());
  }

  async report(): Promise<Camp.SystemHealth> {
    const readings = await this.checks.run();
    const none = { waiting: 0, failed: 0 };
    const { waiting, failed } = await within(COUNTED_WITHIN_MS, () => jobCounts(this.db), none);
    const facts = readings.reduce<HealthFacts>(
      (all, reading) => ({ ...all, ...reading.facts }),
      NOTHING_KNOWN,
    );
    return {
      status: overall(readings),
      version: manifest.version,
      uptime: Math.floor(process.uptime()),
      checks: readings.map(check),
      waitingJobs: waiting,
      failedJobs: failed,
      refundsPaused: facts.refundsPaused,
      planetCookie: facts.planetCookie,
      lastSyncTime: facts.lastSyncTime && localTime(facts.lastSyncTime),
      retention: facts.retention,
      checkedAt: localTime(this.clock.now()),
    };
  }

  private async database(): Promise<HealthReading> {
    const began = performance.now();
    await onlyRow(this.db, 'SELECT 1 AS one');
    const ms = Math.ceil(performance.now() - began);
    return { status: ms > SLOW_MS ? 'degraded' : 'up', findings: [sentence('database_answers', ms)] };
  }

  private async jobs(): Promise<HealthReading> {
    if ((await workers(this.db)) === 0) return { status: 'down', findings: [sentence('no_worker')] };
    const { failed } = await jobCounts(this.db);
    return failed > 0
      ? { status: 'degraded', findings: [sentence('jobs_failed', failed)] }
      : { status: 'up', findings: [] };
  }
}

function check({ name, status, findings, message }: HealthReading & { name: string }): Camp.SystemCheck {
  const said = message ?? findings.map((each) => each.message).join('；');
  return { name, status, message: said || null, findings };
}

function overall(readings: (HealthReading & { name: string })[]): Camp.SystemHealth['status'] {
  if (readings.some(({ name, status }) => status === 'down' && VITAL.includes(name))) return 'down';
  return readings.some(({ status }) => status === 'down' || status === 'degraded') ? 'degraded' : 'up';
}
