import { randomBytes } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import { PoolOfPools, type Replica } from '@yajin/server';
import { eventually, TestApi } from '@yajin/testing/api';
import type { MadeCamp } from '@yajin/testing/factories';
import { prepareDatabase } from '../src/database.js';
import { Cluster } from './cluster.kit.js';

export const DATABASE = 'yajin';
const KEYS = { JWT_SECRET: randomBytes(32).toString('hex'), MASTER_KEY: randomBytes(32).toString('hex') };
export const FOREVER_SECONDS = '3600';

/** A migrated database, and a streaming replica of it. */
export class ReplicaStage {
  private constructor(
    readonly primary: Cluster,
    readonly standby: Cluster,
  ) {}

  static async start(): Promise<ReplicaStage> {
    const primary = await Cluster.start();
    await primary.ask(`CREATE DATABASE ${DATABASE} OWNER yajin_owner`);
    const [app, owner] = [primary.url('yajin_app', DATABASE), primary.url('yajin_owner', DATABASE)];
    await prepareDatabase({ databaseUrl: app, databaseDirectUrl: app, databaseMigrationUrl: owner });
    return new ReplicaStage(primary, await primary.replica());
  }

  get primaryUrl(): string {
    return this.primary.url('yajin_app', DATABASE);
  }

  get standbyUrl(): string {
    return this.standby.url('yajin_app', DATABASE);
  }

  /** @param lag in seconds */
  startApi(replicaUrl: string, lag: string): Promise<TestApi> {
    return TestApi.start({
      ...KEYS,
      DATABASE_URL: this.primaryUrl,
      DATABASE_MIGRATION_URL: this.primary.url('yajin_owner', DATABASE),
      DATABASE_REPLICA_URL: replicaUrl,
      DATABASE_REPLICA_LAG: lag,
    });
  }

  /** The replica stands still, and goes on answering. */
  async pause(): Promise<void> {
    await this.standby.ask('SELECT pg_wal_replay_pause()');
    await eventually(
      async () =>
        (await this.standby.ask('SELECT pg_get_wal_replay_pause_state() AS state'))?.['state'] === 'paused',
      'the replay to be paused',
    );
  }

  async resume(): Promise<void> {
    await this.standby.ask('SELECT pg_wal_replay_resume()');
  }

  /** Until everything that is there now is on the replica. */
  async caughtUp(): Promise<void> {
    const at = (await this.primary.ask('SELECT pg_current_wal_lsn()::text AS at'))?.['at'] as string;
    await eventually(
      async () => (await this.standby.ask(`SELECT pg_last_wal_replay_lsn() >= '${at}' AS there`))?.['there'],
      'the replica to catch up',
    );
  }

  stop(): void {
    this.standby.stop();
    this.primary.stop();
  }
}

export function replicaOf({ db }: Pick<TestApi, 'db'>): Replica {
  const { master } = db.driver as { master?: unknown };
  const replica = master instanceof PoolOfPools ? master.replica : null;
  if (!replica) throw new Error('no replica');
  return replica;
}

export const used = (api: TestApi) =>
  eventually(() => Promise.resolve(replicaOf(api).usable), 'the replica to be used');

/** A list that the replica may answer. @returns how many members it says there are */
export async function members(
  api: TestApi,
  camp: MadeCamp,
  headers: Record<string, string> = {},
): Promise<number> {
  const path = `/api/admin/members?campId=${camp.id}`;
  const answer = await api.call<Camp.MemberPage>('GET', path, { token: await api.adminToken(), headers });
  expect(answer.status).toBe(200);
  return answer.data.total;
}
