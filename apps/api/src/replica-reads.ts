import '@fastify/cookie';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { failedByReplica, onPrimary, onReplica, PoolOfPools, unseenMs, type Replica } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, throwError, type Observable } from 'rxjs';
import { DataSource } from 'typeorm';
import { campScope, type Operator } from './system/index.js';

/**
 * Lists, statistics and exports of the console: what people look at, and act on by an id that the primary then decides about. Never what says
 * how it is with a payment, and never what belongs to a form that is sent back. What is not here asks the primary.
 */
export const REPLICA_ROUTES: ReadonlySet<string> = new Set([
  '/api/admin/camps',
  '/api/admin/checkins/records',
  '/api/admin/checkins/stats/:campId',
  '/api/admin/ledger',
  '/api/admin/members',
  '/api/admin/members/export',
  '/api/admin/pay/balances',
  '/api/admin/pay/bill-month',
  '/api/admin/pay/close-accounts',
  '/api/admin/pay/closes',
  '/api/admin/refunds/pending',
  '/api/admin/stats/camps/:id',
  '/api/admin/stats/export',
  '/api/admin/stats/overview',
]);
/** Kept by the browser of who has changed something, for as long as a replica may lack it: so every process knows. */
const WROTE_COOKIE = 'yajin_wrote';

/** @param route as it is declared */
export function mayComeFromReplica(method: string, route: string): boolean {
  return method === 'GET' && REPLICA_ROUTES.has(route);
}

/**
 * Has handlers of those routes read from the replica, where there is one: after the guards, which ask the primary. What the replica fails at
 * is asked of the primary once more, from the beginning.
 */
@Injectable()
export class ReplicaReads implements NestInterceptor {
  constructor(private readonly db: DataSource) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest & { operator?: Operator }>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const replica = replicaOf(this.db);
    const { operator, method } = request;
    if (!replica || !operator) return next.handle();
    if (method !== 'GET') remember(reply, replica);
    if (!mayComeFromReplica(method, request.routeOptions.url ?? '')) return next.handle();
    // Of what camps somebody may see something is decided as it is now.
    const must = campScope(operator) !== null || request.cookies[WROTE_COOKIE] !== undefined;
    if (must || !replica.usable) return next.handle();
    return onReplica(() => next.handle()).pipe(
      catchError((error: unknown) => {
        if (reply.sent || !failedByReplica(error)) return throwError(() => error);
        replica.fellBack(error);
        return onPrimary(() => next.handle());
      }),
    );
  }
}

function replicaOf(db: DataSource): Replica | null {
  const { master } = db.driver as { master?: unknown };
  return master instanceof PoolOfPools ? master.replica : null;
}

function remember(reply: FastifyReply, { behindMs }: Replica): void {
  void reply.setCookie(WROTE_COOKIE, '1', {
    httpOnly: true,
    sameSite: 'strict',
    path: '/api/admin',
    maxAge: Math.ceil(unseenMs(behindMs) / 1000),
  });
}
