// One PostgreSQL for the whole test run; every test file clones its own database from a template.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { startPostgres, stopLeftover } from './postgres.ts';

const PREFIX = 'yajin-test-';

export default async function setup() {
  if (process.env.TEST_DATABASE_URL) return undefined;
  await removeLeftovers();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), `${PREFIX}${process.pid}-`));
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

/** A run that was broken off had no chance to stop its server. */
async function removeLeftovers() {
  for (const name of fs.readdirSync(os.tmpdir())) {
    const pid = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length).split('-')[0]) : 0;
    if (!(pid > 0) || exists(pid)) continue;
    const folder = path.join(os.tmpdir(), name);
    if (fs.statSync(folder).uid !== process.getuid?.()) continue;
    await stopLeftover(folder);
    fs.rmSync(folder, { recursive: true, force: true });
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
