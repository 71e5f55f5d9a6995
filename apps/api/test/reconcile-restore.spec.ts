import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { addDays, businessDate } from '@yajin/core';
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

/** The same for the API and for the command. */
const KEYS = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  MASTER_KEY: randomBytes(32).toString('hex'),
};

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start(KEYS);
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const environment = (): Record<string, string> => ({
  ...api.sandbox.settings,
  ...KEYS,
  APP_MODE: 'demo',
  DEMO_DATA: 'off',
  PUBLIC_URL: api.url,
  DATABASE_URL: api.env.databaseUrl,
  SANDBOX_URL: api.sandbox.url,
  LOG_LEVEL: 'error',
});

const SCRIPT = path.resolve(import.meta.dirname, '../dist/reconcile.js');

/** Runs the command as an operator does, beside the API. */
function reconcile(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [SCRIPT, ...args], {
      env: { PATH: process.env.PATH, ...environment() },
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text: Buffer) => (said += text.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** A copy of every table, as a backup of the night has it. */
const BACKUP = `
  CREATE SCHEMA night;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TABLE night.%I AS TABLE public.%I', name, name);
    END LOOP;
  END $$`;
/** Numbers go on from where they are: they were given out. */
const RESTORE = `
  DO $$ DECLARE name text; columns text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' LOOP
      EXECUTE format('DELETE FROM public.%I', name);
      SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = name AND is_generated = 'NEVER';
      EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM night.%I', name, columns, columns, name);
    END LOOP;
  END $$`;

it('payments by a fixed code whose notifications never came become orders by the bill', async () => {
  const camp = await publishedCamp(api);
  await api.control('POST', '/control/faults', { dropNotifications: true });
  for (let count = 0; count < 5; count += 1) await payByCode(api, camp, person());
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await reconcile('--from', day, '--to', day);
  expect({ code, said }).toMatchObject({ code: 0 });
  await eventually(async () => {
    const orders = await api.rows(
      "SELECT 1 FROM pay_order WHERE claimed_trade LIKE 'wechat-v3:FQ%' AND status = 'paid'",
    );
    return orders.length === 5;
  }, 'five orders');
  await expectBooksToAgree(api);
});

it('after a restore to last night, every payment and refund since is back, and the command says what is not', async () => {
  const camp = await publishedCamp(api);
  const [before, open] = [person(), person()];
  const kept = await member(api, camp, before);
  const pending = await openOrder(api, camp, open);
  await api.quiet();
  await api.owner.query(BACKUP);
  // Since then: an order of before is paid, another one is new, a code is paid, and money goes back by hand.
  await pay(api, pending, open);
  await eventually(
    async () =>
      (await api.rows("SELECT 1 FROM pay_order WHERE order_no = $1 AND status = 'paid'", [pending.orderNo]))
        .length,
    'the payment',
  );
  const lost = await member(api, camp, person());
  await payByCode(api, camp, person());
  const byCode = () =>
    api.rows('SELECT 1 FROM pay_order WHERE claimed_trade LIKE $1', [`wechat-v3:FQ${camp.id}%`]);
  await eventually(async () => (await byCode()).length, 'the payment by a code');
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo: outTradeNo(kept), amountFen: 700 });
  await api.quiet();
  await api.owner.query(RESTORE);
  expect(await byCode()).toEqual([]);
  const statuses = () =>
    api.rows('SELECT order_no, status FROM pay_order WHERE order_no = ANY ($1) ORDER BY id', [
      [pending.orderNo, lost.orderNo],
    ]);
  expect(await statuses()).toEqual([{ order_no: pending.orderNo, status: 'pending' }]);
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await reconcile('--from', day);
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(await statuses()).toEqual([{ order_no: pending.orderNo, status: 'paid' }]);
  const refunds = await api.rows('SELECT source, amount_fen FROM pay_refund WHERE out_trade_no = $1', [
    outTradeNo(kept),
  ]);
  expect(refunds).toEqual([{ source: `returned:${outTradeNo(kept)}:700`, amount_fen: 700 }]);
  expect(await byCode()).toHaveLength(1);
  // The order itself is gone: nothing says any more whose money it is.
  expect(await api.rows('SELECT kind, out_trade_no, theirs_fen, state FROM pay_difference')).toEqual([
    { kind: 'payment_unknown', out_trade_no: outTradeNo(lost), theirs_fen: 9900, state: 'open' },
  ]);
  // Again, as after it was broken off: nothing twice.
  expect((await reconcile('--from', day)).code).toBe(0);
  expect(await api.rows('SELECT 1 FROM pay_refund WHERE out_trade_no = $1', [outTradeNo(kept)])).toHaveLength(
    1,
  );
});

it.each([
  [[]],
  [['--from', '2026-02-30']],
  [['--from', '2026-11-02', '--to', '2026-11-01']],
  [['--from', '2020-01-01', '--to', '2022-01-01']],
])('the command refuses %j, and says how it is used', async (args) => {
  const { code, said } = await reconcile(...args);
  expect(code).toBe(1);
  expect(said).toContain('npm run reconcile');
});
