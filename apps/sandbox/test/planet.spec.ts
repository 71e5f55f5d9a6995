import { createHash, randomUUID } from 'node:crypto';
import { openMerchant, type Merchant } from './merchant.js';

let shop: Merchant;

beforeAll(async () => {
  shop = await openMerchant();
});

afterAll(() => shop.sandbox.close());
beforeEach(() => shop.control('POST', '/settings', { planetRefusedPercent: 0 }));
afterEach(() => shop.control('POST', '/reset'));

const CHECKIN = '15555411412112';
/** Neither survives being a double. */
const [ANNA, BO] = ['88455815452182001', '88455815452182003'];

interface Ask {
  signature?: string;
  cookie?: string;
  headers?: Record<string, string>;
}

async function ask(path: string, options: Ask = {}): Promise<string> {
  const { PLANET_API_BASE, PLANET_GROUP_ID, PLANET_COOKIE } = shop.sandbox.settings;
  const url = `${PLANET_API_BASE}/v2/groups/${PLANET_GROUP_ID}/checkins${path}`;
  const [timestamp, id] = [String(Math.floor(Date.now() / 1000)), randomUUID()];
  const signature = createHash('sha1').update(`${url} ${timestamp} ${id}`).digest('hex');
  const response = await fetch(url, {
    headers: {
      'x-timestamp': timestamp,
      'x-request-id': id,
      'x-version': '2.83.0',
      'x-signature': options.signature ?? signature,
      cookie: options.cookie ?? `abtest=1; zsxq_access_token=${PLANET_COOKIE}`,
      ...options.headers,
    },
  });
  expect(response.status).toBe(200);
  return response.text();
}

type Post = { userId: string; name: string; alias?: string; text?: string; createTime: string | number };

async function post(posts: Post[]): Promise<string[]> {
  const { body } = await shop.control<{ topicIds: string[] }>('POST', '/planet/posts', {
    checkinId: CHECKIN,
    posts,
  });
  return body.topicIds;
}

interface Topic {
  topic_uid: string;
  create_time: string;
  talk: { owner: { name: string; alias: string }; text: string };
}

async function topics(query = ''): Promise<Topic[]> {
  const answer = JSON.parse(await ask(`/${CHECKIN}/topics${query}`)) as { resp_data: { topics: Topic[] } };
  return answer.resp_data.topics;
}

describe('access', () => {
  beforeEach(() => post([{ userId: ANNA, name: '安娜', createTime: '2025-12-10T06:00:00' }]));

  it.each([
    ['a wrong signature', { signature: 'ab'.repeat(20) }, 1059],
    ['no signature', { signature: '' }, 1059],
    ['no version', { headers: { 'x-version': '' } }, 1060],
    ['an old version', { headers: { 'x-version': '2.63.9' } }, 1060],
    ['an unknown cookie', { cookie: 'zsxq_access_token=someone-else' }, 401],
    ['no cookie', { cookie: '' }, 401],
  ])('is refused to %s', async (_what, options, code) => {
    expect(JSON.parse(await ask('', options))).toMatchObject({ succeeded: false, code });
  });

  it('follows the state of the cookie', async () => {
    for (const [state, expected] of [
      ['expired', { succeeded: false, code: 401 }],
      ['throttled', { succeeded: false, code: 1059 }],
      ['valid', { succeeded: true }],
    ] as const) {
      await shop.control('POST', '/planet/cookie', { state });
      expect(JSON.parse(await ask(`/${CHECKIN}`))).toMatchObject(expected);
    }
    await shop.fault({ planetThrottled: { times: 1 } });
    expect(JSON.parse(await ask(`/${CHECKIN}`))).toMatchObject({ code: 1059 });
    expect(JSON.parse(await ask(`/${CHECKIN}`))).toMatchObject({ succeeded: true });
  });

  it('is given to the app’s header as to the web version’s cookie', async () => {
    const { PLANET_COOKIE } = shop.sandbox.settings;
    const headers = { authorization: PLANET_COOKIE, 'x-version': '3.9.0' };
    expect(JSON.parse(await ask('', { cookie: '', headers }))).toMatchObject({ succeeded: true });
  });

  it('is refused to about the share that is set, and to the same calls with the same seed', async () => {
    const refusals = async (planetSeed: number): Promise<boolean[]> => {
      await shop.control('POST', '/settings', { planetRefusedPercent: 25, planetSeed });
      const seen: boolean[] = [];
      for (let call = 0; call < 120; call++)
        seen.push(!(JSON.parse(await ask(`/${CHECKIN}`)) as { succeeded: boolean }).succeeded);
      return seen;
    };
    const first = await refusals(7);
    expect(first.filter(Boolean).length).toBeGreaterThan(18);
    expect(first.filter(Boolean).length).toBeLessThan(45);
    expect(await refusals(8)).not.toEqual(first);
    expect(await refusals(7)).toEqual(first);
  });

  it('ends at check-ins and groups that are not there', async () => {
    expect(JSON.parse(await ask('/999/topics'))).toMatchObject({ succeeded: false, code: 52010 });
    expect(JSON.parse(await ask(`/${CHECKIN}/topics?count=31`))).toMatchObject({
      succeeded: false,
      code: 17801,
    });
  });
});

