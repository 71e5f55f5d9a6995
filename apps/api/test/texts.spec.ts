import type { Camp } from '@yajin/contract';
import { foldText } from '@yajin/core';
import { Gateways } from '@yajin/payment';
import { decided, member, openOrder, person, publishedCamp, unique } from '@yajin/testing/factories';
import { randomAddress, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** One id as it may arrive: copied with marks that nobody sees, typed on a Chinese keyboard, with blanks. */
const spellings = (id: string): [how: string, text: string][] => [
  ['between marks of direction', `\u202d${id}\u202c`],
  ['in full-width digits', id.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0))],
  ['with blanks of all kinds', ` \u00a0${id.slice(0, 4)}\u3000${id.slice(4)}\u200b\ufeff`],
  ['with joiners in between', [...id].join('\u200d')],
];
/** What is no id, however it looks. */
const NO_IDS = ['1.84445E+15', '1844x', '十八', '-18445', '+18445', '0x1844', '1'.repeat(21), '۱۸۴۴۵'];

describe('a planet id is digits, wherever it comes from', () => {
  const enrol = (campId: number, planetUserId: string, sig?: string) =>
    api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: { campId, planetUserId, planetNickname: `同学${unique()}`, ...(sig ? { sig } : {}) },
    });

  it.each(spellings('x').map(([how], at) => [how, at] as const))('%s: enrolling', async (_how, at) => {
    const camp = await publishedCamp(api);
    const { planetUserId } = person();
    const [, written] = spellings(planetUserId)[at]!;
    const placed = await enrol(camp.id, written);
    expect(placed.code).toBe(200);
    const [kept] = await api.rows<{ id: string }>(
      'SELECT planet_user_id AS id FROM camp_order WHERE order_id = $1',
      [placed.data.orderId],
    );
    expect(kept?.id).toBe(planetUserId);
  });

  it.each(spellings('x').map(([how], at) => [how, at] as const))('%s: a personal link', async (_how, at) => {
    const camp = await publishedCamp(api);
    const { planetUserId } = person();
    const [, written] = spellings(planetUserId)[at]!;
    const { data } = await api.admin<Camp.PersonalLinks>('POST', `/api/admin/camps/${camp.id}/links`, {
      planetUserIds: [written],
    });
    expect(data.list[0]?.planetUserId).toBe(planetUserId);
    const { searchParams } = new URL(data.list[0]!.url);
    expect(searchParams.get('planetUserId')).toBe(planetUserId);
    // Shown with the same marks, it is the same link.
    const sig = searchParams.get('sig') ?? '';
    const placed = await enrol(camp.id, written, sig);
    const [kept] = await api.rows<{ identity: string }>(
      'SELECT identity FROM camp_order WHERE order_id = $1',
      [placed.data.orderId],
    );
    expect(kept?.identity).toBe('signed');
  });

  it.each(NO_IDS)('%s is none: it is neither enrolled, nor bound, nor signed', async (written) => {
    const camp = await publishedCamp(api);
    const answers = [
      await enrol(camp.id, written),
      await api.call('POST', '/api/h5/payments/bind', {
        body: { orderNo: 'PAY1', planetUserId: written, planetNickname: '同学' },
      }),
      await api.admin('POST', `/api/admin/camps/${camp.id}/links`, { planetUserIds: [written] }),
      await api.admin('POST', '/api/admin/unallocated/1/assign', { campId: camp.id, planetUserId: written }),
    ];
    expect(answers.map(({ code }) => code)).toEqual([400, 400, 400, 400]);
  });
});

