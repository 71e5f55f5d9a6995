import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

import { fen } from '@yajin/core';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';

import { GatewayError, type Gateway, type RefundRequest, type TradeRequest } from '../src/gateway.js';
import {
  APP_ID,
  MCH_ID,
  MCH_SERIAL,
  merchant,
  NEW_SERIAL,
  NOW,
  OLD_SERIAL,
  refundContent,
  signedHeaders,
  stranger,
  testGateway,
  transaction,
  WireServer,
  type Received,
} from './wechat-v3.kit.js';

const wire = new WireServer();
let base: string;
let gateway: Gateway;
beforeAll(async () => {
  base = await wire.start();
  gateway = testGateway({ apiBase: base });
});
afterAll(() => wire.stop());
beforeEach(() => {
  wire.received.length = 0;
});

const outTradeNo = String(transaction()['out_trade_no']);
const trade: TradeRequest = {
  outTradeNo,
  scene: 'jsapi',
  amountFen: fen(9900),
  description: '早起训练营 💰',
  attach: '',
  expiresAt: NOW,
  notifyUrl: 'https://example.test/notify',
  payerId: 'openid-of-a-tester',
  clientIp: '127.0.0.1',
  returnUrl: null,
};
const refund: RefundRequest = {
  outTradeNo,
  outRefundNo: 'refund-1',
  amountFen: fen(9900),
  totalFen: fen(9900),
  reason: '达标',
  notifyUrl: 'https://example.test/notify',
};

const bill = async (date: string) => (await gateway.downloadBill?.(date)) ?? [];
const answers = (status: number, body: unknown) => () => ({ status, body: JSON.stringify(body) });
const fails = (status: number, code: string) => answers(status, { code, message: '说明' });
const only = (): Received => {
  const [request, ...more] = wire.received;
  if (!request || more.length > 0) throw new Error(`${wire.received.length} requests came instead of one`);
  return request;
};

async function failure(action: Promise<unknown>): Promise<GatewayError> {
  const error = await action.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(GatewayError);
  return error as GatewayError;
}

describe('requests', () => {
  it('are signed so that wechatpay-axios-plugin verifies them', async () => {
    wire.reply = answers(200, { prepay_id: 'wx-prepay-1' });
    await gateway.createTrade(trade);
    wire.reply = answers(200, transaction());
    await gateway.queryTrade(outTradeNo);
    expect(wire.received.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v3/pay/transactions/jsapi',
      `GET /v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${MCH_ID}`,
    ]);
    for (const { method, url, headers, body } of wire.received) {
      const [scheme, list = ''] = (headers.authorization ?? '').split(' ');
      const fields = Object.fromEntries(
        [...list.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
      );
      const {
        mchid,
        serial_no,
        nonce_str = '',
        timestamp = '',
        signature = '',
      } = fields as Record<string, string>;
      expect({ scheme, mchid, serial_no, timestamp: Number(timestamp) }).toEqual({
        scheme: 'WECHATPAY2-SHA256-RSA2048',
        mchid: MCH_ID,
        serial_no: MCH_SERIAL,
        timestamp: NOW.getTime() / 1000,
      });
      const message = Formatter.request(method, url, timestamp, nonce_str, body);
      expect(Rsa.verify(message, signature, merchant.publicKey)).toBe(true);
      expect(headers).toMatchObject({ accept: 'application/json', 'wechatpay-serial': NEW_SERIAL });
    }
  });

  it.each([
    ['jsapi', 'prepay_id'],
    ['native', 'code_url'],
    ['h5', 'h5_url'],
  ] as const)('createTrade for %s returns the %s', async (scene, field) => {
    wire.reply = answers(200, { [field]: 'token-1' });
    expect(await gateway.createTrade({ ...trade, scene })).toBe('token-1');
    expect(only().url).toBe(`/v3/pay/transactions/${scene}`);
    expect(JSON.parse(only().body)).toMatchObject({ description: '早起训练营 💰', amount: { total: 9900 } });
  });
});

const HALF_SIGNED = { 'wechatpay-serial': NEW_SERIAL };

