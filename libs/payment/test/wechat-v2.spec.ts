import { randomUUID } from 'node:crypto';
import { Agent } from 'node:https';
import { fen } from '@yajin/core';
import { Aes, Formatter, Hash, Transformer } from 'wechatpay-axios-plugin';
import { InvalidNotification, wechatV2Gateway, type TradeRequest } from '../src/index.js';
import { post } from '../src/gateways/http.js';
import { isSigned, sign } from '../src/gateways/wechat-v2/wechat-v2.crypto.js';
import { parseXml, toXml } from '../src/gateways/wechat-v2/wechat-v2.xml.js';
import { openGateway, wechatV2Config } from './gateways.kit.js';
import type { SandboxHarness } from './sandbox.kit.js';

/** The library's own types leave this part out. */
const { AesEcb } = Aes as unknown as { AesEcb: { encrypt: (text: string, key: string) => string } };

const KEY = '192006250b4c09247ec02edce69f6a2d';
const VECTOR = {
  appid: 'wxd930ea5d5a258f4f',
  body: 'test',
  device_info: '1000',
  mch_id: '10000100',
  nonce_str: 'ibuaiVcKdpRxkhJA',
};

describe('the signature', () => {
  it('is that of the published example, by both digests', () => {
    expect(sign(VECTOR, KEY, 'MD5')).toBe('9A0A8659F005D6984697E2CA0A9CF3B7');
    expect(sign(VECTOR, KEY, 'HMAC-SHA256')).toBe(
      '6A9AE1657590FD6257D693A078E1C3E4BB6BA4DC30B23E0EE2496E54170DACD6',
    );
  });

  it.each(['MD5', 'HMAC-SHA256'] as const)('by %s agrees with wechatpay-axios-plugin, both ways', (type) => {
    const fields = {
      ...VECTOR,
      attach: '中文 & <标签> 💰',
      total_fee: '1990',
      empty: '',
      return_code: 'SUCCESS',
      a_b: '1',
      aB: '2',
    };
    const theirs = Hash.sign(type, fields, KEY);
    expect(sign(fields, KEY, type)).toBe(theirs);
    expect(isSigned({ ...fields, sign: theirs }, KEY)).toBe(true);
    expect(isSigned({ ...fields, total_fee: '1991', sign: theirs }, KEY)).toBe(false);
    expect(isSigned({ ...fields, sign: theirs.toLowerCase() }, KEY)).toBe(false);
    expect(isSigned(fields, KEY)).toBe(false);
  });
});

describe('XML', () => {
  it('reads what wechatpay-axios-plugin writes, and writes what it reads', () => {
    const fields = { return_code: 'SUCCESS', body: '押金 <b> & ]]> 💰', total_fee: '7' };
    expect({ ...parseXml(toXml(fields)) }).toEqual(fields);
    expect(Transformer.toObject(toXml({ ...fields, body: '押金 <b> & 💰' }))).toMatchObject({
      body: '押金 <b> & 💰',
    });
    const plain = { return_code: 'SUCCESS', body: '押金', total_fee: '007' };
    expect({ ...parseXml(Transformer.toXml(plain)) }).toEqual(plain);
  });

  it.each([
    ['a document type', '<!DOCTYPE xml><xml><a>1</a></xml>'],
    [
      'an entity that is a file',
      '<!DOCTYPE xml [<!ENTITY x SYSTEM "file:///etc/passwd">]><xml><a>&x;</a></xml>',
    ],
    ['entities that multiply', '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><xml><a>&b;</a></xml>'],
    ['a lower-case document type', '<!doctype xml><xml><a>1</a></xml>'],
    ['an entity without a document type', '<xml><a>&lt;</a></xml>'],
    ['a character reference', '<xml><a>&#49;</a></xml>'],
    ['a name twice', '<xml><a>1</a><a>2</a></xml>'],
    ['nesting', '<xml><a><b>1</b></a></xml>'],
    ['an attribute', '<xml><a b="1">1</a></xml>'],
    ['another root', '<root><a>1</a></root>'],
    ['two roots', '<xml><a>1</a></xml><xml><a>2</a></xml>'],
    ['an open element', '<xml><a>1</a>'],
    ['a bad end', '<xml><a>1</a></xml?'],
    ['no XML', 'return_code=SUCCESS'],
    ['nothing', ''],
    ['a prototype', '<xml><__proto__><a>1</a></__proto__></xml>'],
  ])('with %s is refused', (_what, text) => {
    expect(() => parseXml(text)).toThrow('XML');
  });
});

