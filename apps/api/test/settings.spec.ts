import type { Camp } from '@yajin/contract';
import { Secrets } from '@yajin/server';
import { PinoLogger } from 'nestjs-pino';
import { symbols } from 'pino';
import { TestApi } from '@yajin/testing/api';
import { audited, operator } from '@yajin/testing/operators';
import { SettingsService } from '../src/system/index.js';

let api: TestApi;
/** Everything that was logged, down to the finest level. */
let log = '';

beforeAll(async () => {
  api = await TestApi.start();
  PinoLogger.root.level = 'trace';
  const stream = (PinoLogger.root as unknown as Record<symbol, { write: (line: string) => void }>)[
    symbols.streamSym
  ];
  if (!stream) throw new Error('pino writes somewhere else');
  stream.write = (line) => (log += line);
});
afterAll(() => api.stop());

const KEYS = [
  'planet.cookie',
  'planet.groupId',
  'wecom.robotUrl',
  'wechat.refundTemplateId',
  'wechat.refundTemplateKind',
  'wechat.refundTemplateFields',
  'wechat.domainFiles',
];
const SECRETS = {
  'planet.cookie': 'AB12CD34-secret-cookie-of-the-planet-9876',
  'wecom.robotUrl':
    'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=11111111-2222-3333-4444-555555556789',
};

type Refusal = { errors: { field: string; message: string }[] };
const put = async <Data = Camp.UpdatedConfig>(key: unknown, value: unknown) => {
  // zsxq is asked about a new cookie: it knows every one that could be one.
  if (key === 'planet.cookie' && /^[\x21-\x7e]{1,200}$/.test(String(value)))
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: value });
  return api.admin<Data>('PUT', '/api/admin/config', { key, value });
};
const item = async (key: string): Promise<Camp.ConfigItem | undefined> => {
  const answer = await api.admin<Camp.ConfigList>('GET', '/api/admin/config');
  return answer.data.list.find((each) => each.key === key);
};
const stored = async (key: string): Promise<string | undefined> => {
  const [row] = await api.rows<{ value: string }>('SELECT value FROM sys_config WHERE key = $1', [key]);
  return row?.value;
};

afterEach(async () => {
  for (const key of KEYS) await put(key, '');
});

