/**
 * The gateway's side of the webhook benchmark, a process of its own: it prepares signed notifications when told to and
 * sends them when told to. Bare sockets, because an HTTP client would take more of the machine than what is measured.
 */
import { createPrivateKey } from 'node:crypto';
import { connect } from 'node:net';
import { paidNotification, type Platform } from './notifications.ts';

export type Order =
  | { kind: 'prepare'; outTradeNos: string[]; amountFen: number }
  | { kind: 'send'; port: number; connections: number };
/** Answers `send`; `prepare` is answered by an empty one. */
export interface Sent {
  seconds: number;
  /** What was wrong with the first answer that was not a success. */
  failure: string | null;
}

const HEADER_END = '\r\n\r\n';

let requests: Buffer[] = [];

function platform(): Platform {
  const { PLATFORM_KEY = '', ...rest } = process.env;
  return {
    privateKey: createPrivateKey(PLATFORM_KEY),
    serial: rest['PLATFORM_SERIAL'] ?? '',
    apiV3Key: rest['API_V3_KEY'] ?? '',
    appId: rest['APP_ID'] ?? '',
    mchId: rest['MCH_ID'] ?? '',
  };
}

function request(from: Platform, outTradeNo: string, amountFen: number): Buffer {
  const { headers, body } = paidNotification(from, outTradeNo, amountFen);
  const lines = Object.entries({
    Host: '127.0.0.1',
    'User-Agent': 'Mozilla/4.0',
    Accept: '*/*',
    'Content-Type': 'application/json',
    'Content-Length': String(Buffer.byteLength(body)),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`POST /api/webhook/wechat/payment HTTP/1.1\r\n${lines.join('')}\r\n${body}`);
}

/** Takes one request after the other off the common list until it is empty. */
function connection(port: number, next: () => Buffer | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let received = '';
    const send = (): void => {
      const bytes = next();
      if (bytes) socket.write(bytes);
      else socket.end(resolve);
    };
    socket.setEncoding('utf8');
    socket.on('connect', send);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const headerEnd = received.indexOf(HEADER_END);
      if (headerEnd < 0) return;
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(received)?.[1]);
      const body = received.slice(headerEnd + HEADER_END.length);
      if (Buffer.byteLength(body) < length) return;
      if (!received.startsWith('HTTP/1.1 200 ') || !/"code": *"SUCCESS"/.test(body))
        reject(new Error(received));
      received = '';
      send();
    });
    socket.on('error', reject);
    socket.on('close', () => reject(new Error('the connection was closed')));
  });
}

async function send(port: number, connections: number): Promise<Sent> {
  let at = 0;
  const next = (): Buffer | undefined => requests[at++];
  const began = performance.now();
  try {
    await Promise.all(Array.from({ length: connections }, () => connection(port, next)));
    return { seconds: (performance.now() - began) / 1000, failure: null };
  } catch (error) {
    return { seconds: 0, failure: String(error) };
  }
}

async function obey(order: Order): Promise<Sent> {
  switch (order.kind) {
    case 'prepare': {
      const from = platform();
      requests = order.outTradeNos.map((outTradeNo) => request(from, outTradeNo, order.amountFen));
      return { seconds: 0, failure: null };
    }
    case 'send':
      return send(order.port, order.connections);
  }
}

process.on('message', (order: Order) => void obey(order).then((sent) => process.send?.(sent)));
process.on('disconnect', () => process.exit(0));
