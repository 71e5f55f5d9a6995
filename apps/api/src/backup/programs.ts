import { spawn } from 'node:child_process';
import type { Stream } from 'node:stream';

/** More of what a program says is not said again. */
const MOST_SAID = 4_000;
/** What libpq reads from its environment, by what an address calls it (https://www.postgresql.org/docs/current/libpq-envars.html). */
const OPTIONS: Record<string, string> = {
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  host: 'PGHOST',
};

/** The address as PostgreSQL's own programs take it: in the environment, for everybody on the machine can read arguments. */
export function libpq(address: string): Record<string, string> {
  const url = new URL(address);
  return {
    PGHOST: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    PGPORT: url.port || '5432',
    PGUSER: decodeURIComponent(url.username),
    PGPASSWORD: decodeURIComponent(url.password),
    PGDATABASE: decodeURIComponent(url.pathname.slice(1)),
    PGCONNECT_TIMEOUT: '10',
    ...Object.fromEntries(
      [...url.searchParams].flatMap(([name, value]) => (OPTIONS[name] ? [[OPTIONS[name], value]] : [])),
    ),
  };
}

/**
 * Runs one of PostgreSQL's programs, found on the path.
 * @param output where its standard output goes
 * @throws Error with what it said
 */
export function runProgram(
  name: 'pg_dump' | 'pg_restore',
  args: string[],
  env: Record<string, string>,
  output: number | Stream | 'ignore' = 'ignore',
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(name, args, {
      env: { PATH: process.env['PATH'], ...env },
      stdio: ['ignore', output, 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(0, MOST_SAID)));
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'ENOENT'
          ? new Error(
              `${name} is not on the PATH: install PostgreSQL's client programs, of the server's version or newer.`,
            )
          : error,
      ),
    );
    child.on('close', (code, signal) =>
      code === 0 ? resolve() : reject(new Error(`${name} ended with ${code ?? signal}: ${said.trim()}`)),
    );
  });
}
