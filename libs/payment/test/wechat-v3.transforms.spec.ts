import { createPublicKey } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { fen } from '@yajin/core';

import { GatewayError, type TradeRequest } from '../src/gateway.js';
import { parsePrivateKey } from '../src/gateways/keys.js';
import { PlatformKeys } from '../src/gateways/wechat-v3/index.js';
import { parseBill } from '../src/gateways/wechat-bill.js';
import {
  errorFrom,
  refundBody,
  refundFrom,
  tradeBody,
  tradeFrom,
} from '../src/gateways/wechat-v3/wechat-v3.transforms.js';
import {
  APP_ID,
  MCH_ID,
  merchant,
  OLD_SERIAL,
  platform,
  refundContent,
  transaction,
} from './wechat-v3.kit.js';

/** Self-signed for these tests, its serial number is OLD_SERIAL. Its private key was never kept. */
const CERTIFICATE = `
-----BEGIN CERTIFICATE-----
MIIDHTCCAgWgAwIBAgIUUVfwnv3Alt4V6+gaRwV6cjLxuOEwDQYJKoZIhvcNAQEL
BQAwHjEcMBoGA1UEAwwTWWFqaW4gdGVzdCBwbGF0Zm9ybTAeFw0yNjExMjEwMzA1
MjlaFw0zNjExMTgwMzA1MjlaMB4xHDAaBgNVBAMME1lhamluIHRlc3QgcGxhdGZv
cm0wggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEKAoIBAQCv6PfmNAq1CtEgxUEZ
FjkS4a1bNHExE3VNa89juLbGcHI5mN2147xTXUTOyaNVKzSbz2fwpPtW6pPPl0Bp
mB/RpQHs/HYWNmZbqeb3yL5DsQRRRKs9KNhB/ZxVAshHB+gvaulQyOUtMK0SjYAD
itJIeUcBVTZq1wv9JWPW0SDuOarFUN7nCpYNyiYKZSN/5D5dgcXFVqFSACrAaooK
8dD2XXZEyp403OPr3VrCkkf9JtNhoO7UyYELz9efyx09D37FCVCj0sImfJ39wXx5
/R7W7FvbdrWspYP/tZuWuBvoshZ7USQzBpgQ7KAJWwm7HcGLWLut2QGiTk1oVt1O
Dz4fAgMBAAGjUzBRMB0GA1UdDgQWBBQyEuVd6AQqc95K+q2dSFdIwkBctjAfBgNV
HSMEGDAWgBQyEuVd6AQqc95K+q2dSFdIwkBctjAPBgNVHRMBAf8EBTADAQH/MA0G
CSqGSIb3DQEBCwUAA4IBAQCIdkz6Lr9ZhfvJTNzxt2nR9WfQYn+vtKv/8alfeVTB
vkDElMrWAr6wREWNns4utm2nkD3mXeI6awlF5AI4uyAB8iA/fKrPN8kGXPay8xGK
L9aRtynsni5XyzYTnbvcICvrVTkUeq90PCo2O7WBgEERYWNuq7cwIUXkmgoNdxyV
uEj9QXc68VycxEfsk1bScGoCa1v7f63adiRceLN+T45Jta+gyVsBGaU1LQzr6P3G
QO8TZ05Nek2AA7iLLycbwxhBSUiXe8kCInFpN5RR3E7CYh8IwphBQM7S+CDQWmT8
3e0lZc785uPSqwgmA5VHL6PBkPgNxc9jR1b+XrHQGOxC
-----END CERTIFICATE-----
`.trim();

const request: TradeRequest = {
  outTradeNo: 'trade-1',
  scene: 'native',
  amountFen: fen(9900),
  description: '早起训练营',
  attach: '{"campId":1}',
  expiresAt: new Date('2026-11-21T16:30:00Z'),
  notifyUrl: 'https://example.test/notify',
  payerId: null,
  clientIp: null,
  returnUrl: null,
};
const account = { appId: APP_ID, mchId: MCH_ID };

