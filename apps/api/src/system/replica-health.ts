import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { PoolOfPools, type Replica } from '@yajin/server';
import { DataSource } from 'typeorm';
import { HealthChecks, type HealthReading } from './health-checks.js';
import { Metrics } from './metrics.js';

/** How it is with the replica that reads may come from. Without it everything works: it is never red. */
@Injectable()
export class ReplicaHealth implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly checks: HealthChecks,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    const { master } = this.db.driver as { master?: unknown };
    const replica = master instanceof PoolOfPools ? master.replica : null;
    if (replica) this.checks.register('replica', () => Promise.resolve(reading(replica)));
    this.metrics.figures(
      {
        database_replica_used: [
          'Whether lists, statistics and exports are read from the replica: 0 or 1',
          ['pool'],
        ],
        database_replica_lag_seconds: [
          'By how much the replica is behind at most; nothing while that is not known',
          ['pool'],
        ],
        database_replica_fallbacks: [
          'Requests that the replica failed at, and the primary answered',
          ['pool'],
        ],
      },
      () => Promise.resolve(replica ? figures(replica) : []),
    );
  }
}

function reading(replica: Replica): HealthReading {
  const { lagMs, why } = replica.now;
  const seconds = Math.ceil((lagMs ?? 0) / 1000);
  if (replica.usable) return { status: 'up', findings: [sentence('replica_follows', seconds)] };
  if (why !== null) return { status: 'degraded', findings: [sentence('replica_away', why)] };
  if (lagMs === null || lagMs <= replica.behindMs)
    return { status: 'degraded', findings: [sentence('replica_unknown')] };
  return { status: 'degraded', findings: [sentence('replica_behind', seconds)] };
}

function figures(replica: Replica): { name: string; labels: Record<string, string>; value: number }[] {
  const { lagMs, fallbacks } = replica.now;
  const values = {
    database_replica_used: replica.usable ? 1 : 0,
    database_replica_lag_seconds: lagMs === null ? null : lagMs / 1000,
    database_replica_fallbacks: fallbacks,
  };
  return Object.entries(values).flatMap(([name, value]) =>
    value === null ? [] : [{ name, labels: { pool: 'replica' }, value }],
  );
}
