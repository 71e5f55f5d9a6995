import { Job, Jobs } from '@yajin/server';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const NEVER_MS = 3_600_000;

// The library looks for what comes next before it has noted that a job is done, finds its queue taken, and waits for its next poll.
it('jobs of one queue follow one another at once, one that failed among them, however seldom is polled', async () => {
  const queued = new Job<{ index: number }>('test.queued', { queue: 'test', maxAttempts: 1 });
  const jobs = new Jobs(api.env.databaseDirectUrl, 3, NEVER_MS);
  const done: number[] = [];
  let atOnce = 0;
  jobs.register(queued, async ({ index }) => {
    expect((atOnce += 1)).toBe(1);
    await api.rows('SELECT 1');
    atOnce -= 1;
    done.push(index);
    if (index === 4) throw new Error('fails');
  });
  await jobs.start();
  try {
    await api.rows(
      `SELECT ${queued.add({ index: 'index' })} FROM (SELECT index FROM generate_series(1, 20) AS index ORDER BY index) AS each`,
    );
    await eventually(() => Promise.resolve(done.length === 20), 'the queue to be worked off');
    expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
  } finally {
    await jobs.stop();
  }
});
