import { performance } from 'node:perf_hooks';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { GUESSES, Lockout } from '../src/system/index.js';
import { unique } from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';
import { login, operator, type MadeOperator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const LOCKED = { status: 429, code: 429, message: '登录失败次数过多，请稍后再试' };
let networks = 0;
const network = (): string => `10.210.${Math.floor((networks += 1) / 250)}.${networks % 250}`;

/** The cookies that a login left in a browser. */
async function browserOf(who: MadeOperator): Promise<string> {
  const answer = await login(api, who.username, who.password, network());
  const [cookie = ''] = (answer.headers.get('set-cookie') ?? '').split(';');
  expect(answer.headers.get('set-cookie')).toMatch(/HttpOnly/i);
  expect(answer.headers.get('set-cookie')).toMatch(/SameSite=Strict/i);
  return cookie;
}

const from = (
  browser: string,
  address: string,
  username: string,
  password: string,
): Promise<Answer<object>> =>
  api.call<object>('POST', '/api/admin/auth/login', {
    body: { username, password },
    headers: { cookie: browser, 'x-forwarded-for': address },
  });

async function timed<Result>(work: () => Promise<Result>): Promise<[Result, number]> {
  const began = performance.now();
  return [await work(), performance.now() - began];
}

describe('somebody who guesses at an account from outside', () => {
  it('locks themselves out, by network and not by the spelling of an address or a name, and not its owner', async () => {
    const who = await operator(api, 'admin');
    const guess = (address: string, name = who.username): Promise<Answer<object>> =>
      login(api, name, 'a guess', address);
    const spellings = [
      '2001:db8:77::1',
      '2001:DB8:77:0:9::2',
      '[2001:db8:77::3]:443',
      '2001:db8:77::4',
      '2001:db8:77::5',
    ];
    for (const [n, address] of spellings.entries())
      expect((await guess(address, n % 2 ? who.username.toUpperCase() : who.username)).status).toBe(401);
    expect(await login(api, who.username, who.password, '2001:db8:77::99')).toMatchObject(LOCKED);
    expect((await login(api, who.username, who.password, '2001:db8:78::1')).status).toBe(200);
  });

  it('from ever more networks slows logins of strangers by seconds at most, and locks none of them', async () => {
    const who = await operator(api, 'admin');
    for (let n = 0; n < GUESSES.everywhere.points + 6; n += 1)
      await login(api, who.username, 'a guess', network());
    const [answer, ms] = await timed(() => login(api, who.username, who.password, network()));
    expect(answer.status).toBe(200);
    expect(ms).toBeGreaterThan(2000);
    expect(ms).toBeLessThan(8000);
  });

  it('does not keep a browser that the account knows from its password, nor slow it, not even in their own network', async () => {
    const who = await operator(api, 'admin');
    const browser = await browserOf(who);
    const shared = network();
    for (let n = 0; n < 30; n += 1) await login(api, `someone${unique()}`, 'a guess', shared);
    for (let n = 0; n < GUESSES.everywhere.points + 5; n += 1)
      await login(api, who.username, 'a guess', network());
    expect((await login(api, who.username, who.password, shared)).status).toBe(429);
    const [answer, ms] = await timed(() => from(browser, shared, who.username, who.password));
    expect(answer.status).toBe(200);
    expect(ms).toBeLessThan(1500);
  });

  it('waits without holding a turn at hashing: others log in meanwhile', async () => {
    const [target, other] = [await operator(api, 'coach'), await operator(api, 'coach')];
    for (let n = 0; n < GUESSES.everywhere.points + 6; n += 1)
      await login(api, target.username, 'a guess', network());
    const slowed = Array.from({ length: 30 }, () => login(api, target.username, 'a guess', network()));
    const [answer, ms] = await timed(() => login(api, other.username, other.password, network()));
    expect(answer.status).toBe(200);
    expect(ms).toBeLessThan(2000);
    await Promise.all(slowed);
  });
});

describe('a known browser', () => {
  it('has a count of its own: five wrong passwords lock it, wherever it is, and no other', async () => {
    const who = await operator(api, 'coach');
    const [stolen, own] = [await browserOf(who), await browserOf(who)];
    for (let n = 0; n < 5; n += 1)
      expect((await from(stolen, network(), who.username, 'a guess')).status).toBe(401);
    expect(await from(stolen, network(), who.username, who.password)).toMatchObject(LOCKED);
    expect((await from(own, network(), who.username, who.password)).status).toBe(200);
    expect((await login(api, who.username, who.password, network())).status).toBe(200);
  });

  it('keeps its count when it logs in again', async () => {
    const who = await operator(api, 'coach');
    const browser = await browserOf(who);
    const again = await from(browser, network(), who.username, who.password);
    expect((again.headers.get('set-cookie') ?? '').split('.')[0]).toBe(browser.split('.')[0]);
  });

  it.each<[string, (cookie: string) => string]>([
    ['forged', (cookie) => cookie.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))],
    ['run out', (cookie) => cookie.replace(/\.\d+\./, '.1.')],
    ['of another count', (cookie) => cookie.replace(/=[^.]+/, '=another')],
    ['empty', (cookie) => cookie.replace(/=.*/, '=')],
  ])('whose cookie is %s is a stranger', async (_, change) => {
    const who = await operator(api, 'coach');
    const [cookie, address] = [change(await browserOf(who)), network()];
    for (let n = 0; n < 5; n += 1) await login(api, who.username, 'a guess', address);
    expect(await from(cookie, address, who.username, who.password)).toMatchObject(LOCKED);
  });

  it('of one account is a stranger to another', async () => {
    const [mine, other] = [await operator(api, 'coach'), await operator(api, 'admin')];
    const own = await browserOf(mine);
    const renamed = own.replace(/^[^=]+/, (await browserOf(other)).split('=')[0]!);
    const address = network();
    for (let n = 0; n < 5; n += 1) await login(api, other.username, 'a guess', address);
    for (const cookie of [own, renamed])
      expect(await from(cookie, address, other.username, other.password)).toMatchObject(LOCKED);
  });
});

it('no more than 200 guesses wait at once; one more is told to come back', async () => {
  const limiters = {
    account: new RateLimiterMemory({ points: 1000, duration: 60 }),
    network: new RateLimiterMemory({ points: 1000, duration: 60 }),
    everywhere: new RateLimiterMemory(GUESSES.everywhere),
    codes: new RateLimiterMemory(GUESSES.codes),
    knownCodes: new RateLimiterMemory(GUESSES.knownCodes),
  };
  const lockout = new Lockout(limiters);
  const guesser = { username: 'target', passwordHash: 'x', ip: '10.0.0.1', known: null };
  for (let n = 0; n < GUESSES.everywhere.points + 2; n += 1)
    await lockout.guess(guesser, () => Promise.resolve(false));
  const waiting = Array.from({ length: 205 }, () => lockout.requireUnlocked(guesser));
  const settled = await Promise.allSettled(waiting);
  expect(settled.filter(({ status }) => status === 'rejected')).toHaveLength(5);
  await lockout.requireUnlocked({ ...guesser, known: 'browser:1' });
});
