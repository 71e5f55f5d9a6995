import { setTimeout as sleep } from 'node:timers/promises';
import { Jobs } from '@yajin/server';
import pg from 'pg';
import { finishedCamp, records } from './factories.js';
import { eventually, TestApi } from './kit.js';

let api: TestApi;
let worker: pg.Client;
beforeAll(async () => {
  api = await TestApi.start();
  worker = new pg.Client({ connectionString: api.env.databaseUrl });
  await worker.connect();
});
afterAll(async () => {
  await worker.end();
  await api.stop();
});

const approve = (id: number) => api.admin('POST', `/api/admin/refunds/${id}/approve`, {});
const waiting = () =>
  api.rows<{ id: string }>(
    `SELECT id FROM graphile_worker.jobs WHERE task_identifier = 'camp.refunds' AND locked_at IS NULL`,
  );

// Such an approval used to lose its job: https://github.com/graphile/worker/issues/580
it('an approval at the very moment when an earlier one’s job begins is handed over all the same', async () => {
  const { camp, refundIds } = await finishedCamp(api, 2);
  await api.app.get(Jobs).stop();
  await approve(refundIds[0]!);
  const [first] = await waiting();
  // Another process takes the job …
  await worker.query('BEGIN');
  await worker.query(
    `UPDATE graphile_worker._private_jobs SET locked_at = now(), locked_by = 'another' WHERE id = $1`,
    [first!.id],
  );
  const second = approve(refundIds[1]!);
  await Promise.race([second, sleep(1000)]);
  await worker.query('COMMIT');
  expect((await second).code).toBe(200);
  expect(await waiting()).toHaveLength(1);
  // … and has done it without having seen the second approval.
  await worker.query('DELETE FROM graphile_worker._private_jobs WHERE id = $1', [first!.id]);
  await api.app.get(Jobs).start();
  await eventually(
    async () => (await records(api, camp)).filter((each) => each.refundStatus === 'success').length === 2,
    'both refunds',
  );
});
