import type { CallOutcome } from '@yajin/server';

/** So many failures in a row of one operation are no hiccup. */
const NOTABLE = 3;
/** From here on nobody waits for it to pass; nor where it has lasted for so long. */
const GRAVE = 10;
const GRAVE_AFTER_MS = 45_000;
/** A single moment, in which many calls failed at once, wakes nobody. */
const ALERTED_AFTER_MS = 10_000;
/** What was not tried any more says nothing of now. */
const FORGOTTEN_AFTER_MS = 15 * 60_000;
/** Clocks of machines that are kept in time differ by less. */
const SKEWED_MS = 60_000;
/**
 * WeChat Pay refuses requests whose time is off by more than five minutes ("Http头Authorization中的timestamp与发起请求的时间不得超过5分钟",
 * https://developers.weixin.qq.com/community/pay/doc/000862f4d2ce6896938b8dde25b800), and its own stamp is believed for as long.
 */
const REFUSED_MS = 300_000;
/** Somebody else alerts of these, with what only they know. */
const TOLD: ReadonlySet<string> = new Set(['UNKNOWN_KEY']);

export type Level = 'up' | 'degraded' | 'down';

/** Failures in a row of one operation of one side. */
export interface Streak {
  side: string;
  operation: string;
  outcome: CallOutcome;
  /** Of the latest one. */
  code: string;
  message: string;
  failures: number;
  /** Real time of the first and the latest. */
  since: Date;
  last: Date;
}

/** Whether a call failed by no refusal of what was asked; null for what says nothing. */
export function failed(outcome: CallOutcome): boolean | null {
  switch (outcome) {
    case 'ok':
    case 'refused':
    case 'throttled':
      return false;
    case 'denied':
    case 'timeout':
    case 'network':
    case 'http':
    case 'signature':
    case 'unclear':
      return true;
    case 'aborted':
    case 'other':
      return null;
  }
}

/** Whether any call that is answered shows that it is over: nothing of it is about one operation. */
export function isOfTheWay(outcome: CallOutcome): boolean {
  return outcome === 'timeout' || outcome === 'network' || outcome === 'http' || outcome === 'signature';
}

export function levelOf({ failures, since, last }: Pick<Streak, 'failures' | 'since' | 'last'>): Level {
  if (failures < NOTABLE) return 'up';
  return failures >= GRAVE || last.getTime() - since.getTime() >= GRAVE_AFTER_MS ? 'down' : 'degraded';
}

export function isAlerted(streak: Streak): boolean {
  if (TOLD.has(streak.code) || levelOf(streak) === 'up') return false;
  return levelOf(streak) === 'down' || streak.last.getTime() - streak.since.getTime() >= ALERTED_AFTER_MS;
}

export function isForgotten({ last }: Pick<Streak, 'last'>, now: Date): boolean {
  return now.getTime() - last.getTime() > FORGOTTEN_AFTER_MS;
}

/** @param skewMs by how much another clock is before ours */
export function levelOfSkew(skewMs: number): Level {
  const off = Math.abs(skewMs);
  return off > REFUSED_MS ? 'down' : off > SKEWED_MS ? 'degraded' : 'up';
}

export function worst(levels: readonly Level[]): Level {
  return levels.includes('down') ? 'down' : levels.includes('degraded') ? 'degraded' : 'up';
}
