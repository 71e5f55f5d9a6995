import { decided, member, person, publishedCamp } from '@yajin/testing/factories';
import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { testDatabase } from '@yajin/testing/database';
import { HOST_KEYS, randomAddress, TestApi } from '@yajin/testing/api';
import { ApiProcess, threadMs } from './process.kit.js';

const KB = 1024;
/** Below what is noise on any machine; a fault of this kind costs hundreds. Milliseconds of processor time. */
const NOISE = 10;

/** What the thread that answers spends, in milliseconds: the least of several, since others only add. */
async function cost(spent: () => number, times: number, call: () => Promise<Response>): Promise<number> {
  const all: number[] = [];
  for (let each = 0; each < times; each += 1) {
    const before = spent();
    const response = await call();
    await response.arrayBuffer();
    expect(response.status).not.toBe(500);
    all.push(spent() - before);
  }
  return Math.min(...all);
}

const fill = (text: string, size: number): string => text.repeat(Math.max(1, Math.floor(size / text.length)));

/** What tempts a parser of a kind to look at the same bytes again and again. */
const WORST: Record<'json' | 'xml' | 'form', (size: number) => Record<string, string>> = {
  json: (size) => ({
    keys: `{${Array.from({ length: size / 10 }, (_, n) => `"k${n}":1`).join(',')}}`,
    'one key again and again': `{${fill('"a":1,', size)}"a":1}`,
    brackets: fill('[', size),
    braces: fill('{"a":', size),
    'quoted backslashes': `{"a":"${fill('\\\\', size)}"}`,
    'as many ids as fit': `{"refundIds":[${Array.from({ length: size / 6 }, (_, n) => 10_000 + n).join(',')}]}`,
    'an endless name': `{"${'n'.repeat(size - 100)}":1}`,
    escapes: `{"a":"${fill('\\u0061', size)}"}`,
    'a quote that never ends': `{"a":"${'x'.repeat(size)}`,
    'digits without end': `{"a":${'9'.repeat(size)}}`,
    blanks: `{"a":1${' '.repeat(size)}`,
    commas: `{"a":[${fill('1,', size)}1]}`,
  }),
  xml: (size) => ({
    CDATA: `<xml>${fill('<![CDATA[', size)}</xml>`,
    'tags in tags': `<xml>${fill('<a>', size)}</xml>`,
    'many tags': `<xml>${fill('<a>1</a>', size)}</xml>`,
    attributes: `<xml><a ${fill('b="c" ', size)}>1</a></xml>`,
    comments: `<xml>${fill('<!--', size)}</xml>`,
    entities: `<!DOCTYPE x [${fill('<!ENTITY a "b">', size)}]><xml>&a;</xml>`,
    ampersands: `<xml><a>${fill('&amp', size)}</a></xml>`,
    'closing brackets': `<xml><a><![CDATA[${fill(']]', size)}</a></xml>`,
    blanks: `<xml>${' '.repeat(size)}`,
  }),
  form: (size) => ({
    fields: Array.from({ length: size / 8 }, (_, n) => `k${n}=1`).join('&'),
    'one field again and again': fill('a=1&', size),
    ampersands: fill('&', size),
    'equal signs': `a=${fill('=', size)}`,
    escapes: `a=${fill('%41', size)}`,
    'broken escapes': `a=${fill('%', size)}`,
    pluses: `a=${fill('+', size)}`,
  }),
};
const ORDINARY: Record<keyof typeof WORST, (size: number) => string> = {
  json: (size) => JSON.stringify({ a: 'x'.repeat(size), b: 1, c: '2' }),
  xml: (size) => `<xml><a>${'x'.repeat(size)}</a><b>1</b></xml>`,
  // Chinese, as Alipay sends it.
  form: (size) => `a=${'%E6%8A%BC'.repeat(size / 9)}&b=1&c=2`,
};
const TYPES = { json: 'application/json', xml: 'text/xml', form: 'application/x-www-form-urlencoded' };

const ROUTES: [path: string, size: number, ...kinds: (keyof typeof WORST)[]][] = [
  ['/api/admin/auth/login', 15 * KB, 'json'],
  ['/api/h5/auth/wechat', 15 * KB, 'json'],
  ['/api/h5/payments', 15 * KB, 'json'],
  ['/api/h5/payments/bind', 15 * KB, 'json'],
  ['/api/h5/payments/claim', 15 * KB, 'json'],
  ['/api/admin/refunds/batch-approve', 30 * KB, 'json'],
  ['/api/webhook/wechat/payment', 60 * KB, 'json', 'xml', 'form'],
  ['/api/webhook/wechat/refund', 60 * KB, 'json'],
  ['/api/v1/pay/callback', 60 * KB, 'json', 'form'],
  ['/api/v1/pay/refund_callback', 60 * KB, 'json', 'form'],
  ['/api/v1/pay/transfer_callback', 60 * KB, 'json', 'form'],
  ['/api/v1/payments/callback/wechat', 60 * KB, 'json', 'xml', 'form'],
  ['/api/v1/payments/callback/alipay', 60 * KB, 'json', 'xml', 'form'],
  ['/payments/webhook/wechat', 60 * KB, 'json', 'xml', 'form'],
  ['/payments/webhook/alipay', 60 * KB, 'json', 'xml', 'form'],
  ['/payments/webhook/bank_card', 60 * KB, 'json', 'form'],
  ['/api/payments/wechat/notify', 60 * KB, 'json', 'xml', 'form'],
];