describe('the request for a trade', () => {
  it('is in fen and in Shanghai time', () => {
    expect(tradeBody(request, account)).toEqual({
      appid: APP_ID,
      mchid: MCH_ID,
      description: '早起训练营',
      out_trade_no: 'trade-1',
      time_expire: '2026-11-22T00:30:00+08:00',
      attach: '{"campId":1}',
      notify_url: 'https://example.test/notify',
      amount: { total: 9900, currency: 'CNY' },
    });
  });

  it('names the payer for jsapi and the address for h5', () => {
    expect(tradeBody({ ...request, scene: 'jsapi', payerId: 'openid-1' }, account)).toMatchObject({
      payer: { openid: 'openid-1' },
    });
    expect(tradeBody({ ...request, scene: 'h5', clientIp: '2001:db8::1' }, account)).toMatchObject({
      scene_info: { payer_client_ip: '2001:db8::1', h5_info: { type: 'Wap' } },
    });
  });

  it.each(['jsapi', 'h5'] as const)('is not sent for %s without them', (scene) => {
    expect(() => tradeBody({ ...request, scene }, account)).toThrow(GatewayError);
  });

  it('is cut to the bytes the gateway takes, never within a character', () => {
    const change = { description: `${'押'.repeat(41)}💰💰`, attach: `${'x'.repeat(126)}👨‍👩‍👧` };
    const body = tradeBody({ ...request, ...change }, account);
    expect(body['description']).toBe(`${'押'.repeat(41)}💰`);
    expect(body['attach']).toBe('x'.repeat(126));
  });

  it('leaves out an empty attach', () => {
    expect(tradeBody({ ...request, attach: '' }, account)).not.toHaveProperty('attach');
  });
});

it('a reason is cut to eighty bytes', () => {
  const refund = { outTradeNo: 'trade-1', outRefundNo: 'refund-1', amountFen: fen(1), totalFen: fen(1) };
  const body = refundBody(
    { ...refund, reason: '退'.repeat(30), notifyUrl: 'https://example.test/' },
    account,
  );
  expect(body['reason']).toBe('退'.repeat(26));
});

it('the request for a refund names both amounts in fen', () => {
  const body = refundBody(
    {
      outTradeNo: 'trade-1',
      outRefundNo: 'refund-1',
      amountFen: fen(100),
      totalFen: fen(9900),
      reason: '达标退款',
      notifyUrl: 'https://example.test/notify',
    },
    account,
  );
  expect(body).toEqual({
    out_trade_no: 'trade-1',
    out_refund_no: 'refund-1',
    reason: '达标退款',
    notify_url: 'https://example.test/notify',
    amount: { refund: 100, total: 9900, currency: 'CNY' },
  });
});

it.each([
  ['SUCCESS', 'paid'],
  ['REFUND', 'paid'],
  ['NOTPAY', 'open'],
  ['USERPAYING', 'open'],
  ['ACCEPT', 'open'],
  ['PAYERROR', 'open'],
  ['CLOSED', 'closed'],
  ['REVOKED', 'closed'],
])('a trade in %s is %s', (trade_state, state) => {
  expect(tradeFrom(transaction({ trade_state })).state).toBe(state);
});

it('a trade in a state we do not know is not guessed at', () => {
  expect(() => tradeFrom(transaction({ trade_state: 'NEW' }))).toThrow('NEW');
});

it.each([
  ['SUCCESS', 'success'],
  ['PROCESSING', 'processing'],
  ['CLOSED', 'closed'],
  ['ABNORMAL', 'abnormal'],
])('a refund in %s is %s', (status, state) => {
  const report = refundFrom(refundContent({ status }), 'status');
  expect(report.state).toBe(state);
  expect(report.succeededAt === null).toBe(state !== 'success');
});

it('a refund in a state we do not know is not guessed at', () => {
  expect(() => refundFrom(refundContent({ status: 'NEW' }), 'status')).toThrow('NEW');
});

it.each([
  [403, 'NOT_ENOUGH', 'insufficient'],
  [400, 'ORDERPAID', 'paid'],
  [429, 'FREQUENCY_LIMITED', 'throttled'],
  [403, 'FREQUENCY_LIMITED', 'throttled'],
  [429, 'RATELIMIT_EXCEEDED', 'throttled'],
  [429, 'SOMETHING', 'throttled'],
  [400, 'PARAM_ERROR', 'refused'],
  [403, 'NO_AUTH', 'refused'],
  [404, 'RESOURCE_NOT_EXISTS', 'refused'],
  [400, 'constructor', 'refused'],
  [500, 'SYSTEM_ERROR', 'unknown'],
  [500, 'NOT_ENOUGH', 'unknown'],
  [502, 'BANK_ERROR', 'unknown'],
  [202, 'USERPAYING', 'unknown'],
  [302, 'ORDERPAID', 'unknown'],
])('a verified %i %s is %s', (status, code, kind) => {
  expect(errorFrom(status, { code, message: '说明' })).toMatchObject({ kind, code, message: '说明' });
});