describe('over the wire', () => {
  let h: SandboxHarness;
  beforeAll(async () => {
    h = await openGateway('wechat-v2');
  });
  afterAll(() => h.close());
  afterEach(() => h.behave());

  const request = (change: Partial<TradeRequest> = {}): TradeRequest => ({
    outTradeNo: randomUUID().replaceAll('-', ''),
    scene: 'jsapi',
    amountFen: fen(1990),
    description: '上门检修预付款',
    attach: '',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl: h.notifyUrl,
    payerId: h.payerId,
    clientIp: null,
    returnUrl: null,
    ...change,
  });
  const config = () => wechatV2Config(h.sandbox.settings);

  it('what the payer’s page gets is signed as wechatpay-axios-plugin signs it', async () => {
    const token = await h.gateway.createTrade(request());
    const { paySign, ...params } = h.gateway.present('jsapi', token).payParams ?? {};
    expect(params).toMatchObject({ package: `prepay_id=${token}`, signType: 'MD5' });
    expect(paySign).toBe(Hash.sign('MD5', params, config().key));
  });

  it('a refund without the merchant’s certificate is not accepted', async () => {
    const trade = request();
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
    await h.notification();
    const { appId, mchId, key, secureBase, serverCa } = config();
    const outRefundNo = randomUUID();
    const fields = {
      appid: appId,
      mch_id: mchId,
      nonce_str: Formatter.nonce(32),
      out_trade_no: trade.outTradeNo,
      out_refund_no: outRefundNo,
      total_fee: '1990',
      refund_fee: '1990',
    };
    const body = toXml({ ...fields, sign: sign(fields, key, 'MD5') });
    const url = `${secureBase}/secapi/pay/refund`;
    const agent = new Agent({ ca: serverCa ?? '' });
    const answer = await post('微信支付', { url, headers: {}, body, timeoutMs: 2000, agent });
    expect({ ...parseXml(answer.body) }).toEqual({ return_code: 'FAIL', return_msg: '证书未提供或有误' });
    expect(await h.gateway.queryRefund({ ...trade, outRefundNo })).toMatchObject({ state: 'absent' });
  });

  it('a server that shows another certificate is not talked to', async () => {
    const distrustful = wechatV2Gateway({ ...config(), serverCa: null });
    const refund = {
      outTradeNo: 'x',
      outRefundNo: 'y',
      amountFen: fen(1),
      totalFen: fen(1),
      reason: '',
      notifyUrl: h.notifyUrl,
    };
    await expect(distrustful.refund(refund)).rejects.toMatchObject({ kind: 'unknown', code: 'NETWORK' });
  });

  it('a notification with a document type is refused even when its fields are signed', async () => {
    const trade = request();
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
    const { body } = await h.notification();
    expect(h.gateway.readNotification({}, body).content.kind).toBe('payment');
    const typed = Buffer.concat([Buffer.from('<!DOCTYPE xml>'), body]);
    expect(() => h.gateway.readNotification({}, typed)).toThrow(InvalidNotification);
  });

  it('a notification of which one field reads as two is refused even when it is signed', async () => {
    const trade = request();
    await h.gateway.createTrade(trade);
    await h.pay(trade.outTradeNo);
    const { sign: _sign, ...fields } = parseXml((await h.notification()).body.toString());
    const signedBy = (changed: Record<string, string>): Buffer =>
      Buffer.from(toXml({ ...changed, sign: sign(changed, config().key, 'MD5') }));
    expect(h.gateway.readNotification({}, signedBy({ ...fields })).content.kind).toBe('payment');
    const merged = { ...fields, attach: 'a&bank_type=X' };
    expect(() => h.gateway.readNotification({}, signedBy(merged))).toThrow(InvalidNotification);
  });

  const refundNotice = (fields: Record<string, string>, key = config().key, account = config()): Buffer => {
    const info = Transformer.toXml(fields)
      .replace(/^<xml>/, '<root>')
      .replace(/<\/xml>$/, '</root>');
    const sealed = AesEcb.encrypt(info, Hash.md5(key).toLowerCase());
    return Buffer.from(
      Transformer.toXml({
        return_code: 'SUCCESS',
        appid: account.appId,
        mch_id: account.mchId,
        nonce_str: Formatter.nonce(32),
        req_info: sealed,
      }),
    );
  };
  const REFUND = {
    out_trade_no: 'trade-1',
    out_refund_no: 'refund-1',
    refund_id: '503',
    refund_status: 'SUCCESS',
    refund_fee: '7',
  };

  it('a refund notification sealed by wechatpay-axios-plugin opens, and is only a hint', () => {
    const notification = h.gateway.readNotification({}, refundNotice(REFUND));
    expect(notification.content).toEqual({
      kind: 'hint',
      outTradeNo: 'trade-1',
      outRefundNo: 'refund-1',
      authentic: true,
    });
    expect(notification.eventId).toBe('refund:503:SUCCESS');
  });

  it('a refund notification of another merchant, under another key or cut short is refused', () => {
    const { gateway } = h;
    expect(() => gateway.readNotification({}, refundNotice(REFUND, 'another key'))).toThrow(
      InvalidNotification,
    );
    const stranger = { ...config(), mchId: '1600000000' };
    expect(() => gateway.readNotification({}, refundNotice(REFUND, config().key, stranger))).toThrow(
      InvalidNotification,
    );
    const { refund_id: _id, ...incomplete } = REFUND;
    expect(() => gateway.readNotification({}, refundNotice(incomplete))).toThrow(InvalidNotification);
  });

  it('a failed payment is acknowledged and moves nothing', () => {
    const { appId, mchId, key } = config();
    const fields = {
      return_code: 'SUCCESS',
      result_code: 'FAIL',
      err_code: 'NOAUTH',
      appid: appId,
      mch_id: mchId,
      out_trade_no: 'x1',
    };
    const body = Buffer.from(toXml({ ...fields, sign: sign(fields, key, 'MD5') }));
    expect(h.gateway.readNotification({}, body).content).toEqual({
      kind: 'nothing',
      reason: '支付结果为 NOAUTH',
    });
  });

  it('acknowledges in XML', () => {
    const { accepted, refused } = h.gateway.acknowledgement;
    expect({ ...parseXml(accepted.body) }).toEqual({
      return_code: 'SUCCESS',
      return_msg: 'OK',
      result_code: 'SUCCESS',
    });
    expect(parseXml(refused.body)['return_code']).toBe('FAIL');
  });
});
