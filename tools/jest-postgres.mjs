// One PostgreSQL for the whole test run; every test file clones its own database from a template.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres, stopLeftover } from './postgres.ts';

const PREFIX = 'yajin-test-';
/** In memory, where there is plenty: each test file copies a database, which on a disk costs several times as much. */
const IN_MEMORY = '/dev/shm';
const MIN_FREE_BYTES = 4 * 2 ** 30;

export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return undefined;
  await removeLeftovers();
  const folder = fs.mkdtempSync(path.join(place(), `${PREFIX}${process.pid}-`));
  fs.chmodSync(folder, 0o755);
  const server = await startPostgres(folder, {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '200',
  });
  process.env.TEST_DATABASE_URL = server.adminUrl;
  globalThis.stopTestPostgres = async () => {
    await server.stop();
    fs.rmSync(folder, { recursive: true, force: true });
  };
  return undefined;
}

function place() {
  if (!fs.existsSync(IN_MEMORY)) return os.tmpdir();
  const { bavail, bsize } = fs.statfsSync(IN_MEMORY);
  return bavail * bsize >= MIN_FREE_BYTES && os.freemem() >= MIN_FREE_BYTES ? IN_MEMORY : os.tmpdir();
}

/** A run that was broken off had no chance to stop its server. */
async function removeLeftovers() {
  for (const place of [os.tmpdir(), IN_MEMORY].filter(fs.existsSync)) {
    for (const name of fs.readdirSync(place)) {
      const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
      if (!(pid > 0) || exists(pid)) continue;
      const folder = path.join(place, name);
      if (fs.statSync(folder).uid !== process.getuid?.()) continue;
      await stopLeftover(folder);
      fs.rmSync(folder, { recursive: true, force: true });
    }
  }
}

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
