import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { addDays, businessDate } from '@yajin/core';
import { DueRows } from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  expectBooksToAgree,
  member,
  openOrder,
  outTradeNo,
  pay,
  payByCode,
  person,
  publishedCamp,
} from '@yajin/testing/factories';
import { prepareDatabase } from '../src/database.js';
import { Cluster } from './cluster.kit.js';
import { beside, command } from './command.kit.js';

const KEYS = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  MASTER_KEY: randomBytes(32).toString('hex'),
};
const DATABASE = 'yajin';

let cluster: Cluster;
let folder: string;
let api: TestApi;
beforeAll(async () => {
  cluster = await Cluster.start();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'yajin-backups-'));
  await cluster.ask(`CREATE DATABASE ${DATABASE} OWNER yajin_owner`);
  const [app, owner] = [cluster.url('yajin_app', DATABASE), cluster.url('yajin_owner', DATABASE)];
  await prepareDatabase({ databaseUrl: app, databaseDirectUrl: app, databaseMigrationUrl: owner });
  api = await TestApi.start({
    ...KEYS,
    DATABASE_URL: app,
    DATABASE_MIGRATION_URL: owner,
    // Whoever works jobs ends with its database; what is due is done all the same.
    JOB_CONCURRENCY: '0',
  });
  api.app.get(DueRows).start();
});
afterAll(async () => {
  await api.stop();
  cluster.stop();
  fs.rmSync(folder, { recursive: true });
});

function run(script: 'backup.js' | 'restore.js', args: string[], database = DATABASE) {
  return command(script, args, {
    PATH: `${cluster.bin}:${process.env.PATH}`,
    DATABASE_URL: cluster.url('yajin_app', database),
    DATABASE_MIGRATION_URL: cluster.url('yajin_owner', database),
  });
}

async function backup(): Promise<string> {
  const { code, said } = await run('backup.js', [folder]);
  expect({ code, said }).toMatchObject({ code: 0 });
  return /^(\S+\.dump): \d+ bytes, \d+ rows, \d+ postings\.$/m.exec(said)?.[1] ?? '';
}

/** Jobs wait: nobody works them. */
const idle = () => eventually(() => api.app.get(DueRows).idle(), 'what rows say is due to be done');

/** The disk is gone, and another one is empty. Nobody gets in meanwhile. */
async function lose(): Promise<void> {
  await cluster.ask(
    `ALTER DATABASE ${DATABASE} ALLOW_CONNECTIONS false`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${DATABASE}'`,
    `ALTER DATABASE ${DATABASE} RENAME TO lost`,
    `CREATE DATABASE ${DATABASE} OWNER yajin_owner`,
  );
}

it('money moves, is backed up, moves on, is lost, is restored into an empty database, and what came since is back by the bills', async () => {
  const camp = await publishedCamp(api);
  const open = person();
  const kept = await member(api, camp, person());
  const pending = await openOrder(api, camp, open);
  await idle();
  const file = await backup();
  expect(fs.readdirSync(folder).sort()).toEqual([path.basename(file), `${path.basename(file)}.json`]);
  for (const each of [file, `${file}.json`]) expect(fs.statSync(each).mode & 0o777).toBe(0o600);

  await pay(api, pending, open);
  const lost = await member(api, camp, person());
  await payByCode(api, camp, person());
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo: outTradeNo(kept), amountFen: 700 });
  const paid = async () =>
    (await api.rows<{ n: number }>(`SELECT count(*) AS n FROM pay_order WHERE status = 'paid'`))[0]?.n;
  await eventually(async () => (await paid()) === 4, 'all payments');
  await idle();

  await lose();
  const restored = await run('restore.js', [file]);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.said).toContain('npm run reconcile -- --from ');
  expect(await eventually(paid, 'the database to answer')).toBe(1);
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await command('reconcile.js', ['--from', day], beside(api, KEYS));
  expect({ code, said }).toMatchObject({ code: 0 });
  await idle();
  expect(await paid()).toBe(4);
  expect(
    await api.rows('SELECT claimed_trade FROM pay_order WHERE claimed_trade = $1', [
      `wechat-v3:${outTradeNo(lost)}`,
    ]),
  ).toHaveLength(1);
  const refunds = await api.rows('SELECT amount_fen FROM pay_refund WHERE out_trade_no = $1', [
    outTradeNo(kept),
  ]);
  expect(refunds).toEqual([{ amount_fen: 700 }]);
  expect(await api.rows(`SELECT FROM pay_difference WHERE state = 'open'`)).toEqual([]);
  await api.owner.query('DELETE FROM graphile_worker._private_jobs');
  await expectBooksToAgree(api);
});

