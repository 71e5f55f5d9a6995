import { randomUUID } from 'node:crypto';
import type { PlanetClient } from '@yajin/planet';
import { Calls, type Call } from '@yajin/server';
import { PLANET } from '../src/lines/camp/planet/planet.options.js';
import { WechatAccount } from '../src/lines/camp/wechat/wechat-account.js';
import { api, fault, gatewayOf, NAMES, paidOrder, refund, refundIs, useGateways } from './gateways.kit.js';

useGateways();

const calls: Call[] = [];
beforeAll(() => api.app.get(Calls).listen((call) => calls.push(call)));
beforeEach(() => (calls.length = 0));

const metrics = async (): Promise<string> => String((await api.exchange('GET', '/metrics', {})).body);
const seen = (side: string) => calls.filter((call) => call.side === side);

it('a proxy’s answer and none at all are told apart', async () => {
  await fault({ badGateway: { endpoints: ['query'], times: 1 } });
  await expect(gatewayOf('wechat-v3').queryTrade('nothing')).rejects.toThrow();
  expect(seen('wechat-v3').at(-1)).toMatchObject({ outcome: 'http', code: 'HTTP_502' });
  await fault({ delayAnswersMs: { value: 6000, endpoints: ['query'], times: 1 } });
  await expect(gatewayOf('wechat-v3').queryTrade('nothing')).rejects.toThrow();
  expect(seen('wechat-v3').at(-1)).toMatchObject({ outcome: 'timeout', code: 'TIMEOUT', skewMs: null });
});

describe.each(NAMES)('every call of %s', (name) => {
  it('is counted and timed by what was asked and what came of it', async () => {
    const order = await paidOrder(name);
    await refundIs((await refund(order, 100)).id, 'success');
    await gatewayOf(name).queryTrade(randomUUID().replaceAll('-', ''));
    const operations = new Set(seen(name).map(({ operation, outcome }) => `${operation} ${outcome}`));
    expect([...operations]).toEqual(expect.arrayContaining(['refund ok', 'queryTrade ok']));
    const text = await metrics();
    for (const operation of ['refund', 'queryTrade'])
      expect(text).toMatch(
        new RegExp(
          `outgoing_call_duration_seconds_count\\{side="${name}",operation="${operation}",outcome="ok"\\} [1-9]`,
        ),
      );
    expect(Math.abs(seen(name).find(({ skewMs }) => skewMs !== null)?.skewMs ?? 0)).toBeLessThan(2000);
  });

  it('that is answered with the signature of something else is told apart', async () => {
    await fault({ forgedAnswer: { endpoints: ['query'], times: 1 } });
    const forged = gatewayOf(name).queryTrade('nothing');
    // Shouqianba signs no answer: TLS says whose it is.
    await (name === 'shouqianba' ? forged : expect(forged).rejects.toThrow());
    expect(seen(name).at(-1)).toMatchObject({ outcome: name === 'shouqianba' ? 'ok' : 'signature' });
  });
});

it('a refusal of WeChat Pay is told with its code, its words and WeChat’s own id of the request', async () => {
  await fault({ refuseCreate: 'RULE_LIMIT' });
  const wanted = {
    outTradeNo: randomUUID().replaceAll('-', ''),
    scene: 'native',
    amountFen: 100,
    description: 'x',
    attach: '',
    expiresAt: new Date(Date.now() + 600_000),
    notifyUrl: `${api.url}/api/webhook/wechat/payment`,
    payerId: null,
    clientIp: null,
    returnUrl: null,
  } as Parameters<ReturnType<typeof gatewayOf>['createTrade']>[0];
  await expect(gatewayOf('wechat-v3').createTrade(wanted)).rejects.toThrow();
  expect(seen('wechat-v3').at(-1)).toMatchObject({
    operation: 'createTrade',
    outcome: 'refused',
    code: 'RULE_LIMIT',
    requestId: expect.stringMatching(/^[0-9A-F]{40}$/) as string,
  });
});

it('every call of zsxq is counted without its ids, those that were turned away too', async () => {
  const planet = api.app.get<PlanetClient>(PLANET);
  await fault({ planetThrottled: { times: 1 } });
  await planet.checkins(api.sandbox.settings.PLANET_GROUP_ID, 'ongoing');
  expect(seen('planet').map(({ operation, outcome, code }) => [operation, outcome, code])).toEqual(
    expect.arrayContaining([
      ['checkins', 'throttled', '1059'],
      ['checkins', 'ok', null],
    ]),
  );
  await planet.statistics(api.sandbox.settings.PLANET_GROUP_ID, '1').catch(() => undefined);
  expect(seen('planet').at(-1)?.operation).toBe('statistics');
});

it('every message is counted, with why it was not taken', async () => {
  const account = api.app.get(WechatAccount);
  const message = { openid: 'oNobody', kind: 'template', templateId: 'NONE', data: {}, text: '' } as const;
  expect(await account.send(message)).toMatchObject({ taken: false });
  expect(seen('wechat-account').map(({ operation, outcome }) => `${operation} ${outcome}`)).toEqual([
    'cgi-bin/stable_token ok',
    'cgi-bin/message/template/send refused',
  ]);
  await fault({ messageUnanswered: true });
  await expect(account.send(message)).rejects.toThrow();
  expect(seen('wechat-account').at(-1)).toMatchObject({ outcome: 'http', code: 'HTTP_502' });
});