describe('the settings', () => {
  it('are a known list, each explained in Chinese, empty at first', async () => {
    const { data } = await api.admin<Camp.ConfigList>('GET', '/api/admin/config');
    expect(data.list.map(({ key, secret }) => [key, secret])).toEqual([
      ['planet.cookie', true],
      ['planet.clientVersion', false],
      ['planet.groupId', false],
      ['wecom.robotUrl', true],
      ['wechat.refundTemplateId', false],
      ['wechat.refundTemplateKind', false],
      ['wechat.refundTemplateFields', false],
      ['wechat.domainFiles', false],
      ['auth.idleHours', false],
      ['auth.totpRoles', false],
      ['auth.freshApprovalFen', false],
      ['approval.singleFen', false],
      ['approval.dayFen', false],
      ['approval.kinds', false],
      ['refund.graceMinutes', false],
      ['retention.unpaidDays', false],
      ['retention.checkinDays', false],
      ['retention.payloadDays', false],
      ['retention.orderDays', false],
      ['retention.notificationDays', false],
      ['retention.alertDays', false],
      ['retention.syncDays', false],
      ['retention.jobDays', false],
      ['retention.uploadDays', false],
      ['member.contact', false],
      ['privacy.controller', false],
      ['privacy.contact', false],
      ['pay.feeRate.wechat-v3', false],
      ['pay.feeRate.wechat-v2', false],
      ['pay.feeRate.alipay', false],
      ['pay.feeRate.shouqianba', false],
      ['pay.feeRate.bank-card', false],
    ]);
    for (const { value, updatedAt, description } of data.list) {
      expect([value, updatedAt]).toEqual([null, null]);
      expect(description).toMatch(/[\u4e00-\u9fff]/);
    }
  });

  it('are shown as they are when they are no secret', async () => {
    const answer = await put('planet.groupId', '  15555411412112 ');
    expect(answer).toMatchObject({ message: '配置更新成功', data: { key: 'planet.groupId' } });
    expect(await item('planet.groupId')).toMatchObject({
      value: '15555411412112',
      updatedAt: answer.data.updatedAt,
    });
    expect(await api.app.get(SettingsService).get('planet.groupId')).toBe('15555411412112');
  });

  it.each(Object.entries(SECRETS))(
    'keep %s a secret: in answers, at rest, in the records and in the log',
    async (key, secret) => {
      const from = log.length;
      const answers = [await put(key, secret), await put(key, `${secret}1`), await put(key, secret)];
      const shown = await item(key);
      expect(shown?.value).toBe(`••••••${secret.slice(-4)}`);
      expect(await stored(key)).toMatch(/^v1\./);
      expect(await api.app.get(SettingsService).get(key as keyof typeof SECRETS)).toBe(secret);
      const records = await audited(api, 'config', key);
      expect(records.at(-1)).toMatchObject({
        action: 'config.update',
        username: 'admin',
        before: { value: `••••••${`${secret}1`.slice(-4)}` },
        after: { value: `••••••${secret.slice(-4)}` },
      });
      await put(key, `${secret}\u0000`);
      const logs = await api.admin('GET', '/api/admin/logs?action=config.update&pageSize=100');
      const said = JSON.stringify([answers, shown, records, logs]) + log.slice(from);
      expect(log.slice(from)).toContain('/api/admin/config');
      // Not even the larger part of it.
      expect(said).not.toContain(secret.slice(8, -4));
    },
  );

  it('show nothing at all of a short secret', async () => {
    await put('planet.cookie', 'short-cookie');
    expect((await item('planet.cookie'))?.value).toBe('••••••');
  });

  it('are taken away by an empty value', async () => {
    await put('planet.cookie', SECRETS['planet.cookie']);
    expect((await put('planet.cookie', '')).code).toBe(200);
    expect(await item('planet.cookie')).toMatchObject({ value: null, updatedAt: null });
    expect(await stored('planet.cookie')).toBeUndefined();
    expect((await audited(api, 'config', 'planet.cookie')).at(-1)).toMatchObject({
      before: { value: '••••••9876' },
      after: { value: null },
    });
  });

  it('that were sealed with another master key can be seen to be there, and replaced', async () => {
    const foreign = new Secrets('another master key of thirty-two chars').encrypt(
      'x',
      'setting:planet.cookie',
    );
    await api.rows(`INSERT INTO sys_config (key, value, updated_at) VALUES ('planet.cookie', $1, now())`, [
      foreign,
    ]);
    expect((await item('planet.cookie'))?.value).toBe('••••••');
    expect((await put('planet.cookie', SECRETS['planet.cookie'])).code).toBe(200);
    expect((await item('planet.cookie'))?.value).toBe('••••••9876');
  });
});

