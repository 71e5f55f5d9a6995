import fs from 'node:fs';
import preset from './jest.preset.js';

/** Programs of Debian that the stack is made of, and root, who can give a process a root of its own. */
const stackable =
  process.getuid?.() === 0 &&
  ['/usr/bin/caddy', '/usr/sbin/pgbouncer', '/usr/bin/redis-server'].every((file) => fs.existsSync(file));

export default {
  ...preset,
  rootDir: import.meta.dirname,
  roots: ['<rootDir>/libs', '<rootDir>/apps', '<rootDir>/tools'],
  testMatch: ['**/*.spec.ts', '**/*.ui.spec.tsx'],
  modulePathIgnorePatterns: ['/dist/'],
  globalSetup: '<rootDir>/tools/jest-postgres.mjs',
  globalTeardown: '<rootDir>/tools/jest-postgres-stop.mjs',
  testSequencer: '<rootDir>/tools/jest-sequencer.mjs',
  // Without a redis-server, a browser or the history of the release before these cannot run; the test command says so.
  testPathIgnorePatterns: [
    '/node_modules/',
    ...(process.env.PREVIOUS_RELEASE ? [] : ['apps/api/test/previous-release\\.spec\\.ts$']),
    ...(process.env.TEST_REDIS_URL ? [] : ['redis\\.spec\\.ts$']),
    ...(stackable ? [] : ['tools/stack/stack\\.spec\\.ts$']),
    // pg_dump and pg_restore are of the machine's PostgreSQL: the one from npm has neither.
    ...(fs.existsSync('/usr/lib/postgresql') ? [] : ['apps/api/test/backup\\.spec\\.ts$']),
    ...(process.env.BROWSER_PATH ? [] : ['\\.browser\\.spec\\.ts$']),
  ],
  // Tests wait for the database, the browser and the clock for more than half of their time: four keep two cores busy.
  maxWorkers: 4,
  workerIdleMemoryLimit: '1500MB',
};
