import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';

import { heard } from '@yajin/server';
import { GatewayError } from '../gateway.js';

const MAX_ANSWER_BYTES = 1024 * 1024;

export interface Get {
  url: string;
  /** Milliseconds for the whole call, its answer included. */
  timeoutMs: number;
  /** Bytes of the answer, at most; 1 MiB unless given. */
  most?: number;
}

export interface Post extends Get {
  headers: Record<string, string>;
  body: string;
  /** Where a client certificate is asked for; used over TLS only. */
  agent?: Agent;
}

interface Answered<Body> {
  status: number;
  body: Body;
}

export type Answer = Answered<string>;

/**
 * Posts once, follows nothing and repeats nothing.
 * @param gateway how messages call the other side
 * @throws GatewayError `unknown` when no whole answer came in time
 */
export async function post(gateway: string, given: Post): Promise<Answer> {
  const { status, body } = await exchange(gateway, given);
  return { status, body: body.toString('utf8') };
}

/** Fetches a file once, as `post` does. @throws GatewayError */
export function get(gateway: string, given: Get): Promise<Answered<Buffer>> {
  return exchange(gateway, given);
}

async function exchange(
  gateway: string,
  { url, timeoutMs, most = MAX_ANSWER_BYTES, ...sent }: Get & Partial<Post>,
): Promise<Answered<Buffer>> {
  const signal = AbortSignal.timeout(timeoutMs);
  const sentAt = Date.now();
  const { body } = sent;
  try {
    return await new Promise<Answered<Buffer>>((resolve, reject) => {
      const secure = url.startsWith('https:');
      const request = (secure ? httpsRequest : httpRequest)(
        url,
        {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...sent.headers,
            ...(body !== undefined && { 'Content-Length': Buffer.byteLength(body) }),
            'User-Agent': 'yajin',
          },
          signal,
          ...(sent.agent && secure && { agent: sent.agent }),
        },
        (response) => {
          heard((name) => response.headers[name]?.toString(), sentAt);
          const chunks: Buffer[] = [];
          let bytes = 0;
          response.on('data', (chunk: Buffer) => {
            bytes += chunk.length;
            if (bytes > most) request.destroy(new Error('the answer is too long'));
            else chunks.push(chunk);
          });
          response.on('error', reject);
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks) }),
          );
        },
      );
      request.on('error', reject);
      request.end(body);
    });
  } catch (error) {
    if (signal.aborted)
      throw new GatewayError('unknown', 'TIMEOUT', `${gateway} ${timeoutMs} 毫秒内没有应答`);
    const message = error instanceof Error ? error.message : String(error);
    throw new GatewayError('unknown', 'NETWORK', `无法连接${gateway}：${message}`);
  }
}
