import { addDays, parseLocalTime, instantOf } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { Calls } from '@yajin/server';
import {
  checkIns,
  decided,
  member,
  openOrder,
  person,
  placedOrder,
  publishedCamp,
  statusOf,
} from '@yajin/testing/factories';
import { OfficialAccount } from '../src/lines/camp/wechat/official-account.js';
import { WecomAccount } from '../src/lines/camp/wechat/wecom-account.js';
import { TestApi } from '@yajin/testing/api';
import { sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

describe('enrolling', () => {
  it('is over when the camp begins (1006), to the second', async () => {
    const camp = await publishedCamp(api, { startsIn: 2 });
    const eve = addDays(camp.start, -1);
    await api.moveClock(`${eve}T23:59:00`);
    // It stands still: a slow machine must not cross midnight by itself.
    const now = jest.spyOn(api.clock, 'now').mockReturnValue(instantOf(eve, '23:59:59'));
    const order = await placedOrder(api, camp, person());
    expect(order.expireTime).toBe(`${camp.start}T00:00:00`);
    now.mockReturnValue(instantOf(camp.start));
    const who = person();
    const late = await api.call('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: '晚' },
    });
    now.mockRestore();
    expect(late).toMatchObject({ code: 1006, message: '训练营不在报名期' });
  });

  it('gives each order an id that cannot be guessed from the one before', async () => {
    const camp = await publishedCamp(api);
    const ids: number[] = [];
    for (let index = 0; index < 3; index += 1) ids.push((await placedOrder(api, camp, person())).orderId);
    expect(Math.min(...ids.map((id, index) => Math.abs(id - (ids[index - 1] ?? 0))))).toBeGreaterThan(
      1_000_000,
    );
  });

  it('unpaid orders block nobody, and all but the paid one are closed in time', async () => {
    const camp = await publishedCamp(api, { startsIn: 10 });
    const who = person();
    const [abandoned, kept] = [await openOrder(api, camp, who), await openOrder(api, camp, who)];
    await api.control('POST', '/control/pay', { orderNo: kept.orderNo, openid: who.openid });
    await decided(api, kept);
    await api.moveClock(`${addDays(camp.start, -2)}T00:00:00`);
    expect((await statusOf(api, abandoned)).payStatus).toBe('closed');
    const params = await api.call('GET', abandoned.payUrl);
    expect(params).toMatchObject({ code: 1005, message: '订单不存在或已取消' });
    const trades = await api.control<{ outTradeNo: string; state: string }[]>('GET', '/control/trades');
    const closed = trades.find(
      (trade) => trade.outTradeNo === abandoned.orderNo.slice(4).replaceAll('-', ''),
    );
    expect(closed?.state).toBe('CLOSED');
  });

  it('asks for the openid before it pays inside WeChat', async () => {
    const order = await placedOrder(api, await publishedCamp(api), person());
    const answer = await api.call<{ errors: { field: string }[] }>('GET', `${order.payUrl}?scene=jsapi`);
    expect(answer).toMatchObject({ status: 400, data: { errors: [{ field: 'scene' }] } });
  });
});

describe('a personal link', () => {
  it('without our signature is told nobody’s nickname', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 1);
    await sync(api, camp);
    const plain = await api.call<Camp.PublicCampDetail>(
      'GET',
      `/api/h5/camps/${camp.id}?planetUserId=${who.planetUserId}`,
    );
    expect(plain.data.prefillInfo).toEqual({
      planetUserId: who.planetUserId,
      planetNickname: null,
      editable: true,
      signed: false,
    });
    const forged = await api.call<Camp.PublicCampDetail>(
      'GET',
      `/api/h5/camps/${camp.id}?planetUserId=${who.planetUserId}&sig=abc`,
    );
    expect(forged.data.prefillInfo).toMatchObject({ planetNickname: null, signed: false });
  });
});

describe('what the member pages are told of where they run', () => {
  it('is where to log in, and the business time', async () => {
    const { data, headers } = await api.call<Camp.PageSettings>('GET', '/api/h5/config');
    expect(data).toMatchObject({
      appId: api.sandbox.settings.WECHAT_APP_ID,
      authorizeUrl: `${api.sandbox.url}/connect/oauth2/authorize`,
      wechatOnly: false,
      cashierUrl: `${api.sandbox.url}/cashier`,
    });
    expect(Math.abs(parseLocalTime(data.now).getTime() - api.clock.now().getTime())).toBeLessThan(5000);
    expect(headers.get('cache-control')).toBe('no-store');
  });

  it('is WeChat’s own page where WeChat is real, which opens inside of WeChat only', () => {
    const official = {
      apiBase: 'https://api.weixin.qq.com',
      appId: 'wx1',
      appSecret: 'secret',
      agentId: null,
    };
    const real = { wechatOnly: true, cashierUrl: null };
    const page = 'https://open.weixin.qq.com/connect/oauth2/authorize';
    expect(new OfficialAccount(official, new Calls()).pages).toEqual({
      ...real,
      appId: 'wx1',
      authorizeUrl: page,
    });
    const wecom = { ...official, apiBase: 'https://qyapi.weixin.qq.com', appId: 'ww1', agentId: '1000002' };
    expect(new WecomAccount(wecom, new Calls()).pages).toEqual({
      ...real,
      appId: 'ww1',
      authorizeUrl: `${page}?agentid=1000002`,
    });
  });
});

describe('progress', () => {
  it('shows the calendar up to today and what is still needed', async () => {
    const camp = await publishedCamp(api, { startsIn: 2, days: 7, requiredDays: 4 });
    const who = person();
    const order = await member(api, camp, who);
    await checkIns(api, camp, who, 2);
    await api.moveClock(`${addDays(camp.start, 2)}T09:00:00`);
    await sync(api, camp);
    const { memberId } = await statusOf(api, order);
    const progress = await api.call<Camp.MemberProgress>('GET', `/api/h5/progress/${memberId}`, {
      ticket: order.accessToken,
    });
    expect(progress.data).toMatchObject({
      currentDay: 3,
      totalDays: 7,
      remainingDays: 4,
      checkinCount: 2,
      gap: 2,
      checkinRate: 66.67,
      status: 'ongoing',
      amount: camp.deposit,
      lastSyncTime: expect.stringMatching(`^${addDays(camp.start, 2)}T09:0`),
    });
    expect(progress.data.checkinCalendar.map((day) => day.checked)).toEqual([true, true, false]);
    const foreign = await member(api, await publishedCamp(api), person());
    expect(
      (await api.call('GET', `/api/h5/progress/${memberId}`, { ticket: foreign.accessToken })).status,
    ).toBe(403);
    expect((await api.call('GET', '/api/h5/progress/999999', { ticket: foreign.accessToken })).status).toBe(
      403,
    );
  });
});

it('an address gets ten calls a minute on each route, then is told when to come back', async () => {
  const headers = { 'x-forwarded-for': '10.99.0.1' };
  const codes: number[] = [];
  let retryAfter: string | null = null;
  for (let index = 0; index < 11; index += 1) {
    const answer = await api.call('GET', '/api/h5/progress/1', { headers });
    codes.push(answer.status);
    retryAfter = answer.headers.get('retry-after');
  }
  expect(codes).toEqual([...Array<number>(10).fill(401), 429]);
  expect(Number(retryAfter)).toBeGreaterThan(0);
  expect((await api.call('GET', '/api/h5/payments/ord_x/qrcode', { headers })).status).toBe(401);
});
