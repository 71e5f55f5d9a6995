import { createPrivateKey, randomBytes, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Aes, Formatter, Rsa } from 'wechatpay-axios-plugin';
import { createSandbox, type Sandbox, type SandboxOptions } from '../src/index.js';

/** The library's own types leave this part out. */
const { AesGcm } = Aes as unknown as {
  AesGcm: { decrypt: (ciphertext: string, key: string, nonce: string, associatedData: string) => string };
};

/** The platform keys by serial, as an API process reads them from the settings. */
export function platformKeys(sandbox: Sandbox): Map<string, string> {
  const entries = sandbox.settings.WECHAT_PLATFORM_KEYS.split(',');
  return new Map(
    entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
  );
}

/** Whether headers prove that `body` comes from the platform, in the judgement of an independent library. */
function isGenuine(sandbox: Sandbox, headers: (name: string) => string | undefined, body: string): boolean {
  const [timestamp, nonce, signature] = ['timestamp', 'nonce', 'signature'].map((name) =>
    headers(`wechatpay-${name}`),
  );
  const key = platformKeys(sandbox).get(headers('wechatpay-serial') ?? '');
  if (!timestamp || !nonce || !signature || !key) return false;
  if (Math.abs(Date.now() / 1000 - Number(timestamp)) > 300) return false;
  return Rsa.verify(Formatter.response(timestamp, nonce, body), signature, key);
}

export interface Reply {
  status: number;
  text: string;
  // Answers are looked into by the assertions alone.
  body: Record<string, unknown>;
  serial: string | null;
  genuine: boolean;
}

interface CallOptions {
  /** Sent instead of the body that was signed. */
  sentBody?: string;
  timestamp?: number;
  serial?: string;
  mchId?: string;
  key?: KeyObject;
  authorization?: string;
  headers?: Record<string, string>;
  timeoutMs?: number;
}

/** A merchant's side of API v3, written for the tests alone. */
export class Merchant {
  constructor(readonly sandbox: Sandbox) {}

  async call(
    method: 'GET' | 'POST',
    path: string,
    json?: unknown,
    options: CallOptions = {},
  ): Promise<Reply> {
    const body = json === undefined ? '' : JSON.stringify(json);
    const authorization = options.authorization ?? this.signed(method, path, body, options);
    const response = await fetch(`${this.sandbox.url}${path}`, {
      method,
      headers: { authorization, ...(body && { 'content-type': 'application/json' }), ...options.headers },
      ...(body && { body: options.sentBody ?? body }),
      signal: AbortSignal.timeout(options.timeoutMs ?? 10_000),
    });
    const text = await response.text();
    const header = (name: string) => response.headers.get(name) ?? undefined;
    return {
      status: response.status,
      text,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      serial: response.headers.get('wechatpay-serial'),
      genuine: isGenuine(this.sandbox, header, text),
    };
  }

