import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';

import type { Gateway } from '../src/gateway.js';
import { PlatformKeys, wechatV3Gateway, type WechatV3Config } from '../src/gateways/wechat-v3/index.js';

/** The other side of the wire, signing and sealing with wechatpay-axios-plugin. */
export const APP_ID = 'wx0000000000000001';
export const MCH_ID = '1900000001';
export const MCH_SERIAL = '3775B6A45ACD588826D15E583A95F5DD00000001';
export const API_V3_KEY = 'test-key-of-exactly-32-bytes-abc';
export const OLD_SERIAL = '5157F09EFDC096DE15EBE81A47057A7232F1B8E1';
export const NEW_SERIAL = 'PUB_KEY_ID_0119000000012026112100000000000001';
export const NOW = new Date('2026-11-21T12:00:00+08:00');

export const merchant = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const platform = generateKeyPairSync('rsa', { modulusLength: 2048 });
const oldPlatform = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

export function testGateway(overrides: Partial<WechatV3Config> = {}): Gateway {
  return wechatV3Gateway({
    apiBase: 'http://127.0.0.1:9',
    appId: APP_ID,
    mchId: MCH_ID,
    mchSerial: MCH_SERIAL,
    mchPrivateKey: merchant.privateKey,
    apiV3Key: API_V3_KEY,
    platformKeys: PlatformKeys.of([
      [OLD_SERIAL, oldPlatform.publicKey],
      [NEW_SERIAL, platform.publicKey],
    ]),
    now: () => NOW,
    ...overrides,
  });
}

export interface SignOptions {
  serial?: string;
  key?: KeyObject;
  at?: Date;
}

export function signedHeaders(body: string, options: SignOptions = {}): Record<string, string> {
  const serial = options.serial ?? NEW_SERIAL;
  const key = options.key ?? (serial === OLD_SERIAL ? oldPlatform : platform).privateKey;
  const timestamp = String(Math.floor((options.at ?? NOW).getTime() / 1000));
  const nonce = Formatter.nonce(32);
  return {
    'wechatpay-timestamp': timestamp,
    'wechatpay-nonce': nonce,
    'wechatpay-serial': serial,
    'wechatpay-signature': Rsa.sign(Formatter.response(timestamp, nonce, body), key),
  };
}

/** The body of a notification whose resource holds `content`. */
export function notificationBody(
  eventType: string,
  content: unknown,
  associatedData = 'transaction',
): string {
  const nonce = Formatter.nonce(12);
  const plain = typeof content === 'string' ? content : JSON.stringify(content);
  return JSON.stringify({
    id: 'EV-2026112112000000001',
    create_time: '2026-11-21T12:00:00+08:00',
    event_type: eventType,
    resource_type: 'encrypt-resource',
    summary: '支付成功',
    resource: {
      original_type: 'transaction',
      algorithm: 'AEAD_AES_256_GCM',
      ciphertext: Aes.AesGcm.encrypt(plain, API_V3_KEY, nonce, associatedData),
      associated_data: associatedData,
      nonce,
    },
  });
}

export function transaction(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    appid: APP_ID,
    mchid: MCH_ID,
    out_trade_no: '0123456789abcdef0123456789abcdef',
    transaction_id: '4200000000202611210000000001',
    trade_type: 'JSAPI',
    trade_state: 'SUCCESS',
    attach: '{"campId":1}',
    success_time: '2026-11-21T11:59:58+08:00',
    payer: { openid: 'openid-of-a-tester' },
    amount: { total: 9900, payer_total: 9900, currency: 'CNY', payer_currency: 'CNY' },
    ...overrides,
  };
}

export function refundContent(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    mchid: MCH_ID,
    out_trade_no: '0123456789abcdef0123456789abcdef',
    transaction_id: '4200000000202611210000000001',
    out_refund_no: 'refund-1',
    refund_id: '50000000382026112100000000001',
    refund_status: 'SUCCESS',
    success_time: '2026-11-21T12:00:00+08:00',
    amount: { total: 9900, refund: 9900, payer_total: 9900, payer_refund: 9900 },
    ...overrides,
  };
}

export interface Received {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Reply {
  status: number;
  body?: string | Buffer;
  /** Signed with the platform key unless given. */
  headers?: Record<string, string>;
}

/** A tiny gateway: `reply` answers everything, `received` keeps what came. */
export class WireServer {
  readonly received: Received[] = [];
  reply: (request: Received) => Reply | 'hang' | 'drop' = () => ({ status: 500 });
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const received = { method, url, headers, body: Buffer.concat(chunks).toString() };
      this.received.push(received);
      const reply = this.reply(received);
      if (reply === 'hang') return;
      if (reply === 'drop') {
        request.socket.destroy();
        return;
      }
      const body = reply.body ?? '';
      response.writeHead(reply.status, reply.headers ?? signedHeaders(String(body)));
      response.end(body);
    });
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