describe('answers', () => {
  it('signed with the older key are believed too', async () => {
    const body = JSON.stringify(transaction());
    wire.reply = () => ({ status: 200, body, headers: signedHeaders(body, { serial: OLD_SERIAL }) });
    expect(await gateway.queryTrade(outTradeNo)).toMatchObject({ state: 'paid', amountFen: 9900 });
  });

  const body = JSON.stringify(transaction());
  it.each([
    ['unsigned', 200, body, {}],
    ['signed by a stranger', 200, body, signedHeaders(body, { key: stranger.privateKey })],
    ['stale', 200, body, signedHeaders(body, { at: new Date(NOW.getTime() - 301_000) })],
    ['signed for another body', 200, body, signedHeaders(`${body} `)],
    [
      'a refusal signed for another',
      403,
      '{"code":"NOT_ENOUGH","message":""}',
      signedHeaders('{"code":"PARAM_ERROR"}'),
    ],
    ['a refusal with half a signature', 404, '{"code":"ORDER_NOT_EXIST","message":""}', HALF_SIGNED],
    ['an unsigned 202', 202, '{"code":"USERPAYING","message":""}', {}],
    ['an unsigned 204', 204, '', {}],
  ])('that are not verifiable prove nothing: %s', async (_name, status, content, headers) => {
    wire.reply = () => ({ status, body: content, headers });
    const expected = { kind: 'unknown', code: 'BAD_SIGNATURE' };
    expect(await failure(gateway.queryTrade(outTradeNo))).toMatchObject(expected);
    expect(await failure(gateway.closeTrade(outTradeNo))).toMatchObject(expected);
    expect(await failure(gateway.refund(refund))).toMatchObject(expected);
  });

  const refusal = (code: string) => JSON.stringify({ code, message: '说明' });
  it.each([
    [400, 'ORDERPAID', 'paid'],
    [403, 'NOT_ENOUGH', 'insufficient'],
    [429, 'FREQUENCY_LIMITED', 'throttled'],
    [401, 'SIGN_ERROR', 'refused'],
    [500, 'SYSTEM_ERROR', 'unknown'],
  ])('are refusals also without a signature: %i %s is %s', async (status, code, kind) => {
    wire.reply = () => ({ status, body: refusal(code), headers: {} });
    expect(await failure(gateway.closeTrade(outTradeNo))).toMatchObject({ kind, code, message: '说明' });
    expect(await failure(gateway.refund(refund))).toMatchObject({ kind, code, message: '说明' });
  });

  it('that a number is absent count without a signature, too', async () => {
    wire.reply = () => ({ status: 404, body: refusal('RESOURCE_NOT_EXISTS'), headers: {} });
    expect((await gateway.queryRefund({ outTradeNo, outRefundNo: 'nobody' })).state).toBe('absent');
    wire.reply = () => ({ status: 404, body: refusal('ORDER_NOT_EXIST'), headers: {} });
    expect((await gateway.queryTrade('nobody')).state).toBe('absent');
    expect(await gateway.closeTrade('nobody')).toBe('absent');
  });

  it.each([
    ['a page', 404, '<html>Not Found</html>', 'HTTP_404'],
    ['JSON of somebody else', 403, '{"error":"forbidden"}', 'HTTP_403'],
    ['a code without a message', 403, '{"code":"NOT_ENOUGH"}', 'HTTP_403'],
    ['nothing', 429, '', 'HTTP_429'],
    ['a proxy’s page', 502, '<html>Bad Gateway</html>', 'HTTP_502'],
  ])('that are no refusals of the documented form stay unknown: %s', async (_name, status, content, code) => {
    wire.reply = () => ({ status, body: content, headers: {} });
    expect(await failure(gateway.refund(refund))).toMatchObject({ kind: 'unknown', code });
    expect(await failure(gateway.queryTrade(outTradeNo))).toMatchObject({ kind: 'unknown', code });
  });

  it.each([
    ['broken JSON', 200, '{"out_trade_no":', 'BROKEN_ANSWER'],
    ['JSON of another shape', 200, '[]', 'BROKEN_ANSWER'],
    ['an answer without its fields', 200, '{}', 'BROKEN_ANSWER'],
    ['nothing at all', 204, '', 'BROKEN_ANSWER'],
    ['SYSTEM_ERROR', 500, '{"code":"SYSTEM_ERROR"}', 'SYSTEM_ERROR'],
    ['a redirect', 302, '{"code":"MOVED"}', 'MOVED'],
  ])('that say nothing leave it unknown: %s', async (_name, status, content, code) => {
    wire.reply = () => ({ status, body: content });
    expect(await failure(gateway.createTrade(trade))).toMatchObject({ kind: 'unknown', code });
    expect(await failure(gateway.queryTrade(outTradeNo))).toMatchObject({ kind: 'unknown', code });
    expect(await failure(gateway.refund(refund))).toMatchObject({ kind: 'unknown', code });
    expect(await failure(gateway.queryRefund({ outTradeNo, outRefundNo: 'refund-1' }))).toMatchObject({
      kind: 'unknown',
      code,
    });
  });

  it('that never come leave it unknown', async () => {
    wire.reply = () => 'hang';
    const hasty = testGateway({ apiBase: base, timeoutMs: 50 });
    expect(await failure(hasty.refund(refund))).toMatchObject({ kind: 'unknown', code: 'TIMEOUT' });
  });

  it('cut off by the network leave it unknown', async () => {
    wire.reply = () => 'drop';
    expect(await failure(gateway.refund(refund))).toMatchObject({ kind: 'unknown', code: 'NETWORK' });
    expect(wire.received).toHaveLength(1); // and nothing was sent again
  });
});

