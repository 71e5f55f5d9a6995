import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Camp } from '@yajin/contract';
import { unique } from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const answered = (target: string, headers = {}): Promise<Answer<Camp.ConfigTest>> =>
  api
    .adminToken()
    .then((token) =>
      api.call<Camp.ConfigTest>('POST', '/api/admin/config/test', { token, body: { target }, headers }),
    );
const tried = async (target: Camp.ConfigTestTarget): Promise<Camp.ConfigTest> => {
  const answer = await answered(target);
  expect(answer).toMatchObject({ status: 200, message: '检测完成', data: { target } });
  return answer.data;
};
const set = async (key: string, value: string): Promise<void> => {
  expect((await api.admin('PUT', '/api/admin/config', { key, value })).code).toBe(200);
};
const money = (): Promise<unknown[]> =>
  api.rows(
    `SELECT (SELECT count(*) FROM pay_order) AS orders, (SELECT count(*) FROM pay_attempt) AS attempts,
       (SELECT count(*) FROM pay_refund) AS refunds`,
  );

describe('testing the merchant', () => {
  it('is passed by the answer that there is no such order, signed or not, and moves no money', async () => {
    const before = await money();
    for (const unsignedRefusals of ['all', 'none']) {
      await api.control('POST', '/control/settings', { unsignedRefusals });
      const result = await tried('wechat');
      expect(result).toMatchObject({ ok: true });
      expect(result.message).toContain('商户证书与私钥正确');
    }
    expect(await money()).toEqual(before);
  });

  it.each([
    ['forgedAnswer', '验签'],
    ['failBefore', 'SYSTEM_ERROR'],
    ['frequencyLimited', '限流'],
  ])('is failed by an answer that proves nothing (%s), with what to do', async (fault, says) => {
    await api.control('POST', '/control/faults', { [fault]: { endpoints: ['query'] } });
    const { ok, message } = await tried('wechat');
    expect(ok).toBe(false);
    expect(message).toContain(says);
  });
});

describe('testing the cookie', () => {
  it('reads from the planet once', async () => {
    expect(await tried('planet')).toMatchObject({ ok: true });
  });

  it('tells a group that the account may not see from a dead cookie', async () => {
    await set('planet.groupId', '42');
    const { ok, message } = await tried('planet');
    expect(ok).toBe(false);
    expect(message).toContain('Cookie 有效，但该账号看不到星球 42');
    await set('planet.groupId', '');
  });

  it('fails with a dead one, which is never used again, until there is a new one', async () => {
    await api.control('POST', '/control/planet/cookie', { state: 'expired' });
    expect(await tried('planet')).toMatchObject({ ok: false });
    // Used again, the same one would be accepted now.
    await api.control('POST', '/control/planet/cookie', { state: 'valid' });
    const { ok, message } = await tried('planet');
    expect(ok).toBe(false);
    expect(message).toContain('Cookie 未设置或已失效');
    const cookie = `cookie-${unique()}`;
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie });
    await set('planet.cookie', cookie);
    expect(await tried('planet')).toMatchObject({ ok: true });
  });
});

