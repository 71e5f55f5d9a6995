/** What the stack takes from docker/: the same files and settings as in containers, with this machine's ports in them. */
import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { parse } from 'yaml';
import { ensureDatabase, type Postgres } from '../postgres.ts';
import { ROOT } from '../start/run.ts';

const DOCKER = path.join(ROOT, 'docker');

interface Compose {
  services: Record<string, { command?: string[]; environment?: Record<string, string> }>;
}

export interface Ports {
  postgres: number;
  pgbouncer: number;
  redis: number;
}

function service(name: string): { command: string[]; environment: Record<string, string> } {
  const { services } = parse(fs.readFileSync(path.join(DOCKER, 'compose.yml'), 'utf8'), {
    merge: true,
  }) as Compose;
  const { command = [], environment = {} } = services[name] ?? {};
  return { command, environment };
}

/** @throws when `text` does not have `from`, which has moved on then */
function replaced(text: string, from: RegExp, to: string): string {
  if (!from.test(text)) throw new Error(`docker/: nothing fits ${from}`);
  return text.replace(from, to);
}

/** @param users the file with the users' passwords */
export function pgbouncerIni(ports: Ports, users: string): string {
  let text = fs.readFileSync(path.join(DOCKER, 'pgbouncer/pgbouncer.ini'), 'utf8');
  text = replaced(text, /host=postgres port=5432/, `host=127.0.0.1 port=${ports.postgres}`);
  text = replaced(text, /^listen_addr = .*$/m, 'listen_addr = 127.0.0.1');
  text = replaced(text, /^listen_port = .*$/m, `listen_port = ${ports.pgbouncer}`);
  return replaced(text, /^auth_file = .*$/m, `auth_file = ${users}`);
}

/** What redis-server is told in compose, and this run's port. */
export function redisArguments(ports: Ports, folder: string): string[] {
  const [, ...args] = service('redis').command;
  return [...args, '--port', String(ports.redis), '--bind', '127.0.0.1', '--dir', folder];
}

/**
 * What a process of ours is told in compose.
 * @param name of the service
 * @param secretsFolder where it finds what compose puts into /run/secrets
 */
export function environmentOf(
  name: string,
  address: string,
  ports: Ports,
  secretsFolder: string,
): Record<string, string> {
  const told = Object.entries(service(name).environment).map(([key, value]): [string, string] => [
    key,
    value.replace('/run/secrets', secretsFolder),
  ]);
  return {
    ...Object.fromEntries(told),
    HOST: '127.0.0.1',
    PUBLIC_URL: address,
    REDIS_URL: `redis://127.0.0.1:${ports.redis}`,
    TRUSTED_PROXIES: '127.0.0.1',
  };
}

/** Makes database and roles as PostgreSQL's image does on an empty volume. */
export async function ensureRoles(server: Postgres, password: (name: string) => string): Promise<void> {
  const client = new pg.Client({ connectionString: await ensureDatabase(server, 'yajin') });
  await client.connect();
  try {
    const found = await client.query(`SELECT 1 FROM pg_roles WHERE rolname = 'yajin_owner'`);
    if (found.rowCount !== 0) return;
    const sql = fs.readFileSync(path.join(DOCKER, 'postgres/roles.sql'), 'utf8');
    await client.query(sql.replaceAll(/:'(\w+)'/g, (_, name: string) => pg.escapeLiteral(password(name))));
  } finally {
    await client.end();
  }
}
