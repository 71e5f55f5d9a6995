import { Heartbeat, Job, Jobs } from '@yajin/server';
import pg from 'pg';
import { testDatabase } from '@yajin/testing/database';
import { eventually, TestApi } from '@yajin/testing/api';
import { SilentProxy } from './silent-proxy.js';

const PACE = { everyMs: 200, goneMs: 1000, silentMs: 4000 };

let database: { url: string; drop: () => Promise<void> };
let db: pg.Client;
beforeAll(async () => {
  database = await testDatabase();
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await database.drop();
});

const quiet = (): void => undefined;
const beating = async (id: string, url = database.url, onSilent = quiet): Promise<Heartbeat> => {
  const heartbeat = new Heartbeat(url, id, onSilent, PACE);
  await heartbeat.start();
  return heartbeat;
};
/** A job that `worker` has locked. */
async function lockedBy(worker: string): Promise<() => Promise<boolean>> {
  const { rows } = await db.query<{ id: string }>(`SELECT id FROM graphile_worker.add_job('test.locked')`);
  const id = rows[0]?.id;
  await db.query('UPDATE graphile_worker._private_jobs SET locked_by = $1, locked_at = now() WHERE id = $2', [
    worker,
    id,
  ]);
  return async () =>
    (await db.query('SELECT 1 FROM graphile_worker.jobs WHERE id = $1 AND locked_at IS NULL', [id]))
      .rowCount === 1;
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

it('frees what a worker had locked whose connection is gone, and nothing of one that lives', async () => {
  const survivor = await beating('survivor');
  const living = await beating('living');
  const killed = await beating('killed');
  const kept = await lockedBy('living');
  const freed = await lockedBy('killed');
  await killed.stop();
  await eventually(freed, 'the job of the killed worker to be free', PACE.silentMs - 500);
  expect(await kept()).toBe(false);
  await Promise.all([survivor.stop(), living.stop()]);
});

it('waits longer for a worker that still has its connection, and ends that one’s own process', async () => {
  const proxy = await SilentProxy.before(database.url);
  const survivor = await beating('patient');
  let silent = 0;
  const hung = await beating('hung', proxy.url, () => (silent += 1));
  const freed = await lockedBy('hung');
  proxy.silence();
  await pause(PACE.goneMs * 2);
  expect(await freed()).toBe(false);
  await eventually(freed, 'the job of the silent worker to be free', PACE.silentMs + 2000);
  await eventually(() => Promise.resolve(silent > 0), 'the silent worker to find out');
  await Promise.all([survivor.stop(), hung.stop()]);
  await proxy.close();
});

it('speaks of the jobs that its process works, however long one takes', async () => {
  let end: (() => void) | undefined;
  const api = await TestApi.start({}, (app) => {
    app.get(Jobs).register(new Job('test.long'), () => new Promise<void>((resolve) => (end = resolve)));
    return Promise.resolve();
  });
  try {
    await api.rows(`SELECT graphile_worker.add_job('test.long')`);
    // The lock is to be seen before the job begins: one that is not let go of would keep the process from ending.
    await eventually(() => Promise.resolve(end), 'the job to begin');
    const [job] = await api.rows<{ locked_by: string }>(
      'SELECT locked_by FROM graphile_worker.jobs WHERE locked_by IS NOT NULL',
    );
    expect(await api.rows('SELECT 1 FROM job_worker WHERE worker_id = $1', [job?.locked_by])).toHaveLength(1);
  } finally {
    end?.();
    await api.stop();
  }
});
