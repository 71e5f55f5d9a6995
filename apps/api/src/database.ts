import { columnTypes } from '@yajin/server';
import { DataSource } from 'typeorm';
import { PaymentKernel1000000000001 } from './migrations/0001-payment-kernel.js';
import { People1000000000002 } from './migrations/0002-people.js';
import { Camp1000000000003 } from './migrations/0003-camp.js';
import { JobWorker1000000000004 } from './migrations/0004-job-worker.js';

export const migrations = [
  PaymentKernel1000000000001,
  People1000000000002,
  Camp1000000000003,
  JobWorker1000000000004,
];

/** Any number, the same for every replica: migrations run one process at a time. */
const MIGRATION_LOCK = 7_215_501;

export function dataSource(url: string, poolSize = 20): DataSource {
  return new DataSource({
    type: 'postgres',
    url,
    entities: [],
    migrations,
    synchronize: false,
    extra: { max: poolSize, types: columnTypes, connectionTimeoutMillis: 10_000 },
  });
}

/** Brings the schema up to date over a connection that keeps its session. Replicas wait for each other. */
export async function migrate(directUrl: string): Promise<void> {
  const source = await dataSource(directUrl, 2).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await source.runMigrations({ transaction: 'each' });
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  } finally {
    await lock.release();
    await source.destroy();
  }
}
