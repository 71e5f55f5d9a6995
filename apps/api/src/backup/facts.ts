import { columnTypes } from '@yajin/server';
import pg from 'pg';

/** What a database holds, by which a restored one is known to be the same. */
export interface Facts {
  /** Names of the migrations that made the schema. */
  migrations: string[];
  /** Rows of each table. */
  tables: Record<string, number>;
  /** What the books have on each kind of account, debits less credits, in fen; and how many postings there are. */
  ledger: { postings: number; fenByAccount: Record<string, number> };
  /** The newest row of the audit log's chain. */
  audit: { id: number; hash: string } | null;
}

const SCHEMAS = ['public', 'graphile_worker'];

/**
 * A connection whose statements take as long as they take, such as the count of a table of millions.
 * @param url of the tables' owner, not through a pooler
 */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    types: columnTypes,
  });
  await client.connect();
  await client.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0');
  return client;
}

/** What the database holds at one moment: within a transaction that sees one. */
export async function factsOf(client: pg.Client): Promise<Facts> {
  const { rows: names } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p') AND n.nspname = ANY($1) ORDER BY 1`,
    [SCHEMAS],
  );
  const tables: Record<string, number> = {};
  for (const { name } of names) {
    const quoted = name.split('.').map((part) => client.escapeIdentifier(part));
    const { rows } = await client.query<{ n: number }>(`SELECT count(*) AS n FROM ${quoted.join('.')}`);
    tables[name] = rows[0]?.n ?? 0;
  }
  const { rows: migrations } = await client.query<{ name: string }>(
    'SELECT name FROM migrations ORDER BY name',
  );
  const { rows: audit } = await client.query<{ id: number; hash: string }>(
    `SELECT id, encode(hash, 'hex') AS hash FROM sys_audit ORDER BY id DESC LIMIT 1`,
  );
  return {
    migrations: migrations.map(({ name }) => name),
    tables,
    ledger: { postings: tables['public.pay_ledger'] ?? 0, fenByAccount: await accounts(client) },
    audit: audit[0] ?? null,
  };
}

/** Of accounts of one person each, such as balances, all together: who has how much is nobody's business who carries a backup. */
async function accounts(client: pg.Client): Promise<Record<string, number>> {
  const { rows } = await client.query<{ account: string; fen: number }>(
    `SELECT split_part(account, ':', 1) AS account, sum(fen)::bigint AS fen FROM (
       SELECT debit AS account, amount_fen AS fen FROM pay_ledger UNION ALL SELECT credit, -amount_fen FROM pay_ledger
     ) AS postings GROUP BY 1 ORDER BY 1`,
  );
  return Object.fromEntries(rows.map(({ account, fen }) => [account, fen]));
}

/** What differs between what was backed up and what is there, a line each. */
export function differences(was: Facts, is: Facts): string[] {
  const [before, after] = [flat(was), flat(is)];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map(
      (name) =>
        `${name}: ${before.get(name) ?? 'nothing'} in the backup, ${after.get(name) ?? 'nothing'} here`,
    );
}

function flat({ migrations, tables, ledger, audit }: Facts): Map<string, string | number> {
  return new Map<string, string | number>([
    ['migrations', migrations.join(', ')],
    ...Object.entries(tables).map(([name, rows]) => [`rows of ${name}`, rows] as const),
    ['postings', ledger.postings],
    ...Object.entries(ledger.fenByAccount).map(([account, fen]) => [`fen on ${account}`, fen] as const),
    ['head of the audit log', audit ? `${audit.id} ${audit.hash}` : 'none'],
  ]);
}

/** Tables and the like that are anybody's: an empty database has none. */
export async function contents(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT n.nspname || '.' || c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%' ORDER BY 1 LIMIT 5`,
  );
  return rows.map(({ name }) => name);
}