describe('a search finds', () => {
  it.each([
    ['full width', 'ＡＭＹ', 'amy'],
    ['an accent', 'José', 'JOSE'],
    ['an accent typed as a mark of its own', 'Jose\u0301', 'josé'],
    ['a joiner in between', '小\u200d鱼', '小鱼'],
    ['a circled number', '①号', '1号'],
    ['kana, whose marks are letters', 'が', 'が'],
  ])('a member through %s', async (_what, written, looked) => {
    const camp = await publishedCamp(api);
    const who = { ...person(), nickname: `${written}${unique()}` };
    await decided(api, await member(api, camp, who));
    const { data } = await api.admin<Camp.MemberPage>(
      'GET',
      `/api/admin/members?campId=${camp.id}&keyword=${encodeURIComponent(looked)}`,
    );
    expect(data.total).toBe(1);
  });

  it('in the database as in the program', async () => {
    const texts = [
      'ＡＢｃ',
      ' É\u0301 ',
      'ﬁ',
      '①',
      'が',
      'ｶﾞ',
      '한글',
      '小\u200d鱼\ufe0f',
      '\u202dabc\u202c',
      'ß',
      '𝒜',
      '½',
    ];
    const [row] = await api.rows<{ folded: string[] }>(
      'SELECT array_agg(folded(t) ORDER BY n) AS folded FROM unnest($1::text[]) WITH ORDINALITY AS x(t, n)',
      [texts],
    );
    expect(row?.folded).toEqual(texts.map(foldText));
  });
});

describe('what a proxy says about the caller', () => {
  it.each([
    ["203.0.113.9'; DROP TABLE camp;--", '127.0.0.1'],
    ['<script>, 203.0.113.9:4711', '203.0.113.9'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['evil, [2001:db8::7]:443', '2001:db8::7'],
  ])('%s reaches the gateway and the audit as %s', async (header, address) => {
    const headers = { 'x-forwarded-for': header };
    const gateway = api.app.get(Gateways).get('wechat-v3');
    const registered = jest.spyOn(gateway, 'createTrade');
    const camp = await publishedCamp(api);
    const order = await openOrder(api, camp, person());
    const params = await api.call('GET', `${order.payUrl}?scene=h5`, { headers });
    expect(params.code).toBe(200);
    expect(registered.mock.lastCall?.[0]).toMatchObject({ scene: 'h5', clientIp: address });
    registered.mockRestore();
    await api.call('POST', '/api/admin/auth/login', {
      body: { username: 'admin', password: 'admin123' },
      headers,
    });
    const [entry] = await api.auditEntries<{ ip: string }>(
      `SELECT ip FROM sys_audit WHERE action = 'auth.login' ORDER BY id DESC LIMIT 1`,
    );
    expect(entry?.ip).toBe(address);
  });
});

it('an empty parameter is as good as none', async () => {
  const camp = await publishedCamp(api);
  const [bare, empty] = [
    await api.admin<Camp.CampPage>('GET', '/api/admin/camps'),
    await api.admin<Camp.CampPage>(
      'GET',
      '/api/admin/camps?page=&pageSize=&status=&keyword=&startDate=&endDate=',
    ),
  ];
  expect(empty.code).toBe(200);
  expect(empty.data).toEqual(bare.data);
  expect((await api.call('GET', '/api/h5/camps?status=&page=')).code).toBe(200);
  expect((await api.call('GET', `/api/h5/camps/${camp.id}?planetUserId=&sig=`)).code).toBe(200);
});

describe('who has a camp already is told so (304)', () => {
  it.each([
    ['as it was given', (tag: string) => tag],
    ['made weak by a proxy that compresses', (tag: string) => `W/${tag}`],
    ['marked by a proxy that compresses', (tag: string) => tag.replace(/"$/, '-gzip"')],
    ['among others', (tag: string) => `"other", W/${tag}, "third"`],
    ['whatever it is', () => '*'],
  ])('by a tag %s', async (_how, written) => {
    const camp = await publishedCamp(api);
    const get = (headers = {}): Promise<Response> =>
      fetch(`${api.url}/api/h5/camps/${camp.id}`, {
        headers: { 'x-forwarded-for': randomAddress(), ...headers },
      });
    const tag = (await get()).headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': written(tag) })).status).toBe(304);
    expect((await get({ 'if-none-match': '"other"' })).status).toBe(200);
  });
});
