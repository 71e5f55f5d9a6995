import { randomUUID, createSign, type KeyObject } from 'node:crypto';
import { AlipaySdk } from 'alipay-sdk';
import { fen } from '@yajin/core';
import {
  alipayGateway,
  InvalidNotification,
  parsePrivateKey,
  parsePublicKey,
  type Gateway,
  type TradeRequest,
} from '../src/index.js';
import { openGateway } from './gateways.kit.js';
import type { SandboxHarness } from './sandbox.kit.js';
import { merchant, platform, stranger } from './wechat-v3.kit.js';

const ACCOUNT = { appId: '2021000000000001', sellerId: '2088000000000001' };
const gateway: Gateway = alipayGateway({
  gateway: 'http://127.0.0.1:9/',
  ...ACCOUNT,
  privateKey: merchant.privateKey,
  publicKey: platform.publicKey,
});

const PAID = {
  notify_type: 'trade_status_sync',
  notify_id: 'notify-1',
  charset: 'utf-8',
  app_id: ACCOUNT.appId,
  seller_id: ACCOUNT.sellerId,
  out_trade_no: 'trade-1',
  trade_no: '2026112122001000000000000001',
  subject: '课程 100% & 更多 + 💰',
  buyer_id: '2088000000000009',
  total_amount: '19.90',
  trade_status: 'TRADE_SUCCESS',
  gmt_payment: '2026-11-21 12:00:00',
};

/** A form as Alipay signs it: sorted, without `sign` and `sign_type`. */
function signed(
  fields: Record<string, string>,
  key: KeyObject = platform.privateKey,
  algorithm = 'RSA-SHA256',
  type = 'RSA2',
): Buffer {
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  const sign = createSign(algorithm).update(text).sign(key, 'base64');
  return Buffer.from(new URLSearchParams({ ...fields, sign_type: type, sign }).toString());
}

const read = (fields: Record<string, string>) => gateway.readNotification({}, signed(fields));

describe('notifications', () => {
  it.each(['TRADE_SUCCESS', 'TRADE_FINISHED'])(
    '%s means paid, in fen and at Shanghai time',
    (trade_status) => {
      expect(read({ ...PAID, trade_status })).toMatchObject({
        eventId: 'notify-1',
        content: {
          kind: 'payment',
          foreign: null,
          trade: {
            state: 'paid',
            outTradeNo: 'trade-1',
            amountFen: 1990,
            paidAt: new Date('2026-11-21T04:00:00Z'),
          },
        },
      });
    },
  );

  it.each([
    ['19.9', 1990],
    ['0.07', 7],
    ['1234567.89', 123_456_789],
    ['100', 10_000],
  ])('%s yuan are %i fen', (total_amount, amountFen) => {
    expect(read({ ...PAID, total_amount }).content).toMatchObject({ trade: { amountFen } });
  });

  it.each(['0', '0.00', '-1.00', '1.999', '1e3', '19,90', '', 'NaN', ' 1.00'])(
    'an amount of "%s" is kept and never applied',
    (total_amount) => {
      expect(read({ ...PAID, total_amount }).content.kind).toBe('unusable');
    },
  );

  it.each(['WAIT_BUYER_PAY', 'TRADE_CLOSED'])('%s moves nothing and is acknowledged', (trade_status) => {
    expect(read({ ...PAID, trade_status }).content.kind).toBe('nothing');
  });

  it('a refund’s notification says which, and not how much: the sum of all is no amount of one', () => {
    const fields = {
      ...PAID,
      refund_fee: '19.90',
      out_biz_no: 'refund-1',
      gmt_refund: '2026-11-21 12:01:00.123',
    };
    const trade = { outTradeNo: 'trade-1', amountFen: 1990, returnedFen: 1990 };
    const hint = { kind: 'hint', outTradeNo: 'trade-1', outRefundNo: 'refund-1', authentic: true, trade };
    expect(read(fields).content).toMatchObject(hint);
    expect(read({ ...fields, trade_status: 'TRADE_CLOSED' }).content).toMatchObject(hint);
  });

  it.each([
    ['app_id', { app_id: '2021000000000009' }],
    ['seller_id', { seller_id: '2088000000000009' }],
  ])('another %s is told as foreign', (field, change) => {
    expect(read({ ...PAID, ...change }).content).toMatchObject({
      kind: 'payment',
      foreign: expect.stringContaining(field),
    });
  });

  it.each<[string, Buffer]>([
    ['without a signature', Buffer.from(new URLSearchParams({ ...PAID, sign_type: 'RSA2' }).toString())],
    [
      'with an empty signature',
      Buffer.from(new URLSearchParams({ ...PAID, sign_type: 'RSA2', sign: '' }).toString()),
    ],
    ['signed by somebody else', signed(PAID, stranger.privateKey)],
    ['signed with SHA-1 and saying so', signed(PAID, platform.privateKey, 'RSA-SHA1', 'RSA')],
    ['signed with SHA-1 and hiding it', signed(PAID, platform.privateKey, 'RSA-SHA1')],
    ['without its type', Buffer.from(signed(PAID).toString().replace('sign_type=RSA2&', ''))],
    ['with an amount changed', Buffer.from(signed(PAID).toString().replace('19.90', '0.01'))],
    ['with a field twice', Buffer.concat([signed(PAID), Buffer.from('&total_amount=0.01')])],
    [
      'with two fields merged into one',
      (() => {
        const form = new URLSearchParams(signed(PAID).toString());
        form.set('subject', `${PAID.subject}&total_amount=${PAID.total_amount}`);
        form.delete('total_amount');
        return Buffer.from(form.toString());
      })(),
    ],
    ['with one field that reads as two', signed({ ...PAID, subject: '课程&total_amount=0.01' })],
    ['with a name that holds a value', signed({ ...PAID, 'passback_params=a&subject': 'b' })],
    ['that is no form', Buffer.from('{"a":1}')],
    ['that is empty', Buffer.alloc(0)],
  ])('one %s is refused', (_what, body) => {
    expect(() => gateway.readNotification({}, body)).toThrow(InvalidNotification);
  });

  it('without a time of payment that says what was refunded is kept, and applied to nothing', () => {
    const { gmt_payment: _at, ...untimed } = PAID;
    expect(read({ ...untimed, refund_fee: '19.90', trade_status: 'TRADE_CLOSED' }).content.kind).toBe(
      'unusable',
    );
  });

  it('a refund without a number, as one made by hand has it, says how much has gone back in all', () => {
    for (const trade_status of ['TRADE_SUCCESS', 'TRADE_CLOSED'])
      for (const number of [{}, { out_biz_no: '' }] as Record<string, string>[])
        expect(read({ ...PAID, ...number, trade_status, refund_fee: '7.00' }).content).toMatchObject({
          kind: 'payment',
          foreign: null,
          trade: { amountFen: 1990, returnedFen: 700 },
        });
    expect(read({ ...PAID, refund_fee: '0.00' }).content).not.toHaveProperty('trade.returnedFen');
  });

  it('are believed as the official checker believes them, with empty values and with a signed sign_type', () => {
    const sdk = new AlipaySdk({
      appId: ACCOUNT.appId,
      keyType: 'PKCS8',
      privateKey: merchant.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString().trim(),
      alipayPublicKey: platform.publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
    });
    const withEmpty = signed({ ...PAID, out_biz_no: '', body: '' });
    const typeSigned = signed({ ...PAID, sign_type: 'RSA2' });
    for (const body of [withEmpty, typeSigned]) {
      expect(sdk.checkNotifySignV2(Object.fromEntries(new URLSearchParams(body.toString())))).toBe(true);
      expect(gateway.readNotification({}, body).content.kind).toBe('payment');
    }
  });

  it('in a charset that nobody knows is refused', () => {
    expect(() => read({ ...PAID, charset: 'EBCDIC' })).toThrow(InvalidNotification);
  });

  it('answers exactly what Alipay waits for', () => {
    expect(gateway.acknowledgement.accepted.body).toBe('success');
    expect(gateway.acknowledgement.refused.body).not.toBe('success');
  });
});

