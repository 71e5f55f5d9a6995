import fs from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { dataSource, migrate } from '../src/database.js';
import { migrations } from '../src/migrations.js';
import { buildIndex } from '../src/migrations/build-index.js';
import { testDatabase } from '@yajin/testing/database';
import { eventually } from '@yajin/testing/api';

const FOLDER = path.resolve('apps/api/src/migrations');
/** Older ones have been released as they are. */
const RULED_FROM = 19;

/** What would keep writers of a large table out, or could not be run again after it broke off. */
function indexFindings(source: string): string[] {
  const made = new Set(
    [...source.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?(\w+)/gi)].map(([, name]) => name),
  );
  const indexes = [...source.matchAll(/CREATE\s+(?:UNIQUE\s+)?INDEX\s+([^;`]*?)\bON\s+(?:ONLY\s+)?(\w+)/gi)];
  const findings = indexes.flatMap(([, words = '', table = '']) => {
    if (/CONCURRENTLY/i.test(words)) return [`builds an index on ${table} itself: use buildIndex`];
    return made.has(table) ? [] : [`keeps writers of ${table} out: use buildIndex`];
  });
  const alone = /^\s*(?:readonly )?transaction = false;/m.test(source);
  if (/\bbuildIndex\(/.test(source) && !alone)
    findings.push('builds an index in a transaction: say transaction = false');
  if (alone && made.size > 0) findings.push('makes tables without a transaction: take that elsewhere');
  return findings;
}

/** Before these nobody asked which programs a schema still serves. */
const NEEDS_FROM = 96;

/** What a program that was started before it would miss, unless the migration names itself among what programs need. */
function lossFindings(source: string): string[] {
  const up = source.slice(source.search(/async up\(/), source.search(/async down\(/));
  const losses = up.match(
    /\bDROP (?:TABLE|COLUMN|VIEW|FUNCTION|TYPE)\b|\bRENAME\b|\bSET NOT NULL\b|\bALTER (?:COLUMN )?\w+ (?:SET DATA )?TYPE\b|\bDROP (?!INDEX|CONSTRAINT|DEFAULT|NOT NULL|TRIGGER|POLICY)\w+(?=[,;])/gi,
  );
  if (losses === null || /INSERT INTO schema_need\b/.test(up)) return [];
  return [`takes something from programs that run (${losses.join(', ')}): name it in schema_need`];
}

const filesFrom = (number: number): string[] =>
  fs.readdirSync(FOLDER).filter((file) => Number(/^(\d{4})-/.exec(file)?.[1] ?? 0) >= number);

describe('a migration after which older programs may not go on', () => {
  it('says so', () => {
    const found = filesFrom(NEEDS_FROM).flatMap((file) =>
      lossFindings(fs.readFileSync(path.join(FOLDER, file), 'utf8')),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['DROP TABLE thing', true],
    ['ALTER TABLE thing DROP COLUMN a', true],
    ['ALTER TABLE thing DROP a, DROP b;', true],
    ['ALTER TABLE thing RENAME a TO b', true],
    ['ALTER TABLE thing ALTER a SET NOT NULL', true],
    ['ALTER TABLE thing ALTER COLUMN a TYPE bigint', true],
    ["DROP TABLE thing; INSERT INTO schema_need VALUES ('Mine')", false],
    ['ALTER TABLE thing DROP CONSTRAINT thing_check;', false],
    ['DROP INDEX thing_a;', false],
    ['ALTER TABLE thing ADD a text; CREATE TABLE other (id int NOT NULL)', false],
  ])('is found: %s', (sql, isLoss) => {
    const source = `async up(runner) { await runner.query(\`${sql}\`); } async down(runner) { DROP TABLE other; }`;
    expect(lossFindings(source)).toHaveLength(isLoss ? 1 : 0);
  });
});

describe('a new migration', () => {
  const files = filesFrom(RULED_FROM);

  it.each(files)('builds indexes on tables in use concurrently, and may be run again: %s', (file) => {
    expect(indexFindings(fs.readFileSync(path.join(FOLDER, file), 'utf8'))).toEqual([]);
  });

  it.each([
    ['CREATE INDEX a ON pay_order (id);', ['keeps writers of pay_order out: use buildIndex']],
    [
      'CREATE UNIQUE INDEX IF NOT EXISTS a\n ON pay_order (id);',
      ['keeps writers of pay_order out: use buildIndex'],
    ],
    [
      'CREATE INDEX CONCURRENTLY a ON pay_order (id)',
      ['builds an index on pay_order itself: use buildIndex'],
    ],
    ['CREATE TABLE thing (id int); CREATE INDEX a ON thing (id);', []],
    ["buildIndex(runner, 'a', 'b (c)')", ['builds an index in a transaction: say transaction = false']],
    ["  transaction = false;\n buildIndex(runner, 'a', 'b (c)')", []],
    [
      '  transaction = false;\n CREATE TABLE a (id int)',
      ['makes tables without a transaction: take that elsewhere'],
    ],
  ])('is told: %s', (source, findings) => {
    expect(indexFindings(source)).toEqual(findings);
  });
});

describe('on a database in use', () => {
  let database: { url: string; drop: () => Promise<void> };
  let client: pg.Client;
  beforeAll(async () => {
    database = await testDatabase();
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('an index whose build broke off is built again', async () => {
    await client.query('CREATE TABLE thing AS SELECT n, n % 5 AS kind FROM generate_series(1, 9) n');
    await expect(
      client.query('CREATE UNIQUE INDEX CONCURRENTLY thing_kind ON thing (kind)'),
    ).rejects.toThrow();
    await client.query('DELETE FROM thing WHERE n > 5');
    const db = await dataSource(database.url, 1).initialize();
    const runner = db.createQueryRunner();
    for (let time = 0; time < 2; time += 1)
      await buildIndex(runner, 'thing_kind', 'thing (kind)', { unique: true });
    await runner.release();
    await db.destroy();
    const { rows } = await client.query(
      `SELECT indisvalid FROM pg_index WHERE indexrelid = 'thing_kind'::regclass`,
    );
    expect(rows).toEqual([{ indisvalid: true }]);
  });

  it('a migration that does not get its lock lets those behind it go on, and comes again', async () => {
    const db = await dataSource(database.url, 1).initialize();
    await db.undoLastMigration({ transaction: 'none' });
    await db.destroy();
    await client.query('BEGIN');
    await client.query('LOCK TABLE migrations IN ACCESS EXCLUSIVE MODE');
    const migrated = migrate(database.url);
    const waiting = async (): Promise<number> =>
      (
        await client.query(
          'SELECT 1 FROM pg_locks WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())',
        )
      ).rowCount ?? 0;
    await eventually(async () => (await waiting()) > 0, 'the migration to wait');
    await eventually(async () => (await waiting()) === 0, 'the migration to give way');
    await client.query('COMMIT');
    await migrated;
    const { rows } = await client.query('SELECT count(*)::int AS count FROM migrations');
    expect(rows).toEqual([{ count: migrations.length }]);
  });
});
