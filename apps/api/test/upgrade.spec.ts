import pg from 'pg';
import { dataSource, migrate } from '../src/database.js';
import { migrations } from '../src/migrations.js';
import { testDatabase } from '@yajin/testing/database';

/** The last migration of the product before what falls due stood in rows. */
const BEFORE = 18;

let database: Awaited<ReturnType<typeof testDatabase>>;
let client: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  const db = await dataSource(database.url, 2).initialize();
  for (let undone = migrations.length; undone > BEFORE; undone -= 1)
    await db.undoLastMigration({ transaction: 'none' });
  await db.destroy();
  client = new pg.Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});

const one = async (sql: string): Promise<unknown> => (await client.query(sql)).rows[0];

it('a database of the time before is brought up to date with its money, its jobs and its numbers', async () => {
  await client.query(`
    INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, paid_at, paid_with, tell_at, created_at)
    VALUES (1, 'o1', 'task', '7', 500, '一', 'paid', now(), now(), 't1', now() + interval '9 minutes', now()),
           (2, 'o2', 'task', '7', 300, '二', 'paid', now(), now(), 't2', NULL, now()),
           (3, 'o3', 'task', '7', 300, '三', 'closed', now(), NULL, NULL, NULL, now());
    INSERT INTO pay_attempt (out_trade_no, order_id, gateway, state, amount_fen, transaction_id, paid_at, held_in, reserved_fen, created_at)
    VALUES ('t1', 1, 'shouqianba', 'paid', 500, 'x1', now(), 'deposit', 100, now()),
           ('t2', 2, 'shouqianba', 'paid', 300, 'x2', now(), 'deposit', 0, now()),
           ('t3', 3, 'shouqianba', 'closed', 300, NULL, NULL, NULL, 0, now());
    INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
    VALUES ('payment:t1', 'clearing', 'deposit', 500, 'shouqianba', 'task', '7', 1, now()),
           ('payment:t2', 'clearing', 'deposit', 300, 'shouqianba', 'task', '7', 2, now()),
           ('settle:a', 'deposit', 'income', 50, NULL, 'task', '7', 1, now()),
           ('freeze:1:0:0', 'deposit', 'frozen:9', 200, NULL, 'task', '7', 1, now()),
           ('freeze:1:0:1', 'deposit', 'frozen:9', 120, NULL, 'task', '7', 2, now());
    INSERT INTO pay_refund (source, line, order_id, out_trade_no, amount_fen, reason, status, check_at, created_at)
    VALUES ('r1', 'task', 1, 't1', 100, '退', 'processing', now() + interval '6 hours', now());
    INSERT INTO pay_refund_attempt (out_refund_no, refund_id, state, created_at) SELECT 'n1', id, 'sending', now() FROM pay_refund;
    INSERT INTO pay_transfer (source, line, subject, order_id, gateway, payee_id, owner, amount_fen, remark, out_transfer_no, state, status,
      check_at, created_at)
    VALUES ('s1', 'task', '7', 1, 'shouqianba', '9', '9', 320, '结算', 'f1', 'sending', 'processing', now() + interval '6 hours', now());
    SELECT graphile_worker.add_job('payment.refund', json_build_object('refundId', 1));
    SELECT graphile_worker.add_job('line.event', json_build_object('type', 'closed', 'orderId', 3));
    SELECT graphile_worker.add_job('camp.notify', json_build_object('refundId', 1));
  `);
  await migrate(database.url);
  expect(await one(`SELECT gateway, check_at <= now() AS due FROM pay_refund`)).toEqual({
    gateway: 'shouqianba',
    due: true,
  });
  expect(await one(`SELECT check_at <= now() AS due FROM pay_transfer`)).toEqual({ due: true });
  expect((await client.query('SELECT moved_fen::int FROM pay_attempt ORDER BY out_trade_no')).rows).toEqual([
    { moved_fen: 250 },
    { moved_fen: 120 },
    { moved_fen: 0 },
  ]);
  expect(
    (await client.query('SELECT order_id::int, amount_fen::int FROM pay_transfer_portion ORDER BY order_id'))
      .rows,
  ).toEqual([
    { order_id: 1, amount_fen: 200 },
    { order_id: 2, amount_fen: 120 },
  ]);
  expect((await client.query('SELECT account, balance_fen::int FROM pay_account')).rows).toEqual([
    { account: 'frozen:9', balance_fen: 320 },
  ]);
  expect(
    (await client.query('SELECT id::int FROM pay_order WHERE deliver_at <= now() ORDER BY id')).rows,
  ).toEqual([{ id: 1 }, { id: 3 }]);
  expect((await client.query('SELECT task_identifier FROM graphile_worker.jobs')).rows).toEqual([
    { task_identifier: 'camp.notify' },
  ]);
  expect((await client.query('SELECT indexrelid::regclass FROM pg_index WHERE NOT indisvalid')).rows).toEqual(
    [],
  );
});
