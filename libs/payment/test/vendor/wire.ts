import { createServer, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { VendorAnswer } from '@yajin/core/vendor-book';

/** One request and what was answered, as they went over the wire. */
export interface Exchange {
  path: string;
  request: string;
  status: number;
  contentType: string;
  body: Buffer;
}

type Asked = { path: string; headers: IncomingMessage['headers']; body: Buffer };
type Replied = Pick<Exchange, 'status' | 'contentType' | 'body'>;

/** Requests that a gateway takes only with the merchant's certificate. */
interface Certified {
  path: string;
  base: string;
  agent: Agent;
}

function passCertified({ base, agent }: Certified, path: string, body: Buffer): Promise<Replied> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(base + path, { method: 'POST', agent }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers['content-type'] ?? '',
          body: Buffer.concat(chunks),
        }),
      );
    });
    request.on('error', reject).end(body);
  });
}

/** A server between an adapter and whatever answers it, which keeps everything that is said. */
export class Wire {
  readonly said: Exchange[] = [];
  url = '';
  /** Every request counts, answered or not. */
  asked = 0;
  answer: (asked: Asked) => Promise<Replied> = (asked) => this.pass(asked);
  private readonly server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      this.asked += 1;
      const { url: path = '', headers } = request;
      const body = Buffer.concat(chunks);
      void this.answer({ path, headers, body }).then((answer) => {
        this.said.push({ path, request: body.toString(), ...answer });
        // Where a redirection leads there would be an answer.
        const location = answer.status === 302 ? { location: `${this.url}${path}` } : {};
        response
          .writeHead(answer.status, { 'content-type': answer.contentType, ...location })
          .end(answer.body);
      });
    });
  });

  private constructor(
    private readonly target: string,
    private readonly certified: Certified | null,
  ) {}

  /**
   * @param target what requests are passed on to, unless `answers` says what comes back
   * @param certified where those go that need a certificate
   */
  static async open(target: string, certified: Certified | null = null): Promise<Wire> {
    const wire = new Wire(target, certified);
    await new Promise<void>((resolve) => wire.server.listen(0, '127.0.0.1', resolve));
    wire.url = `http://127.0.0.1:${(wire.server.address() as AddressInfo).port}`;
    return wire;
  }

  /** Passes a request on. */
  async pass({ path, headers, body }: Asked): Promise<Replied> {
    if (this.certified && path.startsWith(this.certified.path))
      return passCertified(this.certified, path, body);
    const passed = ['content-type', 'authorization'].flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value] as [string, string]] : [];
    });
    const init = { method: 'POST', headers: passed, body: body.toString(), redirect: 'manual' } as const;
    const response = await fetch(this.target + path, init);
    const contentType = response.headers.get('content-type') ?? '';
    return { status: response.status, contentType, body: Buffer.from(await response.arrayBuffer()) };
  }

  /** From now on these are given, one after the other, the last one again and again. */
  answers(replies: Replied[]): void {
    let next = 0;
    this.answer = () => {
      const reply = replies[Math.min(next, replies.length - 1)];
      next += 1;
      return reply ? Promise.resolve(reply) : Promise.reject(new Error('nothing to answer'));
    };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What has happened to the trade before the call, in the words of an entry's `request.given`: "created", "paid", "refunded 700". */
export function givenOf(entry: VendorAnswer): { done: string; fen: number }[] {
  const given = (entry.request['given'] ?? []) as string[];
  return given.map((each) => {
    const [done = '', amount] = each.split(' ');
    return { done, fen: Number(amount ?? 0) };
  });
}

/** The answers of other entries that come `before` and `after` the entry's own while the method is at work. */
export function sequenceOf(entry: VendorAnswer, book: VendorAnswer[]): VendorAnswer[] {
  const named = (key: string): VendorAnswer[] =>
    ((entry.request[key] ?? []) as string[]).map((name) => {
      const found = book.find((each) => each.name === name);
      if (!found) throw new Error(`${entry.name} names ${name}, which is no entry`);
      return found;
    });
  return [...named('before'), entry, ...named('after')];
}
