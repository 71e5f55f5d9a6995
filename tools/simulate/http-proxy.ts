import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What can happen to a request on its way, and to its answer. */
export type Treatment =
  | { kind: 'drop' }
  | { kind: 'delay'; ms: number }
  | { kind: 'reset' }
  | { kind: 'silent' }
  | { kind: 'duplicate' }
  | { kind: 'garble'; at: number }
  | { kind: 'lie'; status: number; body: string };

/** Says what happens to a request; null lets it pass. */
export type Treat = (path: string, method: string, body: Buffer) => Treatment | null;

interface Exchange {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** What belongs to one connection. The host stays what the caller named: some sign it. */
const HOP_HEADERS = ['connection', 'keep-alive', 'transfer-encoding', 'content-length'];

/** Stands between two sides that speak HTTP, and treats their exchanges as it is told. */
export class HttpProxy {
  port = 0;
  /** Asked about every request; it passes when all of them say null. */
  readonly treats = new Set<Treat>();
  private readonly server: http.Server;
  /** Answers that will never come are held until the caller gives up. */
  private readonly held = new Set<http.ServerResponse>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly target: () => number | null;
  /** Which part is spoilt: what comes back, or what is sent. */
  private readonly garbled: 'answer' | 'request';

  /** @param target the port asked for each request; null when nobody is there */
  private constructor(target: () => number | null, garbled: 'answer' | 'request') {
    this.target = target;
    this.garbled = garbled;
    this.server = http.createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy());
    });
    this.server.keepAliveTimeout = 60_000;
  }

  static async listen(target: () => number | null, garbled: 'answer' | 'request'): Promise<HttpProxy> {
    const proxy = new HttpProxy(target, garbled);
    await new Promise<void>((resolve) => proxy.server.listen(0, '127.0.0.1', resolve));
    proxy.port = (proxy.server.address() as AddressInfo).port;
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Whoever still waits for an answer that never comes is cut off. */
  release(): void {
    for (const response of this.held) response.destroy();
    this.held.clear();
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    this.release();
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = 'GET', url: path = '/', headers } = request;
    const exchange = { method, path, headers, body: Buffer.concat(chunks) };
    const treatment = this.treatmentOf(exchange);
    if (!treatment) return answerWith(response, await this.forward(exchange));
    await this.mistreat(treatment, exchange, response);
  }

  private treatmentOf({ path, method, body }: Exchange): Treatment | null {
    for (const treat of this.treats) {
      const treatment = treat(path, method, body);
      if (treatment) return treatment;
    }
    return null;
  }

  private async mistreat(
    treatment: Treatment,
    exchange: Exchange,
    response: http.ServerResponse,
  ): Promise<void> {
    switch (treatment.kind) {
      case 'drop':
        response.destroy();
        return;
      case 'delay':
        await this.wait(treatment.ms);
        return answerWith(response, await this.forward(exchange));
      case 'reset':
        await this.forward(exchange);
        response.destroy();
        return;
      case 'silent':
        await this.forward(exchange);
        this.held.add(response);
        response.on('close', () => this.held.delete(response));
        return;
      case 'duplicate': {
        const [first] = await Promise.all([this.forward(exchange), this.forward(exchange)]);
        return answerWith(response, first);
      }
      case 'garble':
        if (this.garbled === 'request')
          return answerWith(
            response,
            await this.forward({ ...exchange, body: spoilt(exchange.body, treatment.at) }),
          );
        {
          const answer = await this.forward(exchange);
          return answerWith(response, answer && { ...answer, body: spoilt(answer.body, treatment.at) });
        }
      case 'lie':
        response.writeHead(treatment.status, { 'content-type': 'application/json' });
        response.end(treatment.body);
        return;
    }
  }

  /** @returns null when no answer came */
  private forward({ method, path, headers, body }: Exchange): Promise<Answer | null> {
    const port = this.target();
    if (port === null) return Promise.resolve(null);
    const passed = Object.fromEntries(
      Object.entries(headers).filter(([name]) => !HOP_HEADERS.includes(name)),
    );
    return new Promise((resolve) => {
      const request = http.request(
        {
          host: '127.0.0.1',
          port,
          method,
          path,
          headers: { ...passed, 'content-length': body.length },
          agent: false,
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('error', () => resolve(null));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 502,
              headers: answer.headers,
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      request.on('error', () => resolve(null));
      request.end(body);
    });
  }

  private wait(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.timers.delete(timer);
        resolve();
      }, ms);
      this.timers.add(timer);
    });
  }
}

function answerWith(response: http.ServerResponse, answer: Answer | null): void {
  if (!answer) {
    response.destroy();
    return;
  }
  const headers = Object.fromEntries(
    Object.entries(answer.headers).filter(([name]) => !HOP_HEADERS.includes(name)),
  );
  response.writeHead(answer.status, { ...headers, 'content-length': answer.body.length });
  response.end(answer.body);
}

/** @param at where the bad byte is, as a part of the whole */
function spoilt(body: Buffer, at: number): Buffer {
  const copy = Buffer.from(body);
  const index = Math.floor(copy.length * at);
  if (index < copy.length) copy[index] = (copy[index] ?? 0) ^ 0x15;
  return copy;
}
