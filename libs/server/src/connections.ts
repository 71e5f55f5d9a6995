import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** How long anything may take on a connection, in milliseconds. 0: as long as it takes. */
export interface Limits {
  /** One statement. */
  statement: number;
  /** Waiting for one lock. */
  lock: number;
  /** Doing nothing inside a transaction, whose locks others wait for. */
  idleInTransaction: number;
}

/**
 * For everything that answers a request or works a job. What takes longer says so in its own transaction with SET LOCAL;
 * `statement` is also what a connection waits for an answer, so a longer one has to be cut into pieces.
 */
export const USUAL_LIMITS: Limits = { statement: 30_000, lock: 10_000, idleInTransaction: 15_000 };

/** An answer that is so much later than the server would give up will not come. */
const LATE_MS = 5_000;
const CONNECT_MS = 10_000;
const KEEP_ALIVE_MS = 10_000;
/** Either end finds out within half a minute that the other's machine is gone. */
const KEEP_ALIVE = {
  tcp_keepalives_idle: '10s',
  tcp_keepalives_interval: '5s',
  tcp_keepalives_count: '4',
  tcp_user_timeout: '30s',
};

/** The client's side of the limits. The server's side is `limit`. */
export function clientOptions(url: string, limits: Limits): pg.ClientConfig {
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    ...(limits.statement > 0 ? { query_timeout: limits.statement + LATE_MS } : {}),
  };
}

/** For a pool all of whose connections keep to the limits. */
export function poolOptions(url: string, max: number, limits = USUAL_LIMITS): pg.PoolConfig {
  // The pool waits for it, whatever its type says.
  const hooks = { onConnect: (client: pg.ClientBase): Promise<void> => limit(client, limits) };
  return { ...clientOptions(url, limits), max, ...hooks };
}

/**
 * The server's side of the limits, for a connection that has just been made. Set by statements, since a pooler such as
 * PgBouncer refuses them as startup parameters; docs/operations.md says what to tell a pooler.
 */
export async function limit(client: pg.ClientBase, limits = USUAL_LIMITS): Promise<void> {
  endWhenSilent(client);
  const settings = {
    statement_timeout: limits.statement,
    lock_timeout: limits.lock,
    idle_in_transaction_session_timeout: limits.idleInTransaction,
    ...KEEP_ALIVE,
  };
  await client.query(
    Object.entries(settings)
      .map(([name, value]) => `SET ${name} = '${value}'`)
      .join('; '),
  );
}

/**
 * When an answer is late pg gives up the query, but keeps the connection and lets all that follows wait behind it. Such a
 * connection ends here, so that its pool makes another.
 */
function endWhenSilent(client: pg.ClientBase): void {
  const query = client.query.bind(client) as (...args: unknown[]) => unknown;
  const heard = (error: unknown): void => {
    if (error instanceof Error && error.message === READ_TIMEOUT) void (client as pg.Client).end();
  };
  client.query = ((...args: unknown[]) => {
    const callback = args.at(-1);
    if (typeof callback === 'function')
      args[args.length - 1] = (error: unknown, ...rest: unknown[]): unknown => {
        heard(error);
        return (callback as (...answer: unknown[]) => unknown)(error, ...rest);
      };
    const answer = query(...args);
    if (answer instanceof Promise) answer.catch(heard);
    return answer;
  }) as typeof client.query;
}

const READ_TIMEOUT = 'Query read timeout';

/** What pg and TypeORM say without a code when a connection could not be had, or was lost. */
const LOST = [
  READ_TIMEOUT,
  'timeout exceeded when trying to connect',
  'Connection terminated',
  'Client was closed and is not queryable',
  'Client has encountered a connection error and is not queryable',
  'Query runner already released',
  'the transaction has lost its connection',
];

/**
 * PostgreSQL's codes for: a lock not had in time, a statement out of time, a transaction idle for too long, a deadlock or a
 * conflict, too many connections, a server on its way down or up, a lost connection
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html); and Node's for a server that cannot be reached.
 */
const BUSY =
  /^(55P03|57014|25P0[34]|40P01|40001|53300|57P0[123]|08...|ECONN(REFUSED|RESET)|ETIMEDOUT|EPIPE|EHOSTUNREACH)$/;

/** Whether the database was busy or away, so that the same request may do well a little later. */
export function databaseIsBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { driverError, code } = error as Error & { driverError?: unknown; code?: unknown };
  if (driverError !== undefined && driverError !== error) return databaseIsBusy(driverError);
  if (typeof code === 'string' && BUSY.test(code)) return true;
  return LOST.some((text) => error.message.startsWith(text));
}

/**
 * Tries again what did not get its locks in time, so that whoever waits behind it gets on in between.
 * @param work undoes what it began when it fails
 */
export async function untilUnlocked<Result>(
  tries: number,
  pauseMs: number,
  work: () => Promise<Result>,
): Promise<Result> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await work();
    } catch (error) {
      if (left === 0 || !isLockTimeout(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
  }
}

function isLockTimeout(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { driverError, code } = error as Error & { driverError?: unknown; code?: unknown };
  return code === '55P03' || (driverError !== error && isLockTimeout(driverError));
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** A name that nobody knows yet is a server that has not been started. */
const UNKNOWN_NAME = /^(ENOTFOUND|EAI_AGAIN)$/;

/**
 * Waits for a database that starts later than we do, or is on its way up: with pauses that double.
 * @param ms for how long
 * @param waiting told why, and how long the pause is that follows
 * @throws what kept it from answering: at once if waiting does not help, such as a wrong password
 */
export async function untilThere(
  url: string,
  ms: number,
  waiting: (why: string, pauseMs: number) => void,
): Promise<void> {
  const deadline = performance.now() + ms;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await askOnce(url);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const mayCome = databaseIsBusy(error) || UNKNOWN_NAME.test(code ?? '');
      if (!mayCome || performance.now() + pause > deadline) throw error;
      // Where an address has several numbers, only the code says something.
      waiting(message || (code ?? ''), pause);
      await sleep(pause);
    }
  }
}

async function askOnce(url: string): Promise<void> {
  const client = new pg.Client(clientOptions(url, USUAL_LIMITS));
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    // One that never answered does not answer this, either.
    void client.end().catch(() => undefined);
  }
}
