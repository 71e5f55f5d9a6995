import { rows } from '@yajin/server';
import type { PoolClient, QueryResultRow } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';

const BATCH = 100;
/** Between two batches the client takes its time. It holds up nobody: a snapshot locks no rows. */
const PATIENCE = '10min';

/**
 * Everything `read` yields, as the database was at one moment. The transaction lasts until the generator ends or is told
 * to (`return`), so whoever stops reading early frees the connection. Nothing in it outlives the transaction: a pooler may
 * give each transaction another connection.
 */
export async function* inSnapshot<Item>(
  db: DataSource,
  read: (runner: QueryRunner) => AsyncIterable<Item>,
): AsyncGenerator<Item, undefined> {
  const runner = db.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await rows(runner.manager, 'SET TRANSACTION READ ONLY');
    await rows(runner.manager, `SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`);
    yield* read(runner);
  } finally {
    // After a lost connection there is nothing left to roll back.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    await runner.release();
  }
}

/** The rows of a query some at a time, whatever their number, through a cursor of the runner's transaction. */
export async function* cursorBatches<Row extends QueryResultRow>(
  runner: QueryRunner,
  sql: string,
  parameters: unknown[],
): AsyncGenerator<Row[]> {
  const client = (await runner.connect()) as PoolClient;
  await client.query(`DECLARE exported NO SCROLL CURSOR FOR ${sql}`, parameters);
  for (;;) {
    const batch = await fetched<Row>(client, `FETCH ${BATCH} FROM exported`);
    if (batch.length > 0) yield batch;
    if (batch.length < BATCH) return;
  }
}

/**
 * Asks with a callback. The promises that pg makes each keep the result of the next one alive until a full collection of
 * garbage, which for 200,000 rows is 150 MB that nobody needs.
 */
function fetched<Row extends QueryResultRow>(client: PoolClient, sql: string): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    client.query<Row>(sql, (error: Error | null, result) => (error ? reject(error) : resolve(result.rows)));
  });
}

/** Reads the first item, so that what fails at once fails now. The caller still ends `source` itself. */
export async function begun<Item>(
  source: AsyncGenerator<Item, undefined>,
): Promise<AsyncGenerator<Item, undefined>> {
  const first = await source.next();
  return continued(first, source);
}

async function* continued<Item>(
  first: IteratorResult<Item, undefined>,
  source: AsyncGenerator<Item, undefined>,
): AsyncGenerator<Item, undefined> {
  if (first.done) return;
  yield first.value;
  yield* source;
}
