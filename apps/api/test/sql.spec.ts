import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { testDatabase } from '@yajin/testing/database';

const ROOT = path.resolve(import.meta.dirname, '../../..');

it('every SQL statement of the product prepares on the migrated schema, and its rows and parameters are what the code claims', async () => {
  const database = await testDatabase();
  try {
    // A process of its own: the types of the whole product take half a gigabyte.
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(ROOT, 'tools/sql.ts'), database.url],
      { encoding: 'utf8' },
    );
    expect(stdout.trim().split('\n').slice(0, -1)).toEqual([]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^[1-9]\d{2,} forms of statements asked about, \d known at run time only, 0 findings/,
    );
    expect(status).toBe(0);
  } finally {
    await database.drop();
  }
});
