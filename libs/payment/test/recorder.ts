import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request and what was answered. */
export interface Exchange {
  method: string;
  /** With its query. */
  path: string;
  request: Buffer;
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Stands before a server and keeps what it answers, byte for byte. What it leaves unanswered stays so. */
export class Recorder {
  readonly exchanges: Exchange[] = [];
  private readonly server: Server;
  private readonly stopping = new AbortController();

  private constructor(private readonly target: string) {
    this.server = createServer((incoming, outgoing) => {
      this.pass(incoming)
        .then(({ status, headers, body }) => outgoing.writeHead(status, headers).end(body))
        .catch(() => outgoing.destroy());
    });
  }

  /** @param target what its requests go to, without a slash at the end */
  static async before(target: string): Promise<Recorder> {
    const recorder = new Recorder(target);
    await new Promise<void>((resolve) => recorder.server.listen(0, '127.0.0.1', resolve));
    return recorder;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async pass(incoming: IncomingMessage): Promise<Exchange> {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const request = Buffer.concat(chunks);
    const { method = 'GET', url: path = '/' } = incoming;
    const { host: _host, connection: _connection, 'content-length': _length, ...rest } = incoming.headers;
    const response = await fetch(this.target + path, {
      method,
      headers: Object.entries(rest).map(([name, value]): [string, string] => [name, String(value)]),
      ...(method === 'GET' ? {} : { body: request }),
      redirect: 'manual',
      signal: this.stopping.signal,
    });
    const headers = Object.fromEntries(
      [...response.headers].filter(([name]) => !/^(content-length|connection|transfer-encoding)$/.test(name)),
    );
    const body = Buffer.from(await response.arrayBuffer());
    const exchange = { method, path, request, status: response.status, headers, body };
    this.exchanges.push(exchange);
    return exchange;
  }
}
