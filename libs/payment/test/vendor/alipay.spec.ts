import {
  createPublicKey,
  createSign,
  generateKeyPairSync,
  randomUUID,
  verify,
  type KeyObject,
} from 'node:crypto';
import { fen } from '@yajin/core';
import type { Said, VendorAnswer } from '@yajin/core/vendor-book';
import { alipayGateway, parsePrivateKey, type Gateway, type TradeRequest } from '../../src/index.js';
import { gbk } from '../gbk.kit.js';
import { openGateway } from '../gateways.kit.js';
import type { SandboxHarness } from '../sandbox.kit.js';
import { bookOf, holdAgainstBook, type VendorHarness } from './book.js';
import { givenOf, sequenceOf, Wire } from './wire.js';

const NUMBERS = { outTradeNo: 'YJ20261121120000000001', outRefundNo: 'RF20261121000000001' };
const METHODS: Record<string, string> = {
  createTrade: 'alipay_trade_precreate_response',
  queryTrade: 'alipay_trade_query_response',
  closeTrade: 'alipay_trade_close_response',
  refund: 'alipay_trade_refund_response',
  queryRefund: 'alipay_trade_fastpay_refund_query_response',
  downloadBill: 'alipay_data_dataservice_bill_downloadurl_query_response',
  downloadStatement: 'alipay_data_dataservice_bill_downloadurl_query_response',
};
/** Alipay's key where the book's answers are read. */
const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

function sign(bytes: Buffer | string, key: KeyObject): string {
  return createSign('RSA-SHA256').update(bytes).sign(key, 'base64');
}

function trade(outTradeNo: string, notifyUrl: string): TradeRequest {
  return {
    outTradeNo,
    scene: 'native',
    amountFen: fen(1990),
    description: '21天早起打卡训练营 - 押金',
    attach: '',
    expiresAt: new Date(Date.now() + 1_800_000),
    notifyUrl,
    payerId: null,
    clientIp: null,
    returnUrl: null,
  };
}

function perform(gateway: Gateway, entry: VendorAnswer, numbers: typeof NUMBERS): Promise<unknown> {
  const amountFen = fen(Number(entry.request['amountFen'] ?? 1990));
  const refund = { ...numbers, amountFen, totalFen: fen(1990), reason: '押金退还', notifyUrl: '' };
  switch (entry.call) {
    case 'createTrade':
      return gateway.createTrade(trade(numbers.outTradeNo, 'https://example.test/notify'));
    case 'queryTrade':
      return gateway.queryTrade(numbers.outTradeNo);
    case 'closeTrade':
      return gateway.closeTrade(numbers.outTradeNo);
    case 'refund':
      return gateway.refund(refund);
    case 'queryRefund':
      return gateway.queryRefund(numbers);
    case 'downloadBill':
      return gateway.downloadBill!('2026-11-20').then((rows) => ({ rows }));
    case 'downloadStatement':
      return gateway.downloadStatement!('2026-11-20').then((rows) => ({ rows }));
    default:
      throw new Error(`${entry.name}: no call ${entry.call}`);
  }
}

/** A form in its charset, and the bytes of it that are signed. */
function bytesOf(fields: Record<string, string>): Map<string, Buffer> {
  const encode = fields['charset'] === 'GBK' ? gbk : Buffer.from;
  return new Map(Object.entries(fields).map(([name, value]) => [name, encode(value)]));
}

function signedBytes(form: Map<string, Buffer>): Buffer {
  const names = [...form.keys()].filter((name) => name !== 'sign' && name !== 'sign_type').sort();
  const pairs = names.map((name) =>
    Buffer.concat([Buffer.from(`${name}=`), form.get(name) ?? Buffer.alloc(0)]),
  );
  return Buffer.concat(pairs.flatMap((pair, index) => (index === 0 ? [pair] : [Buffer.from('&'), pair])));
}

