import { STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { BadRequestException, Logger } from '@nestjs/common';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import { forwardedFor, type EnvelopeFilter, type Failure } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What Node and Fastify find wrong before a route is met would otherwise be said in words of their own. */
export function malformedAnswers(filter: EnvelopeFilter): object {
  return {
    frameworkErrors: (error: unknown, request: FastifyRequest, reply: FastifyReply): void =>
      filter.answer(error, request, reply),
    clientErrorHandler: (error: NodeJS.ErrnoException, socket: Socket): void => {
      if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
      const status = STATUS_OF[error.code ?? ''] ?? 400;
      const body = envelope(status);
      socket.end(
        `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  };
}

const NOBODY_BELIEVED =
  'requests come with X-Forwarded-For and TRUSTED_PROXIES is empty: behind a proxy all callers count as one, so name it (docs/configuration.md)';
const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};
const WORDS: Readonly<Record<number, string>> = { 408: '请求超时', 417: '不支持的请求头', 431: '请求头过大' };

/** Nobody knows yet whose contract it would be: so the camps'. */
function envelope(status: number): string {
  return JSON.stringify(
    campFailure({ code: status, message: WORDS[status] ?? '请求格式不正确', data: null, sentence: null }),
  );
}

/** `{code, message, data, timestamp}`, the time in unix seconds; and which sentence of ours the message is, where it is one. */
export function campFailure({ code, message, data, sentence }: Failure): object {
  const said = sentence ? { messageCode: sentence.code, messageParams: sentence.params } : {};
  return { code, message, data: data ?? null, timestamp: Math.floor(Date.now() / 1000), ...said };
}

/**
 * What a proxy says of the caller becomes addresses and nothing else, before anybody asks for `request.ip`.
 * @param proxies those that are believed; where there are none, one that speaks all the same is told of once
 */
export function tidyRequests(adapter: FastifyAdapter, proxies: readonly string[]): void {
  const fastify = adapter.getInstance();
  let told = proxies.length > 0;
  fastify.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(417, { 'content-type': 'application/json; charset=utf-8' }).end(envelope(417));
  });
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request.raw;
    if (!told && headers['x-forwarded-for'] !== undefined) {
      told = true;
      new Logger('Environment').warn(NOBODY_BELIEVED);
    }
    const chain = forwardedFor([headers['x-forwarded-for'] ?? ''].flat().join(','));
    if (chain === null) delete headers['x-forwarded-for'];
    else headers['x-forwarded-for'] = chain;
    done(headers.host ? undefined : new BadRequestException());
  });
}
