import { createDecipheriv, randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import type { Said, VendorAnswer } from '@yajin/core/vendor-book';
import { Aes, Hash, Transformer } from 'wechatpay-axios-plugin';
import { wechatV2Gateway, type Gateway, type TradeRequest } from '../../src/index.js';
import { secureAgent } from '../../src/gateways/wechat-v2/wechat-v2.client.js';
import { openGateway, wechatV2Config } from '../gateways.kit.js';
import type { SandboxHarness } from '../sandbox.kit.js';
import { holdAgainstBook, type VendorHarness } from './book.js';
import { givenOf, Wire } from './wire.js';

/** The library's own types leave this part out. */
const { AesEcb } = Aes as unknown as { AesEcb: { encrypt: (text: string, key: string) => string } };

type Fields = Record<string, string>;
const NUMBERS = { outTradeNo: 'YJ20261121120000000001', outRefundNo: 'RF20261121000000001' };
const PATHS: Record<string, string> = {
  createTrade: '/pay/unifiedorder',
  queryTrade: '/pay/orderquery',
  closeTrade: '/pay/closeorder',
  refund: '/secapi/pay/refund',
  queryRefund: '/pay/refundquery',
};

function trade(outTradeNo: string, notifyUrl: string, payerId: string): TradeRequest {
  return {
    outTradeNo,
    scene: 'jsapi',
    amountFen: fen(1990),
    description: '21天早起打卡训练营 - 押金',
    attach: '{"campId":1}',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl,
    payerId,
    clientIp: null,
    returnUrl: null,
  };
}

function refundOf(numbers: typeof NUMBERS, amountFen: number, notifyUrl: string) {
  return { ...numbers, amountFen: fen(amountFen), totalFen: fen(1990), reason: '押金退还', notifyUrl };
}

class WechatV2 implements VendorHarness {
  constructor(
    private readonly h: SandboxHarness,
    private readonly wire: Wire,
    private readonly through: Wire,
  ) {}

  private gateway(base: string, key?: unknown): Gateway {
    const config = wechatV2Config(this.h.sandbox.settings);
    const other = typeof key === 'string' ? { key } : {};
    return wechatV2Gateway({ ...config, ...other, apiBase: base, secureBase: base, timeoutMs: 2000 });
  }

  private perform(gateway: Gateway, entry: VendorAnswer, numbers: typeof NUMBERS): Promise<unknown> {
    const { notifyUrl, payerId } = this.h;
    switch (entry.call) {
      case 'createTrade':
        return gateway.createTrade(trade(numbers.outTradeNo, notifyUrl, payerId));
      case 'queryTrade':
        return gateway.queryTrade(numbers.outTradeNo);
      case 'closeTrade':
        return gateway.closeTrade(numbers.outTradeNo);
      case 'refund':
        return gateway.refund(refundOf(numbers, Number(entry.request['amountFen'] ?? 1990), notifyUrl));
      case 'queryRefund':
        return gateway.queryRefund(numbers);
      default:
        throw new Error(`${entry.name}: no call ${entry.call}`);
    }
  }

  async read(entry: VendorAnswer): Promise<unknown> {
    const { appId: appid, mchId: mch_id, key } = wechatV2Config(this.h.sandbox.settings);
    const { body, signed, status } = entry.answer;
    const given = body as Fields;
    const account: Fields = given['appid'] === undefined ? {} : { appid, mch_id };
    const fields: Fields = { ...given, ...account };
    const xml = (content: Fields): Buffer => Buffer.from(Transformer.toXml(content));
    const gateway = this.gateway(this.wire.url);
    if (entry.call === 'notification') {
      if (fields['appid'] === undefined)
        return gateway.readNotification({}, xml(sealed(fields, key, appid, mch_id)));
      const sign = Hash.sign('MD5', fields, signed ? key : 'a key of somebody else');
      return gateway.readNotification({}, xml({ ...fields, sign }));
    }
    const answer = signed ? { ...fields, sign: Hash.sign('MD5', fields, key) } : fields;
    this.wire.answers([{ status, contentType: 'text/xml', body: xml(answer) }]);
    return this.perform(gateway, entry, NUMBERS);
  }

  async emit(entry: VendorAnswer): Promise<Said> {
    const number = randomUUID().replaceAll('-', '');
    const numbers = { outTradeNo: number, outRefundNo: `RF${number}` };
    await this.h.control('reset', {});
    this.h.received.length = 0;
    for (const { done, fen: amount } of givenOf(entry)) {
      if (done === 'paid') await this.prepare(entry);
      await this.happen(done, amount, entry, numbers);
    }
    if (entry.call === 'notification')
      return this.told(
        numbers.outTradeNo,
        givenOf(entry).some(({ done }) => done === 'refunded'),
      );
    await this.prepare(entry);
    await this.perform(this.gateway(this.through.url, entry.request['key']), entry, numbers).catch(
      () => undefined,
    );
    const said = this.through.said.splice(0).find(({ path }) => path === PATHS[entry.call]);
    if (!said) throw new Error(`${entry.name}: nothing was said`);
    return this.said(said.status, said.body);
  }

  private async prepare(entry: VendorAnswer): Promise<void> {
    for (const { path, body } of entry.sandbox) await this.h.control(path, body);
  }

  private said(status: number, raw: Buffer): Said {
    const { key } = wechatV2Config(this.h.sandbox.settings);
    const { sign, ...body } = Transformer.toObject(raw.toString()) as Fields;
    return { status, signed: sign === Hash.sign('MD5', body, key), headers: {}, body };
  }

  private async happen(
    done: string,
    amount: number,
    entry: VendorAnswer,
    numbers: typeof NUMBERS,
  ): Promise<void> {
    const { gateway, notifyUrl, payerId } = this.h;
    const [, outcome] = String(
      (entry.request['given'] as string[]).find((each) => each.startsWith('settled')),
    ).split(' ');
    switch (done) {
      case 'created':
        await gateway.createTrade(trade(numbers.outTradeNo, notifyUrl, payerId));
        break;
      case 'paid':
        await this.h.pay(numbers.outTradeNo);
        break;
      case 'closed':
        await gateway.closeTrade(numbers.outTradeNo);
        break;
      case 'refunded':
        await this.h.control('faults', { refundStuck: { times: 1 } });
        await gateway.refund(refundOf(numbers, amount, notifyUrl));
        break;
      case 'settled':
        await this.h.control('refunds/settle', { outRefundNo: numbers.outRefundNo, state: outcome });
        break;
      default:
        throw new Error(`cannot make it ${done}`);
    }
  }

  /** The notification of the trade, or of its refund: those of an entry before may still come in. */
  private async told(outTradeNo: string, refund: boolean): Promise<Said> {
    const { body } = await this.h.notification();
    const { key } = wechatV2Config(this.h.sandbox.settings);
    const { req_info: info } = Transformer.toObject(body.toString()) as Fields;
    if ((info !== undefined) !== refund) return this.told(outTradeNo, refund);
    if (info === undefined)
      return body.includes(outTradeNo) ? this.said(200, body) : this.told(outTradeNo, refund);
    const decipher = createDecipheriv('aes-256-ecb', Hash.md5(key).toLowerCase(), null);
    const inside = Buffer.concat([decipher.update(info, 'base64'), decipher.final()]).toString();
    const opened = Transformer.toObject(
      inside.replace('<root>', '<xml>').replace('</root>', '</xml>'),
    ) as Fields;
    return { status: 200, signed: false, headers: {}, body: opened };
  }

  async close(): Promise<void> {
    await Promise.all([this.wire.close(), this.through.close()]);
    await this.h.close();
  }
}

/** The envelope of a refund's notification. */
function sealed(content: Fields, key: string, appid: string, mch_id: string): Fields {
  const inside = Transformer.toXml(content)
    .replace(/^<xml>/, '<root>')
    .replace(/<\/xml>$/, '</root>');
  const req_info = AesEcb.encrypt(inside, Hash.md5(key).toLowerCase());
  return { return_code: 'SUCCESS', appid, mch_id, nonce_str: randomUUID(), req_info };
}

holdAgainstBook('wechat-v2', 12, async () => {
  const h = await openGateway('wechat-v2');
  const { secureBase: base, ...certificate } = wechatV2Config(h.sandbox.settings);
  const certified = { path: '/secapi/', base, agent: secureAgent(certificate) };
  return new WechatV2(h, await Wire.open(''), await Wire.open(h.sandbox.url, certified));
});
