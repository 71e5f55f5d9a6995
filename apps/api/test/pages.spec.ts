import { dataSource } from '../src/database.js';
import { forgetAnchors, numberedPage, onReplica, rows, type NumberedList } from '@yajin/server';
import fc from 'fast-check';
import type { DataSource } from 'typeorm';
import { testDatabase } from '@yajin/testing/database';

let db: DataSource;
let drop: () => Promise<void>;
beforeAll(async () => {
  const database = await testDatabase();
  drop = database.drop;
  db = await dataSource(database.url, 2).initialize();
  await rows(
    db,
    'CREATE TABLE thing (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY, kind int, at timestamptz)',
  );
  await rows(
    db,
    `INSERT INTO thing (kind, at) SELECT n % 3, timestamptz '2026-01-01' + (n * 7919 % 5000) * interval '1 minute' FROM generate_series(1, 12345) n`,
  );
});
afterAll(async () => {
  await db.destroy();
  await drop();
});

const list = (anchors: string | null, at?: string): NumberedList => ({
  table: 'thing',
  alias: 't',
  where: 't.kind = $1',
  parameters: [1],
  anchors,
  ...(at ? { at } : {}),
});

const anchorsOf = (name: string): Promise<{ place: number }[]> =>
  rows(db, 'SELECT place FROM list_anchor WHERE list = $1 ORDER BY place', [name]);

describe.each([
  ['by id', undefined],
  ['by time and id', 'at'],
])('a long list %s', (_, at) => {
  const name = `things:${at ?? 'id'}`;

  it('has the same pages with anchors as without, to the last and beyond', async () => {
    const pages = fc.record({
      page: fc.integer({ min: 1, max: 4200 }),
      pageSize: fc.integer({ min: 1, max: 100 }),
    });
    await fc.assert(
      fc.asyncProperty(pages, async (slice) => {
        expect(await numberedPage(db, list(name, at), slice)).toEqual(
          await numberedPage(db, list(null, at), slice),
        );
      }),
      { numRuns: 150 },
    );
    expect((await anchorsOf(name)).slice(0, 3)).toEqual([{ place: 1000 }, { place: 2000 }, { place: 3000 }]);
  });

  it('keeps its places as it grows at the new end', async () => {
    const last = { page: 5000, pageSize: 1 };
    expect((await numberedPage(db, list(name, at), { page: 1, pageSize: 3 })).total).toBeGreaterThanOrEqual(
      4115,
    );
    const oldest = await rows<{ id: number }>(
      db,
      `SELECT id FROM thing WHERE kind = 1 ORDER BY ${at ? 'at, id' : 'id'} LIMIT 1`,
    );
    await rows(
      db,
      `INSERT INTO thing (kind, at) SELECT 1, (SELECT max(at) FROM thing) + n * interval '1 second' FROM generate_series(1, 2500) n`,
    );
    const { total } = await numberedPage(db, list(name, at), last);
    const end = await numberedPage(db, list(name, at), { page: total, pageSize: 1 });
    expect(end.ids).toEqual([oldest[0]!.id]);
    expect(await numberedPage(db, list(name, at), last)).toEqual(
      await numberedPage(db, list(null, at), last),
    );
  });
});

test('a row that comes late among the old ones is counted once its anchors are forgotten', async () => {
  const at = new Date('2026-01-02T00:00:00Z');
  await rows(db, 'INSERT INTO thing (kind, at) VALUES (1, $1)', [at]);
  await forgetAnchors(db, 'things:at', at);
  for (const page of [1, 30, 60, 66]) {
    const slice = { page, pageSize: 100 };
    expect(await numberedPage(db, list('things:at', 'at'), slice)).toEqual(
      await numberedPage(db, list(null, 'at'), slice),
    );
  }
});

test('who reads from a replica has anchors set on the primary', async () => {
  const slice = { page: 3, pageSize: 100 };
  expect(await onReplica(() => numberedPage(db, list('things:replica'), slice))).toEqual(
    await numberedPage(db, list(null), slice),
  );
  expect((await anchorsOf('things:replica'))[0]).toEqual({ place: 1000 });
});

test('a short list sets no anchors', async () => {
  const short = { ...list('short'), where: 't.id <= $1', parameters: [2000] };
  expect((await numberedPage(db, short, { page: 2, pageSize: 10 })).ids).toHaveLength(10);
  expect(await anchorsOf('short')).toEqual([]);
});
