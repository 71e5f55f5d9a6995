import { sentence } from '@yajin/core';
import '@fastify/cookie';
import { createHash, randomUUID } from 'node:crypto';
import { createParamDecorator, Injectable, Logger, type ExecutionContext } from '@nestjs/common';
import { BusinessError, Clock, invalid, maybeRow, onlyRow, rows } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DataSource, type EntityManager } from 'typeorm';
import type { HostUser } from './host-users.js';
import type { Operator } from './operator.js';

const HEADER = 'idempotency-key';
const BROWSER_COOKIE = 'yajin_browser';
const BROWSER_SECONDS = 365 * 86_400;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
/** How long a request waits for another one with its key that is still at work. */
const WAIT = '10s';
/** PostgreSQL's lock_not_available: `lock_timeout` has elapsed. */
const WAITED_IN_VAIN = '55P03';

/** What a request with an `Idempotency-Key` is known by. */
export interface IdempotencyKey {
  /** The route and who called it. */
  scope: string;
  /** A UUID. */
  key: string;
  /** SHA-256 of the path's parameters and the body. */
  bodyHash: Buffer;
}

type Called = FastifyRequest & { operator?: Operator; hostUser?: HostUser };

/**
 * The request's key, null without one. Its scope is the route and the operator or the platform's user, or on the member
 * pages the browser, known by a random HttpOnly cookie.
 * @throws BusinessError 400 for a key that is no UUID
 */
export const Key = createParamDecorator((_: unknown, context: ExecutionContext): IdempotencyKey | null => {
  const request = context.switchToHttp().getRequest<Called>();
  const key = request.headers[HEADER];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !UUID.test(key))
    throw invalid({ field: 'Idempotency-Key', ...sentence('not_uuid') });
  const scope = `${request.method} ${request.routeOptions.url ?? ''} ${who(request, context)}`;
  const content = JSON.stringify([request.params, request.body]);
  return { scope, key, bodyHash: createHash('sha256').update(content).digest() };
});

function who(request: Called, context: ExecutionContext): string {
  if (request.operator) return `user ${request.operator.id}`;
  if (request.hostUser) return `host ${request.hostUser.id}`;
  return `browser ${browserOf(request, context.switchToHttp().getResponse<FastifyReply>())}`;
}

/** The name under which a browser's keys are remembered; one that has none is given one. */
export function browserOf(request: FastifyRequest, reply: FastifyReply): string {
  const known = request.cookies[BROWSER_COOKIE];
  if (known && UUID.test(known)) return known;
  const fresh = randomUUID();
  void reply.setCookie(BROWSER_COOKIE, fresh, {
    httpOnly: true,
    sameSite: 'lax',
    path: '/api/h5',
    maxAge: BROWSER_SECONDS,
  });
  return fresh;
}

/** By which one browser's orders are told from others': the hash of its cookie, `none` for whoever shows none. */
export function browserMark(request: FastifyRequest): string {
  const known = request.cookies[BROWSER_COOKIE];
  return known && UUID.test(known) ? createHash('sha256').update(known).digest('base64url') : 'none';
}

interface Kept<Result, Answer> {
  result: Result;
  /** What was answered in the end, where that is kept. */
  answer: Answer | null;
}

/**
 * Effects that a repeated request does not have twice: the key is written in the transaction of the effect, with its
 * result. Within 24 hours (real time) the same key and content get that result again, the same key with other content
 * is 409. Work that failed has left no key either: nothing came of it.
 */