describe('a trade bill', () => {
  const header =
    '交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,' +
    '应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,' +
    '手续费,费率,订单金额,申请退款金额,费率备注';
  const line = (state: string, refund: string[], paid: string, asked: string, refundStatus = '') =>
    [
      ...[
        '2026-11-20 23:59:58',
        APP_ID,
        MCH_ID,
        '0',
        '',
        '4200000000000000001',
        'trade-1',
        'openid',
        'JSAPI',
      ],
      ...[state, 'OTHERS', 'CNY', paid, '0.00', ...refund, asked, '0.00', 'ORIGINAL', refundStatus],
      ...['训练营, 第一期', '{"a":1,"b":2}', '0.05000', '0.54%', paid, asked, ''],
    ]
      .map((field) => `\`${field}`)
      .join(',');
  const totals = '总交易单数,应结订单总金额\r\n`1,`9.90\r\n';
  const twoTotals = totals.replace('`1', '`2');

  it('is read by column name, commas in fields and all', () => {
    const bill = `\uFEFF${header}\r\n${line('SUCCESS', ['0', '0'], '9.90', '0.00')}\r\n${line('REFUND', ['5000', 'refund-1'], '0.00', '1.1', 'PROCESSING')}\r\n${twoTotals}`;
    const at = new Date('2026-11-20T15:59:58Z');
    const ids = { at, outTradeNo: 'trade-1', transactionId: '4200000000000000001' };
    expect(parseBill(bill)).toEqual([
      { kind: 'payment', ...ids, outRefundNo: null, gatewayRefundId: null, amountFen: 990, feeFen: 5 },
      { kind: 'refund', ...ids, outRefundNo: 'refund-1', gatewayRefundId: '5000', amountFen: 110, feeFen: 5 },
    ]);
  });

  it('of the oldest format, in another order, is read too', () => {
    const bill =
      '商户订单号,总金额,交易状态,微信订单号,交易时间\n`trade-1,`0.01,`SUCCESS,`42,`2026-11-20 00:00:00\n总交易单数\n`1\n';
    expect(parseBill(bill)).toMatchObject([{ kind: 'payment', amountFen: 1, outTradeNo: 'trade-1' }]);
  });

  it.each([
    ['1.00500', 101],
    ['1.00499', 100],
    ['0.59', 59],
    ['0.6', 60],
    ['7', 700],
    ['-0.02500', -3],
  ])('says a fee of %s yuan, which is %d fen to the nearest', (fee, feeFen) => {
    const bill = `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00').replace('0.05000', fee)}\n${totals}`;
    expect(parseBill(bill)).toMatchObject([{ feeFen }]);
  });

  it('counts no refund that is known to have failed', () => {
    expect(parseBill(`${header}\n${line('REFUND', ['5', 'r'], '0.00', '1.00', 'FAIL')}\n${totals}`)).toEqual(
      [],
    );
  });

  it.each([
    ['no header', 'nothing here'],
    ['a line cut short', `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00').slice(0, -2)}\n${totals}`],
    ['an unknown state', `${header}\n${line('NEW', ['0', '0'], '9.90', '0.00')}\n${totals}`],
    [
      'an amount with three decimals',
      `${header}\n${line('SUCCESS', ['0', '0'], '9.901', '0.00')}\n${totals}`,
    ],
    ['its totals cut off', `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00')}\n`],
    [
      'half its totals',
      `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00')}\n总交易单数,应结订单总金额`,
    ],
    ['lines cut out', `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00')}\n${twoTotals}`],
    [
      'another sum than its totals say',
      `${header}\n${line('SUCCESS', ['0', '0'], '9.90', '0.00')}\n总交易单数,订单总金额\n\`1,\`9.91\n`,
    ],
  ])('with %s is refused rather than half read', (_name, bill) => {
    expect(() => parseBill(bill)).toThrow(/账单/);
  });
});

describe('a bill as it comes', () => {
  const table = (name: string, mchId: string) =>
    `交易时间，商户号，微信订单号，商户订单号，交易状态，总金额（元），总金额，${name}\r\n` +
    `\`2026-11-20 16：33：45,\`${mchId},\`42,\`trade-1,\`SUCCESS,\`0.01,\`0.01,\`x\r\n总交易单数,总交易额\r\n\`1.0,\`0.01\r\n`;

  it('with a BOM, CRLF, full-width punctuation and a column that nobody knows is read', () => {
    expect(
      parseBill(`\uFEFF${table('新的一列', '1900000001')}`, { mchId: '1900000001', subMchId: null }),
    ).toMatchObject([{ at: new Date('2026-11-20T08:33:45Z'), amountFen: 1, outTradeNo: 'trade-1' }]);
  });

  it('with another merchant’s rows is refused', () => {
    expect(() => parseBill(table('x', '1900000002'), { mchId: '1900000001', subMchId: null })).toThrow(
      /其他商户/,
    );
    const merchant = { mchId: '1900000001', subMchId: '1900000009' };
    expect(() => parseBill(table('特约商户号', '1900000001'), merchant)).toThrow(/其他商户/);
  });
});

