import { setTimeout as sleep } from 'node:timers/promises';
import { logPosition, onlyRow, PRIMARY_POSITION, REPLICA_POSITION } from '@yajin/server';
import type { DataSource } from 'typeorm';
import type { DatabaseEnv } from '../env.js';
import { over } from './database.js';
import { fail, look, ok, warn, type Finding } from './finding.js';

const SECTION = '(docs/operations.md, A read replica)';
const LOOK_EVERY_MS = 50;
/** Shorter than a look may take. */
const PATIENCE_MS = 5_000;

/** Without it everything works: only what can never be read from is a failure. */
export async function lookAtReplica({ databaseReplica, databaseDirectUrl }: DatabaseEnv): Promise<Finding[]> {
  const what = 'DATABASE_REPLICA_URL';
  if (databaseReplica === null) return [ok(what, 'none: lists, statistics and exports ask the primary')];
  const { url, behindMs } = databaseReplica;
  const todo = `Is it up, are host, name, role and password right, and does its pg_hba.conf let this machine in? Until then the primary answers ${SECTION}.`;
  const work = (): Promise<Finding[]> =>
    over(databaseDirectUrl, (primary) =>
      over(url, async (replica) => [await followed(what, primary, replica, behindMs)]),
    );
  return look(what, todo, work, warn);
}

async function followed(
  what: string,
  primary: DataSource,
  replica: DataSource,
  behindMs: number,
): Promise<Finding> {
  const began = performance.now();
  const at = await onlyRow<{ position: string; database: string }>(primary, PRIMARY_POSITION);
  for (;;) {
    const seen = await onlyRow<{ follows: boolean; position: string | null; database: string }>(
      replica,
      REPLICA_POSITION,
    );
    const ms = Math.ceil(performance.now() - began);
    if (seen.database !== at.database)
      return fail(what, 'it is of another database', `Name a replica of this one ${SECTION}.`);
    if (!seen.follows)
      return fail(
        what,
        'it follows nobody: it is the primary itself, or was promoted',
        `Make it anew from the primary, or take the variable away ${SECTION}.`,
      );
    if (logPosition(seen.position ?? '0/0') >= logPosition(at.position))
      return ok(what, `it follows, and has within ${ms} ms what the primary had`);
    const most = Math.min(behindMs, PATIENCE_MS);
    if (ms > most)
      return warn(
        what,
        `it is more than ${(most / 1000).toFixed(0)} s behind`,
        `See pg_stat_replication on the primary, and disk and log of the replica; beyond DATABASE_REPLICA_LAG the primary answers ${SECTION}.`,
      );
    await sleep(LOOK_EVERY_MS);
  }
}
