import type { Camp } from '@yajin/contract';
import { Redis } from 'ioredis';
import { checkIns, member, openOrder, person, publishedCamp, statusOf } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { finish } from '@yajin/testing/matching';
import { TicketService } from '../src/lines/camp/h5/ticket.service.js';

const url = process.env.TEST_REDIS_URL ?? '';

describe('Redis', () => {
  let api: TestApi;
  let redis: Redis;
  beforeAll(async () => {
    api = await TestApi.start({ REDIS_URL: url });
    redis = new Redis(url);
    await redis.flushall();
  });
  afterAll(async () => {
    redis.disconnect();
    await api.stop();
  });

  it('remembers which order a ticket opens, never the ticket itself', async () => {
    const order = await openOrder(api, await publishedCamp(api), person());
    await eventually(async () => {
      await statusOf(api, order);
      return (await redis.keys('access_token:*')).length > 0;
    }, 'the ticket to be cached');
    const keys = await redis.keys('*');
    expect(keys.some((key) => key.includes(order.accessToken))).toBe(false);
    expect(await redis.get(keys.find((key) => key.startsWith('access_token:')) ?? '')).toBe(
      String(order.orderId),
    );
  });

  it('opens nothing by a ticket that is remembered, once its order is erased', async () => {
    const camp = await publishedCamp(api, { days: 2, requiredDays: 1 });
    const order = await member(api, camp, person());
    await checkIns(api, camp, person(), 1);
    await finish(api, camp);
    const ticket = order.accessToken;
    expect((await api.call('GET', '/api/h5/my-data', { ticket })).code).toBe(200);
    expect((await api.call('DELETE', '/api/h5/my-data', { ticket })).code).toBe(200);
    expect(await api.app.get(TicketService).find(ticket)).toBe(order.orderId);
    const body = { orderNo: order.orderNo, planetUserId: '1', planetNickname: '又来' };
    for (const answer of [
      await api.call('GET', '/api/h5/my-data', { ticket }),
      await api.call('DELETE', '/api/h5/my-data', { ticket }),
      await api.call('GET', `/api/h5/payments/${order.orderNo}/status`, { ticket }),
      await api.call('POST', '/api/h5/payments/bind', { ticket, body }),
    ])
      expect(answer.code).toBe(401);
  });

  it('counts calls for all replicas together', async () => {
    const headers = { 'x-forwarded-for': '10.77.0.1' };
    await api.call('GET', '/api/h5/progress/1', { headers });
    const key = (await redis.keys('throttle:*10.77.0.1*'))[0] ?? '';
    expect(Number(await redis.get(key))).toBe(1);
    await redis.set(key, '10', 'KEEPTTL');
    expect((await api.call('GET', '/api/h5/progress/1', { headers })).status).toBe(429);
  });

  it('counts wrong passwords for all replicas together', async () => {
    const login = (password: string) =>
      api.call('POST', '/api/admin/auth/login', {
        body: { username: 'somebody', password },
        headers: { 'x-forwarded-for': '10.78.0.1' },
      });
    expect((await login('wrong')).status).toBe(401);
    const key = (await redis.keys('guesses:account:*|10.78.0.1'))[0] ?? '';
    expect(Number(await redis.get(key))).toBe(1);
    await redis.set(key, '4', 'KEEPTTL');
    expect((await login('wrong')).status).toBe(401);
    expect(await redis.ttl(key)).toBeLessThanOrEqual(900);
    const refused = await login('wrong');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(880);
    expect((await redis.keys('guesses:network:*')).length).toBeGreaterThan(0);
  });

  it('is looked at by the system health page', async () => {
    const report = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
    expect(report.data.checks).toContainEqual({ name: 'redis', status: 'up', message: null, findings: [] });
  });

  it('that forgets everything, or is gone for a moment, loses nothing and is used again', async () => {
    const order = await openOrder(api, await publishedCamp(api), person());
    await redis.flushall();
    expect((await statusOf(api, order)).payStatus).toBe('pending');
    await redis.client('KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
    await redis.flushall();
    expect((await statusOf(api, order)).payStatus).toBe('pending');
    await eventually(async () => {
      await statusOf(api, order);
      return (await redis.keys('access_token:*')).length > 0;
    }, 'the cache to be used again');
  });
});
