import pg from 'pg';
import { dataSource, migrate } from '../src/database.js';
import { migrations } from '../src/migrations.js';
import { ApprovedRefunds1000000000068 } from '../src/migrations/0068-approved-refunds.js';
import { testDatabase } from '@yajin/testing/database';

/** How many migrations the product had before approving reserved the money. */
const BEFORE = migrations.indexOf(ApprovedRefunds1000000000068);

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

const all = async (sql: string): Promise<object[]> => (await client.query<object>(sql)).rows;

it('what was approved and waited for its job is reserved with the kernel, once, or has failed where too little is left', async () => {
  // 1 waits for its job, 2 has been paid back in part meanwhile, 3 the kernel has, 4 nobody has approved.
  await client.query(`
    INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id,
      status, published_at, refunds_listed_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
    VALUES (1, '营', 'https://example.com/p.png', 9900, current_date - 30, current_date - 9, 7, 'https://example.com/q.png', '1',
      'finished', now(), now(), now(), now());
    INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, paid_at, paid_with, created_at)
    SELECT n, 'o' || n, 'camp', '1', 9900, '押金', 'paid', now(), now(), 't' || n, now() FROM generate_series(1, 4) AS n;
    INSERT INTO pay_attempt (out_trade_no, order_id, gateway, state, amount_fen, transaction_id, paid_at, held_in, refunded_fen, reserved_fen, created_at)
    SELECT 't' || n, n, 'wechat-v3', 'paid', 9900, 'x' || n, now(), 'deposit', CASE n WHEN 2 THEN 1 ELSE 0 END, CASE n WHEN 3 THEN 9900 ELSE 0 END, now()
    FROM generate_series(1, 4) AS n;
    INSERT INTO camp_order (order_id, camp_id, identity, bind_status, outcome, created_at)
    SELECT n, 1, 'typed', 'completed', 'member', now() FROM generate_series(1, 4) AS n;
    INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
    SELECT n, 1, n, 9900, now(), now(), now() FROM generate_series(1, 4) AS n;
    INSERT INTO camp_refund (id, camp_id, member_id, order_id, source, amount_fen, audit_status, auditor, audited_at, match_confidence,
      checkin_count, required_days, created_at) OVERRIDING SYSTEM VALUE
    SELECT n, 1, n, n, CASE WHEN n < 4 THEN 'camp_refund:' || n END, 9900, CASE WHEN n < 4 THEN 'approved' ELSE 'pending' END,
      CASE WHEN n < 4 THEN 'admin' END, CASE WHEN n < 4 THEN now() END, 100, 10, 7, now() FROM generate_series(1, 4) AS n;
    INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
    VALUES ('camp_refund:3', 'camp', 'wechat-v3', 3, 't3', 9900, '训练营押金退还', now() + interval '1 hour', now());
    INSERT INTO pay_refund_attempt (out_refund_no, refund_id, state, created_at) SELECT 'n3', id, 'sending', now() FROM pay_refund;
    SELECT graphile_worker.add_job('camp.refunds');
    SELECT graphile_worker.add_job('camp.notify', json_build_object('refundId', 1));
  `);
  await migrate(database.url);
  expect(
    await all(`SELECT r.source, r.amount_fen::int, r.status, r.check_at <= now() AS due, length(k.out_refund_no) AS length, k.state
               FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id ORDER BY r.source`),
  ).toEqual([
    { source: 'camp_refund:1', amount_fen: 9900, status: 'pending', due: true, length: 20, state: 'created' },
    { source: 'camp_refund:3', amount_fen: 9900, status: 'pending', due: false, length: 2, state: 'sending' },
  ]);
  expect(await all('SELECT reserved_fen::int FROM pay_attempt ORDER BY out_trade_no')).toEqual(
    [9900, 0, 9900, 0].map((reserved_fen) => ({ reserved_fen })),
  );
  expect(await all('SELECT audit_status, refund_status, fail_code FROM camp_refund ORDER BY id')).toEqual([
    { audit_status: 'approved', refund_status: 'pending', fail_code: null },
    { audit_status: 'approved', refund_status: 'failed', fail_code: 'EXCEEDS' },
    { audit_status: 'approved', refund_status: 'pending', fail_code: null },
    { audit_status: 'pending', refund_status: 'pending', fail_code: null },
  ]);
  expect(await all(`SELECT key FROM sys_alert`)).toEqual([{ key: 'camp-refund-exceeds:2' }]);
  expect(await all('SELECT task_identifier FROM graphile_worker.jobs')).toEqual([
    { task_identifier: 'camp.notify' },
  ]);
});