describe('queries', () => {
  it('tell an open trade from a closed one', async () => {
    wire.reply = answers(200, transaction({ trade_state: 'NOTPAY', success_time: undefined }));
    expect(await gateway.queryTrade(outTradeNo)).toEqual({ state: 'open', outTradeNo });
    wire.reply = answers(200, transaction({ trade_state: 'CLOSED' }));
    expect(await gateway.queryTrade(outTradeNo)).toEqual({ state: 'closed', outTradeNo });
  });

  it.each(['ORDER_NOT_EXIST', 'RESOURCE_NOT_EXISTS'])('take a verified %s as absent', async (code) => {
    wire.reply = fails(404, code);
    expect(await gateway.queryTrade('nobody')).toEqual({ state: 'absent', outTradeNo: 'nobody' });
    expect(await gateway.queryRefund({ outTradeNo, outRefundNo: 'nobody' })).toEqual({
      state: 'absent',
      outRefundNo: 'nobody',
    });
  });

  it('do not take another refusal as absent', async () => {
    wire.reply = fails(404, 'MCH_NOT_EXISTS');
    expect(await failure(gateway.queryTrade('x'))).toMatchObject({ kind: 'refused', code: 'MCH_NOT_EXISTS' });
  });

  it.each([{ appid: 'wx-other' }, { mchid: '1900000002' }, { out_trade_no: 'another' }])(
    'believe nothing about somebody else’s trade: %j',
    async (difference) => {
      wire.reply = answers(200, transaction(difference));
      expect(await failure(gateway.queryTrade(outTradeNo))).toMatchObject({
        kind: 'unknown',
        code: 'FOREIGN',
      });
    },
  );

  it('believe nothing about another refund', async () => {
    wire.reply = answers(200, refundContent({ status: 'SUCCESS', out_refund_no: 'another' }));
    expect(await failure(gateway.queryRefund({ outTradeNo, outRefundNo: 'refund-1' }))).toMatchObject({
      code: 'FOREIGN',
    });
    expect(await failure(gateway.refund(refund))).toMatchObject({ code: 'FOREIGN' });
  });
});

describe('closing', () => {
  it('is done on 204', async () => {
    wire.reply = () => ({ status: 204 });
    await gateway.closeTrade(outTradeNo);
    expect(only()).toMatchObject({
      method: 'POST',
      url: `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`,
      body: JSON.stringify({ mchid: MCH_ID }),
    });
  });

  it.each([
    [400, 'ORDER_CLOSED', 'closed'],
    [404, 'ORDER_NOT_EXIST', 'absent'],
  ])('has nothing to do on %i %s, which says that it is %s', async (status, code, state) => {
    wire.reply = fails(status, code);
    await expect(gateway.closeTrade(outTradeNo)).resolves.toBe(state);
  });

  it.each([
    [400, 'ORDERPAID', 'paid'],
    [202, 'USERPAYING', 'unknown'],
    [200, 'SUCCESS', 'unknown'],
    [400, 'PARAM_ERROR', 'refused'],
    [500, 'ORDER_CLOSED', 'unknown'],
  ])('has not happened on %i %s', async (status, code, kind) => {
    wire.reply = fails(status, code);
    expect((await failure(gateway.closeTrade(outTradeNo))).kind).toBe(kind);
  });
});

