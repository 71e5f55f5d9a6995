import type { Camp } from '@yajin/contract';
import { MOST_COUNTED } from '../src/system/index.js';
import { decided, member, person, publishedCamp } from '@yajin/testing/factories';
import { api, column, DAY_MS, days, figuresOf, night, useNights } from './retention.kit.js';

useNights();

const image = (digit: string): Promise<unknown> =>
  api.rows(
    `INSERT INTO sys_upload (name, content_type, bytes, width, height, created_at) VALUES ($1, 'image/png', '', 1, 1, $2)`,
    [`${digit.repeat(32)}.png`, api.clock.now()],
  );

it('an image that no camp has ever shown goes after thirty days, what a camp shows or once showed stays', async () => {
  const camp = await publishedCamp(api);
  for (const digit of ['a', 'b', 'c', 'd']) await image(digit);
  const url = (digit: string): string => `https://camp.example.com/uploads/${digit.repeat(32)}.png`;
  await api.rows('UPDATE camp SET group_qrcode_url = $2 WHERE id = $1', [camp.id, url('b')]);
  await api.rows(
    `INSERT INTO sys_audit_entry (at, username, action, target_type, target_id, after) VALUES (now(), 'a', 'camp.update', 'camp', '1', $1)`,
    [{ posterUrl: url('c') }],
  );
  const left = (): Promise<string[]> => column('SELECT left(name, 1) AS it FROM sys_upload ORDER BY name');
  await days(29);
  await night();
  expect(await left()).toEqual(['a', 'b', 'c', 'd']);
  await api.auditEntries('SELECT 1');
  await days(2);
  await image('e');
  await Promise.all([night(), night()]);
  expect(await left()).toEqual(['b', 'c', 'e']);
  await night();
  expect(await left()).toEqual(['b', 'c', 'e']);
  expect(await figuresOf('system.images')).toMatchObject({ lastRows: 0, totalRows: 2, waitingRows: 0 });
});

it('of jobs out of tries those go with which nothing is lost, the others and all that may still run stay', async () => {
  const job = (name: string, attempts: number): Promise<unknown> =>
    api.rows(`SELECT graphile_worker.add_job($1, '{}', run_at := $2, max_attempts := 3, job_key := $3)`, [
      name,
      new Date(Date.now() + 1000 * DAY_MS),
      `${name} ${attempts}`,
    ]);
  for (const name of ['camp.sync', 'camp.list', 'gone.kind'])
    for (const tries of [1, 3]) await job(name, tries);
  await api.rows(
    `UPDATE graphile_worker._private_jobs SET attempts = right(key, 1)::int, run_at = $1 WHERE key ~ ' [13]$'`,
    [new Date(Date.now() + DAY_MS)],
  );
  await api.rows(`UPDATE graphile_worker._private_jobs SET locked_at = NULL WHERE key ~ ' [13]$'`);
  const left = (): Promise<string[]> =>
    column(`SELECT key AS it FROM graphile_worker._private_jobs WHERE key ~ ' [13]$' ORDER BY key`);
  const all = await left();
  expect(all).toHaveLength(6);
  await days(90);
  await night();
  expect(await left()).toEqual(all);
  await days(2);
  await night();
  expect(await left()).toEqual(all.filter((key) => key !== 'camp.sync 3'));
});

it('a sync goes ninety days after it ended, with what it did for each camp', async () => {
  const camp = await publishedCamp(api);
  await api.rows(
    `WITH t AS (INSERT INTO camp_sync_task (id, started_at, ended_at) VALUES ('ended', $1, $1) RETURNING id)
     INSERT INTO camp_sync_task_camp (task_id, camp_id, status) SELECT id, $2, 'completed' FROM t`,
    [api.clock.now(), camp.id],
  );
  const rows = (): Promise<string[]> =>
    column(
      `SELECT id AS it FROM camp_sync_task WHERE id = 'ended' UNION ALL SELECT task_id FROM camp_sync_task_camp WHERE task_id = 'ended'`,
    );
  await days(89);
  await night();
  expect(await rows()).toEqual(['ended', 'ended']);
  await days(2);
  await night();
  expect(await rows()).toEqual([]);
});