function formBody(fields: Record<string, string>, key: KeyObject): Buffer {
  const form = bytesOf(fields);
  const escaped = (bytes: Buffer): string =>
    [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const pairs = [...form].map(([name, bytes]) => `${name}=${escaped(bytes)}`);
  const signature = encodeURIComponent(sign(signedBytes(form), key));
  return Buffer.from([...pairs, 'sign_type=RSA2', `sign=${signature}`].join('&'));
}

class Alipay implements VendorHarness {
  private readonly book = bookOf('alipay');

  constructor(
    private readonly h: SandboxHarness,
    private readonly wire: Wire,
    private readonly through: Wire,
  ) {}

  private gateway(address: string, publicKey: KeyObject, other?: unknown): Gateway {
    const { settings } = this.h.sandbox;
    const ours = parsePrivateKey(settings.ALIPAY_PRIVATE_KEY);
    return alipayGateway({
      gateway: `${address}/alipay/gateway.do`,
      appId: settings.ALIPAY_APP_ID,
      sellerId: settings.ALIPAY_SELLER_ID,
      privateKey: other === undefined ? ours : stranger.privateKey,
      publicKey,
      timeoutMs: 2000,
    });
  }

  read(entry: VendorAnswer): Promise<unknown> {
    const gateway = this.gateway(this.wire.url, platform.publicKey);
    if (entry.call === 'notification') return this.notify(gateway, entry);
    this.wire.answers(
      sequenceOf(entry, this.book).map(({ answer }) => {
        const [key, content] = Object.entries(answer.body as Record<string, unknown>)[0] ?? ['', null];
        const text = JSON.stringify(content);
        const signature = answer.signed ? `,"sign":"${sign(text, platform.privateKey)}"` : '';
        const body = Buffer.from(`{"${key}":${text}${signature}}`);
        return { status: answer.status, contentType: 'text/html;charset=utf-8', body };
      }),
    );
    return perform(gateway, entry, NUMBERS);
  }

  private async notify(gateway: Gateway, { answer }: VendorAnswer): Promise<unknown> {
    const { ALIPAY_APP_ID: app, ALIPAY_SELLER_ID: seller } = this.h.sandbox.settings;
    const fields = { ...(answer.body as Record<string, string>), app_id: app, seller_id: seller };
    const key = answer.signed ? platform.privateKey : stranger.privateKey;
    return gateway.readNotification({}, formBody(fields, key));
  }

  async emit(entry: VendorAnswer): Promise<Said> {
    const numbers = { outTradeNo: `YJ${randomUUID()}`, outRefundNo: `RF${randomUUID()}` };
    await this.h.control('reset', {});
    this.h.received.length = 0;
    for (const { done, fen: amount } of givenOf(entry)) {
      // Of a refund as it is told the payment's notification is no part.
      if (['refunded', 'by-hand'].includes(done) && entry.call === 'notification')
        await this.next(numbers.outTradeNo);
      // What decides how it is paid and told has to be there before.
      if (done === 'paid' && entry.sandbox.some(({ path }) => path === 'faults')) await this.prepare(entry);
      await this.happen(done, amount, numbers);
    }
    if (entry.call === 'notification') return this.told(numbers.outTradeNo);
    await this.prepare(entry);
    const { settings } = this.h.sandbox;
    const key = createPublicKey(settings.ALIPAY_PUBLIC_KEY);
    const gateway = this.gateway(this.through.url, key, entry.request['privateKey']);
    await perform(gateway, entry, numbers).catch(() => undefined);
    const name = METHODS[entry.call] ?? '';
    const raw = this.through.said.splice(0).map(({ body }) => body.toString());
    const said = raw.find((text) => text.startsWith(`{"${name}"`));
    if (!said) throw new Error(`${entry.name}: nothing was said`);
    const { sign: signature, ...body } = JSON.parse(said) as Record<string, unknown>;
    const content = said.slice(said.indexOf(':') + 1, said.lastIndexOf(',"sign"'));
    const signed =
      typeof signature === 'string' &&
      verify('sha256', Buffer.from(content), key, Buffer.from(signature, 'base64'));
    return { status: 200, signed, headers: {}, body };
  }

  private async prepare(entry: VendorAnswer): Promise<void> {
    for (const { path, body } of entry.sandbox) await this.h.control(path, body);
  }

  private async happen(
    done: string,
    amount: number,
    { outTradeNo, outRefundNo }: typeof NUMBERS,
  ): Promise<void> {
    const { gateway, notifyUrl } = this.h;
    switch (done) {
      case 'registered':
        await gateway.createTrade(trade(outTradeNo, notifyUrl));
        break;
      case 'created':
        await gateway.createTrade(trade(outTradeNo, notifyUrl));
        await this.h.visit?.(outTradeNo);
        break;
      case 'paid':
        await this.h.pay(outTradeNo);
        break;
      case 'paid-with-platform-coupon':
        await this.h.control('pay', { outTradeNo, coupon: { fen: 500, kind: 'cash' } });
        break;
      case 'closed':
        await gateway.closeTrade(outTradeNo);
        break;
      case 'refunded': {
        const refund = { outTradeNo, outRefundNo, totalFen: fen(1990), reason: '', notifyUrl };
        await gateway.refund({ ...refund, amountFen: fen(amount) });
        break;
      }
      case 'by-hand':
        await this.h.control('refunds/by-hand', { outTradeNo, amountFen: amount });
        break;
      default:
        throw new Error(`cannot make it ${done}`);
    }
  }

  /** Those of an entry before may still come in. */
  private async next(outTradeNo: string): Promise<Buffer> {
    const { body } = await this.h.notification();
    return body.includes(outTradeNo) ? body : this.next(outTradeNo);
  }

  /** The next notification, as its charset has it. */
  private async told(outTradeNo: string): Promise<Said> {
    const body = await this.next(outTradeNo);
    const raw = new Map(
      body
        .toString()
        .split('&')
        .map((pair) => {
          const [name = '', value = ''] = pair.replaceAll('+', ' ').split('=');
          const bytes = value.replace(/%(..)/g, (_all, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          );
          return [name, Buffer.from(bytes, 'latin1')] as const;
        }),
    );
    const charset = raw.get('charset')?.toString() ?? 'utf-8';
    const {
      sign: signature = '',
      sign_type: _type,
      ...fields
    } = Object.fromEntries(
      [...raw].map(([name, bytes]) => [name, new TextDecoder(charset).decode(bytes)]),
    ) as Record<string, string>;
    const key = createPublicKey(this.h.sandbox.settings.ALIPAY_PUBLIC_KEY);
    const signed = verify('sha256', signedBytes(raw), key, Buffer.from(signature, 'base64'));
    return { status: 200, signed, headers: {}, body: fields };
  }

  async close(): Promise<void> {
    await Promise.all([this.wire.close(), this.through.close()]);
    await this.h.close();
  }
}

holdAgainstBook('alipay', 15, async () => {
  const h = await openGateway('alipay');
  return new Alipay(h, await Wire.open(''), await Wire.open(h.sandbox.url));
});
