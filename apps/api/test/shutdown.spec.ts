import { Jobs } from '@yajin/server';
import { TestApi } from '@yajin/testing/api';

it('the database’s pool outlives everything that uses it, and ends with the application', async () => {
  const api = await TestApi.start();
  const jobs = api.app.get(Jobs);
  const end = jobs.onApplicationShutdown.bind(jobs);
  let usable = false;
  jobs.onApplicationShutdown = async () => {
    await end();
    usable = (await api.db.query<unknown[]>('SELECT 1')).length === 1;
  };
  try {
    await api.app.close();
    expect(usable).toBe(true);
    expect(api.db.isInitialized).toBe(false);
  } finally {
    await api.stop();
  }
});
