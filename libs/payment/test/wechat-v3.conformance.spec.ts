import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox } from '@yajin/sandbox';
import { parsePlatformKeys, parsePrivateKey, wechatV3Gateway } from '../src/index.js';
import { conformance, type Harness, type Misbehaviour, type RawNotification } from './conformance.js';

const FAULTS: Record<Misbehaviour, string> = {
  'answers nothing': 'hangAfter',
  'answers 500': 'failAfter',
  'answers unsigned': 'unsignedAnswer',
  'is short of money': 'notEnough',
  'is throttled': 'frequencyLimited',
};

async function open(): Promise<Harness> {
  const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  const received: RawNotification[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const control = async (path: string, body: unknown): Promise<void> => {
    const response = await fetch(`${sandbox.url}/control/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(await response.text());
  };
  const { settings } = sandbox;
  return {
    gateway: wechatV3Gateway({
      apiBase: settings.WECHAT_API_BASE,
      appId: settings.WECHAT_APP_ID,
      mchId: settings.WECHAT_MCH_ID,
      mchSerial: settings.WECHAT_MCH_SERIAL,
      mchPrivateKey: parsePrivateKey(settings.WECHAT_MCH_PRIVATE_KEY),
      apiV3Key: settings.WECHAT_API_V3_KEY,
      platformKeys: parsePlatformKeys(settings.WECHAT_PLATFORM_KEYS),
      timeoutMs: 500,
    }),
    notifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    scenes: ['native', 'jsapi', 'h5'],
    payerId: 'oConformance0000000000000001',
    pay: (outTradeNo) => control('pay', { outTradeNo, openid: 'oConformance0000000000000001' }),
    async notification() {
      for (let tries = 0; tries < 200; tries += 1) {
        const next = received.shift();
        if (next) return next;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error('no notification came');
    },
    misbehave: (how, call) => {
      // Being short of money is a refund's only; the other faults name their call.
      return control('faults', { [FAULTS[how]]: how === 'is short of money' ? true : { endpoints: [call] } });
    },
    behave: () => control('faults', { reset: true }),
    tomorrow: () => control('clock', { offsetMs: 36 * 3_600_000 }),
    async close() {
      await sandbox.close();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

conformance('WeChat Pay v3', open);
