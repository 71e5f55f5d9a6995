import pg from 'pg';

/**
 * The harness's own way into the database, past the proxy. It comes back by itself after a crash.
 */
export class Database {
  private readonly pool: pg.Pool;

  constructor(url: string) {
    this.pool = new pg.Pool({ connectionString: url, max: 4, connectionTimeoutMillis: 2000 });
    this.pool.on('error', () => undefined);
  }

  /** Numbers of 64 bits come as numbers. @throws while the server is down */
  async rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query({ text: sql, values: parameters, types: WHOLE });
    return rows as Row[];
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}

type Oid = Parameters<typeof pg.types.getTypeParser>[0];

const WHOLE: pg.CustomTypesConfig = {
  getTypeParser: ((oid: Oid, format?: 'text' | 'binary'): unknown =>
    format !== 'binary' && (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC)
      ? Number
      : pg.types.getTypeParser(oid, 'text')) as typeof pg.types.getTypeParser,
};
