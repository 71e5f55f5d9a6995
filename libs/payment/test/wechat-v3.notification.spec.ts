import { createSecretKey } from 'node:crypto';

import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

import { InvalidNotification, UnknownKey, type GatewayNotification } from '../src/gateway.js';
import { decryptResource } from '../src/gateways/wechat-v3/wechat-v3.crypto.js';
import {
  API_V3_KEY,
  APP_ID,
  merchant,
  NEW_SERIAL,
  notificationBody,
  NOW,
  OLD_SERIAL,
  platform,
  refundContent,
  signedHeaders,
  stranger,
  testGateway,
  transaction,
  type SignOptions,
} from './wechat-v3.kit.js';

const gateway = testGateway();

function read(body: string, options: SignOptions = {}): GatewayNotification {
  return gateway.readNotification(signedHeaders(body, options), Buffer.from(body));
}

describe('a notification of WeChat Pay v3', () => {
  const body = notificationBody('TRANSACTION.SUCCESS', transaction());

  it.each([
    ['the public key', NEW_SERIAL],
    ['a platform certificate, beside it', OLD_SERIAL],
  ])('signed with %s is read', (_name, serial) => {
    const content = transaction();
    expect(read(body, { serial })).toEqual({
      eventId: 'EV-2026112112000000001',
      eventType: 'TRANSACTION.SUCCESS',
      payload: content,
      content: {
        kind: 'payment',
        foreign: null,
        trade: {
          state: 'paid',
          outTradeNo: content['out_trade_no'],
          transactionId: content['transaction_id'],
          amountFen: 9900,
          paidAt: new Date('2026-11-21T03:59:58Z'),
          payerId: 'openid-of-a-tester',
          attach: '{"campId":1}',
        },
      },
    });
  });

  it('without associated data is read', () => {
    const plain = notificationBody('TRANSACTION.SUCCESS', transaction(), '');
    expect(read(plain).content.kind).toBe('payment');
  });

  it('without an attach or a payer is read: a fixed code has neither', () => {
    const fixed = transaction({ attach: undefined, payer: undefined });
    expect(read(notificationBody('TRANSACTION.SUCCESS', fixed)).content).toMatchObject({
      kind: 'payment',
      trade: { attach: '', payerId: null },
    });
  });

  it.each([
    ['REFUND.SUCCESS', 'SUCCESS', 'success', new Date('2026-11-21T04:00:00Z')],
    ['REFUND.CLOSED', 'CLOSED', 'closed', null],
    ['REFUND.ABNORMAL', 'ABNORMAL', 'abnormal', null],
  ])('%s tells of the refund', (eventType, refund_status, state, succeededAt) => {
    expect(read(notificationBody(eventType, refundContent({ refund_status }))).content).toEqual({
      kind: 'refund',
      foreign: null,
      refund: {
        state,
        outRefundNo: 'refund-1',
        outTradeNo: '0123456789abcdef0123456789abcdef',
        gatewayRefundId: '50000000382026112100000000001',
        amountFen: 9900,
        succeededAt,
      },
    });
  });
});

