import { Logger } from '@nestjs/common';
import type { Redis } from 'ioredis';

/** A short memory that may forget anything at any time: Redis where there is one, nothing otherwise. */
export class Cache {
  private readonly logger = new Logger(Cache.name);

  constructor(private readonly redis: Redis | null) {}

  async get(key: string): Promise<string | null> {
    return this.attempt(async (redis) => redis.get(key));
  }

  async set(key: string, value: string, seconds: number): Promise<void> {
    await this.attempt(async (redis) => redis.set(key, value, 'EX', seconds));
  }

  /** A Redis that is away costs speed only. */
  private async attempt<Result>(work: (redis: Redis) => Promise<Result>): Promise<Result | null> {
    if (!this.redis || this.redis.status !== 'ready') return null;
    try {
      return await work(this.redis);
    } catch (error) {
      this.logger.warn(`redis: ${String(error)}`);
      return null;
    }
  }
}
