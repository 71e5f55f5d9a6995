import { statfs } from 'node:fs/promises';
import os from 'node:os';
import { Redis } from 'ioredis';
import type { Env } from '../env.js';
import { look, ok, fail, warn, type Finding } from './finding.js';

const MB = 1024 ** 2;
const FREE_MB = { warn: 2_000, fail: 200 };

/** Room for logs and for what uploads and exports put aside. The database's disk is the database's machine's. */
export function lookAtDisk(): Promise<Finding[]> {
  const todo = 'Make room: rotate logs, move backups away.';
  return look('disk', todo, async () => {
    const folders = [...new Set([process.cwd(), os.tmpdir()])];
    return Promise.all(
      folders.map(async (folder) => {
        const { bavail, bsize } = await statfs(folder);
        const free = Math.floor((bavail * bsize) / MB);
        const [what, said] = [`disk of ${folder}`, `${free} MB are free`];
        if (free < FREE_MB.fail) return fail(what, said, todo);
        return free < FREE_MB.warn ? warn(what, said, todo) : ok(what, said);
      }),
    );
  });
}

/** Everything works without; replicas then count by themselves. */
export async function lookAtRedis({ redisUrl }: Env): Promise<Finding[]> {
  const what = 'REDIS_URL';
  if (redisUrl === null) return [ok(what, 'none: each process counts calls by itself')];
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  const todo = 'Is Redis up, and is its address right? Until then processes count calls by themselves.';
  try {
    await redis.connect();
    await redis.ping();
    return [ok(what, 'it answers')];
  } catch {
    return [warn(what, 'it does not answer', todo)];
  } finally {
    redis.disconnect();
  }
}