it('a trade that is already paid is not created again', async () => {
  wire.reply = fails(400, 'ORDERPAID');
  expect(await failure(gateway.createTrade(trade))).toMatchObject({ kind: 'paid', code: 'ORDERPAID' });
});

describe('refunds', () => {
  it('answer with what was accepted', async () => {
    wire.reply = answers(200, refundContent({ status: 'PROCESSING', success_time: undefined }));
    const accepted = {
      state: 'processing',
      outRefundNo: 'refund-1',
      outTradeNo,
      amountFen: 9900,
      succeededAt: null,
    };
    expect(await gateway.refund(refund)).toMatchObject(accepted);
    expect(only()).toMatchObject({ method: 'POST', url: '/v3/refund/domestic/refunds' });
    expect(await gateway.queryRefund({ outTradeNo, outRefundNo: 'refund-1' })).toMatchObject(accepted);
  });

  it.each([
    [403, 'NOT_ENOUGH', 'insufficient'],
    [429, 'FREQUENCY_LIMITED', 'throttled'],
    [403, 'USER_ACCOUNT_ABNORMAL', 'refused'],
    [500, 'SYSTEM_ERROR', 'unknown'],
  ])('declined with %i %s are %s', async (status, code, kind) => {
    wire.reply = fails(status, code);
    expect(await failure(gateway.refund(refund))).toMatchObject({ kind, code, message: '说明' });
  });
});

describe('bills', () => {
  const csv =
    '交易时间,微信订单号,商户订单号,交易状态,订单金额\n`2026-11-20 10:00:00,`42,`trade-1,`SUCCESS,`99.00\n总交易单数\n`1\n';
  const sha1 = createHash('sha1').update(csv).digest('hex');
  const serves = (file: string | Buffer, hash: string, url = `${base}/v3/billdownload/file?token=a%2Fb`) => {
    wire.reply = (request) =>
      request.url.startsWith('/v3/bill/tradebill')
        ? answers(200, { hash_type: 'SHA1', hash_value: hash, download_url: url })()
        : { status: 200, body: file, headers: {} };
  };

  it.each([
    ['zipped', () => gzipSync(csv)],
    ['plain', () => csv],
  ])('%s are fetched with a signature of ours and read', async (_name, file) => {
    serves(file(), sha1);
    expect(await bill('2026-11-20')).toMatchObject([{ outTradeNo: 'trade-1', amountFen: 9900 }]);
    expect(wire.received.map(({ url }) => url)).toEqual([
      '/v3/bill/tradebill?bill_date=2026-11-20&bill_type=ALL&tar_type=GZIP',
      '/v3/billdownload/file?token=a%2Fb',
    ]);
    expect(wire.received[1]?.headers.authorization).toContain(`mchid="${MCH_ID}"`);
  });

  it('that differ from their hash are not believed', async () => {
    serves(gzipSync(csv.replace('99.00', '98.00')), sha1);
    expect(await failure(bill('2026-11-20'))).toMatchObject({
      kind: 'unknown',
      code: 'BILL_HASH',
    });
  });

  it('with a broken zip are not believed', async () => {
    serves(gzipSync(csv).subarray(0, 40), sha1);
    expect(await failure(bill('2026-11-20'))).toMatchObject({
      kind: 'unknown',
      code: 'BILL_UNZIP',
    });
  });

  it('are not fetched from what is no web address', async () => {
    serves(csv, sha1, 'file:///etc/passwd');
    expect(await failure(bill('2026-11-20'))).toMatchObject({
      kind: 'unknown',
      code: 'BROKEN_ANSWER',
    });
  });

  it('of a day without trades are empty', async () => {
    wire.reply = fails(400, 'NO_STATEMENT_EXIST');
    expect(await bill('2026-11-20')).toEqual([]);
  });

  it('that are still being made are an error', async () => {
    wire.reply = fails(400, 'STATEMENT_CREATING');
    expect(await failure(bill('2026-11-20'))).toMatchObject({ code: 'STATEMENT_CREATING' });
  });
});

it('the account that asks is the one configured', async () => {
  wire.reply = answers(200, { code_url: 'weixin://x' });
  await gateway.createTrade({ ...trade, scene: 'native' });
  expect(JSON.parse(only().body)).toMatchObject({ appid: APP_ID, mchid: MCH_ID });
});