describe('keys from the environment', () => {
  const publicPem = platform.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const privatePem = merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const folder = mkdtempSync(join(tmpdir(), 'yajin-keys-'));
  const file = join(folder, 'key.pem');
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['as it is', privatePem],
    ['with literal \\n', privatePem.replaceAll('\n', '\\n')],
    ['on one line', privatePem.replaceAll('\n', ' ')],
    ['as PKCS#1', merchant.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()],
  ])('a private key %s', (_name, pem) => {
    expect(parsePrivateKey(pem).equals(merchant.privateKey)).toBe(true);
  });

  it('a private key by its path', () => {
    writeFileSync(file, privatePem);
    expect(parsePrivateKey(file).equals(merchant.privateKey)).toBe(true);
  });

  it.each([
    ['newlines', '\n'],
    ['commas', ','],
    ['literal \\n', '\\n'],
    ['commas and blanks', ' ,\n  '],
  ])('platform keys apart by %s keep their order', (_name, separator) => {
    const keys = PlatformKeys.parse(`${OLD_SERIAL}=${CERTIFICATE}${separator}PUB_KEY_ID_01=${publicPem}`);
    expect(keys.known().map(({ serial }) => serial)).toEqual([OLD_SERIAL, 'PUB_KEY_ID_01']);
    expect(keys.get(OLD_SERIAL)?.equals(createPublicKey(CERTIFICATE))).toBe(true);
    expect(keys.get('PUB_KEY_ID_01')?.equals(platform.publicKey)).toBe(true);
  });

  it('platform keys by path and by PEM, one line each', () => {
    writeFileSync(file, publicPem);
    const keys = PlatformKeys.parse(`A1=${file},B2=${publicPem.replaceAll('\n', '\\n')}\nC3=${file}\n`);
    expect(keys.known().map(({ serial }) => serial)).toEqual(['A1', 'B2', 'C3']);
    for (const serial of ['A1', 'B2', 'C3']) expect(keys.get(serial)?.equals(platform.publicKey)).toBe(true);
  });

  it('platform keys are found whatever the case of their serials, and a certificate says when it runs out', () => {
    const keys = PlatformKeys.parse(`${OLD_SERIAL.toLowerCase()}=${CERTIFICATE},pub_key_id_01=${publicPem}`);
    expect(keys.get(OLD_SERIAL)).toBeDefined();
    expect(keys.get(`00${OLD_SERIAL}`)).toBeDefined();
    expect(keys.get('PUB_KEY_ID_01')).toBeDefined();
    expect(keys.known().map(({ expiresAt }) => expiresAt)).toEqual([new Date('2036-11-18T03:05:29Z'), null]);
  });

  it('platform keys of a file are read again when it changes, and kept when it cannot be read', () => {
    const list = join(folder, 'platform.keys');
    writeFileSync(list, `A1=${publicPem}`);
    const keys = PlatformKeys.parse(list);
    expect(keys.get('B2')).toBeUndefined();
    writeFileSync(list, `A1=${publicPem}\nB2=${publicPem}`);
    jest.useFakeTimers({ now: Date.now() + 1500 });
    try {
      expect(keys.get('B2')).toBeDefined();
      expect(keys.newest()?.serial).toBe('B2');
      writeFileSync(list, 'nothing of the kind');
      jest.setSystemTime(Date.now() + 11_000);
      expect(keys.get('A1')).toBeDefined();
      expect(keys.problem).toContain('platform keys');
    } finally {
      jest.useRealTimers();
    }
  });

  it.each([
    ['nothing', ''],
    ['a key without a serial', publicPem],
    ['a serial without a key', 'A1='],
    ['the same serial twice', `A1=${publicPem}A1=${publicPem}`],
    ['a certificate under another serial', `ABCD=${CERTIFICATE}`],
    ['a file that is not there', 'A1=/does/not/exist.pem'],
    ['a file of entries that is not there', '/does/not/exist.keys'],
    ['one serial in two spellings', `a1=${publicPem}A1=${publicPem}`],
  ])('%s is refused at once', (_name, text) => {
    expect(() => PlatformKeys.parse(text)).toThrow(/platform keys/);
  });
});
