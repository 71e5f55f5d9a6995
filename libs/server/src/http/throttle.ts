import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RateLimiterMemory, RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { BusinessError } from '../business-error.js';
import { networkOf } from './address.js';

/** Counts calls; in Redis where there is one, so that replicas count together. */
export class Throttle {
  constructor(readonly limiter: RateLimiterAbstract = new RateLimiterMemory({ points: 10, duration: 60 })) {}
}

/** 10 calls a minute per network *and route*; one more is 429 with `Retry-After`. */
@Injectable()
export class Throttled implements CanActivate {
  constructor(protected readonly throttle: Throttle) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const key = `${networkOf(request.ip)} ${request.method} ${this.place(request)}`;
    try {
      await this.throttle.limiter.consume(key);
      return true;
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      void reply.header('retry-after', Math.ceil(rejection.msBeforeNext / 1000));
      throw new BusinessError(429);
    }
  }

  protected place({ routeOptions }: FastifyRequest): string {
    return routeOptions.url ?? '';
  }
}

/** As `Throttled`, but per network and *what the path names*: those behind one address do not wait for each other. */
@Injectable()
export class ThrottledById extends Throttled {
  protected override place({ routeOptions, params }: FastifyRequest): string {
    return `${routeOptions.url ?? ''} ${JSON.stringify(params).slice(0, 100)}`;
  }
}