describe('a notification that is not the gateway’s is refused', () => {
  const body = notificationBody('TRANSACTION.SUCCESS', transaction());
  const raw = Buffer.from(body);
  const genuine = signedHeaders(body);
  const refusal = (headers: Record<string, string | string[] | undefined>, content = raw) =>
    expect(() => gateway.readNotification(headers, content));

  it('the genuine one, to compare with, is not', () => {
    refusal(genuine).not.toThrow();
  });

  it.each([
    ['signed by a stranger', signedHeaders(body, { key: stranger.privateKey }), /签名不符/],
    [
      'signed with another of our keys than it names',
      signedHeaders(body, { key: platform.privateKey, serial: OLD_SERIAL }),
      /签名不符/,
    ],
    [
      'a signature probe',
      { ...genuine, 'wechatpay-signature': `WECHATPAY/SIGNTEST/${genuine['wechatpay-signature']}` },
      /探测/,
    ],
    ['with another nonce', { ...genuine, 'wechatpay-nonce': 'another' }, /签名不符/],
    ['with a repeated header', { ...genuine, 'wechatpay-serial': [NEW_SERIAL, NEW_SERIAL] }, /缺少签名头/],
    ['with a time stamp that is no number', { ...genuine, 'wechatpay-timestamp': 'now' }, /时间戳/],
    ['with a signature that is no base64', { ...genuine, 'wechatpay-signature': '!' }, /签名不符/],
  ])('%s', (_name, headers, reason) => {
    refusal(headers).toThrow(InvalidNotification);
    refusal(headers).toThrow(reason);
  });

  it.each(['PUB_KEY_ID_X', 'constructor'])(
    'naming %s, whose key we have not got: nobody can say',
    (serial) => {
      const headers = signedHeaders(body, { key: stranger.privateKey, serial });
      refusal(headers).toThrow(UnknownKey);
      // Sealed with another APIv3 key it is a stranger's.
      const foreign = body.replace(/"ciphertext":"..../, '"ciphertext":"AAAA');
      expect(() => gateway.readNotification(headers, Buffer.from(foreign))).toThrow(InvalidNotification);
    },
  );

  it.each(Object.keys(genuine))('without %s', (name) => {
    refusal({ ...genuine, [name]: undefined }).toThrow(InvalidNotification);
  });

  it.each([-301, 301])('stamped %i seconds from now', (seconds) => {
    const at = new Date(NOW.getTime() + seconds * 1000);
    refusal(signedHeaders(body, { at })).toThrow(/5 分钟/);
  });

  it.each([-300, 300])('stamped %i seconds from now is still believed', (seconds) => {
    refusal(signedHeaders(body, { at: new Date(NOW.getTime() + seconds * 1000) })).not.toThrow();
  });

  it('re-serialised: equal as JSON, other bytes', () => {
    const spaced = Buffer.from(JSON.stringify(JSON.parse(body), null, 1));
    refusal(genuine, spaced).toThrow(/签名不符/);
  });

  it('with one byte changed', () => {
    const changed = Buffer.from(body.replace('EV-2026', 'EV-2027'));
    refusal(genuine, changed).toThrow(/签名不符/);
  });
});

describe('what the gateway signed but cannot be applied is kept as unusable', () => {
  const contentOf = (eventType: string, content: unknown) =>
    read(notificationBody(eventType, content)).content;

  it.each([
    ['an unknown event', 'TRANSACTION.SOMETHING', transaction(), /未知的通知类型/],
    ['a payment that is none', 'TRANSACTION.SUCCESS', transaction({ trade_state: 'NOTPAY' }), /NOTPAY/],
    [
      'a refund that contradicts its event',
      'REFUND.SUCCESS',
      refundContent({ refund_status: 'CLOSED' }),
      /不一致/,
    ],
    [
      'another currency',
      'TRANSACTION.SUCCESS',
      transaction({ amount: { total: 9900, currency: 'USD' } }),
      /CNY/,
    ],
    [
      'an amount that is text',
      'TRANSACTION.SUCCESS',
      transaction({ amount: { total: '9900', currency: 'CNY' } }),
      /金额/,
    ],
    [
      'a broken amount',
      'TRANSACTION.SUCCESS',
      transaction({ amount: { total: 99.5, currency: 'CNY' } }),
      /金额/,
    ],
    [
      'an unsafe amount',
      'TRANSACTION.SUCCESS',
      transaction({ amount: { total: 2 ** 53, currency: 'CNY' } }),
      /金额/,
    ],
    ['an amount of nothing', 'REFUND.SUCCESS', refundContent({ amount: { refund: 0 } }), /金额/],
    ['a negative amount', 'REFUND.SUCCESS', refundContent({ amount: { refund: -1 } }), /金额/],
    [
      'an infinite amount',
      'TRANSACTION.SUCCESS',
      JSON.stringify(transaction()).replaceAll('9900', '1e999'),
      /金额/,
    ],
    ['no success time', 'TRANSACTION.SUCCESS', transaction({ success_time: undefined }), /success_time/],
    [
      'a time that is none',
      'TRANSACTION.SUCCESS',
      transaction({ success_time: '2026-13-41T25:00:00+08:00' }),
      /success_time/,
    ],
    ['no order number', 'TRANSACTION.SUCCESS', transaction({ out_trade_no: '' }), /out_trade_no/],
  ])('%s', (_name, eventType, content, reason) => {
    const notification = contentOf(eventType, content);
    expect(notification).toEqual({ kind: 'unusable', reason: expect.stringMatching(reason) as string });
  });

  it('a body that is no JSON is kept as text, under an id that a repeat shares', () => {
    const first = read('not json');
    expect(first).toMatchObject({ eventType: 'UNKNOWN', payload: 'not json', content: { kind: 'unusable' } });
    expect(first.eventId).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(read('not json').eventId).toBe(first.eventId);
    expect(read('not json either').eventId).not.toBe(first.eventId);
  });

  it('a resource sealed with another key is kept as it came', () => {
    const body = notificationBody('TRANSACTION.SUCCESS', transaction());
    const rotated = testGateway({ apiV3Key: 'another-key-of-exactly-32-bytes!' });
    expect(rotated.readNotification(signedHeaders(body), Buffer.from(body))).toEqual({
      eventId: 'EV-2026112112000000001',
      eventType: 'TRANSACTION.SUCCESS',
      payload: JSON.parse(body) as unknown,
      content: { kind: 'unusable', reason: expect.stringContaining('解密') as string },
    });
  });

  it.each([
    ['no resource', (json: Record<string, unknown>) => ({ ...json, resource: undefined })],
    [
      'an unknown algorithm',
      (json: Record<string, unknown>) => ({ ...json, resource: { algorithm: 'ROT13' } }),
    ],
    [
      'a cipher text shorter than its tag',
      (json: Record<string, unknown>) => ({
        ...json,
        resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext: 'AAAA', nonce: '123456789012' },
      }),
    ],
  ])('%s', (_name, change) => {
    const json = JSON.parse(notificationBody('TRANSACTION.SUCCESS', transaction())) as Record<
      string,
      unknown
    >;
    const body = JSON.stringify(change(json));
    expect(read(body)).toMatchObject({ payload: JSON.parse(body) as unknown, content: { kind: 'unusable' } });
  });

  it('content a JSON column cannot hold is kept as text, and still applied', () => {
    const plain = JSON.stringify(transaction({ attach: '\u0000' }));
    const notification = read(notificationBody('TRANSACTION.SUCCESS', plain));
    expect(notification.payload).toBe(plain);
    expect(notification.content.kind).toBe('payment');
  });
});