describe('over the wire', () => {
  let h: SandboxHarness;
  beforeAll(async () => {
    h = await openGateway('alipay');
  });
  afterAll(() => h.close());
  afterEach(() => h.behave());

  const request = (change: Partial<TradeRequest> = {}): TradeRequest => ({
    outTradeNo: randomUUID().replaceAll('-', ''),
    scene: 'native',
    amountFen: fen(29_900),
    description: 'Go Web开发实战课程报名',
    attach: '',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl: h.notifyUrl,
    payerId: null,
    clientIp: null,
    returnUrl: 'http://127.0.0.1:9/back',
    ...change,
  });
  const paid = async (trade: TradeRequest): Promise<void> => {
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
  };

  it('what the sandbox sends satisfies the official checker', async () => {
    await paid(request());
    const { body } = await h.notification();
    const { settings } = h.sandbox;
    const sdk = new AlipaySdk({
      appId: settings.ALIPAY_APP_ID,
      privateKey: settings.ALIPAY_PRIVATE_KEY.trim(),
      keyType: 'PKCS8',
      alipayPublicKey: settings.ALIPAY_PUBLIC_KEY.trim(),
    });
    const form = Object.fromEntries(new URLSearchParams(body.toString()));
    expect(sdk.checkNotifySignV2(form)).toBe(true);
    expect(sdk.checkNotifySignV2({ ...form, total_amount: '0.01' })).toBe(false);
  });

  it('a payment told of in GBK counts, and its characters are read', async () => {
    await h.control('faults', { gbk: { times: 1 } });
    await paid(request({ description: '早起打卡营押金' }));
    const { body } = await h.notification();
    // 早 in GBK.
    expect(body.toString()).toContain('subject=%D4%E7');
    const { content, payload } = h.gateway.readNotification({}, body);
    expect(content).toMatchObject({ kind: 'payment', foreign: null, trade: { amountFen: 29_900 } });
    expect(payload).toMatchObject({ charset: 'GBK', subject: '早起打卡营押金' });
    const changed = Buffer.from(body.toString().replace('subject=%D4%E7', 'subject=%D4%E8'));
    expect(() => h.gateway.readNotification({}, changed)).toThrow(InvalidNotification);
  });

  it('the longest description is cut between characters, by bytes', async () => {
    const trade = request({ description: `${'押'.repeat(84)}😀😀` });
    await h.gateway.createTrade(trade);
    const trades = await fetch(`${h.sandbox.url}/control/trades`);
    expect(JSON.stringify(await trades.json())).toContain(trade.outTradeNo);
  });

  it('a refusal without a signature is a refusal, and a success without one is nothing', async () => {
    const trade = request();
    await h.control('faults', { unsignedAnswer: true });
    await expect(h.gateway.createTrade(trade)).rejects.toMatchObject({ kind: 'unknown' });
    expect(await h.gateway.queryTrade(trade.outTradeNo)).toMatchObject({ state: 'absent' });
  });

  it('in certificate mode an answer by another certificate says which one is to be fetched', async () => {
    const other = await openGateway('alipay-certificates');
    const trade = { ...request(), notifyUrl: other.notifyUrl };
    await other.gateway.createTrade(trade);
    await other.control('faults', { otherCertificate: { times: 1 } });
    await expect(other.gateway.queryTrade(trade.outTradeNo)).rejects.toMatchObject({
      kind: 'unknown',
      code: 'UNKNOWN_CERTIFICATE',
    });
    expect(await other.gateway.queryTrade(trade.outTradeNo)).toMatchObject({ state: 'absent' });
    await other.close();
  });

  it.each(['page', 'h5'] as const)(
    'the %s address leads a browser to the cashier, who may pay there',
    async (scene) => {
      const trade = request({ scene });
      const { h5Url } = h.gateway.present(scene, await h.gateway.createTrade(trade));
      expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('absent');
      const page = await fetch(h5Url ?? '');
      expect(await page.text()).toContain('¥</small>299.00');
      expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('open');
      const changed = await fetch((h5Url ?? '').replace('299.00', '0.01'));
      expect(changed.status).toBe(400);
      const pay = await fetch(`${h.sandbox.url}/cashier/${trade.outTradeNo}/pay`, {
        method: 'POST',
        redirect: 'manual',
      });
      expect(pay.headers.get('location')).toBe('http://127.0.0.1:9/back');
      expect((await h.gateway.queryTrade(trade.outTradeNo)).state).toBe('paid');
      await h.notification();
    },
  );

  it('each partial refund is told by its own amount, though Alipay names the sum', async () => {
    const trade = request({ amountFen: fen(123_456_789) });
    await paid(trade);
    await h.notification();
    for (const amountFen of [1990, 7].map(fen)) {
      const outRefundNo = randomUUID();
      const report = await h.gateway.refund({
        ...trade,
        outRefundNo,
        amountFen,
        totalFen: trade.amountFen,
        reason: '',
      });
      expect(report).toMatchObject({ state: 'success', amountFen });
      const { headers, body } = await h.notification();
      expect(h.gateway.readNotification(headers, body).content).toMatchObject({ kind: 'hint', outRefundNo });
    }
  });

  it('a refund accepted and not yet done is unknown, and done when asked about again', async () => {
    const trade = request();
    await paid(trade);
    await h.notification();
    await h.control('faults', { refundStuck: true });
    const outRefundNo = randomUUID();
    const refund = { ...trade, outRefundNo, totalFen: trade.amountFen, reason: '' };
    await expect(h.gateway.refund(refund)).rejects.toMatchObject({ kind: 'unknown', code: 'REFUND_UNCLEAR' });
    await h.control('refunds/settle', { outRefundNo });
    expect(await h.gateway.refund(refund)).toMatchObject({ state: 'success', amountFen: trade.amountFen });
    await h.notification();
  });

  it('an answer signed for another text is not believed', async () => {
    const trade = request();
    await paid(trade);
    await h.notification();
    await h.control('faults', { forgedAnswer: ['query'] });
    await expect(h.gateway.queryTrade(trade.outTradeNo)).rejects.toMatchObject({
      kind: 'unknown',
      code: 'BAD_SIGNATURE',
    });
  });

  it('keys are read as Alipay’s tool writes them, as PEM and bare', () => {
    const bare = (key: KeyObject, type: 'pkcs8' | 'pkcs1' | 'spki') =>
      key.export({ type, format: 'der' } as never) as Buffer;
    for (const type of ['pkcs8', 'pkcs1'] as const)
      expect(
        parsePrivateKey(bare(merchant.privateKey, type).toString('base64')).equals(merchant.privateKey),
      ).toBe(true);
    expect(
      parsePublicKey(bare(merchant.publicKey, 'spki').toString('base64')).equals(merchant.publicKey),
    ).toBe(true);
    const pem = merchant.publicKey.export({ type: 'spki', format: 'pem' }).toString();
    expect(parsePublicKey(pem).equals(merchant.publicKey)).toBe(true);
  });
});
