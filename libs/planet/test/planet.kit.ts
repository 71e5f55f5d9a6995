import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Call {
  url: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  signed: boolean;
}

/** An answer: a status with raw text, or the server's silence. */
export type Reply = { status?: number; text: string; type?: string } | 'hang' | 'drop';

export const data = (value: unknown): Reply => ({
  text: JSON.stringify({ succeeded: true, resp_data: value }),
});
export const error = (code: number, status = 200): Reply => ({
  status,
  text: JSON.stringify({ succeeded: false, code, info: '说明' }),
});

/** A tiny zsxq that checks signatures by itself. */
export class PlanetServer {
  readonly calls: Call[] = [];
  reply: (call: Call) => Reply = () => error(1005);
  base = '';
  private readonly server: Server = createServer((request, response) => {
    const { url = '', headers } = request;
    const { pathname, searchParams } = new URL(url, this.base);
    const expected = createHash('sha1')
      .update(`${this.base}${url} ${String(headers['x-timestamp'])} ${String(headers['x-request-id'])}`)
      .digest('hex');
    const signed = headers['x-signature'] === expected;
    const call = { url, path: pathname, query: searchParams, headers, signed };
    this.calls.push(call);
    const reply = this.reply(call);
    if (reply === 'hang') return;
    if (reply === 'drop') {
      request.socket.destroy();
      return;
    }
    response.writeHead(reply.status ?? 200, { 'content-type': reply.type ?? 'application/json' });
    response.end(reply.text);
  });

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.base = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export async function collect<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}