describe('a notification for somebody else says so', () => {
  it.each([
    ['TRANSACTION.SUCCESS', transaction({ appid: 'wx-other' }), /appid.*wx-other/],
    ['TRANSACTION.SUCCESS', transaction({ mchid: '1900000002' }), /mchid.*1900000002/],
    ['TRANSACTION.SUCCESS', transaction({ mchid: undefined }), /mchid/],
    ['REFUND.SUCCESS', refundContent({ mchid: '1900000002' }), /mchid.*1900000002/],
  ])('%s', (eventType, content, reason) => {
    expect(read(notificationBody(eventType, content)).content).toMatchObject({
      foreign: expect.stringMatching(reason) as string,
    });
  });
});

describe('cryptography agrees with wechatpay-axios-plugin', () => {
  const key = createSecretKey(Buffer.from(API_V3_KEY));

  it.each(['', 'transaction'])('it decrypts what we decrypt, with associated data %j', (associatedData) => {
    const plain = '{"text":"押金 💰"}';
    const nonce = Formatter.nonce(12);
    const ciphertext = Aes.AesGcm.encrypt(plain, API_V3_KEY, nonce, associatedData);
    expect(decryptResource({ ciphertext, nonce, associatedData }, key)).toBe(plain);
    expect(Aes.AesGcm.decrypt(ciphertext, API_V3_KEY, nonce, associatedData)).toBe(plain);
    expect(() => decryptResource({ ciphertext, nonce, associatedData: 'other' }, key)).toThrow();
    expect(() => decryptResource({ ciphertext, nonce: 'x'.repeat(12), associatedData }, key)).toThrow();
  });

  it('verifies the paySign that the page is given', () => {
    const { payParams, qrcodeUrl, h5Url } = gateway.present('jsapi', 'wx-prepay-1');
    expect([qrcodeUrl, h5Url]).toEqual([null, null]);
    const { paySign = '', nonceStr = '', timeStamp = '', ...rest } = payParams ?? {};
    expect(rest).toEqual({ appId: APP_ID, package: 'prepay_id=wx-prepay-1', signType: 'RSA' });
    expect(timeStamp).toBe(String(NOW.getTime() / 1000));
    const message = Formatter.joinedByLineFeed(APP_ID, timeStamp, nonceStr, 'prepay_id=wx-prepay-1');
    expect(Rsa.verify(message, paySign, merchant.publicKey)).toBe(true);
    expect(gateway.present('jsapi', 'wx-prepay-1').payParams?.['nonceStr']).not.toBe(nonceStr);
  });

  it('native and h5 need nothing but their URL', () => {
    const nothing = { payParams: null, qrcodeUrl: null, h5Url: null };
    expect(gateway.present('native', 'weixin://x')).toEqual({ ...nothing, qrcodeUrl: 'weixin://x' });
    expect(gateway.present('h5', 'https://x')).toEqual({ ...nothing, h5Url: 'https://x' });
  });

  it('refuses an APIv3 key of another length at once', () => {
    expect(() => testGateway({ apiV3Key: 'short' })).toThrow(RangeError);
    expect(testGateway({ apiV3Key: Buffer.from(API_V3_KEY) }).name).toBe('wechat-v3');
  });
});
