import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';

import { heard } from '@yajin/server';
import { GatewayError } from '../gateway.js';

const MAX_ANSWER_BYTES = 1024 * 1024;

export interface Post {
  url: string;
  headers: Record<string, string>;
  body: string;
  /** Milliseconds for the whole call, its answer included. */
  timeoutMs: number;
  /** Where a client certificate is asked for; used over TLS only. */
  agent?: Agent;
  /** Bytes of the answer, at most; 1 MiB unless given. */
  most?: number;
}

export interface Answer {
  status: number;
  body: string;
}

/**
 * Posts once, follows nothing and repeats nothing.
 * @param gateway how messages call the other side
 * @throws GatewayError `unknown` when no whole answer came in time
 */
export async function post(
  gateway: string,
  { url, headers, body, timeoutMs, agent, most = MAX_ANSWER_BYTES }: Post,
): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const sentAt = Date.now();
  try {
    return await new Promise<Answer>((resolve, reject) => {
      const send = url.startsWith('https:') ? httpsRequest : httpRequest;
      const request = send(
        url,
        {
          method: 'POST',
          headers: { ...headers, 'Content-Length': Buffer.byteLength(body), 'User-Agent': 'yajin' },
          signal,
          ...(agent && url.startsWith('https:') && { agent }),
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
            resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
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
