import { randomBytes } from 'node:crypto';
import pg from 'pg';
import ts from 'typescript';
import { checkStatements, type Findings } from './check.ts';

const SCHEMA = `
  CREATE TABLE camp (
    id bigint PRIMARY KEY, name text NOT NULL, fen bigint NOT NULL, ends date NOT NULL, note text, rate numeric NOT NULL,
    made_at timestamptz NOT NULL, open boolean NOT NULL, tags text[] NOT NULL, more jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'live'))
  )`;
const HEAD = `
  interface Database { id: number }
  declare const db: Database;
  declare function rows<Row>(db: Database, sql: string, parameters?: unknown[]): Promise<Row[]>;
  declare function maybeRow<Row>(db: Database, sql: string, parameters?: unknown[]): Promise<Row | null>;
  declare function conditions(all: [string, unknown?][]): { where: string; parameters: unknown[] };
`;
const FILE = '/product.ts';

const adminUrl = process.env['TEST_DATABASE_URL'] ?? '';
const name = `sql_${randomBytes(6).toString('hex')}`;
const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).toString();

async function run(where: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: where });
  await client.connect();
  await client.query(sql).finally(() => client.end());
}
beforeAll(async () => {
  await run(adminUrl, `CREATE DATABASE ${name}`);
  await run(url, SCHEMA);
});
afterAll(() => run(adminUrl, `DROP DATABASE ${name}`));

/** What is found in a product that is this source. */
async function check(source: string): Promise<Findings> {
  const options: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2024, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...more) =>
    file === FILE
      ? ts.createSourceFile(file, HEAD + source, ts.ScriptTarget.ES2024, true)
      : getSourceFile(file, ...more);
  const program = ts.createProgram([FILE], options, host);
  return checkStatements(program, (file) => file === FILE, '', url);
}
const wrong = async (source: string): Promise<string[]> =>
  (await check(source)).wrong.map((line) => line.replace(/^[^:]*:\d+: /, ''));

describe('a statement', () => {
  it('that is as its code believes is no finding', async () => {
    const source = `
      interface Camp { id: number; name: string; fen: number; ends: string; note: string | null; rate: string; made_at: Date;
        open: boolean; tags: string[]; more: { a: number }; state: 'draft' | 'live' }
      void rows<Camp>(db, 'SELECT * FROM camp WHERE id = $1 AND ends < $2 AND made_at > $3 AND tags = $4',
        [1, '2026-01-01', new Date(), ['a']]);`;
    expect(await check(source)).toEqual({ asked: 1, wrong: [], unread: [] });
  });

  it('is found where a column was renamed, in what it asks and in what it answers', async () => {
    expect(await wrong(`void rows(db, 'SELECT id FROM camp WHERE title = $1', ['x']);`)).toEqual([
      'is refused: column "title" does not exist',
    ]);
    expect(await wrong(`void rows<{ title: string }>(db, 'SELECT * FROM camp');`)).toEqual([
      'answers no "title"',
    ]);
  });

  it('is found where a column has another type than its code believes', async () => {
    const source = `void maybeRow<{ id: string; rate: number; ends: Date; note: string; state: 'draft' }>(
      db, 'SELECT * FROM camp');`;
    expect(await wrong(source)).toEqual([
      '"id" is bigint, not string',
      '"rate" is numeric, not number',
      '"ends" is date, not Date',
      '"note" may be null',
      '"state" may be live',
    ]);
  });

  it('is found where it is given too few, too many or other parameters', async () => {
    expect(await wrong(`void rows(db, 'SELECT 1 FROM camp WHERE id = $1 AND open = $2', [1]);`)).toEqual([
      'takes 2 parameters, is given 1',
    ]);
    expect(await wrong(`void rows(db, 'SELECT 1 FROM camp WHERE id = $1', [1, 2]);`)).toEqual([
      'takes 1 parameters, is given 2',
    ]);
    expect(await wrong(`void rows(db, 'SELECT 1 FROM camp WHERE id = $1', ['1']);`)).toEqual([
      '$1 is bigint, is given "1"',
    ]);
  });

  it.each(['now()', 'clock_timestamp()', 'CURRENT_TIMESTAMP', 'current_date', 'LOCALTIMESTAMP'])(
    'is found where it takes its time from the database: %s',
    async (time) => {
      expect(await wrong(`void rows(db, 'SELECT 1 FROM camp WHERE made_at < ${time}');`)).toEqual([
        `takes its time from the database: ${time}`,
      ]);
    },
  );

  it('may speak of time in its texts, and name its columns so', async () => {
    const source = `void rows(db, "SELECT made_at AS now_at, 'it''s now() or never' AS words FROM camp WHERE made_at < $1", [new Date()]);`;
    expect(await check(source)).toEqual({ asked: 1, wrong: [], unread: [] });
  });

  it('may answer what can be null as a value where it asks for those that have one', async () => {
    expect(
      await wrong(`void rows<{ note: string }>(db, 'SELECT note FROM camp WHERE note IS NOT NULL');`),
    ).toEqual([]);
  });
});

