import { columnTypes } from '@yajin/server';
import { DataSource } from 'typeorm';
import { PaymentKernel1000000000001 } from './migrations/0001-payment-kernel.js';
import { People1000000000002 } from './migrations/0002-people.js';
import { Camp1000000000003 } from './migrations/0003-camp.js';
import { JobWorker1000000000004 } from './migrations/0004-job-worker.js';
import { AuditLog1000000000005 } from './migrations/0005-audit-log.js';
import { Idempotency1000000000006 } from './migrations/0006-idempotency.js';
import { ListAnchors1000000000007 } from './migrations/0007-list-anchors.js';
import { SyncTasks1000000000008 } from './migrations/0008-sync-tasks.js';
import { Uploads1000000000009 } from './migrations/0009-uploads.js';
import { Unmatched1000000000010 } from './migrations/0010-unmatched.js';
import { Unallocated1000000000011 } from './migrations/0011-unallocated.js';
import { SyncFailCode1000000000012 } from './migrations/0012-sync-fail-code.js';
import { Gym1000000000013 } from './migrations/0013-gym.js';
import { Course1000000000014 } from './migrations/0014-course.js';
import { WorkOrder1000000000015 } from './migrations/0015-work-order.js';
import { Transfers1000000000016 } from './migrations/0016-transfers.js';
import { Task1000000000017 } from './migrations/0017-task.js';
import { PayLists1000000000018 } from './migrations/0018-pay-lists.js';
import { AuditChainedAfter1000000000020 } from './migrations/0020-audit-chained-after.js';
import { MoneyWithoutAnEdge1000000000021 } from './migrations/0021-money-without-an-edge.js';
import { DueRows1000000000022 } from './migrations/0022-due-rows.js';

export const migrations = [
  PaymentKernel1000000000001,
  People1000000000002,
  Camp1000000000003,
  JobWorker1000000000004,
  AuditLog1000000000005,
  Idempotency1000000000006,
  ListAnchors1000000000007,
  SyncTasks1000000000008,
  Uploads1000000000009,
  Unmatched1000000000010,
  Unallocated1000000000011,
  SyncFailCode1000000000012,
  Gym1000000000013,
  Course1000000000014,
  WorkOrder1000000000015,
  Transfers1000000000016,
  Task1000000000017,
  PayLists1000000000018,
  AuditChainedAfter1000000000020,
  MoneyWithoutAnEdge1000000000021,
  DueRows1000000000022,
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
