import '@fastify/cookie';
import { createHash, randomUUID } from 'node:crypto';
import {
  applyDecorators,
  Injectable,
  UseInterceptors,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { BusinessError, invalid, maybeRow, rows } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defer, lastValueFrom, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import type { HostUser } from './host-users.js';
import type { Operator } from './operator.js';

const HEADER = 'idempotency-key';
const BROWSER_COOKIE = 'yajin_browser';
const BROWSER_SECONDS = 365 * 86_400;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** A repeat waits this long for the first request; one that has been silent for longer is taken to be dead. */
const WAIT_MS = 10_000;
const SILENT_SECONDS = 60;

/** How an answer is kept that has a secret in it. */
export interface Keeping<Answer, Kept> {
  keep: (answer: Answer) => Kept;
  /** Makes the answer again, with a new secret. */
  restore: (kept: Kept) => Promise<Answer>;
}

/**
 * Requests that carry an `Idempotency-Key` (a UUID, kept 24 h, real time): the same key and content get the first answer
 * again, the same key with other content is 409. What failed is not kept: nothing came of it. The scope is the route and
 * the operator or the platform's user, or on the member pages the browser, known by a random HttpOnly cookie.
 */
@Injectable()
export class Idempotency {
  constructor(private readonly db: DataSource) {}

  async once<Answer, Kept = Answer>(
    request: FastifyRequest & { operator?: Operator; hostUser?: HostUser },
    reply: FastifyReply,
    work: () => Promise<Answer>,
    keeping?: Keeping<Answer, Kept>,
  ): Promise<Answer> {
    const key = request.headers[HEADER];
    if (key === undefined) return work();
    if (typeof key !== 'string' || !UUID.test(key)) {
      throw invalid({ field: 'Idempotency-Key', message: '应为 UUID' });
    }
    const who = request.operator
      ? `user ${request.operator.id}`
      : request.hostUser
        ? `host ${request.hostUser.id}`
        : `browser ${this.browser(request, reply)}`;
    const scope = `${request.method} ${request.routeOptions.url ?? ''} ${who}`;
    const content = createHash('sha256')
      .update(JSON.stringify([request.params, request.body]))
      .digest();
    const answered = await this.claim(scope, key, content);
    if (answered) return keeping ? keeping.restore(answered.answer as Kept) : (answered.answer as Answer);
    try {
      const answer = await work();
      await rows(this.db, 'UPDATE sys_idempotency SET answer = $3 WHERE scope = $1 AND key = $2', [
        scope,
        key,
        JSON.stringify(keeping ? keeping.keep(answer) : answer),
      ]);
      return answer;
    } catch (error) {
      await rows(this.db, 'DELETE FROM sys_idempotency WHERE scope = $1 AND key = $2 AND answer IS NULL', [
        scope,
        key,
      ]);
      throw error;
    }
  }

  /** Gives a browser the name under which its keys are remembered. */
  browser(request: FastifyRequest, reply: FastifyReply): string {
    const known = request.cookies[BROWSER_COOKIE];
    if (known && UUID.test(known)) return known;
    const fresh = randomUUID();
    void reply.setCookie(BROWSER_COOKIE, fresh, {
      httpOnly: true,
      sameSite: 'lax',
      secure: request.protocol === 'https',
      path: '/api/h5',
      maxAge: BROWSER_SECONDS,
    });
    return fresh;
  }

  /** @returns what was answered before, or null when this request is the one to do the work */
  private async claim(scope: string, key: string, content: Buffer): Promise<{ answer: unknown } | null> {
    const deadline = Date.now() + WAIT_MS;
    for (;;) {
      const claimed = await rows(
        this.db,
        `INSERT INTO sys_idempotency AS i (scope, key, body_hash) VALUES ($1, $2, $3)
         ON CONFLICT (scope, key) DO UPDATE SET body_hash = EXCLUDED.body_hash, answer = NULL, created_at = now()
           WHERE i.created_at < now() - interval '24 hours'
             OR (i.answer IS NULL AND i.body_hash = EXCLUDED.body_hash AND i.created_at < now() - make_interval(secs => $4))
         RETURNING 1`,
        [scope, key, content, SILENT_SECONDS],
      );
      if (claimed.length > 0) return null;
      const found = await maybeRow<{ body_hash: Buffer; answer: unknown }>(
        this.db,
        'SELECT body_hash, answer FROM sys_idempotency WHERE scope = $1 AND key = $2',
        [scope, key],
      );
      if (found && !found.body_hash.equals(content)) throw new BusinessError(409, '该幂等键已用于其他内容');
      if (found && found.answer !== null) return { answer: found.answer };
      if (Date.now() > deadline) throw new BusinessError(409, '相同的请求正在处理，请稍后再试');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

@Injectable()
class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: Idempotency) {}

  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return defer(() => this.idempotency.once(request, reply, () => lastValueFrom(next.handle())));
  }
}

/** A route whose answer is kept for repeats under the same `Idempotency-Key`. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(UseInterceptors(IdempotencyInterceptor));
}
