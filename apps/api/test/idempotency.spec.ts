import { randomUUID } from 'node:crypto';
import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { QueryRunner } from 'typeorm';
import { decided, pay, person, publishedCamp } from '@yajin/testing/factories';
import { TestApi, type Answer } from '@yajin/testing/api';
import { owns } from '@yajin/testing/operators';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
let token: string;
beforeAll(async () => {
  api = await TestApi.start();
  token = await api.adminToken();
});
afterAll(() => api.stop());

function campBody(name: string): Camp.CreateCampRequest {
  const start = addDays(businessDate(api.clock.now()), 5);
  return {
    name,
    posterUrl: 'https://cdn.example.com/p.jpg',
    deposit: 99,
    startDate: start,
    endDate: addDays(start, 7),
    requiredDays: 3,
    groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
    planetProjectId: '15555411412112',
  };
}

const create = (key: string, body: unknown, as = token) =>
  api.call<Camp.CreatedCamp>('POST', '/api/admin/camps', {
    token: as,
    body,
    headers: { 'idempotency-key': key },
  });

const campsNamed = async (name: string): Promise<number> =>
  (await api.rows('SELECT 1 FROM camp WHERE name = $1', [name])).length;

describe('a creating request with an Idempotency-Key', () => {
  it('is done once, and its repeat gets the same answer', async () => {
    const key = randomUUID();
    const first = await create(key, campBody('一次'));
    const again = await create(key.toUpperCase(), campBody('一次'));
    expect(first.code).toBe(200);
    expect(again).toMatchObject({ code: 200, message: '创建成功', data: first.data });
    expect(await campsNamed('一次')).toBe(1);
  });

  it('is done once however many arrive at the same moment', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(key, campBody('同时'))));
    expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
    expect(await campsNamed('同时')).toBe(1);
  });

  it('is 409 with other content, and another key does it again', async () => {
    const key = randomUUID();
    await create(key, campBody('原来'));
    expect(await create(key, campBody('改动'))).toMatchObject({
      code: 409,
      message: '该幂等键已用于其他内容',
    });
    expect((await create(randomUUID(), campBody('原来'))).code).toBe(200);
    expect([await campsNamed('原来'), await campsNamed('改动')]).toEqual([2, 0]);
  });

  it('that failed is not remembered: the same key may try again', async () => {
    const key = randomUUID();
    const bad = { ...campBody('重来'), requiredDays: 99 };
    expect((await create(key, bad)).status).toBe(400);
    expect((await create(key, campBody('重来'))).code).toBe(200);
  });

  it('belongs to one operator, and lasts 24 hours', async () => {
    const key = randomUUID();
    const mine = await create(key, campBody('归属'));
    const user = { username: 'second-admin', password: 'a long password', realName: '二号', role: 'admin' };
    await api.admin('POST', '/api/admin/users', user);
    await owns(api, user.username);
    const other = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
      body: { username: user.username, password: user.password },
    });
    expect((await create(key, campBody('归属'), other.data.token)).data.id).not.toBe(mine.data.id);
    await api.rows(
      `UPDATE sys_idempotency SET created_at = now() - interval '24 hours 1 second' WHERE key = $1`,
      [key],
    );
    expect((await create(key, campBody('归属'))).data.id).not.toBe(mine.data.id);
  });

  describe('while another one with its key is at work', () => {
    /** The other one, as far as the database sees it: its row is written and not committed. */
    const atWork = async (key: string): Promise<QueryRunner> => {
      const [admin] = await api.rows<{ id: number }>(`SELECT id FROM sys_user WHERE username = 'admin'`);
      const runner = api.db.createQueryRunner();
      await runner.startTransaction();
      await runner.query(
        `INSERT INTO sys_idempotency (scope, key, body_hash, result) VALUES ($1, $2, '\\x00', 'null')`,
        [`POST /api/admin/camps user ${admin!.id}`, key],
      );
      return runner;
    };
    const waiting = (): Promise<void> => waitingAt(api, 'sys_idempotency');

    it('waits, and does the work when nothing came of the other', async () => {
      const key = randomUUID();
      const other = await atWork(key);
      const mine = create(key, campBody('等候'));
      await waiting();
      await other.rollbackTransaction();
      await other.release();
      expect((await mine).code).toBe(200);
      expect(await campsNamed('等候')).toBe(1);
    });

    it('waits no longer than ten seconds, and has done nothing', async () => {
      const key = randomUUID();
      const other = await atWork(key);
      const answer = await create(key, campBody('久候'));
      await other.rollbackTransaction();
      await other.release();
      expect(answer).toMatchObject({ code: 409, message: '相同的请求正在处理，请稍后再试' });
      expect(await campsNamed('久候')).toBe(0);
      expect((await create(key, campBody('久候'))).code).toBe(200);
    });
  });

  it.each(['', 'abc', '123e4567-e89b-12d3-a456-42661417400'])('refuses the key %j', async (key) => {
    expect(await create(key, campBody('错键'))).toMatchObject({
      code: 400,
      data: { errors: [{ field: 'Idempotency-Key', message: '应为 UUID' }] },
    });
  });
});

describe('placing an order twice under one key', () => {
  const place = (
    body: Camp.CreatePaymentRequest,
    key: string,
    cookie = '',
  ): Promise<Answer<Camp.CreatedPayment>> =>
    api.call('POST', '/api/h5/payments', { body, headers: { 'idempotency-key': key, cookie } });

  it('is one order for one browser, with a new ticket that was never stored', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const body = { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname };
    const seen = await api.call('GET', `/api/h5/camps/${camp.id}`);
    const cookie = seen.headers.get('set-cookie')!.split(';')[0]!;
    expect(seen.headers.get('set-cookie')).toMatch(/^yajin_browser=[0-9a-f-]{36};.*HttpOnly/);
    const key = randomUUID();
    const [first, again] = [await place(body, key, cookie), await place(body, key, cookie)];
    expect(again.data).toEqual({ ...first.data, accessToken: again.data.accessToken });
    expect(again.data.accessToken).not.toBe(first.data.accessToken);
    for (const { data } of [first, again]) {
      const status = await api.call('GET', `/api/h5/payments/${data.orderNo}/status`, {
        ticket: data.accessToken,
      });
      expect(status.code).toBe(200);
    }
    const kept = await api.rows('SELECT result, answer FROM sys_idempotency WHERE key = $1', [key]);
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain('tk_');
    const stranger = await place(body, key);
    expect(stranger.data.orderNo).not.toBe(first.data.orderNo);
  });

  it('is the same order when its payer is a member by now', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const body = { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname };
    const seen = await api.call('GET', `/api/h5/camps/${camp.id}`);
    const cookie = seen.headers.get('set-cookie')!.split(';')[0]!;
    const key = randomUUID();
    const { data: order } = await place(body, key, cookie);
    await api.call('GET', `${order.payUrl}?scene=native`);
    await pay(api, order, who);
    await decided(api, order);
    expect((await place(body, randomUUID(), cookie)).code).toBe(1001);
    expect((await place(body, key, cookie)).data).toMatchObject({ orderNo: order.orderNo });
  });
});