describe('by a stranger’s body', () => {
  let api: ApiProcess;
  let sandbox: Sandbox;
  let database: Awaited<ReturnType<typeof testDatabase>>;
  let token: string;
  // Its own process: the runner's heap is large, and collecting it is no cost of the product's.
  beforeAll(async () => {
    database = await testDatabase();
    sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
    api = await ApiProcess.over(database, sandbox, { TRUSTED_PROXIES: '127.0.0.1', ...HOST_KEYS });
    const body = { username: 'admin', password: 'admin123' };
    ({ token } = await api.call<{ token: string }>('POST', '/api/admin/auth/login', { body }));
  });
  afterAll(async () => {
    await api.end('SIGKILL');
    await sandbox.close();
    await database.drop();
  });

  const post = async (path: string, type: string, body: string): Promise<Response> => {
    const headers = {
      'content-type': type,
      'x-forwarded-for': randomAddress(),
      authorization: `Bearer ${token}`,
    };
    return fetch(api.url + path, { method: 'POST', headers, body });
  };
  /** A refusal, and a short one. */
  const refusal = async (answer: Promise<Response>): Promise<Response> => {
    const response = await answer;
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect((await response.clone().arrayBuffer()).byteLength).toBeLessThan(4 * KB);
    return response;
  };

  describe.each(ROUTES)('POST %s', (path, size, ...kinds) => {
    it.each(kinds)(
      'costs for the worst %s body about what an ordinary one of its size costs',
      async (kind) => {
        const spent = (): number => api.spent();
        const usual = await cost(spent, 6, () => post(path, TYPES[kind], ORDINARY[kind](size)));
        const dear: string[] = [];
        for (const [what, body] of Object.entries(WORST[kind](size))) {
          const worst = await cost(spent, 4, () => refusal(post(path, TYPES[kind], body)));
          if (worst > 3 * Math.max(usual, NOISE))
            dear.push(`${what}: ${worst.toFixed(1)} ms, usually ${usual.toFixed(1)}`);
        }
        expect(dear).toEqual([]);
      },
    );
  });
});

describe('a search for the worst of texts', () => {
  let api: TestApi;
  let token: string;
  beforeAll(async () => {
    api = await TestApi.start();
    token = await api.adminToken();
  });
  afterAll(() => api.stop());
  /** Of this thread, client and server in one. */
  const spent = (): number => threadMs(process.pid);

  const LONG = 100;
  const words = (text: string): string => encodeURIComponent(text.repeat(Math.floor(LONG / text.length)));
  const WORDS: [string, string][] = [
    ['signs that fold', '\u0301e'],
    ['ligatures that fold to many', '\ufdfa'],
    ['joiners', 'a\u200d'],
    ['signs of a pattern', '%_\\'],
    ['a mixture', '①ｶﾞéが'],
  ];
  const SEARCHES = [
    '/api/admin/members?keyword=',
    '/api/admin/camps?keyword=',
    '/api/admin/pay/orders?keyword=',
    '/api/admin/course/courses?keyword=',
    '/api/admin/gym/members?keyword=',
    '/api/admin/task/tasks?keyword=',
  ];
  const get = (path: string): Promise<Response> =>
    fetch(api.url + path, {
      headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': randomAddress() },
    });

  it.each(SEARCHES)('%s costs about what an ordinary one costs', async (path) => {
    const usual = await cost(spent, 6, () => get(path + words('x')));
    for (const [what, text] of WORDS) {
      const worst = await cost(spent, 5, () => get(path + words(text)));
      expect({ what, dear: worst > 3 * Math.max(usual, NOISE) }).toEqual({ what, dear: false });
    }
  });

  it.each([
    ['additions without end', '第1期'],
    ['separators without end', '-'],
    ['emoji without end', '😀'],
    ['digits without end', '1'],
    ['blanks beside Chinese', '小 '],
    ['accents without end', 'e\u0301'],
  ])('candidates for a nickname of %s cost about what those of an ordinary one cost', async (_what, text) => {
    const camp = await publishedCamp(api);
    const [plain, odd] = await Promise.all(
      ['小明同学'.repeat(25), `甲${text.repeat(Math.floor(99 / text.length))}`].map(async (nickname) => {
        const { memberId } = await decided(
          api,
          await member(api, camp, {
            ...person(),
            nickname: nickname
              .slice(0, 100)
              .toWellFormed()
              .replace(/\ufffd/g, ''),
          }),
        );
        return `/api/admin/members/${memberId}/candidates`;
      }),
    );
    const usual = await cost(spent, 5, () => get(plain!));
    expect(await cost(spent, 5, () => get(odd!))).toBeLessThan(3 * Math.max(usual, NOISE));
  });
});
