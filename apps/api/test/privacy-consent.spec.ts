import { createHash } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import { NOTICE_VERSION, noticeText } from '../src/lines/camp/privacy/notice.text.js';
import {
  type MadeCamp,
  member,
  payByCode,
  person,
  type Person,
  publishedCamp,
  wechatLogin,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** What each version says, all of it. A text that changes gets another version, and a line here. */
const SAID: Record<string, string> = {
  '2026-11-29': 'aaa3844785c93d0ed232c4cd17de7f4a4be425b72035bd64cbe3fdde63f06371',
};

const notice = (query = '') => api.call<Camp.PrivacyNotice>('GET', `/api/h5/privacy-notice${query}`);
const enrol = (camp: MadeCamp, who: Person, consent: object = {}) =>
  api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname, ...consent },
  });
const consentsOf = async (ticket: string): Promise<Camp.Consent[]> =>
  (await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket })).data.consents;

it('a version of the notice says the same for ever, in both languages', () => {
  const facts = { controller: 'C', contact: 'D', unpaidDays: 1, checkinDays: 2, payloadDays: 3 };
  const all = JSON.stringify([noticeText('zh', facts), noticeText('en', facts)]);
  expect(createHash('sha256').update(all).digest('hex')).toBe(SAID[NOTICE_VERSION]);
  expect(noticeText('en', facts).sections.map(({ paragraphs }) => paragraphs.length)).toEqual(
    noticeText('zh', facts).sections.map(({ paragraphs }) => paragraphs.length),
  );
});

it('the notice says who answers for the data, how to reach them and how long it is kept, as settings have it', async () => {
  const before = JSON.stringify((await notice()).data.sections);
  expect(before).toContain('30 天后清除');
  expect(before).toContain('训练营结束 365 天');
  expect(before).toContain('训练营的组织者');
  for (const [key, value] of [
    ['privacy.controller', '早起文化有限公司'],
    ['privacy.contact', 'privacy@example.com'],
    ['retention.checkinDays', '100'],
  ])
    await api.admin('PUT', '/api/admin/config', { key, value });
  for (const language of ['zh', 'en'] as const) {
    const { data } = await notice(`?language=${language}`);
    expect(data).toMatchObject({ version: NOTICE_VERSION, language });
    const text = JSON.stringify(data.sections);
    expect(text).toContain('早起文化有限公司');
    expect(text).toContain('privacy@example.com');
    expect(text).toMatch(/结束 100 天|100 days after/);
  }
  expect((await notice('?language=fr')).code).toBe(400);
  expect((await api.admin('PUT', '/api/admin/config', { key: 'privacy.contact', value: 'a\nb' })).code).toBe(
    400,
  );
});

it('who agrees when enrolling has it written down with the order: which version, when, in which language', async () => {
  const camp = await publishedCamp(api);
  const { data } = await enrol(camp, person(), { consentVersion: NOTICE_VERSION, consentLanguage: 'en' });
  expect(await consentsOf(data.accessToken)).toEqual([
    { version: NOTICE_VERSION, language: 'en', time: expect.stringMatching(/^\d{4}-\d\d-\d\dT/) },
  ]);
});

it('a call without a version goes on as before and is recorded as none', async () => {
  const camp = await publishedCamp(api);
  expect(await consentsOf((await member(api, camp, person())).accessToken)).toEqual([]);
});

it('agreeing to a version that is not the current one places no order and says to read again', async () => {
  const camp = await publishedCamp(api);
  const { code, data } = await enrol(camp, person(), { consentVersion: '2020-01-01' });
  expect(code).toBe(400);
  expect(data).toEqual({
    errors: [{ field: 'consentVersion', message: '个人信息处理说明有了新的版本，请重新阅读并同意' }],
  });
  expect(await api.rows('SELECT 1 FROM camp_order WHERE camp_id = $1', [camp.id])).toEqual([]);
});

it('who paid by the fixed code agrees when binding, and a refused binding records nothing', async () => {
  const [camp, who] = [await publishedCamp(api), person()];
  await payByCode(api, camp, who);
  const tickets = await eventually(async () => {
    const { tickets } = await wechatLogin(api, who);
    return tickets.length > 0 && tickets;
  }, 'the payment');
  const { accessToken: ticket, orderNo } = tickets[0]!;
  const bind = (consentVersion: string) =>
    api.call('POST', '/api/h5/payments/bind', {
      ticket,
      body: { orderNo, planetUserId: who.planetUserId, planetNickname: who.nickname, consentVersion },
    });
  expect((await bind('2020-01-01')).code).toBe(400);
  expect(await consentsOf(ticket)).toEqual([]);
  expect((await bind(NOTICE_VERSION)).code).toBe(200);
  expect((await bind(NOTICE_VERSION)).code).toBe(1002);
  expect(await consentsOf(ticket)).toMatchObject([{ version: NOTICE_VERSION, language: 'zh' }]);
});
