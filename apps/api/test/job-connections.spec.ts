import { Job, Jobs } from '@yajin/server';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
let done = 0;
beforeAll(async () => {
  api = await TestApi.start({}, (app) => {
    app.get(Jobs).register(new Job('test.cut'), async () => {
      await api.rows(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE '%graphile_worker%' AND query NOT LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
      );
      done += 1;
    });
    return Promise.resolve();
  });
});
afterAll(() => api.stop());

// With nobody waiting for it, such an error used to end the process.
it('a connection that is cut at the moment when a job is done costs nothing: it is noted as done a little later', async () => {
  for (let job = 1; job <= 5; job += 1) {
    await api.rows(`SELECT graphile_worker.add_job('test.cut')`);
    await eventually(() => Promise.resolve(done >= job), 'the job to be done');
  }
  await eventually(
    async () =>
      (await api.rows(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'test.cut'`)).length === 0,
    'the jobs to be noted as done',
  );
});

// The first try to note it fails, and the second came when there was no pool any more: that used to end the process, too.
it('a job whose connection is cut as the process ends is noted as done before it has ended', async () => {
  const ending = await TestApi.start({}, (app) => {
    app.get(Jobs).register(new Job('test.last'), async () => {
      void app.close();
      await ending.owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND query LIKE '%graphile_worker%' AND query NOT LIKE 'LISTEN%' AND pid <> pg_backend_pid()`,
      );
    });
    return Promise.resolve();
  });
  try {
    await ending.rows(`SELECT graphile_worker.add_job('test.last')`);
    await eventually(() => Promise.resolve(!ending.db.isInitialized), 'the end of the process');
    expect(
      await ending.owner.query(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'test.last'`),
    ).toEqual([]);
    await new Promise((resolve) => setTimeout(resolve, 500));
  } finally {
    await ending.stop();
  }
});