@Injectable()
export class Idempotency {
  private readonly logger = new Logger(Idempotency.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` in a transaction, unless it was done under this key.
   * @param work its result is kept as JSON: no dates, no secrets
   * @throws BusinessError 409 for other content, or when a request with the same key goes on for too long
   */
  async once<Result>(
    key: IdempotencyKey | null,
    work: (manager: EntityManager) => Promise<Result>,
  ): Promise<Result> {
    return (await this.effect<Result, never>(key, work)).result;
  }

  /**
   * As `once`, with a step after the commit, such as a call of a gateway, that makes the answer out of the result. The
   * answer is kept too; where that did not come to pass, a repeat takes the step again, from the same result.
   * @param finish may be taken again; its answer is kept as JSON: no dates, no secrets
   */
  async onceThen<Result, Answer>(
    key: IdempotencyKey | null,
    work: (manager: EntityManager) => Promise<Result>,
    finish: (result: Result) => Promise<Answer>,
  ): Promise<Answer> {
    const { result, answer } = await this.effect<Result, Answer>(key, work);
    if (answer !== null) return answer;
    const finished = await finish(result);
    return key ? this.keep(key, finished) : finished;
  }

  private async effect<Result, Answer>(
    key: IdempotencyKey | null,
    work: (manager: EntityManager) => Promise<Result>,
  ): Promise<Kept<Result, Answer>> {
    return this.db.transaction(async (manager) => {
      const kept = key && (await claim<Result, Answer>(manager, key, this.clock.wall()));
      if (kept) return kept;
      const result = await work(manager);
      if (key)
        await rows(manager, 'UPDATE sys_idempotency SET result = $3 WHERE scope = $1 AND key = $2', [
          key.scope,
          key.key,
          JSON.stringify(result),
        ]);
      return { result, answer: null };
    });
  }

  /** The effect stands already: an answer that cannot be kept is made again. @returns the first one that was kept */
  private async keep<Answer>({ scope, key, bodyHash }: IdempotencyKey, answer: Answer): Promise<Answer> {
    try {
      const kept = await maybeRow<{ answer: Answer | null }>(
        this.db,
        `UPDATE sys_idempotency SET answer = coalesce(answer, $4) WHERE scope = $1 AND key = $2 AND body_hash = $3
         RETURNING answer`,
        [scope, key, bodyHash, JSON.stringify(answer)],
      );
      return kept?.answer ?? answer;
    } catch (error) {
      this.logger.warn(`the answer to ${scope} is not kept: ${String(error)}`);
      return answer;
    }
  }
}

/**
 * Writes the key, having waited for whoever is at work under it. Until the transaction commits nobody sees the row, so its
 * result may be nothing yet.
 * @returns what was done under the key before, or null when this request is the one to do it
 */
async function claim<Result, Answer>(
  manager: EntityManager,
  { scope, key, bodyHash }: IdempotencyKey,
  now: Date,
): Promise<Kept<Result, Answer> | null> {
  const { usual } = await onlyRow<{ usual: string }>(
    manager,
    `SELECT current_setting('lock_timeout') AS usual`,
  );
  await rows(manager, `SELECT set_config('lock_timeout', $1, true)`, [WAIT]);
  const claimed = await rows(
    manager,
    `INSERT INTO sys_idempotency AS i (scope, key, body_hash, result, created_at) VALUES ($1, $2, $3, 'null', $4)
     ON CONFLICT (scope, key) DO UPDATE SET body_hash = EXCLUDED.body_hash, answer = NULL, created_at = EXCLUDED.created_at
       WHERE i.created_at < $4::timestamptz - interval '24 hours'
     RETURNING 1`,
    [scope, key, bodyHash, now],
  ).catch((error: unknown) => {
    if (isWaitedInVain(error)) throw new BusinessError(409, sentence('same_request_pending'));
    throw error;
  });
  await rows(manager, `SELECT set_config('lock_timeout', $1, true)`, [usual]);
  if (claimed.length > 0) return null;
  const found = await onlyRow<Kept<Result, Answer> & { body_hash: Buffer }>(
    manager,
    'SELECT body_hash, result, answer FROM sys_idempotency WHERE scope = $1 AND key = $2',
    [scope, key],
  );
  if (!found.body_hash.equals(bodyHash)) throw new BusinessError(409, sentence('key_of_another'));
  return { result: found.result, answer: found.answer };
}

function isWaitedInVain(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === WAITED_IN_VAIN;
}
