import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unheardOf, type Said } from '@yajin/core/vendor-book';
import { createSandbox, type ApiSettings, type Played, type Sandbox } from '@yajin/sandbox';
import type { Gateway } from '../src/index.js';
import type { Harness, Misbehaviour, RawNotification } from './conformance.js';
import { Recorder, type Exchange } from './recorder.js';
import { bookOf } from './vendor/book.js';

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
  /** How what the other side says is read for the book of its vendor; without, it is not held against one. */
  told?: Told;
  played?: Played;
}

export interface Told {
  /** The folder of the book. */
  book: string;
  /** Which of the book's calls a request is, or null for none. */
  call(exchange: Exchange): string | null;
  said(settings: ApiSettings, exchange: Exchange): Said;
  noticed(settings: ApiSettings, notification: RawNotification): Said;
}

type Make = (settings: ApiSettings, sandbox: Sandbox) => Gateway;

/** @param makeHasty the same gateway with little patience */
export async function openHarness(
  make: Make,
  makeHasty: Make,
  { registersLate, told, played, ...traits }: Traits,
): Promise<SandboxHarness> {
  const sandbox = await createSandbox({ dataFile: ':memory:', port: 0, ...played });
  const recorder = await Recorder.before(sandbox.url);
  const { settings } = sandbox;
  const byRecorder = JSON.stringify(settings).replaceAll(sandbox.url, recorder.url);
  const recorded = JSON.parse(byRecorder) as ApiSettings;
  const gateway = make(recorded, sandbox);
  const hasty = makeHasty(recorded, sandbox);
  const received: RawNotification[] = [];
  const notified: RawNotification[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const notification = { headers: request.headers, body: Buffer.concat(chunks) };
      received.push(notification);
      notified.push(notification);
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
    hasty,
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
    ...(told && {
      unheardOf: () => {
        const answers = recorder.exchanges.flatMap((exchange) => {
          const call = told.call(exchange);
          return call === null ? [] : [{ call, said: told.said(settings, exchange) }];
        });
        const notices = notified.map((each) => ({
          call: 'notification',
          said: told.noticed(settings, each),
        }));
        const book = bookOf(told.book);
        return [...answers, ...notices].flatMap(({ call, said }) => unheardOf(call, said, book));
      },
    }),
    async close() {
      await recorder.stop();
      await sandbox.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
