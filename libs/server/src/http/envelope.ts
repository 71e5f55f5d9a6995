import {
  Catch,
  HttpException,
  Logger,
  SetMetadata,
  type ArgumentsHost,
  type CallHandler,
  type CustomDecorator,
  type ExceptionFilter,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Sentence } from '@yajin/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { map, type Observable } from 'rxjs';
import { BusinessError } from '../business-error.js';
import { databaseIsBusy } from '../connections.js';
import { currentTrace, newTrace } from '../trace.js';

/** When what was busy or away is worth another try. */
const RETRY_AFTER_SECONDS = 3;

/** What went wrong, in the words of a contract. */
export interface Failure {
  code: number;
  message: string;
  data: unknown;
  /** Which sentence of ours the message is; null where it is the code's own. */
  sentence: Sentence | null;
}

/** How one line answers: its error table and the shape around an answer. */
export interface Envelope {
  /** Paths that begin with this answer so; the longest match wins. */
  prefix: string;
  errors: Record<number, { message: string; status: number }>;
  failure(failure: Failure): unknown;
}

/** Turns whatever is thrown into the envelope of the line whose path it was, unknown routes included. */
@Catch()
export class EnvelopeFilter implements ExceptionFilter {
  private readonly logger = new Logger(EnvelopeFilter.name);

  constructor(private readonly envelopes: readonly Envelope[]) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also for what fails before a request has met its route. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const envelope = this.envelopeFor(request.url);
    const failure = this.read(error, envelope, request, reply);
    const status = envelope.errors[failure.code]?.status ?? 500;
    if (reply.sent || reply.raw.headersSent) return;
    if (status === 503 && !reply.hasHeader('retry-after'))
      void reply.header('retry-after', RETRY_AFTER_SECONDS);
    void reply.status(status).send(envelope.failure(failure));
  }

  private envelopeFor(url: string): Envelope {
    const matching = this.envelopes.filter((envelope) => url.startsWith(envelope.prefix));
    matching.sort((a, b) => b.prefix.length - a.prefix.length);
    const found = matching[0] ?? this.envelopes[0];
    if (!found) throw new Error('no envelope is registered');
    return found;
  }

  private read(error: unknown, envelope: Envelope, request: FastifyRequest, reply: FastifyReply): Failure {
    const message = (code: number): string => envelope.errors[code]?.message ?? '';
    if (error instanceof BusinessError) {
      const { code, data, sentence } = error;
      return { code, message: error.message || message(code), data, sentence };
    }
    const none = { data: null, sentence: null };
    const status = httpStatus(error);
    if (status !== null && status < 500) {
      // What a contract has no word for is at least the caller's fault.
      const code = envelope.errors[status] ? status : 400;
      return { code, message: message(code), ...none };
    }
    if (status === 503) return { code: 503, message: message(503), ...none };
    const { traceId } = currentTrace() ?? newTrace();
    void reply.header('x-trace-id', traceId);
    const what = `${request.method} ${request.url.split('?')[0]}`;
    if (databaseIsBusy(error)) {
      this.logger.warn(`${what} found the database busy (trace ${traceId}): ${String(error)}`);
      return { code: 503, message: message(503), ...none };
    }
    this.logger.error(`${what} failed (trace ${traceId})`, stackOf(error));
    return { code: 500, message: message(500), ...none };
  }
}

/** Nest's and Fastify's own errors know their status. */
function httpStatus(error: unknown): number | null {
  if (error instanceof HttpException) return error.getStatus();
  if (
    typeof error === 'object' &&
    error !== null &&
    'statusCode' in error &&
    typeof error.statusCode === 'number'
  ) {
    return error.statusCode;
  }
  return null;
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const MESSAGE = 'yajin:message';

/** The `message` of a successful answer; 成功 where nothing is said. */
export function Message(text: string): CustomDecorator {
  return SetMetadata(MESSAGE, text);
}

/** Wraps what a controller returns as its line does. */
export class EnvelopeInterceptor implements NestInterceptor {
  private readonly reflector = new Reflector();

  /** @param usual the `message` where a handler names none */
  constructor(
    private readonly success: (message: string, data: unknown) => unknown,
    private readonly usual: string,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const message = this.reflector.get<string | undefined>(MESSAGE, context.getHandler()) ?? this.usual;
    return next.handle().pipe(map((data: unknown) => this.success(message, data ?? null)));
  }
}

/** `{code: 200, message, data, timestamp}`, the time in unix seconds. */
export class CampEnvelopeInterceptor extends EnvelopeInterceptor {
  constructor() {
    const timestamp = (): number => Math.floor(Date.now() / 1000);
    super((message, data) => ({ code: 200, message, data, timestamp: timestamp() }), '成功');
  }
}
