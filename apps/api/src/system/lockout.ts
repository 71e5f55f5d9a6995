import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { TryLater } from './try-later.js';

/** So many wrong passwords in a row on one account, or from one address, lock it. Durations in seconds, real time. */
export const ACCOUNT_GUESSES = { points: 5, duration: 3600 };
export const ADDRESS_GUESSES = { points: 30, duration: 900 };
const LOCK_SECONDS = 900;
const LOCKED = '登录失败次数过多，请稍后再试';

/**
 * Keeps passwords from being guessed. Names that do not exist are counted like those that do, so that a lock tells nothing.
 * In Redis, where there is one, replicas count together.
 */
export class Lockout {
  constructor(
    private readonly accounts: RateLimiterAbstract,
    private readonly addresses: RateLimiterAbstract,
  ) {}

  /** Costs no hash: ask before anything else. @throws TryLater */
  async requireUnlocked(username: string, ip: string): Promise<void> {
    const found = [await this.accounts.get(username), await this.addresses.get(ip)];
    for (const counted of found) if (counted && counted.remainingPoints <= 0) refuse(counted);
  }

  /**
   * Counts a guess before it is looked at, so that many at once do not slip past the count; a right one is taken back.
   * @throws TryLater
   */
  async guess(username: string, ip: string, isRight: () => Promise<boolean>): Promise<boolean> {
    const address = await take(this.addresses, ip);
    const account = await take(this.accounts, username);
    const right = await isRight();
    if (right) {
      await this.addresses.reward(ip);
      await this.forget(username);
      return true;
    }
    if (account.remainingPoints === 0) await this.accounts.block(username, LOCK_SECONDS);
    if (address.remainingPoints === 0) await this.addresses.block(ip, LOCK_SECONDS);
    return false;
  }

  /** Unlocks an account. */
  async forget(username: string): Promise<void> {
    await this.accounts.delete(username);
  }
}

async function take(limiter: RateLimiterAbstract, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key);
  } catch (rejection) {
    if (!(rejection instanceof RateLimiterRes)) throw rejection;
    return refuse(rejection);
  }
}

function refuse({ msBeforeNext }: RateLimiterRes): never {
  const seconds = Math.ceil(msBeforeNext / 1000);
  throw new TryLater(Math.min(Math.max(1, seconds), LOCK_SECONDS), LOCKED);
}