describe('a new cookie', () => {
  const FIELD = 'value';
  let good: string;
  const put = (value: string) =>
    api.admin<Camp.UpdatedConfig & { errors?: { field: string; code: string }[] }>(
      'PUT',
      '/api/admin/config',
      {
        key: 'planet.cookie',
        value,
      },
    );
  const shown = async () =>
    (await api.admin<Camp.ConfigList>('GET', '/api/admin/config')).data.list.find(
      ({ key }) => key === 'planet.cookie',
    )?.value;
  beforeEach(async () => {
    good = `a-good-cookie-of-the-planet-${unique()}`;
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: good });
    expect((await put(good)).data).toMatchObject({ key: 'planet.cookie', tested: true });
  });

  it('that zsxq refuses replaces none, and the one that works goes on', async () => {
    const before = await shown();
    const answer = await put('another-cookie-that-nobody-knows');
    expect(answer.status).toBe(400);
    expect(answer.data.errors).toMatchObject([{ field: FIELD, code: 'cookie_refused' }]);
    expect(await shown()).toBe(before);
    expect(await tried('planet')).toMatchObject({ ok: true });
    expect((await audited(api, 'config', 'planet.cookie')).at(-1)?.after).toEqual({ value: before });
  });

  it('of an account that cannot see the planet does not replace one that can', async () => {
    // The one that works, as if it were somebody else's: no account sees this planet.
    await set('planet.groupId', '42');
    const answer = await put(good);
    expect(answer.data.errors).toMatchObject([{ field: FIELD, code: 'cookie_blind' }]);
    await set('planet.groupId', '');
  });

  it('that zsxq says nothing of replaces none that may be good, and says to try again', async () => {
    await api.control('POST', '/control/planet/cookie', { state: 'throttled', cookie: `${good}-new` });
    const answer = await put(`${good}-new`);
    expect(answer).toMatchObject({ status: 503, message: expect.stringContaining('没有保存') });
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: good });
    expect(await tried('planet')).toMatchObject({ ok: true });
  });

  it('replaces one that is dead as soon as it is good, and is taken away unasked', async () => {
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: `${good}-new` });
    expect(await tried('planet')).toMatchObject({ ok: false });
    expect((await put(`${good}-new`)).data.tested).toBe(true);
    expect(await tried('planet')).toMatchObject({ ok: true });
    expect((await put('')).data.tested).toBe(false);
  });
});

describe('testing the robot', () => {
  let robot: Server;
  let url: string;
  let answer = '{"errcode":0,"errmsg":"ok"}';
  const told: string[] = [];
  beforeAll(async () => {
    robot = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString()));
      request.on('end', () => {
        told.push(body);
        response.end(answer);
      });
    });
    await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/send?key=secret-key`;
  });
  afterAll(() => new Promise((resolve) => robot.close(resolve)));
  afterEach(() => set('wecom.robotUrl', ''));

  it('says that none is set', async () => {
    const { ok, message } = await tried('wecom');
    expect(ok).toBe(false);
    expect(message).toContain('未设置群机器人地址');
  });

  it('sends it one message', async () => {
    await set('wecom.robotUrl', url);
    told.length = 0;
    expect(await tried('wecom')).toMatchObject({ ok: true });
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('测试消息');
  });

  it.each([
    ['{"errcode":93000,"errmsg":"invalid webhook url"}', '93000'],
    ['nonsense', '无法解读'],
  ])('fails when it answers %s, without showing its address', async (given, says) => {
    answer = given;
    await set('wecom.robotUrl', url);
    const { ok, message } = await tried('wecom');
    expect(ok).toBe(false);
    expect(message).toContain(says);
    expect(message).not.toContain('secret-key');
  });
});

describe('a test', () => {
  it('is recorded with who had it made, and whether it passed', async () => {
    await tried('wechat');
    expect((await audited(api, 'config', 'wechat')).at(-1)).toMatchObject({
      username: 'admin',
      action: 'config.test',
      before: null,
      after: { ok: true },
    });
  });

  it('that nobody knows is 400', async () => {
    expect(await answered('alipay')).toMatchObject({
      status: 400,
      data: { errors: [{ field: 'target' }] },
    });
  });

  it('is made ten times a minute at most', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.77' };
    const codes: number[] = [];
    for (let n = 0; n < 11; n++) codes.push((await answered('wechat', headers)).code);
    expect(codes).toEqual([...Array<number>(10).fill(200), 429]);
  });

  it('is an admin’s to make', async () => {
    const { token } = await operator(api, 'manager');
    const before = (await audited(api, 'config', 'wechat')).length;
    const refused = await api.call('POST', '/api/admin/config/test', { token, body: { target: 'wechat' } });
    expect(refused.status).toBe(403);
    expect(await audited(api, 'config', 'wechat')).toHaveLength(before);
  });
});
