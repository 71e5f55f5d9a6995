import type { Camp } from '@yajin/contract';
import { deviceOf, keptAgent } from '../src/system/device.rules.js';
import { TestApi, type Answer } from '@yajin/testing/api';
import { audited, lives, login, operator, type MadeOperator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1';

const logIn = async (who: MadeOperator, agent: string, address: string): Promise<string> => {
  const answer = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
    body: { username: who.username, password: who.password },
    headers: { 'user-agent': agent, 'x-forwarded-for': address },
  });
  return answer.data.token;
};
const sessions = async (token: string): Promise<Camp.Session[]> =>
  (await api.call<Camp.SessionList>('GET', '/api/admin/auth/sessions', { token })).data.list;
const end = (token: string, id = ''): Promise<Answer<Camp.EndedSessions>> =>
  api.call<Camp.EndedSessions>('DELETE', `/api/admin/auth/sessions${id && `/${id}`}`, { token });

describe('one’s own sessions', () => {
  it('are listed with device and address, and one is ended without the others', async () => {
    const who = await operator(api, 'coach');
    const [desk, phone] = [await logIn(who, CHROME, '10.230.0.1'), await logIn(who, IPHONE, '10.230.0.2')];
    const list = await sessions(desk);
    expect(list).toHaveLength(3);
    expect(list.filter(({ current }) => current)).toEqual([
      expect.objectContaining({ device: 'Chrome 142 · Windows', ip: '10.230.0.1' }),
    ]);
    const stolen = list.find(({ ip }) => ip === '10.230.0.2');
    expect(stolen).toMatchObject({ device: 'Safari 18 · iPhone', current: false });
    expect(await end(desk, stolen!.id)).toMatchObject({ status: 200, message: '已退出该登录' });
    expect([await lives(api, phone), await lives(api, desk), await lives(api, who.token)]).toEqual([
      false,
      true,
      true,
    ]);
    expect((await end(desk, stolen!.id)).status).toBe(404);
  });

  it('are ended all but the present one, which is recorded', async () => {
    const who = await operator(api, 'manager');
    const others = [await logIn(who, CHROME, '10.230.0.3'), await logIn(who, IPHONE, '10.230.0.4')];
    expect((await end(who.token)).data).toEqual({ ended: 2 });
    for (const token of others) expect(await lives(api, token)).toBe(false);
    expect(await lives(api, who.token)).toBe(true);
    expect((await end(who.token)).data).toEqual({ ended: 0 });
    expect((await audited(api, 'user', who.id)).at(-1)).toMatchObject({
      action: 'auth.sessions_end',
      after: { ended: 2 },
    });
  });

  it('of somebody else are neither seen nor ended, not by an admin either', async () => {
    const [who, other] = [await operator(api, 'coach'), await operator(api, 'admin')];
    const [session] = await sessions(who.token);
    expect((await sessions(other.token)).some(({ id }) => id === session!.id)).toBe(false);
    expect((await end(other.token, session!.id)).status).toBe(404);
    expect(await lives(api, who.token)).toBe(true);
    expect((await end(other.token, 'not-an-id')).status).toBe(400);
  });
});

describe('a session that nobody uses', () => {
  const age = (who: MadeOperator, hours: number): Promise<unknown> =>
    api.rows(
      `UPDATE sys_session SET seen_at = now() - make_interval(hours => $2, secs => 5) WHERE user_id = $1`,
      [who.id, hours],
    );

  it('is over after twelve hours; a request in between begins them anew', async () => {
    const who = await operator(api, 'coach');
    await age(who, 11);
    expect(await lives(api, who.token)).toBe(true);
    const [seen] = await api.rows<{ now: boolean }>(
      `SELECT seen_at > now() - interval '10 seconds' AS now FROM sys_session WHERE user_id = $1`,
      [who.id],
    );
    expect(seen?.now).toBe(true);
    await age(who, 12);
    expect(await lives(api, who.token)).toBe(false);
  });

  it('is over after as many hours as the setting says', async () => {
    const who = await operator(api, 'coach');
    const set = (value: string) => api.admin('PUT', '/api/admin/config', { key: 'auth.idleHours', value });
    expect((await set('0')).status).toBe(400);
    expect((await set('25')).status).toBe(400);
    expect((await set('2')).status).toBe(200);
    await age(who, 2);
    expect(await lives(api, who.token)).toBe(false);
    expect((await login(api, who.username, who.password)).status).toBe(200);
    await set('');
  });
});

it.each<[string | undefined, string | null]>([
  [CHROME, 'Chrome 142 · Windows'],
  [IPHONE, 'Safari 18 · iPhone'],
  [CHROME.replace('Safari/537.36', 'Safari/537.36 Edg/141.0'), 'Edge 141 · Windows'],
  ['curl/8.5.0', 'curl/8.5.0'],
  ['x'.repeat(5000), 'x'.repeat(40)],
  ['\u202e\u0007', null],
  [undefined, null],
])('a device is named in few words: %.60s', (header, device) => {
  expect(deviceOf(keptAgent(header))).toBe(device);
});