describe('posts', () => {
  it('carry ids as numbers with every digit, and times in Shanghai milliseconds', async () => {
    const [topicId] = await post([
      { userId: ANNA, name: '安娜', text: '早起"打卡"', createTime: '2025-12-10T06:00:00.007' },
    ]);
    const raw = await ask(`/${CHECKIN}/topics`);
    expect(topicId).toMatch(/^\d{17}$/);
    expect(raw).toContain(`"topic_id":${topicId},`);
    expect(raw).toContain(`"user_id":${ANNA},`);
    expect(raw).toContain(`"checkin_id":${CHECKIN},`);
    expect(raw).toContain('"create_time":"2025-12-10T06:00:00.007+0800"');
    expect(await topics()).toMatchObject([
      { topic_uid: topicId, talk: { owner: { name: '安娜' }, text: '早起"打卡"' } },
    ]);
  });

  it('are paged by end_time without a gap or an overlap', async () => {
    const start = Date.parse('2025-12-10T00:00:00+08:00');
    const made = await post(
      Array.from({ length: 65 }, (_, n) => ({ userId: BO, name: '阿波', createTime: start + n * 3_600_500 })),
    );
    const seen: string[] = [];
    let query = '?count=30';
    for (let page = await topics(query); page.length > 0; page = await topics(query)) {
      seen.push(...page.map((topic) => topic.topic_uid));
      const last = Date.parse(page.at(-1)!.create_time.replace('+0800', '+08:00'));
      const end = new Date(last - 1 + 8 * 3_600_000).toISOString().replace('Z', '+0800');
      query = `?count=30&end_time=${encodeURIComponent(end)}`;
    }
    expect(seen).toEqual(made.toReversed());
  });

  it('include the one at end_time itself', async () => {
    await post([{ userId: ANNA, name: '安娜', createTime: '2025-12-10T06:00:00' }]);
    const at = (text: string) => `?end_time=${encodeURIComponent(`2025-12-10T${text}+0800`)}`;
    expect(await topics(at('06:00:00.000'))).toHaveLength(1);
    expect(await topics(at('05:59:59.999'))).toHaveLength(0);
  });

  it('can repeat a page or hide a name by a fault', async () => {
    await post([{ userId: ANNA, name: '安娜', createTime: '2025-12-10T06:00:00' }]);
    await shop.fault({ repeatPage: true, blankName: true });
    const early = `?end_time=${encodeURIComponent('2020-01-01T00:00:00.000+0800')}`;
    expect(await topics(early)).toMatchObject([{ talk: { owner: { name: '', alias: '安娜' } } }]);
  });
});

describe('counts', () => {
  interface Ranked {
    rankings: number;
    checkined_days: number;
    user: { name: string };
  }
  const ranking = async (query: string) =>
    (JSON.parse(await ask(`/${CHECKIN}/ranking_list?${query}`)) as { resp_data: { ranking_list: Ranked[] } })
      .resp_data.ranking_list;

  it('rank everyone, those without a post too, in pages of 21', async () => {
    const users = Array.from({ length: 43 }, (_, n) => ({ userId: String(1000 + n), name: `会员${n}` }));
    await shop.control('POST', '/planet/users', { checkinId: CHECKIN, users });
    await post([
      { userId: ANNA, name: '安娜', createTime: '2025-12-10T00:00:00' },
      { userId: ANNA, name: '安娜', createTime: '2025-12-10T23:59:59.999' },
      { userId: ANNA, name: '安娜改名', createTime: '2025-12-11T00:00:00' },
    ]);
    const pages: Ranked[][] = [];
    for (let index = 0; ; index = pages.at(-1)!.at(-1)!.rankings) {
      const page = await ranking(`type=accumulated&index=${index}`);
      if (page.length === 0) break;
      pages.push(page);
    }
    expect(pages.map((page) => page.length)).toEqual([21, 21, 2]);
    expect(pages[0]![0]).toMatchObject({ rankings: 1, checkined_days: 2, user: { name: '安娜改名' } });
    expect(new Set(pages.flat().map((row) => row.rankings)).size).toBe(44);
  });

  it('rank by the longest run of days', async () => {
    const on = (userId: string, name: string, ...days: string[]) =>
      days.map((day) => ({ userId, name, createTime: `2025-12-${day}T08:00:00` }));
    await post([...on(ANNA, '安娜', '10', '12', '14', '16'), ...on(BO, '阿波', '10', '11', '12', '20')]);
    const rows = await ranking('type=continuous&index=0');
    expect(rows.map((row) => [row.user.name, row.checkined_days])).toEqual([
      ['阿波', 3],
      ['安娜', 1],
    ]);
  });

  it('of a day and of the whole follow Shanghai dates', async () => {
    await post([
      { userId: ANNA, name: '安娜', createTime: '2025-12-10T23:59:59.999' },
      { userId: BO, name: '阿波', createTime: '2025-12-11T00:00:00' },
    ]);
    const date = encodeURIComponent('2025-12-10T12:00:00.000+0800');
    expect(JSON.parse(await ask(`/${CHECKIN}/statistics/daily?date=${date}`))).toMatchObject({
      resp_data: { checkined_count: 1 },
    });
    expect(JSON.parse(await ask(`/${CHECKIN}/statistics`))).toMatchObject({
      resp_data: { statistics: { joined_count: 2, completed_count: 0, checkined_count: 2 } },
    });
  });

  it('list check-ins by their state', async () => {
    await post([{ userId: ANNA, name: '安娜', createTime: '2025-12-10T08:00:00' }]);
    await shop.control('POST', '/planet/checkins', {
      checkinId: '777',
      title: '旧营',
      expiresAt: '2025-01-01T00:00:00',
    });
    const titles = async (scope: string) =>
      (
        JSON.parse(await ask(`?scope=${scope}&count=30`)) as { resp_data: { checkins: { title: string }[] } }
      ).resp_data.checkins.map(({ title }) => title);
    expect(await titles('ongoing')).toEqual([`打卡 ${CHECKIN}`]);
    expect(await titles('over')).toEqual(['旧营']);
    expect(await titles('closed')).toEqual([]);
  });
});
