import { Global, Module } from '@nestjs/common';
import { ThrottlerModule, type ThrottlerStorage } from '@nestjs/throttler';
import type { Redis } from 'ioredis';
import {
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import { GUESSES, Lockout } from '../system/index.js';
import { REDIS } from './redis.module.js';

/** Of one network at one route, unless the route says otherwise. `ttl` in milliseconds. */
const CALLS = { limit: 10, ttl: 60_000 };

/** With Redis replicas count together; while it is away each counts by itself. `duration` in seconds. */
function limiter(
  redis: Redis | null,
  keyPrefix: string,
  calls: { points: number; duration: number },
): RateLimiterAbstract {
  const memory = new RateLimiterMemory(calls);
  if (!redis) return memory;
  return new RateLimiterRedis({ storeClient: redis, keyPrefix, insuranceLimiter: memory, ...calls });
}

function lockout(redis: Redis | null): Lockout {
  return new Lockout({
    account: limiter(redis, 'guesses:account', GUESSES.account),
    network: limiter(redis, 'guesses:network', GUESSES.network),
    everywhere: limiter(redis, 'guesses:everywhere', GUESSES.everywhere),
    codes: limiter(redis, 'guesses:codes', GUESSES.codes),
    knownCodes: limiter(redis, 'guesses:known-codes', GUESSES.knownCodes),
  });
}

/** Counts calls of throttled routes by limiters of ours, one for each limit that a route has. */
class CallCounts implements ThrottlerStorage {
  private readonly limiters = new Map<string, RateLimiterAbstract>();

  constructor(private readonly redis: Redis | null) {}

  /** Times in and out are those of the interface: milliseconds, then seconds. */
  async increment(key: string, ttl: number, limit: number): ReturnType<ThrottlerStorage['increment']> {
    try {
      const { consumedPoints, msBeforeNext } = await this.limiterOf(limit, ttl).consume(key);
      const timeToExpire = Math.ceil(msBeforeNext / 1000);
      return { totalHits: consumedPoints, timeToExpire, isBlocked: false, timeToBlockExpire: 0 };
    } catch (rejection) {
      if (!(rejection instanceof RateLimiterRes)) throw rejection;
      const seconds = Math.ceil(rejection.msBeforeNext / 1000);
      return {
        totalHits: rejection.consumedPoints,
        timeToExpire: seconds,
        isBlocked: true,
        timeToBlockExpire: seconds,
      };
    }
  }

  private limiterOf(points: number, ttl: number): RateLimiterAbstract {
    const name = `${points}/${ttl}`;
    const found =
      this.limiters.get(name) ?? limiter(this.redis, 'throttle', { points, duration: ttl / 1000 });
    this.limiters.set(name, found);
    return found;
  }
}

/** What bounds how often somebody may call, or guess. */
@Global()
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [REDIS],
      useFactory: (redis: Redis | null) => ({ throttlers: [CALLS], storage: new CallCounts(redis) }),
    }),
  ],
  providers: [{ provide: Lockout, inject: [REDIS], useFactory: lockout }],
  exports: [Lockout],
})
export class LimitsModule {}
