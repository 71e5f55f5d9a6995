import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { cursorBatches, inSnapshot } from '../src/lines/camp/export/snapshot.js';
import { download, enrol, exported } from './export.kit.js';
import { publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** The connections in the middle of an export that have been waiting for so long. */
const exporting = (ms: number): Promise<{ pid: number }[]> =>
  api.rows(
    `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'FETCH %' AND state <> 'idle'
       AND state_change <= clock_timestamp() - make_interval(secs => $1)`,
    [ms / 1000],
  );

describe('an export that is under way', () => {
  const LONG = `(SELECT string_agg(md5(n::text || i), '') FROM generate_series(1, 300) AS i)`;
  let path = '';
  let small: MadeCamp;
  const logged = jest.spyOn(Logger.prototype, 'error');
  afterEach(() => logged.mockClear());
  afterAll(() => logged.mockRestore());
  beforeAll(async () => {
    small = await publishedCamp(api);
    await enrol(api, small, 3);
    const camp = await publishedCamp(api);
    await enrol(api, camp, 8000, LONG);
    path = `/api/admin/members/export?campId=${camp.id}`;
  });

  /** Asks for a file and reads no more than its beginning. */
  async function slowReader(
    format: string,
  ): Promise<{ response: http.IncomingMessage; request: http.ClientRequest }> {
    const headers = { authorization: `Bearer ${await api.adminToken()}` };
    const request = http.get(`${api.url}${path}&format=${format}`, { headers });
    const response = await new Promise<http.IncomingMessage>((resolve, reject) => {
      request.once('response', resolve).once('error', reject);
    });
    response.pause();
    expect(response.statusCode).toBe(200);
    await eventually(async () => (await exporting(300)).length === 1, 'the export to wait for its reader');
    return { response, request };
  }

  it.each(['csv', 'xlsx'])('as %s ends with its client, and gives the connection back', async (format) => {
    const { request } = await slowReader(format);
    request.destroy();
    await expectNothingLeft();
    expect(logged).not.toHaveBeenCalled();
  });

  it('of a client that left before it began leaves nothing behind', async () => {
    const headers = { authorization: `Bearer ${await api.adminToken()}` };
    for (let ms = 0; ms < 40; ms += 2) {
      const request = http.get(`${api.url}${path}`, { headers }).on('error', () => undefined);
      await sleep(ms);
      request.destroy();
    }
    await expectNothingLeft();
  });

  it.each(['csv', 'xlsx'])('as %s breaks off the connection when the database does', async (format) => {
    const { response } = await slowReader(format);
    await api.rows('SELECT pg_terminate_backend($1)', [(await exporting(0))[0]?.pid]);
    const ending = new Promise<string>((resolve) => {
      response.once('end', () => resolve('whole')).once('error', (error) => resolve(error.message));
    });
    response.resume();
    expect(await ending).toBe('aborted');
    await expectNothingLeft();
    expect(logged).toHaveBeenCalledWith('an export broke off', expect.any(String));
  });

  it('shows the moment at which it began', async () => {
    const read = inSnapshot(api.db, (runner) =>
      cursorBatches<{ n: number }>(
        runner,
        'SELECT id AS n FROM camp_member WHERE camp_id > $1 ORDER BY id',
        [0],
      ),
    );
    const { value: first } = await read.next();
    expect(first).toHaveLength(100);
    const [{ total } = { total: 0 }] = await api.rows<{ total: number }>(
      'SELECT count(*) AS total FROM camp_member',
    );
    await enrol(api, await publishedCamp(api), 50);
    let found = first?.length ?? 0;
    for await (const batch of read) found += batch.length;
    expect(found).toBe(total);
    await expectNothingLeft();
  });

  it('that cannot even begin is an error in the envelope', async () => {
    await api.rows('ALTER TABLE camp_member RENAME COLUMN joined_at TO joined_at_gone');
    try {
      expect(await api.admin('GET', path)).toMatchObject({
        status: 500,
        code: 500,
        message: '服务器内部错误',
      });
    } finally {
      await api.rows('ALTER TABLE camp_member RENAME COLUMN joined_at_gone TO joined_at');
    }
    await expectNothingLeft();
  });

  /** Nothing of what went wrong is left: places and connections are free for as many more as there can be. */
  async function expectNothingLeft(): Promise<void> {
    await eventually(async () => (await exporting(0)).length === 0, 'the transaction to end');
    const whole = `/api/admin/members/export?campId=${small.id}&format=csv`;
    // The database has ended its part before the process has ended its own.
    await eventually(async () => {
      const all = await Promise.all(Array.from({ length: 6 }, () => download(api, whole)));
      return all.every(({ status }) => status === 200);
    }, 'places for six');
    expect(await exported(api, whole)).toHaveLength(3);
  }
});
