import {
  Global,
  Inject,
  Injectable,
  Logger,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { sentence } from '@yajin/core';
import { Cache } from '@yajin/server';
import { Redis } from 'ioredis';
import type { Env } from '../env.js';
import { HealthChecks, type HealthReading } from '../system/index.js';
import { ENV } from './environment.module.js';

/** Injects the connection, or null where none is configured. */
export const REDIS = Symbol('redis');

const TOLD_EVERY_MS = 60_000;

function connect({ redisUrl }: Env): Redis | null {
  if (!redisUrl) return null;
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  tellOfFaults(redis);
  return redis;
}

/** It is tried again twice a second: of a fault one line a minute, and one when it is over. */
function tellOfFaults(redis: Redis): void {
  const logger = new Logger('Redis');
  let toldAt = -Infinity;
  let faults = 0;
  redis.on('error', (error: Error & { code?: string }) => {
    faults += 1;
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    logger.warn(
      `Redis does not answer (${error.message || (error.code ?? error.name)}): going on without it`,
    );
  });
  redis.on('ready', () => {
    if (faults > 0) logger.log(`Redis answers again, after ${faults} faults`);
    faults = 0;
    toldAt = -Infinity;
  });
}

/** Says how the connection is, and ends it with the application, so that a process can drain and exit. */
@Injectable()
class RedisLife implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(REDIS) private readonly redis: Redis | null,
    private readonly checks: HealthChecks,
  ) {}

  onModuleInit(): void {
    this.checks.register('redis', () => this.check());
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async check(): Promise<HealthReading> {
    if (!this.redis) return { status: 'disabled', findings: [sentence('redis_off')] };
    const answer = await this.redis.ping().catch(() => null);
    return answer === 'PONG'
      ? { status: 'up', findings: [] }
      : { status: 'down', findings: [sentence('redis_down')] };
  }
}

/** Redis, which everything can do without: it only makes replicas count together, and remember faster. */
@Global()
@Module({
  providers: [
    { provide: REDIS, inject: [ENV], useFactory: connect },
    { provide: Cache, inject: [REDIS], useFactory: (redis: Redis | null) => new Cache(redis) },
    RedisLife,
  ],
  exports: [REDIS, Cache],
})
export class RedisModule {}