describe('an entity', () => {
  const entity = (properties: string): string => `
    declare function Entity(table: string): (described: unknown) => void;
    @Entity('camp')
    class Camp { ${properties} }`;

  it('that is as its table is no finding, with what its columns may hold and a branded number', async () => {
    const source = entity(
      `id: number; fen: number & { unit: 'fen' }; note: string | null; madeAt: Date; more: { a: number }; state: 'draft' | 'live';`,
    );
    expect(await check(source)).toEqual({ asked: 1, wrong: [], unread: [] });
  });

  it('is found where a property has another type than its column, leaves out null or a value, or has no column', async () => {
    expect(await wrong(entity(`ends: Date; madeAt: string; note: string; state: 'draft';`))).toEqual([
      '"ends" is date, not Date',
      '"madeAt" is timestamp with time zone, not string',
      '"note" may be null',
      '"state" may be live',
    ]);
    expect(await wrong(entity('endsAt: string;'))).toEqual(['is refused: column "ends_at" does not exist']);
  });

  it('gives a statement the rows that are picked from it by their columns', async () => {
    const source = `
      type Snake<Name extends string> = Name extends \`\${infer First}\${infer Rest}\`
        ? \`\${First extends Lowercase<First> ? First : \`_\${Lowercase<First>}\`}\${Snake<Rest>}\` : '';
      type Row<Described, Key extends keyof Described = keyof Described> =
        { [Name in Key as Snake<Name & string>]: Described[Name] };
      interface Camp { id: number; madeAt: Date; fen: number & { unit: 'fen' } }
      void rows<Row<Camp, 'madeAt' | 'fen'>>(db, 'SELECT made_at, fen FROM camp');
      void rows<Row<Camp, 'madeAt'>>(db, 'SELECT fen AS made_at FROM camp');
      void rows<Row<Camp>>(db, 'SELECT id, fen FROM camp');`;
    expect(await wrong(source)).toEqual(['"made_at" is bigint, not Date', 'answers no "made_at"']);
  });
});

describe('a statement that is put together', () => {
  it('is asked about in each of its forms, with the fragments, functions and conditions that it is made of', async () => {
    const source = `
      const OPEN = 'c.open';
      const older = (than: string, alias = 'c'): string => \`\${alias}.made_at < \${than}\`;
      const ORDERS = { newest: 'c.made_at DESC', name: 'c.titel' };
      function list(order: keyof typeof ORDERS, room: number, note?: string) {
        const { where, parameters } = conditions([[OPEN], [older('?'), new Date()], ['c.name = ?', note]]);
        return rows<{ id: number }>(db, \`SELECT c.id FROM camp c WHERE \${where} \${note ? 'AND c.note = c.name' : ''}
          ORDER BY \${ORDERS[order]} LIMIT $\${parameters.length + 1}\`, [...parameters, room]);
      }
      void list('newest', 1);
      void list('name', 2, 'x');`;
    const found = await check(source);
    expect(found.asked).toBeGreaterThan(2);
    expect(found.wrong.map((line) => line.replace(/^[^:]*:\d+: /, ''))).toEqual([
      'is refused: column c.titel does not exist',
    ]);
    expect(found.unread).toEqual([]);
  });

  it('goes with what each caller hands over, and not with what another does', async () => {
    const source = `
      interface Table { table: string; key?: string }
      const count = ({ table, key }: Table) => rows<{ n: number }>(db, \`SELECT \${key ? key : '1'} AS n FROM \${table}\`);
      void count({ table: 'camp', key: 'fen' });
      void count({ table: 'pg_class' });`;
    expect(await check(source)).toEqual({ asked: 2, wrong: [], unread: [] });
  });

  it('of which a part is known at run time only is told of', async () => {
    const { asked, unread } = await check(`declare const column: string;
      void rows(db, \`SELECT \${column} FROM camp\`);`);
    expect(asked).toBe(0);
    expect(unread).toEqual([expect.stringContaining('is known at run time only: column')]);
  });
});
