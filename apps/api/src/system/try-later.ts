import type { Sentence } from '@yajin/core';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { FastifyReply } from 'fastify';
import { catchError, throwError, type Observable } from 'rxjs';

/** 429 that says when to come back. */
export class TryLater extends BusinessError {
  /** @param seconds until it is worth trying again */
  constructor(
    readonly seconds: number,
    said?: Sentence,
  ) {
    super(429, said);
  }
}

/** Puts the `Retry-After` of a TryLater on the answer. */
@Injectable()
export class RetryAfter implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler<unknown>): Observable<unknown> {
    return next.handle().pipe(
      catchError((error: unknown) => {
        const reply = context.switchToHttp().getResponse<FastifyReply>();
        if (error instanceof TryLater) void reply.header('retry-after', error.seconds);
        return throwError(() => error);
      }),
    );
  }
}
