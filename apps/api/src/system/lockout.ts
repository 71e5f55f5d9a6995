import { sentence } from '@yajin/core';
import { setTimeout as sleep } from 'node:timers/promises';
import { createHash } from 'node:crypto';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { networkOf } from '@yajin/server';
import { folded } from './password.rules.js';
import { TryLater } from './try-later.js';

interface Guesses {
  points: number;
  /** Seconds. */
  duration: number;
}

/** So many wrong passwords lock what is counted for a quarter of an hour. Real time. */
export const GUESSES = {
  /** At one account from one network, from one known browser, or by whoever holds one of its sessions. */
  account: { points: 5, duration: 3600 },
  /** From one network, whatever the names. */
  network: { points: 30, duration: 900 },
  /** At one account from everywhere: more are slowed, not locked. */
  everywhere: { points: 10, duration: 3600 },
  /** At one account's one-time codes from everywhere, by strangers who know its password. */
  codes: { points: 20, duration: 3600 },
  /** The same by all the browsers together that the account knows, so that strangers do not lock those. */
  knownCodes: { points: 20, duration: 3600 },
} as const satisfies Record<string, Guesses>;
const LOCK_SECONDS = 900;

/** Each guess beyond the count waits twice as long as the one before, up to the last. Milliseconds. */
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4_000;
/** So many guesses wait at once in one process; one more is told to come back. */
const MOST_WAITING = 200;

/** 429 for whoever guessed too often. */
export class LockedOut extends TryLater {
  constructor(seconds: number) {
    super(seconds, sentence('locked_out'));
  }
}

/** Who guesses at what. */
export interface Guesser {
  username: string;
  /** The hash of the account's password, so that another one starts counting anew; null where there is no such account. */
  passwordHash: string | null;
  ip: string;
  /** Somebody the account knows: a browser that has logged in before, or the holder of a session. Counted by itself. */
  known: string | null;
}

/** Right, wrong, or right as far as it goes: then neither is anything counted nor what was counted before forgiven. */
export type Guess = boolean | 'incomplete';

export type Limiters = Record<keyof typeof GUESSES, RateLimiterAbstract>;

/**
 * Keeps passwords from being guessed, and strangers from locking others out: what counts is the account together with the
 * network, and whom the account knows is counted apart. Names that do not exist are counted like those that do, so that a lock
 * tells nothing. In Redis, where there is one, replicas count together.
 */
export class Lockout {
  private waiting = 0;

  constructor(private readonly limiters: Limiters) {}

  /**
   * Costs no hash: ask before anything else. Waits where the account is being guessed at from everywhere.
   * @throws TryLater
   */
  async requireUnlocked(guesser: Guesser): Promise<void> {
    const { account, network, everywhere } = this.limiters;
    const found = [await account.get(accountKey(guesser))];
    if (guesser.known === null) found.push(await network.get(networkOf(guesser.ip)));
    for (const counted of found) if (counted && counted.remainingPoints <= 0) refuse(counted);
    if (guesser.known !== null) return;
    const counted = await everywhere.get(everywhereKey(guesser));
    await this.slow(counted?.consumedPoints ?? 0);
  }

  /**
   * Counts a guess before it is looked at, so that many at once do not slip past the count; a right one is taken back.
   * @throws TryLater
   */
  async guess(guesser: Guesser, isRight: () => Promise<Guess>): Promise<Guess> {
    const { account, network, everywhere } = this.limiters;
    const [key, from] = [accountKey(guesser), networkOf(guesser.ip)];
    const stranger = guesser.known === null;
    const byNetwork = stranger ? await take(network, from) : null;
    const byAccount = await take(account, key);
    const right = await isRight();
    if (right) {
      if (stranger) await network.reward(from);
      if (right === 'incomplete') await account.reward(key);
      else await account.delete(key);
      return right;
    }
    // It never locks, so it may go on beyond its points.
    if (stranger) await everywhere.penalty(everywhereKey(guesser));
    if (byAccount.remainingPoints === 0) await account.block(key, LOCK_SECONDS);
    if (byNetwork?.remainingPoints === 0) await network.block(from, LOCK_SECONDS);
    return false;
  }

  /**
   * A one-time code of an account whose password was right, within `guess`. It has few digits: ever more networks must not try
   * them all, so this locks, but nobody can do it without the password, nor lock those whom the account knows from outside.
   * @throws TryLater
   */
  async guessCode(guesser: Guesser, isRight: () => Promise<boolean>): Promise<boolean> {
    const limiter = guesser.known === null ? this.limiters.codes : this.limiters.knownCodes;
    const key = everywhereKey(guesser);
    await take(limiter, key);
    const right = await isRight();
    if (right) await limiter.delete(key);
    return right;
  }

  /** No turn at hashing is held meanwhile. @throws TryLater when too many wait */
  private async slow(guesses: number): Promise<void> {
    const beyond = guesses - GUESSES.everywhere.points;
    if (beyond < 0) return;
    if (this.waiting >= MOST_WAITING) throw new TryLater(1);
    this.waiting += 1;
    try {
      await sleep(Math.min(FIRST_WAIT_MS * 2 ** Math.min(beyond, 10), LONGEST_WAIT_MS));
    } finally {
      this.waiting -= 1;
    }
  }
}

function accountKey({ username, passwordHash, ip, known }: Guesser): string {
  return `${everywhereKey({ username, passwordHash })}|${known ?? networkOf(ip)}`;
}

/** Of bounded length, and without what a stranger typed: people put passwords where a name belongs. */
function everywhereKey({ username, passwordHash }: Pick<Guesser, 'username' | 'passwordHash'>): string {
  return createHash('sha256')
    .update(JSON.stringify([folded(username), passwordHash]))
    .digest('base64url');
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
  throw new LockedOut(Math.min(Math.max(1, seconds), LOCK_SECONDS));
}
