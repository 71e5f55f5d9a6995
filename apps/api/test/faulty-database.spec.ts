import type { Camp } from '@yajin/contract';
import { Deadlines, Job, Jobs, rows } from '@yajin/server';
import { SystemScanner } from '../src/system/index.js';
import { Ticker } from '../src/ticker.js';
import { person, publishedCamp } from '@yajin/testing/factories';
import { testDatabase } from '@yajin/testing/database';
import { eventually, TestApi } from '@yajin/testing/api';
import { SilentProxy } from './silent-proxy.js';

describe('a transaction that holds a lock and freezes', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());

  it('costs whoever waits for it a 503 after ten seconds, and is ended by the server a little later', async () => {
    const camp = await publishedCamp(api);
    const frozen = api.db.createQueryRunner();
    await frozen.startTransaction();
    await frozen.query('SELECT 1 FROM camp WHERE id = $1 FOR UPDATE', [camp.id]);
    const enrol = () => {
      const { planetUserId, nickname } = person();
      const body = { campId: camp.id, planetUserId, planetNickname: nickname };
      return api.call('POST', '/api/h5/payments', { body });
    };
    const waited = await enrol();
    expect([waited.status, waited.code, waited.message]).toEqual([503, 503, '服务暂不可用，请稍后再试']);
    expect(Number(waited.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await api.exchange('GET', '/health/ready', {})).status).toBe(200);
    expect((await enrol()).code).toBe(200);
    await frozen.release();
  });

  it('keeps none of its server’s connections without limits', async () => {
    const names = [
      'statement_timeout',
      'lock_timeout',
      'idle_in_transaction_session_timeout',
      'tcp_keepalives_idle',
      'tcp_user_timeout',
    ];
    const found = await rows<{ name: string; setting: string }>(
      api.db,
      'SELECT name, setting FROM pg_settings WHERE name = ANY($1)',
      [names],
    );
    expect(found).toHaveLength(names.length);
    expect(found.filter(({ setting }) => Number(setting) === 0)).toEqual([]);
  });
});

describe('a look for what is due that hangs', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start();
  });
  afterAll(() => api.stop());

  it('keeps no other look from being taken, the next time neither', async () => {
    const ticker = api.app.get(Ticker);
    const [first] = api.app.get(Deadlines).all.filter(({ owner }) => owner === 'camp');
    jest.spyOn(first!.steps[0]!, 'run').mockReturnValue(new Promise(() => undefined));
    const chained = jest.spyOn(api.app.get(SystemScanner), 'chainEntries');
    await api.adminToken();
    for (let time = 1; time <= 2; time += 1) {
      void ticker.tick();
      await eventually(() => Promise.resolve(chained.mock.calls.length >= time), 'the other look');
    }
    await eventually(
      async () => (await api.rows(`SELECT 1 FROM sys_audit WHERE action = 'auth.login'`)).length > 0,
      'the deed to be chained by the ticker',
    );
  });
});

it('a network that goes silent turns readiness red in two seconds; when it speaks again, requests and jobs go on', async () => {
  const database = await testDatabase();
  const proxy = await SilentProxy.before(database.appUrl);
  let done = 0;
  const api = await TestApi.start({ DATABASE_URL: proxy.url }, (app) => {
    app.get(Jobs).register(new Job('test.done'), () => Promise.resolve(void (done += 1)));
    return Promise.resolve();
  });
  try {
    const ready = async (): Promise<number> => (await api.exchange('GET', '/health/ready', {})).status;
    await api.rows(`SELECT graphile_worker.add_job('test.done')`);
    await eventually(async () => {
      const left = await api.rows(`SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = 'test.done'`);
      return done === 1 && left.length === 0;
    }, 'a job to be done');
    proxy.silence();
    const began = performance.now();
    expect(await ready()).toBe(503);
    expect(performance.now() - began).toBeLessThan(2000);
    expect((await api.exchange('GET', '/health/live', {})).status).toBe(200);
    proxy.heal();
    await eventually(async () => (await ready()) === 200, 'readiness', 60_000);
    await eventually(
      () =>
        api.rows(`SELECT graphile_worker.add_job('test.done')`).then(
          () => true,
          () => false,
        ),
      'a request to be served',
      60_000,
    );
    await eventually(() => Promise.resolve(done >= 2), 'jobs to go on', 60_000);
    const page = await api.admin<Camp.AuditLogPage>('GET', '/api/admin/logs');
    expect(page.code).toBe(200);
  } finally {
    proxy.heal();
    proxy.cut();
    await api.stop();
    await proxy.close();
    await database.drop();
  }
});
