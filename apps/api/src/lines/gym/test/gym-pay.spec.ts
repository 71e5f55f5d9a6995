import type { IncomingHttpHeaders } from 'node:http';
import { addDays, businessDate } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import type { Gym } from '@yajin/contract/gym';
import { SealedColumns, Secrets } from '@yajin/server';
import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, TestApi, type Exchange } from '@yajin/testing/api';
import { call, makeOffers, makePerson, place, type Person } from './gym.kit.js';

let api: TestApi;
/** What the providers sent, as they sent it. */
const notifications: { headers: Record<string, string>; body: string }[] = [];

function signed(headers: IncomingHttpHeaders): Record<string, string> {
  const own = Object.entries(headers).filter(([name]) => /^(wechatpay-|content-type)/.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, String(value)]));
}

beforeAll(async () => {
  api = await TestApi.start({}, async (app) => {
    app
      .getHttpAdapter()
      .getInstance()
      .addHook('preHandler', (request, _reply, done) => {
        if (request.url.startsWith('/api/v1/payments/callback/') && Buffer.isBuffer(request.body))
          notifications.push({ headers: signed(request.headers), body: request.body.toString() });
        done();
      });
  });
  await makeOffers(api);
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const list = async (who: Person): Promise<Gym.Payment[]> =>
  (await call<Gym.Payment[]>(api, 'GET', '/api/v1/payments/', { token: who.token })).data;
/** Asks for the provider's page, and opens it as a browser would: Alipay knows of a trade from then on. */
async function payAddress(
  who: Person,
  id: number,
  provider: Gym.Provider,
): Promise<Exchange & { data: Gym.PayAddress }> {
  const answer = await call<Gym.PayAddress>(api, 'GET', `/api/v1/payments/${id}/pay?provider=${provider}`, {
    token: who.token,
  });
  if (answer.status === 200) expect((await fetch(answer.data.pay_url)).status).toBe(200);
  return answer;
}
const member = async (who: Person): Promise<Console.GymMember> =>
  (await api.admin<Console.GymMemberPage>('GET', `/api/admin/gym/members?keyword=${who.user}`)).data.list[0]!;

/** The live number under which a payment stands at its provider. */
async function tradeNo(id: number): Promise<string> {
  const [attempt] = await api.rows<{ out_trade_no: string }>(
    `SELECT a.out_trade_no FROM gym_payment p JOIN pay_attempt a ON a.order_id = p.order_id
     WHERE p.id = $1 AND a.state = 'open'`,
    [id],
  );
  return attempt!.out_trade_no;
}

async function paid(who: Person, id: number): Promise<Gym.Payment> {
  return eventually(
    async () => (await list(who)).find((each) => each.id === id && each.status === 'success'),
    'the money',
  );
}

const pay = (outTradeNo: string): Promise<unknown> =>
  api.control('POST', '/control/pay', { outTradeNo, openid: 'oGymPayer' });

it.each(['alipay', 'wechat'] as const)(
  'a membership paid through %s runs from today, the next one goes on after it',
  async (provider) => {
    const who = await makePerson(api);
    const today = businessDate(api.clock.now());
    for (const days of [30, 60]) {
      const { data } = await place(api, who);
      const address = await payAddress(who, data.id, provider);
      expect(address.data).toMatchObject({
        payment_id: data.id,
        provider,
        pay_url: expect.stringMatching(/^https?:/),
      });
      await pay(await tradeNo(data.id));
      const success = await paid(who, data.id);
      expect(success.transaction_id).not.toMatch(/^txn_/);
      expect((await member(who)).membershipUntil).toBe(addDays(today, days - 1));
      expect((await payAddress(who, data.id, provider)).status).toBe(409);
    }
    await expectBooksToAgree(api);
  },
);

it('lessons are counted, and cents arrive as they were sent', async () => {
  const who = await makePerson(api);
  for (const [type, amount] of [
    ['course', 19.9],
    ['private', 0.07],
  ] as const) {
    const { data } = await place(api, who, { type, amount });
    await payAddress(who, data.id, 'alipay');
    await pay(await tradeNo(data.id));
    expect((await paid(who, data.id)).amount).toBe(amount);
  }
  expect(await member(who)).toMatchObject({ courseLessons: 1, privateLessons: 10, membershipUntil: null });
  await expectBooksToAgree(api);
});

it('changing the provider closes the first one’s trade, so that only one can be paid', async () => {
  const who = await makePerson(api);
  const { data } = await place(api, who);
  await payAddress(who, data.id, 'alipay');
  const first = await tradeNo(data.id);
  await payAddress(who, data.id, 'wechat');
  await expect(pay(first)).rejects.toThrow(/40|closed/i);
  await pay(await tradeNo(data.id));
  await paid(who, data.id);
});

it('the transaction id is sealed at rest, and found by its keyed hash', async () => {
  const who = await makePerson(api);
  const { data } = await place(api, who);
  await payAddress(who, data.id, 'alipay');
  await pay(await tradeNo(data.id));
  const { transaction_id: id } = await paid(who, data.id);
  const [row] = await api.rows<{ transaction_sealed: string; transaction_index: string }>(
    'SELECT transaction_sealed, transaction_index FROM gym_payment WHERE id = $1',
    [data.id],
  );
  expect(row!.transaction_sealed).toMatch(/^v1\./);
  expect(JSON.stringify(row)).not.toContain(id);
});

it('a new master key seals the transaction id anew, and its keyed hash', async () => {
  const who = await makePerson(api);
  const { data } = await place(api, who);
  await payAddress(who, data.id, 'alipay');
  await pay(await tradeNo(data.id));
  const { transaction_id: id } = await paid(who, data.id);
  const secrets = new Secrets('n'.repeat(32), api.env.masterKey);
  const replica = await TestApi.start({
    DATABASE_URL: api.env.databaseUrl,
    MASTER_KEY: 'n'.repeat(32),
    MASTER_KEY_PREVIOUS: api.env.masterKey,
  });
  try {
    const row = await eventually(async () => {
      const [found] = await api.rows<{ sealed: string; index: string }>(
        'SELECT transaction_sealed AS sealed, transaction_index AS index FROM gym_payment WHERE id = $1',
        [data.id],
      );
      return found && secrets.isCurrent(found.sealed) && found;
    }, 'the id to be sealed anew');
    expect(secrets.decrypt(row.sealed, `gym_payment:${data.id}`)).toBe(id);
    expect(row.index).toBe(secrets.sign('gym transaction', id));
  } finally {
    await replica.stop();
    // Back again, for the tests after this one.
    const back = new SealedColumns(api.db, new Secrets(api.env.masterKey, 'n'.repeat(32)));
    back.register({
      table: 'gym_payment',
      key: 'id',
      value: 'transaction_sealed',
      context: (payment) => `gym_payment:${payment}`,
    });
    expect(await back.reseal()).toMatchObject({ unreadable: 0 });
  }
});

it('what is not paid within half an hour fails; money that comes later goes back by itself', async () => {
  const who = await makePerson(api);
  const { data } = await place(api, who);
  await payAddress(who, data.id, 'alipay');
  await api.moveClock(
    new Date(api.clock.now().getTime() + 31 * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19),
  );
  await eventually(
    async () => (await list(who)).find((each) => each.id === data.id)?.status === 'failed',
    'the failure',
  );
  expect((await payAddress(who, data.id, 'alipay')).status).toBe(409);
  expect((await member(who)).membershipUntil).toBeNull();
});

it.each(['alipay', 'wechat'] as const)(
  'a callback of %s that is forged or of nobody changes nothing',
  async (provider) => {
    const at = `/api/v1/payments/callback/${provider}`;
    const before = await api.rows('SELECT count(*) FROM pay_notification');
    const form = new URLSearchParams({
      out_trade_no: '1',
      trade_status: 'TRADE_SUCCESS',
      sign: 'AAAA',
      sign_type: 'RSA2',
    });
    for (const init of [
      { headers: { 'content-type': 'application/json' }, body: '{"id":"x","resource":{}}' },
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(form) },
      { headers: { 'content-type': 'application/json' }, body: 'not json' },
    ]) {
      const answer = await api.exchange('POST', at, init);
      expect(answer.status).toBe(400);
    }
    expect(await api.rows('SELECT count(*) FROM pay_notification')).toEqual(before);
    expect(
      (
        await api.exchange('POST', '/api/v1/payments/callback/unionpay', {
          body: '{}',
          headers: { 'content-type': 'application/json' },
        })
      ).status,
    ).toBe(400);
  },
);

it('a notification that comes twice gives once', async () => {
  const who = await makePerson(api);
  await api.control('POST', '/control/faults', { duplicateNotifications: { value: 2, gapMs: 10 } });
  const { data } = await place(api, who, { type: 'private', amount: 0.07 });
  await payAddress(who, data.id, 'wechat');
  await pay(await tradeNo(data.id));
  await paid(who, data.id);
  await api.quiet();
  expect((await member(who)).privateLessons).toBe(10);
  await expectBooksToAgree(api);
});

it('a JSON callback is answered with the payment it is for, a form as its provider wants it', async () => {
  for (const provider of ['wechat', 'alipay'] as const) {
    const who = await makePerson(api);
    const { data } = await place(api, who, { type: 'private', amount: 0.07 });
    await payAddress(who, data.id, provider);
    const before = notifications.length;
    await pay(await tradeNo(data.id));
    const genuine = await eventually(async () => notifications[before], 'the notification');
    const at = `/api/v1/payments/callback/${provider}`;
    for (let time = 0; time < 2; time += 1) {
      const answer = await api.exchange('POST', at, genuine);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(
        provider === 'wechat' ? { status: 'success', payment_id: data.id } : 'success',
      );
    }
    await paid(who, data.id);
  }
});