describe('a setting', () => {
  it.each([
    'demo.clockOffsetMs',
    'system.night',
    'planet',
    'PLANET.COOKIE',
    'constructor',
    '__proto__',
    'x'.repeat(100),
  ])('that nobody knows (%s) is 1404, and is not made', async (key) => {
    const before = await stored(key);
    expect(await put(key, '1')).toMatchObject({ status: 404, code: 1404, message: '配置项不存在' });
    expect(await stored(key)).toBe(before);
  });

  it.each<[string, unknown]>([
    ['planet.cookie', 'authorization: one two'],
    ['planet.cookie', `${'zsxq_access_token=a; '.repeat(900)}饼`],
    ['planet.cookie', 'one two'],
    ['planet.cookie', 'one\ntwo'],
    ['planet.cookie', 'one\r\nX-Injected: two'],
    ['planet.cookie', 'one\u0000two'],
    ['planet.cookie', '饼干'],
    ['planet.cookie', 'x'.repeat(20_001)],
    ['planet.groupId', 'abc'],
    ['planet.groupId', '-1'],
    ['planet.groupId', '1'.repeat(21)],
    ['planet.groupId', '１２３'],
    ['wecom.robotUrl', 'qyapi.weixin.qq.com'],
    ['wecom.robotUrl', 'http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1'],
    ['wecom.robotUrl', 'https://qyapi.weixin.qq.com.example.com/'],
    ['wecom.robotUrl', 'https://qyapi.weixin.qq.com@example.com/'],
    ['wecom.robotUrl', 'https://user:pass@qyapi.weixin.qq.com/'],
    ['wecom.robotUrl', 'https://qyapi.weixin.qq.com:8443/'],
    ['wecom.robotUrl', 'https://example.com/?https://qyapi.weixin.qq.com/'],
    ['wecom.robotUrl', 'https://127.0.0.1/'],
    ['wecom.robotUrl', 'http://169.254.169.254/latest/meta-data'],
    ['wecom.robotUrl', 'http://127.0.0.1.example.com/'],
    ['wecom.robotUrl', 'file:///etc/passwd'],
    ['wechat.refundTemplateId', 'a b'],
    ['wechat.refundTemplateId', '"};DROP TABLE sys_config;--'],
    ['wechat.refundTemplateId', 'x'.repeat(65)],
    ['wechat.refundTemplateId', 42],
    ['wechat.refundTemplateKind', 'sms'],
    ['wechat.refundTemplateFields', 'first=camp'],
    ['wechat.refundTemplateFields', 'amount1=camp'],
    ['wechat.refundTemplateFields', 'thing1=camp,thing1=time'],
    ['wechat.refundTemplateFields', 'thing1=secret'],
    ['wechat.domainFiles', 'MP_verify_short.txt'],
    ['wechat.domainFiles', 'MP_verify_0123456789abcdef.txt,../../etc/passwd'],
    ['wechat.refundTemplateId', null],
  ])('%s does not take %.60j', async (key, value) => {
    const answer = await put<Refusal>(key, value);
    expect(answer).toMatchObject({ status: 400, data: { errors: [{ field: 'value' }] } });
    expect(answer.data.errors[0]?.message).toMatch(/[\u4e00-\u9fff]/);
    expect(await stored(key)).toBeUndefined();
  });

  it('of a robot on this machine is taken by the demo, and by nobody else', async () => {
    const { SETTINGS } = await import('../src/system/settings.rules.js');
    const robot = `${api.sandbox.url}/robot`;
    expect((await put('wecom.robotUrl', robot)).code).toBe(200);
    expect(SETTINGS['wecom.robotUrl'].problem(robot, { localRobot: false })?.message).toMatch(/qyapi/);
  });

  it('is not an operator’s to change unless they are an admin', async () => {
    const { token } = await operator(api, 'manager');
    const answer = await api.call('PUT', '/api/admin/config', {
      token,
      body: { key: 'planet.groupId', value: '1' },
    });
    expect(answer.status).toBe(403);
    expect(await stored('planet.groupId')).toBeUndefined();
  });
});

it.each([
  ['retention.orderDays', '99', '100'],
  ['retention.notificationDays', '99', '100'],
  ['retention.alertDays', '6', '7'],
  ['retention.syncDays', '6', '7'],
  ['retention.jobDays', '6', '7'],
  ['retention.uploadDays', '6', '7'],
])('%s of %s days is refused, of %s up to 9999 taken', async (key, less, least) => {
  const set = async (value: string): Promise<number> =>
    (await api.admin('PUT', '/api/admin/config', { key, value })).code;
  expect(await Promise.all([less, '10000', '1.5'].map(set))).toEqual([400, 400, 400]);
  expect([await set(least), await set('9999'), await set('')]).toEqual([200, 200, 200]);
});

describe('the file by which WeChat sees that the domain is ours', () => {
  const file = async (name: string): Promise<{ status: number; body: unknown }> =>
    api.exchange('GET', `/${name}`, {});

  it('is at the root of the site once its name is set, for whoever asks, and no other is', async () => {
    const [wechat, wecom] = ['MP_verify_AbCdEf0123456789.txt', 'WW_verify_9876543210FeDcBa.txt'];
    expect((await file(wechat)).status).toBe(404);
    expect((await put('wechat.domainFiles', `${wechat}, ${wecom}`)).status).toBe(200);
    expect(await file(wechat)).toMatchObject({ status: 200, body: 'AbCdEf0123456789' });
    expect(await file(wecom)).toMatchObject({ status: 200, body: '9876543210FeDcBa' });
    expect((await file('MP_verify_AbCdEf0123456788.txt')).status).toBe(404);
    expect((await file('MP_verify_AbCdEf0123456789')).status).toBe(404);
    await put('wechat.domainFiles', '');
    expect((await file(wecom)).status).toBe(404);
  });
});