it('an applied notification goes once it says nothing and its time is over, unless a difference or a person has to do with it', async () => {
  await api.rows(
    `INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, payload, received_at)
     SELECT 'wechat-v3', name, 'PAYMENT', 'no-' || name, CASE name WHEN 'waits' THEN 'quarantined' ELSE 'applied' END,
       CASE name WHEN 'says' THEN '{"a":1}' ELSE '{}' END::jsonb, $1
     FROM unnest(ARRAY['spent', 'says', 'waits', 'differs', 'worked']) AS name`,
    [api.clock.wall()],
  );
  await api.rows(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, found_at) VALUES ('wechat-v3', '2026-01-01', 'k', 'missing_here', 'no-differs', now())`,
  );
  await api.rows(
    `INSERT INTO pay_work (kind, ref, owner, taken_at) SELECT 'notification', id, 'someone', now() FROM pay_notification WHERE event_id = 'worked'`,
  );
  const left = (): Promise<string[]> => column('SELECT event_id AS it FROM pay_notification ORDER BY 1');
  api.pass(1094 * DAY_MS);
  await api.admin('PUT', '/api/admin/config', { key: 'retention.payloadDays', value: '9999' });
  await night();
  expect(await left()).toHaveLength(5);
  api.pass(2 * DAY_MS);
  await night();
  expect(await left()).toEqual(['differs', 'says', 'waits', 'worked']);
});

it('a step that fails stops no other, is seen in health and metrics until it succeeds, and the night is tried again', async () => {
  await api.rows(`INSERT INTO camp_sync_task (id, started_at, ended_at) VALUES ('ended', $1, $1)`, [
    api.clock.now(),
  ]);
  await image('a');
  await days(100);
  await api.rows(`
    CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$;
    CREATE TRIGGER refuses BEFORE DELETE ON camp_sync_task FOR EACH ROW EXECUTE FUNCTION refuses()`);
  await expect(night()).rejects.toThrow('not today');
  expect(await column('SELECT name AS it FROM sys_upload')).toEqual([]);
  expect(await figuresOf('camp.syncs')).toMatchObject({ lastRows: 0, waitingRows: 1, failed: true });
  expect(await figuresOf('system.images')).toMatchObject({ lastRows: 1, waitingRows: 0, failed: false });
  const check = async (): Promise<Camp.SystemCheck | undefined> =>
    (await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health')).data.checks.find(
      ({ name }) => name === 'retention',
    );
  expect(await check()).toMatchObject({
    status: 'degraded',
    message: expect.stringMatching(/还有 1 行到期未清理，1 项清理失败/) as unknown,
  });
  const metrics = async (): Promise<string> => String((await api.exchange('GET', '/metrics', {})).body);
  expect(await metrics()).toMatch(/retention_failed\{step="camp.syncs"\} 1\n/);
  expect(await metrics()).toMatch(/retention_waiting_rows\{step="camp.syncs"\} 1\n/);
  expect(await metrics()).toMatch(/retention_rows\{step="system.images"\} 1\n/);
  await api.rows('DROP TRIGGER refuses ON camp_sync_task');
  await night();
  expect(await figuresOf('camp.syncs')).toMatchObject({ lastRows: 1, waitingRows: 0, failed: false });
  expect((await check())?.status).toBe('up');
  expect(await metrics()).toMatch(/retention_failed\{step="camp.syncs"\} 0\n/);
});

it('more than one batch goes in one night, and what another transaction holds is left for the next without waiting', async () => {
  await api.rows(
    `INSERT INTO camp_sync_task (id, started_at, ended_at) SELECT 'task-' || n, $1, $1 FROM generate_series(1, 1200) AS n`,
    [api.clock.now()],
  );
  await days(100);
  const holder = api.db.createQueryRunner();
  await holder.startTransaction();
  try {
    await holder.query(`SELECT 1 FROM camp_sync_task WHERE id = 'task-700' FOR UPDATE`);
    await night();
    expect(await figuresOf('camp.syncs')).toMatchObject({ lastRows: 1199, waitingRows: 1 });
  } finally {
    await holder.rollbackTransaction();
    await holder.release();
  }
  await night();
  expect(await figuresOf('camp.syncs')).toMatchObject({ lastRows: 1, totalRows: 1200, waitingRows: 0 });
  expect(MOST_COUNTED).toBeGreaterThan(1000);
});

it('money that arrived stays as it is through ten years of nights', async () => {
  const camp = await publishedCamp(api);
  await decided(api, await member(api, camp, person()));
  const books = (): Promise<unknown[]> =>
    api.rows(
      `SELECT o.id, a.out_trade_no, l.id AS entry FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id JOIN pay_ledger l ON l.order_id = o.id ORDER BY l.id`,
    );
  const before = await books();
  expect(before.length).toBeGreaterThan(0);
  api.pass(3650 * DAY_MS);
  await night();
  expect(await books()).toEqual(before);
});
