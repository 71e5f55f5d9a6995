import { PlanetError, planetClient } from '../src/index.js';
import type { PlanetConfig } from '../src/planet.transport.js';
import { signature } from '../src/planet.transport.js';
import { collect, data, error, PlanetServer, type Reply } from './planet.kit.js';

const zsxq = new PlanetServer();
beforeAll(() => zsxq.start());
afterAll(() => zsxq.stop());
beforeEach(() => {
  zsxq.calls.length = 0;
});

const sleeps: number[] = [];
beforeEach(() => {
  sleeps.length = 0;
});

function client(overrides: Partial<PlanetConfig> = {}) {
  return planetClient({
    apiBase: zsxq.base,
    cookie: () => 'cookie-1',
    minIntervalMs: 0,
    sleep: (ms) => {
      sleeps.push(ms);
      return Promise.resolve();
    },
    ...overrides,
  });
}

const checkin = data({ checkin: { checkin_id: 1, title: '早起', status: 'ongoing' } });

async function failure(action: Promise<unknown>): Promise<PlanetError> {
  const reason = await action.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(reason).toBeInstanceOf(PlanetError);
  return reason as PlanetError;
}

describe('every call', () => {
  it('is signed over its full URL and carries the cookie', async () => {
    zsxq.reply = () => data({ checkins: [] });
    await client({ cookie: () => Promise.resolve(' cookie-1\n') }).checkins('15555', 'ongoing');
    const [call] = zsxq.calls;
    expect(call).toMatchObject({
      url: '/v2/groups/15555/checkins?scope=ongoing&count=30',
      signed: true,
      headers: { cookie: 'zsxq_access_token=cookie-1' },
    });
    expect(call?.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
    expect(Math.abs(Number(call?.headers['x-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  });

  it.each([
    ['a bare token', 'AB12_CD34', { cookie: 'zsxq_access_token=AB12_CD34' }],
    ['the app’s header line', 'authorization: AB12_CD34', { authorization: 'AB12_CD34' }],
    [
      'a browser’s Cookie line',
      'Cookie: abtest=1; zsxq_access_token=AB12_CD34; x=y',
      { cookie: 'zsxq_access_token=AB12_CD34' },
    ],
  ])('sends %s as it came to the operator', async (_name, pasted, headers) => {
    zsxq.reply = () => checkin;
    await client({ cookie: () => pasted }).checkin('1', '2');
    const sent = zsxq.calls[0]?.headers;
    expect({
      ...(sent?.cookie && { cookie: sent.cookie }),
      ...(sent?.authorization && { authorization: sent.authorization }),
    }).toEqual(headers);
  });

  it('names the version that operators set, for zsxq refuses old ones', async () => {
    zsxq.reply = () => checkin;
    await client({ clientVersion: () => '3.9.0' }).checkin('1', '2');
    await client({ clientVersion: () => null }).checkin('1', '2');
    expect(zsxq.calls.map(({ headers }) => headers['x-version'])).toEqual(['3.9.0', '2.83.0']);
  });

  it('has the sha1 that sha1sum gives too', () => {
    expect(signature('https://api.zsxq.com/v2/x?count=20', '1761508323', 'request-1')).toBe(
      '7b83a7fedc38a1343767bedced684ace86df58bb',
    );
  });
});

describe('what is read', () => {
  it('keeps ids of 17 digits exact', async () => {
    zsxq.reply = () => ({
      text: '{"succeeded":true,"resp_data":{"checkins":[{"checkin_id":98765432109876543,"title":" 早起 ","status":"ongoing"},{"checkin_id":5,"name":"旧"}]}}',
    });
    expect(await client().checkins('1', 'over')).toEqual([
      { checkinId: '98765432109876543', title: '早起', status: 'ongoing' },
      { checkinId: '5', title: '旧', status: '' },
    ]);
  });

  it('is one check-in', async () => {
    zsxq.reply = () => checkin;
    expect(await client().checkin('1', '2')).toEqual({ checkinId: '1', title: '早起', status: 'ongoing' });
    expect(zsxq.calls[0]?.url).toBe('/v2/groups/1/checkins/2');
  });

  it.each([
    ['nested', (value: unknown) => ({ statistics: value })],
    ['bare', (value: unknown) => value],
  ])('is statistics, %s', async (_name, wrap) => {
    zsxq.reply = () => data(wrap({ joined_count: 29, completed_count: 0, checkined_count: 24 }));
    const figures = { joinedCount: 29, completedCount: 0, checkinedCount: 24 };
    expect(await client().statistics('1', '2')).toEqual(figures);
    expect(await client().dailyStatistics('1', '2', '2026-11-21')).toBe(24);
    expect(zsxq.calls[1]?.url).toBe(
      '/v2/groups/1/checkins/2/statistics/daily?date=2026-11-21T12%3A00%3A00.000%2B0800',
    );
  });
});

describe('an expired cookie', () => {
  it.each<[string, Reply]>([
    ['as HTTP status', { status: 401, text: 'no' }],
    ['as code', error(401)],
  ])('told %s is never used again, though a new one is', async (_name, reply) => {
    zsxq.reply = () => reply;
    let cookie = 'cookie-old';
    const planet = client({ cookie: () => cookie });
    for (let i = 0; i < 3; i++) {
      expect(await failure(planet.checkin('1', '2'))).toMatchObject({ kind: 'cookie_expired' });
    }
    expect(zsxq.calls).toHaveLength(1);
    cookie = 'cookie-new';
    zsxq.reply = () => checkin;
    expect(await planet.checkin('1', '2')).toMatchObject({ title: '早起' });
  });

  it('stops the calls that were waiting behind it', async () => {
    zsxq.reply = () => error(401);
    const planet = client();
    const failures = await Promise.all([1, 2, 3].map((id) => failure(planet.checkin('1', String(id)))));
    expect(failures.map(({ kind }) => kind)).toEqual(Array(3).fill('cookie_expired'));
    expect(zsxq.calls).toHaveLength(1);
  });

  it.each(['', '  ', 'a\r\nb', 'authorization: a b'])('that is none (%j) is not sent', async (cookie) => {
    expect(await failure(client({ cookie: () => cookie }).checkin('1', '2'))).toMatchObject({
      kind: 'cookie_expired',
    });
    expect(zsxq.calls).toHaveLength(0);
  });
});

describe('failures', () => {
  it('throttled (429): three tries, 90 to 120 seconds apart', async () => {
    zsxq.reply = () => ({ status: 429, text: '' });
    expect(await failure(client().checkin('1', '2'))).toMatchObject({ kind: 'throttled' });
    expect(zsxq.calls).toHaveLength(3);
    expect(sleeps).toHaveLength(2);
    for (const ms of sleeps) expect(ms >= 90_000 && ms <= 120_000).toBe(true);
  });

  it('turned away (1059) four times in a row: the fifth try within seconds brings the answer', async () => {
    zsxq.reply = () => (zsxq.calls.length < 5 ? error(1059) : checkin);
    // A pause between calls is no reason to wait longer.
    const now = new Date();
    expect(await client({ minIntervalMs: 6_000, now: () => now }).checkin('1', '2')).toMatchObject({
      title: '早起',
    });
    expect(sleeps).toHaveLength(4);
    for (const ms of sleeps) expect(ms >= 1_000 && ms <= 3_000).toBe(true);
  });

  it('turned away (1059) every time: ends after fifteen tries, with what zsxq says', async () => {
    zsxq.reply = () => ({
      text: JSON.stringify({
        succeeded: false,
        code: 1059,
        info: '不支持非官方工具访问，建议使用官方 Skill',
      }),
    });
    expect(await failure(client().checkin('1', '2'))).toMatchObject({
      kind: 'turned_away',
      code: '1059',
      message: '知识星球拒绝（1059）：不支持非官方工具访问，建议使用官方 Skill',
    });
    expect(zsxq.calls).toHaveLength(15);
  });

  it('are so many in one run at most: a walk that meets 500 refusals ends', async () => {
    let page = 0;
    zsxq.reply = () => {
      // Ten refusals a page, never fifteen.
      if (zsxq.calls.length % 11 !== 0) return error(1059);
      const at = new Date(Date.UTC(2026, 10, 21) - page++ * 60_000).toISOString();
      return data({
        topics: [{ topic_id: page, type: 'talk', create_time: at, talk: { owner: { user_id: 1 } } }],
      });
    };
    const pages: unknown[] = [];
    const walk = async () => {
      for await (const one of client().topicPages('1', '2')) pages.push(one);
    };
    expect(await failure(walk())).toMatchObject({ kind: 'turned_away' });
    expect(pages).toHaveLength(49);
  });

  it.each<[string, Reply]>([
    ['1005', error(1005)],
    ['1030', error(1030)],
    ['52010', error(52010)],
    ['1030', error(1030, 403)],
    ['998', error(998, 404)],
  ])('denied (%s) is not tried again', async (code, reply) => {
    zsxq.reply = () => reply;
    expect(await failure(client().checkin('1', '2'))).toMatchObject({ kind: 'denied', code });
    expect(zsxq.calls).toHaveLength(1);
  });

  it.each<[string, Reply]>([
    ['HTTP_502', { status: 502, text: 'bad gateway' }],
    ['BROKEN_ANSWER', { text: '{"succeeded":tru' }],
    ['BROKEN_ANSWER', { text: '[]' }],
    ['BROKEN_ANSWER', data({ checkin: { title: 'no id' } })],
    ['BROKEN_ANSWER', { text: '' }],
    ['BROKEN_ANSWER', { text: '<html>maintenance</html>', type: 'text/html' }],
    ['BROKEN_ANSWER', { text: 'ok', type: 'text/plain' }],
    ['BROKEN_ANSWER', { text: '\u0000'.repeat(100_000) }],
    ['BROKEN_ANSWER', { text: ' '.repeat(5_000_001) }],
    ['HTTP_202', { status: 202, text: '' }],
    ['HTTP_202', { status: 202, text: '{"succeeded":true,"resp_data":{}}' }],
    ['HTTP_204', { status: 204, text: '' }],
    ['HTTP_302', { status: 302, text: '' }],
    ['HTTP_403', { status: 403, text: '{"error":"forbidden"}' }],
    ['HTTP_403', { status: 403, text: '{"succeeded":false}' }],
    ['HTTP_404', { status: 404, text: 'none' }],
    ['HTTP_421', { status: 421, text: 'Misdirected Request' }],
    ['1050', error(1050)],
    ['NETWORK', 'drop'],
    ['TIMEOUT', 'hang'],
    ['999', error(999)],
  ])('unavailable (%s): three tries', async (code, reply) => {
    zsxq.reply = () => reply;
    // Only what hangs is waited for in vain: a busy machine takes its time over five million blanks.
    const action = client({ timeoutMs: reply === 'hang' ? 300 : 10_000 }).checkin('1', '2');
    expect(await failure(action)).toMatchObject({ kind: 'unavailable', code });
    // By their ids: `fetch` itself sends again what was misdirected.
    expect(new Set(zsxq.calls.map(({ headers }) => headers['x-request-id'])).size).toBe(3);
  });

  it('never quote the cookie', async () => {
    const secret = 'cookie-that-must-not-show';
    for (const reply of ['drop', error(401), error(1059)] as const) {
      zsxq.reply = () => reply;
      expect(JSON.stringify(await failure(client({ cookie: () => secret }).checkin('1', '2')))).not.toContain(
        secret,
      );
    }
  });
});

describe('an aborted signal', () => {
  const aborted = (action: Promise<unknown>) => expect(action).rejects.toMatchObject({ message: 'SIGTERM' });
  const reason = new Error('SIGTERM');

  it('stops a call under way, without another try', async () => {
    const stop = new AbortController();
    zsxq.reply = () => {
      stop.abort(reason);
      return 'hang';
    };
    await aborted(client().checkin('1', '2', { signal: stop.signal }));
    expect(zsxq.calls).toHaveLength(1);
  });

  it('stops the pause after a refusal', async () => {
    const stop = new AbortController();
    zsxq.reply = () => {
      setImmediate(() => stop.abort(reason));
      return error(1059);
    };
    const planet = client({ sleep: undefined });
    await aborted(planet.checkin('1', '2', { signal: stop.signal }));
    expect(zsxq.calls).toHaveLength(1);
  });

  it('keeps those waiting in the queue from calling, and others may go on', async () => {
    const stop = new AbortController();
    zsxq.reply = () => {
      stop.abort(reason);
      return checkin;
    };
    const planet = client();
    const first = planet.checkin('1', '2');
    const second = planet.checkin('1', '3', { signal: stop.signal });
    const third = planet.checkin('1', '4');
    expect(await first).toMatchObject({ title: '早起' });
    await aborted(second);
    expect(await third).toMatchObject({ title: '早起' });
    expect(zsxq.calls.map(({ path }) => path)).toEqual([
      '/v2/groups/1/checkins/2',
      '/v2/groups/1/checkins/4',
    ]);
  });

  it('ends a walk through the pages', async () => {
    const stop = new AbortController();
    zsxq.reply = () =>
      data({ ranking_list: [{ user: { user_id: zsxq.calls.length }, rankings: 1, checkined_days: 0 }] });
    const walk = async () => {
      for await (const page of client().rankingPages('1', '2', { signal: stop.signal })) {
        expect(page).toHaveLength(1);
        stop.abort(reason);
      }
    };
    await aborted(walk());
    expect(zsxq.calls).toHaveLength(1);
  });
});

describe('the pages', () => {
  it('of topics ask with a signed, encoded end_time and read names and aliases', async () => {
    const topic = {
      topic_id: 1,
      type: 'talk',
      create_time: '2025-10-18T23:59:28.000+0800',
      talk: { owner: { user_id: 2, name: ' ', alias: '小明' }, text: '第一天' },
    };
    const notice = { ...topic, topic_id: 3, type: 'task', talk: undefined };
    zsxq.reply = () => data({ topics: [notice, topic] });
    const createdAt = new Date('2025-10-18T15:59:28Z');
    expect(await collect(client().topicPages('1', '2'))).toEqual([
      {
        posts: [{ topicId: '1', userId: '2', name: '小明', alias: '小明', text: '第一天', createdAt }],
        skipped: { other_kind: 1 },
        readTo: createdAt,
      },
    ]);
    expect(zsxq.calls.map(({ url, signed }) => [url, signed])).toEqual([
      ['/v2/groups/1/checkins/2/topics?count=20', true],
      ['/v2/groups/1/checkins/2/topics?count=20&end_time=2025-10-18T23%3A59%3A28.000%2B0800', true],
    ]);
  });

  it('of the ranking list everybody, also who never checked in', async () => {
    const row = (id: number, rankings: number, user: object) => ({
      user: { user_id: id, ...user },
      rankings,
      checkined_days: 3 - rankings,
    });
    zsxq.reply = ({ query }) =>
      data({
        ranking_list: {
          0: [
            row(1, 1, { name: '甲', alias: '', avatar_url: 'https://x' }),
            row(2, 2, { name: '', alias: '乙' }),
          ],
          2: [row(2, 2, { name: '', alias: '乙' }), row(3, 3, { name: '丙' })],
          3: [],
        }[query.get('index') ?? ''],
      });
    expect((await collect(client().rankingPages('1', '2'))).flat()).toEqual([
      { userId: '1', name: '甲', alias: null, avatarUrl: 'https://x', rank: 1, checkinDays: 2 },
      { userId: '2', name: '乙', alias: '乙', avatarUrl: '', rank: 2, checkinDays: 1 },
      { userId: '3', name: '丙', alias: null, avatarUrl: '', rank: 3, checkinDays: 0 },
    ]);
    expect(zsxq.calls[0]?.url).toBe('/v2/groups/1/checkins/2/ranking_list?type=accumulated&index=0');
  });
});