  /** The Authorization header of a request. */
  signed(method: string, path: string, body = '', options: CallOptions = {}): string {
    const { settings } = this.sandbox;
    const timestamp = options.timestamp ?? Math.floor(Date.now() / 1000);
    const nonce = randomBytes(16).toString('hex');
    const key = options.key ?? createPrivateKey(settings.WECHAT_MCH_PRIVATE_KEY);
    const message = `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
    const fields = {
      mchid: options.mchId ?? settings.WECHAT_MCH_ID,
      nonce_str: nonce,
      timestamp,
      serial_no: options.serial ?? settings.WECHAT_MCH_SERIAL,
      signature: sign('sha256', Buffer.from(message), key).toString('base64'),
    };
    const parts = Object.entries(fields).map(([name, value]) => `${name}="${value}"`);
    return `WECHATPAY2-SHA256-RSA2048 ${parts.join(',')}`;
  }

  order(change: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      appid: this.sandbox.settings.WECHAT_APP_ID,
      mchid: this.sandbox.settings.WECHAT_MCH_ID,
      out_trade_no: randomUUID().replaceAll('-', ''),
      description: '21天早起打卡训练营 - 押金',
      notify_url: 'http://127.0.0.1:9/nobody',
      amount: { total: 9900, currency: 'CNY' },
      ...change,
    };
  }

  /** Creates a Native trade; returns its out_trade_no. */
  async trade(change: Record<string, unknown> = {}): Promise<string> {
    const order = this.order(change);
    const reply = await this.call('POST', '/v3/pay/transactions/native', order);
    if (reply.status !== 200) throw new Error(reply.text);
    return String(order['out_trade_no']);
  }

  async paidTrade(change: Record<string, unknown> = {}): Promise<string> {
    const outTradeNo = await this.trade(change);
    const { status } = await this.control('POST', '/pay', { outTradeNo });
    if (status !== 200) throw new Error(`paying answered ${status}`);
    return outTradeNo;
  }

  query(outTradeNo: string): Promise<Reply> {
    const mchId = this.sandbox.settings.WECHAT_MCH_ID;
    return this.call('GET', `/v3/pay/transactions/out-trade-no/${outTradeNo}?mchid=${mchId}`);
  }

  close(outTradeNo: string): Promise<Reply> {
    const body = { mchid: this.sandbox.settings.WECHAT_MCH_ID };
    return this.call('POST', `/v3/pay/transactions/out-trade-no/${outTradeNo}/close`, body);
  }

  refund(
    outTradeNo: string,
    outRefundNo: string,
    fen = 9900,
    options: CallOptions & { notifyUrl?: string; total?: number } = {},
  ) {
    const { notifyUrl, total = 9900, ...rest } = options;
    const amount = { refund: fen, total, currency: 'CNY' };
    const body = { out_trade_no: outTradeNo, out_refund_no: outRefundNo, amount, notify_url: notifyUrl };
    return this.call('POST', '/v3/refund/domestic/refunds', body, rest);
  }

  queryRefund(outRefundNo: string): Promise<Reply> {
    return this.call('GET', `/v3/refund/domestic/refunds/${outRefundNo}`);
  }

  /** Asks until the refund is over. */
  async settled(outRefundNo: string): Promise<Reply> {
    return until(async () => {
      const reply = await this.queryRefund(outRefundNo);
      return reply.body['status'] === 'PROCESSING' ? null : reply;
    });
  }

  async control<T>(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
  ): Promise<{ status: number; body: T }> {
    const response = await fetch(`${this.sandbox.url}/control${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return { status: response.status, body: (await response.json()) as T };
  }

  async fault(faults: Record<string, unknown>): Promise<void> {
    const { status, body } = await this.control('POST', '/faults', faults);
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
}

/** Looks again every few milliseconds, for five seconds at most. */
export async function until<T>(look: () => Promise<T | null> | T | null): Promise<T> {
  for (let tries = 0; tries < 500; tries += 1) {
    const seen = await look();
    if (seen !== null) return seen;
    await pause(10);
  }
  throw new Error('it did not happen within five seconds');
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

export interface Notice {
  at: number;
  headers: IncomingHttpHeaders;
  raw: string;
}

interface Envelope {
  id: string;
  event_type: string;
  create_time: string;
  resource: { ciphertext: string; nonce: string; associated_data: string };
}

export function envelope(notice: Notice): Envelope {
  return JSON.parse(notice.raw) as Envelope;
}

/** What a notification says, decrypted by an independent library. */
export function content(sandbox: Sandbox, notice: Notice): Record<string, unknown> {
  const { ciphertext, nonce, associated_data: aad } = envelope(notice).resource;
  return JSON.parse(decrypt(sandbox, ciphertext, nonce, aad)) as Record<string, unknown>;
}

export function decrypt(sandbox: Sandbox, ciphertext: string, nonce: string, associatedData: string): string {
  return AesGcm.decrypt(ciphertext, sandbox.settings.WECHAT_API_V3_KEY, nonce, associatedData);
}

export function noticeIsGenuine(sandbox: Sandbox, notice: Notice): boolean {
  return isGenuine(sandbox, (name) => notice.headers[name]?.toString(), notice.raw);
}

/** A merchant's notify URL. */
export class Inbox {
  readonly notices: Notice[] = [];
  /** What to answer next; 204 when there is nothing left here. */
  readonly answers: number[] = [];
  private readonly server: Server;

  constructor() {
    this.server = createServer((request, response) => {
      let raw = '';
      request.setEncoding('utf8').on('data', (part: string) => (raw += part));
      request.on('end', () => {
        this.notices.push({ at: Date.now(), headers: request.headers, raw });
        response.writeHead(this.answers.shift() ?? 204).end();
      });
    });
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  async received(count: number): Promise<Notice[]> {
    return until(() => (this.notices.length >= count ? this.notices : null));
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export async function openMerchant(options: Partial<SandboxOptions> = {}): Promise<Merchant> {
  return new Merchant(await createSandbox({ dataFile: ':memory:', port: 0, ...options }));
}
