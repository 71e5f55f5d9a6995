import { randomBytes } from 'node:crypto';
import pg from 'pg';
import ts from 'typescript';
import { checkStatements, type Findings } from './check.ts';

const SCHEMA = `
  CREATE TABLE camp (
    id bigint PRIMARY KEY, name text NOT NULL, fen bigint NOT NULL, ends date NOT NULL, note text, rate numeric NOT NULL,
    made_at timestamptz NOT NULL, open boolean NOT NULL, tags text[] NOT NULL, more jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('draft', 'live'))
  );
  CREATE TABLE pay_order (
    id bigint PRIMARY KEY, status text NOT NULL CHECK (status IN ('pending', 'paid')), paid_at timestamptz, token text, until timestamptz NOT NULL
  );
  CREATE VIEW pay_order_view AS SELECT id, status, paid_at, nullif(until, 'infinity') AS until FROM pay_order;
  CREATE TABLE gym_member (id bigint PRIMARY KEY);
  CREATE TABLE gym_payment (order_id bigint PRIMARY KEY, done boolean NOT NULL);`;
const HEAD = `
  interface Database { id: number }
  declare const db: Database;
  declare function rows<Row>(db: Database, sql: string, parameters?: unknown[]): Promise<Row[]>;
  declare function maybeRow<Row>(db: Database, sql: string, parameters?: unknown[]): Promise<Row | null>;
  declare function postSelected(db: Database, select: string, parameters: unknown[]): Promise<number>;
  declare function Entity(table: string): (described: unknown) => void;
  declare function ViewEntity(view: string): (described: unknown) => void;
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

/** What is found in a product that is these sources, by the names of their files. */
async function checkFiles(sources: Record<string, string>): Promise<Findings> {
  const options: ts.CompilerOptions = { strict: true, target: ts.ScriptTarget.ES2024, types: [] };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (file, ...more) =>
    file === '/head.d.ts' || sources[file] !== undefined
      ? ts.createSourceFile(file, sources[file] ?? HEAD, ts.ScriptTarget.ES2024, true)
      : getSourceFile(file, ...more);
  host.fileExists = (file) => sources[file] !== undefined || ts.sys.fileExists(file);
  const program = ts.createProgram(['/head.d.ts', ...Object.keys(sources)], options, host);
  const lineOf = (file: string): string | null => /^\/lines\/(\w+)/.exec(file)?.[1] ?? null;
  const keeperOf = (file: string): string | null => (file === '/kernel.ts' ? 'the kernel' : lineOf(file));
  return checkStatements(program, (file) => sources[file] !== undefined, { lineOf, keeperOf }, '', url);
}
const check = (source: string): Promise<Findings> => checkFiles({ [FILE]: source });
const bare = ({ wrong: found }: Findings): string[] => found.map((line) => line.replace(/^[^:]*:\d+: /, ''));
const wrong = async (source: string): Promise<string[]> => bare(await check(source));

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

describe('a view', () => {
  it('is known by the columns of its table: which may be null, and which values they have', async () => {
    const source = `
      @ViewEntity('pay_order_view')
      class OrderView { id: number; status: 'pending' | 'paid'; paidAt: Date | null }
      void rows<{ id: number; status: 'pending' | 'paid'; paid_at: Date | null }>(db, 'SELECT o.* FROM pay_order_view o');`;
    expect(await check(source)).toEqual({ asked: 2, wrong: [], unread: [] });
  });

  it('is found where its entity or a row of it leaves out null or a value, or believes it to have another column', async () => {
    const entity = (properties: string): string =>
      `@ViewEntity('pay_order_view') class OrderView { ${properties} }`;
    const found = ['"status" may be paid', '"paidAt" may be null'];
    expect(await wrong(entity(`status: 'pending'; paidAt: Date;`))).toEqual(found);
    expect(await wrong(entity('token: string | null;'))).toEqual([
      'is refused: column "token" does not exist',
    ]);
    const row = `void rows<{ status: 'pending'; paid_at: Date }>(db, 'SELECT status, paid_at FROM pay_order_view');`;
    expect(await wrong(row)).toEqual(['"status" may be paid', '"paid_at" may be null']);
  });

  it('has columns of its own where it computes them, be they called as one of its table’s', async () => {
    const source = `void rows<{ until: Date }>(db, 'SELECT until FROM pay_order_view');`;
    expect(await wrong(source)).toEqual(['"until" may be null']);
  });
});

describe('a statement of a line', () => {
  const KERNEL = {
    '/kernel.ts': `@Entity('pay_order') class PayOrder { id: number; status: 'pending' | 'paid' }`,
  };
  const GYM = `@Entity('gym_member') class Member { id: number }
    @Entity('gym_payment') class Payment { orderId: number; done: boolean }`;
  const inGym = async (source: string, more = {}): Promise<string[]> =>
    bare(await checkFiles({ ...KERNEL, '/lines/gym.ts': `${GYM} ${source}`, ...more }));
  const REFUSED = ['pay_order is of the kernel and not published to gym'];

  it('that reads a table of the kernel’s is found, and one that reads the view of it is not', async () => {
    const read = (from: string): string =>
      `void rows(db, 'SELECT p.done FROM gym_payment p JOIN ${from} o ON o.id = p.order_id WHERE o.status = $1', ['paid']);`;
    expect(await inGym(read('pay_order'))).toEqual(REFUSED);
    expect(await inGym(read('pay_order_view'))).toEqual([]);
  });

  it.each([
    `SELECT 1 FROM gym_payment p WHERE EXISTS (SELECT FROM pay_order o WHERE o.id = p.order_id)`,
    `WITH paid AS (SELECT id FROM pay_order) UPDATE gym_payment SET done = true FROM paid WHERE order_id = paid.id`,
    `INSERT INTO pay_order (id, status, until) VALUES (1, 'paid', '2026-01-01')`,
  ])('is found wherever in it the kernel’s table stands: %s', async (sql) => {
    expect(await inGym(`void rows(db, "${sql}");`)).toEqual(REFUSED);
  });

  it('that locks or changes rows through a view is found', async () => {
    const found = ['pay_order_view is published to be read, and no more'];
    expect(await inGym(`void rows(db, 'SELECT 1 FROM pay_order_view FOR UPDATE');`)).toEqual(found);
    expect(await inGym(`void rows(db, "UPDATE pay_order_view SET status = 'paid'");`)).toEqual(found);
    const own = `void rows(db, 'SELECT 1 FROM gym_payment p JOIN pay_order_view o ON o.id = p.order_id FOR UPDATE OF p');`;
    expect(await inGym(own)).toEqual([]);
  });

  it('that reads a table of another line’s is found, and one that reads what nobody keeps to itself is not', async () => {
    const task = { '/lines/task.ts': `void rows(db, 'SELECT 1 FROM gym_member, camp');` };
    expect(await inGym(`void rows(db, 'SELECT 1 FROM gym_member, camp');`, task)).toEqual([
      'gym_member is of gym and not published to task',
    ]);
  });

  it('is found where it is handed to the kernel, or to a function that runs it for whoever calls', async () => {
    expect(await inGym(`void postSelected(db, 'SELECT id FROM pay_order WHERE id = $1', [1]);`)).toEqual(
      REFUSED,
    );
    const helper = {
      '/pages.ts': 'export const count = (from: string) => rows(db, `SELECT count(*) FROM ${from}`);',
    };
    const call = (from: string): string => `import { count } from '../pages'; void count('${from}');`;
    expect(await inGym(call('pay_order'), helper)).toEqual(REFUSED);
    expect(await inGym(call('pay_order_view'), helper)).toEqual([]);
  });

  it('of the kernel’s own reads its tables', async () => {
    const kernel = { '/kernel.ts': `${KERNEL['/kernel.ts']} void rows(db, 'SELECT token FROM pay_order');` };
    expect(await inGym('', kernel)).toEqual([]);
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
