/**
 * How long the kernel waits before it does again what has not come to its end: seconds of real time. docs/money.md tells operators the
 * same. Of a list the first refusal, question … waits for the first, and all that come after its end for the last.
 */

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Longer than a gateway's answer or a line's taking note takes: what its worker was killed at falls due again. */
export const LEASE = 10;

export const ATTEMPT_WAITS = {
  /**
   * Between two questions while the payer waits: the more the longer ago they were given something to pay by. What is paid is told of; asking
   * is for when that fails, and two thousand who wait must not take what those need who come: so all of one process together ask at most
   * so often a second.
   */
  polls: { least: 5, ofAge: 1 / 6, most: 30, aSecond: 20 },
  /** A payer has hardly had the time to pay before. */
  firstPoll: 2,
  /** Between questions about an open attempt nobody waits for. */
  queries: [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE],
  /** Between questions because of hints that prove nothing. */
  hints: MINUTE,
  /** What the payer was given can be paid no more, with some time for the gateway's word of it. */
  death: 15 * MINUTE,
} as const;

/** An order whose end could not be brought about: twice as long each time. */
export const CLOSE_WAITS = { first: 10, longest: 10 * MINUTE } as const;

/** Refunds and transfers alike. */
export const PAYOUT_WAITS = {
  /** After each definite refusal; after one more a person decides. */
  refusals: [30, 2 * MINUTE],
  /** Before asking about what was accepted; the first is what gateways recommend. */
  queries: [MINUTE, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR],
  /** Before sending or asking again where the gateway said that these were too many. */
  throttle: 10,
  /** What has had no clear end for so long is for a person to look at, too, and may be settled by other means. */
  unclear: DAY,
  /** Before what is held is looked at again by itself; whoever lets it go has it looked at at once. */
  held: 5 * MINUTE,
} as const;

/** A withdrawal that nobody has confirmed to be at the bank so long after it left is for people to be told of. Business time. */
export const WITHDRAWAL_UNCONFIRMED = 3 * DAY;

export const REFUND_WAITS = {
  /** Before asking about a refund whose request went unanswered. */
  unanswered: [5, 30, 2 * MINUTE, 5 * MINUTE, 10 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR],
  /** Before a gateway's refunds, whose balance is empty, are tried again by one of them. */
  pause: 10 * MINUTE,
  /** Longer than that one takes. */
  probe: MINUTE,
  /** Before a redirection is asked about: longer than its call takes … */
  redirection: 15,
  /** … and once it went unanswered. */
  redirectionUnanswered: 5,
  /** A number that its gateway closes so long after it was sent is followed by another … */
  resumesAfter: DAY,
  /** … after so long … */
  resumption: 10 * MINUTE,
  /**
   * … and the balance never sufficed when it took a week (https://pay.weixin.qq.com/doc/v3/merchant/4013071031); an hour is for the
   * gateway's clock and ours.
   */
  starvesAfter: 7 * DAY - HOUR,
} as const;

/** A line that threw gets a delivery again: after twice as long each time. */
export const DELIVERY_WAITS = { first: 2, longest: 10 * MINUTE } as const;

/** Registrations refused within so long belong together. */
export const REFUSAL_WINDOW = 30 * MINUTE;

/** A doubled wait stops growing long before the numbers do. */
const MOST_DOUBLINGS = 10;

/** @param before how many waits there were before */
export function waitOf(waits: readonly [number, ...number[]], before: number): number {
  return waits[Math.min(before, waits.length - 1)] ?? waits[0];
}

/** @param tries how often it was tried, and failed */
export function doubledWait({ first, longest }: { first: number; longest: number }, tries: number): number {
  return Math.min(longest, first * 2 ** Math.min(tries, MOST_DOUBLINGS));
}

export function after(from: Date, seconds: number): Date {
  return new Date(from.getTime() + seconds * 1000);
}

/** Whether so many seconds have gone by since. */
export function isOver(since: Date, seconds: number, now: Date): boolean {
  return now.getTime() - since.getTime() >= seconds * 1000;
}

/** Hours of business time: bills come by the gateway's calendar, which the demo's clock moves along. */
export const BILL_WAITS = {
  /** After each whole reading: bills get corrected. Then it is read no more by itself. */
  again: [6, 24, 48, 96],
  /** Half an hour after the first failure, then twice as long each time, at most so many seconds; so often in all. */
  longest: 6 * HOUR,
  tries: 30,
  /** An empty bill of a day on which we were paid is believed after so many: about a day. */
  emptyAfter: 7,
} as const;