it('a backup is restored into nothing but an empty database, with the rights of every role, and never half', async () => {
  const file = await backup();
  const full = await run('restore.js', [file]);
  expect(full).toMatchObject({ code: 1 });
  expect(full.said).toContain('The database is not empty');
  await cluster.ask('CREATE DATABASE other OWNER yajin_owner');
  const broken = path.join(folder, 'broken.dump');
  fs.copyFileSync(file, broken);
  expect((await run('restore.js', [broken], 'other')).said).toContain('broken.dump.json is missing');
  fs.copyFileSync(`${file}.json`, `${broken}.json`);
  fs.truncateSync(broken, fs.statSync(file).size - 100);
  expect((await run('restore.js', [broken], 'other')).said).toContain('changed or cut off');
  // What cannot be restored whole leaves an empty database behind, for the next try.
  await cluster.ask('ALTER ROLE yajin_app RENAME TO someone');
  const without = await run('restore.js', [file], 'other');
  await cluster.ask('ALTER ROLE someone RENAME TO yajin_app');
  expect(without).toMatchObject({ code: 1 });
  expect(without.said).toContain('role "yajin_app" does not exist');
  expect(await run('restore.js', [file], 'other')).toMatchObject({ code: 0 });
  const [app, owner] = [cluster.url('yajin_app', 'other'), cluster.url('yajin_owner', 'other')];
  const narrow = await prepareDatabase({
    databaseUrl: app,
    databaseDirectUrl: app,
    databaseMigrationUrl: null,
  });
  expect(narrow).toBe(true);
  expect(owner).not.toBe(app);
});

it('what differs from the backup’s manifest is said, and fails', async () => {
  const file = await backup();
  const at = `${file}.json`;
  const manifest = JSON.parse(fs.readFileSync(at, 'utf8')) as {
    tables: Record<string, number>;
    ledger: { fenByAccount: Record<string, number> };
    audit: { hash: string };
  };
  expect(manifest.tables['public.pay_order']).toBeGreaterThan(0);
  expect(Object.values(manifest.ledger.fenByAccount).reduce((sum, fen) => sum + fen, 0)).toBe(0);
  manifest.tables['public.pay_order']! += 1;
  manifest.ledger.fenByAccount['deposit']! -= 100;
  manifest.audit.hash = 'ab'.repeat(32);
  fs.writeFileSync(at, JSON.stringify(manifest));
  await cluster.ask('CREATE DATABASE third OWNER yajin_owner');
  const { code, said } = await run('restore.js', [file], 'third');
  expect(code).toBe(1);
  for (const what of ['rows of public.pay_order', 'fen on deposit', 'head of the audit log'])
    expect(said).toContain(what);
});

it('without PostgreSQL’s programs, a folder or a server there is no backup, and the reason is said without a password', async () => {
  const env = { DATABASE_URL: cluster.url('yajin_owner', DATABASE) };
  const nowhere = await command('backup.js', [path.join(folder, 'none')], env);
  expect([nowhere.code, nowhere.said]).toEqual([1, expect.stringContaining('is no folder')]);
  const missing = await command('backup.js', [folder], { ...env, PATH: '/nowhere' });
  expect([missing.code, missing.said]).toEqual([1, expect.stringContaining('pg_dump is not on the PATH')]);
  const away = await command('backup.js', [folder], {
    DATABASE_URL: 'postgresql://me:hidden@127.0.0.1:1/none',
  });
  expect([away.code, away.said]).toEqual([1, expect.not.stringContaining('hidden')]);
  expect(fs.readdirSync(folder).filter((name) => name.endsWith('.new'))).toEqual([]);
});
