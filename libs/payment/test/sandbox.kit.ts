import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createSandbox, type ApiSettings, type Sandbox } from '@yajin/sandbox';
import type { Gateway } from '../src/index.js';
import type { Harness, Misbehaviour, RawNotification } from './conformance.js';

const FAULTS: Record<Misbehaviour, string> = {
  'answers nothing': 'hangAfter',
  'answers 500': 'failAfter',
  'answers unsigned': 'unsignedAnswer',
  'is short of money': 'notEnough',
  'is throttled': 'frequencyLimited',
};

const PAYER = 'oConformance0000000000000001';

/** A gateway against its other side in the sandbox, over the real protocol. */
export interface SandboxHarness extends Harness {
  sandbox: Sandbox;
  control: (path: string, body: unknown) => Promise<void>;
  /** Notifications that came and were not taken. */
  received: RawNotification[];
}

export interface Traits extends Pick<Harness, 'scenes' | 'cannot'> {
  /** Whether a trade is there only once its payer has come. */
  registersLate?: boolean;
}

export async function openHarness(
  make: (settings: ApiSettings) => Gateway,
  { registersLate, ...traits }: Traits,
): Promise<SandboxHarness> {
  const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  const gateway = make(sandbox.settings);
  const received: RawNotification[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body: Buffer.concat(chunks) });
      const { status, contentType, body } = gateway.acknowledgement.accepted;
      response.writeHead(status, { 'content-type': contentType }).end(body);
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
  return {
    ...traits,
    sandbox,
    control,
    received,
    gateway,
    notifyUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify`,
    payerId: PAYER,
    pay: (outTradeNo) => control('pay', { outTradeNo, openid: PAYER }),
    async notification() {
      for (let tries = 0; tries < 200; tries += 1) {
        const next = received.shift();
        if (next) return next;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error('no notification came');
    },
    ...(registersLate && {
      visit: async (outTradeNo: string) => {
        await (await fetch(`${sandbox.url}/cashier/${outTradeNo}`)).text();
      },
    }),
    misbehave: (how, call) => {
      // Being short of money is a refund's only; the other faults name their call.
      return control('faults', { [FAULTS[how]]: how === 'is short of money' ? true : { endpoints: [call] } });
    },
    behave: () => control('faults', { reset: true }),
    tomorrow: () => control('clock', { offsetMs: 36 * 3_600_000 }),
    async close() {
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
