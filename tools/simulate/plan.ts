import type { Treatment } from './http-proxy.ts';
import { Random } from './random.ts';
import { drawStories, type Story } from './stories.ts';

export type Fault = { at: number } & (
  | { kind: 'kill -9 of an API'; api: number; forMs: number }
  | { kind: 'frozen API'; api: number; forMs: number }
  | { kind: 'database crash'; signal: 'SIGKILL' | 'SIGQUIT'; forMs: number }
  | { kind: 'silently dead connections to the database' }
  | { kind: 'reset connections to the database' }
  | { kind: 'gateway wire'; treatment: Treatment['kind']; forMs: number; of: number }
  | {
      kind: 'notification wire';
      treatment: Exclude<Treatment['kind'], 'lie' | 'silent'>;
      forMs: number;
      of: number;
    }
  | { kind: 'refund wire (TLS)'; how: 'reset' | 'silent'; afterBytes: number; times: number }
  | { kind: 'sandbox'; fault: string; setting: Record<string, unknown>; matched: boolean }
  | { kind: 'clock jump'; minutes: number }
);

export interface Plan {
  seed: number;
  apis: 1 | 2;
  /** How long people act and things break, in real milliseconds. */
  activeMs: number;
  stories: Story[];
  faults: Fault[];
  /** What becomes of refunds and transfers that are stuck at the gateway when the faults end. */
  stuckEnds: ('SUCCESS' | 'CLOSED' | 'ABNORMAL')[];
}

/**
 * To the bank card an abnormal refund is one in processing: it would stay undecided. Shouqianba's is for somebody to ask the platform
 * about and to settle outside, which nobody does here.
 */
export const NOT_ABNORMAL = ['bank-card', 'shouqianba'];

const ACTIVE_MS = 4_500;

/** Everything that is decided about a seed, before anything happens. */
export function planOf(seed: number): Plan {
  const random = new Random(seed, 'plan');
  const apis = random.chance(0.35) ? 2 : 1;
  const stories = drawStories(random);
  const faults = drawFaults(random, apis);
  const stuckEnds = Array.from({ length: 8 }, () =>
    random.pick(['SUCCESS', 'SUCCESS', 'CLOSED', 'ABNORMAL'] as const),
  );
  return { seed, apis, activeMs: ACTIVE_MS, stories, faults, stuckEnds };
}

const WIRE = ['drop', 'delay', 'reset', 'silent', 'duplicate', 'garble', 'lie'] as const;
const NOTIFY = ['drop', 'delay', 'reset', 'duplicate', 'garble'] as const;

function drawFaults(random: Random, apis: number): Fault[] {
  const faults: Fault[] = [];
  const at = (): number => random.whole(200, 3600);
  const wire = (): Fault => ({
    at: random.whole(0, 2500),
    kind: 'gateway wire',
    treatment: random.pick(WIRE),
    forMs: random.whole(500, 2500),
    of: random.pick([0.2, 0.5, 1]),
  });
  const heavy: (() => Fault)[] = [
    () => ({
      at: at(),
      kind: 'kill -9 of an API',
      api: random.whole(0, apis - 1),
      forMs: random.whole(0, 800),
    }),
    () => ({ at: at(), kind: 'frozen API', api: random.whole(0, apis - 1), forMs: random.whole(500, 3000) }),
    () => ({
      at: at(),
      kind: 'database crash',
      signal: random.pick(['SIGKILL', 'SIGQUIT']),
      forMs: random.whole(0, 700),
    }),
    () => ({ at: at(), kind: 'silently dead connections to the database' }),
    () => ({ at: at(), kind: 'reset connections to the database' }),
  ];
  const light: (() => Fault)[] = [
    wire,
    wire,
    () => ({
      at: random.whole(0, 2500),
      kind: 'notification wire',
      treatment: random.pick(NOTIFY),
      forMs: random.whole(500, 2500),
      of: random.pick([0.3, 0.6, 1]),
    }),
    () => ({
      at: random.whole(300, 2500),
      kind: 'refund wire (TLS)',
      how: random.pick(['reset', 'silent']),
      afterBytes: random.whole(200, 3500),
      times: random.whole(1, 2),
    }),
    ...Array.from({ length: 4 }, () => () => sandboxFault(random, random.whole(100, 2500))),
  ];
  if (random.chance(0.75)) faults.push(random.pick(heavy)());
  for (let count = random.whole(3, 6); count > 0; count -= 1) faults.push(random.pick(light)());
  if (random.chance(0.4)) {
    faults.push({ at: random.whole(1000, 2500), kind: 'clock jump', minutes: random.pick([3, 16, 31, 121]) });
    faults.push(sandbox(0, 'payAfterExpiry', {}));
    if (random.chance(0.5)) faults.push(sandbox(0, 'payAfterClose', {}));
  }
  return faults.sort((a, b) => a.at - b.at);
}

function sandbox(at: number, fault: string, setting: Record<string, unknown>, matched = false): Fault {
  return { at, kind: 'sandbox', fault, setting, matched };
}

function sandboxFault(random: Random, at: number): Fault {
  const times = random.whole(1, 4);
  const calls = ['create', 'query', 'close', 'refund', 'refundQuery', 'transfer', 'transferQuery'] as const;
  const endpoints = [random.pick(calls), random.pick(['refund', 'transfer', 'close'])];
  return random.pick<() => Fault>([
    () => sandbox(at, 'dropNotifications', { times }),
    () => sandbox(at, 'duplicateNotifications', { times, value: 2, gapMs: random.whole(0, 500) }),
    () => sandbox(at, 'delayNotificationsMs', { times, value: random.whole(200, 3000) }),
    () => sandbox(at, 'reorderNotifications', { times: times * 2, value: 2 }),
    () => sandbox(at, 'failBefore', { times, endpoints }),
    () => sandbox(at, 'failAfter', { times, endpoints }),
    () => sandbox(at, 'hangAfter', { times: 1, endpoints }),
    () => sandbox(at, 'delayAnswersMs', { times, endpoints, value: random.whole(200, 2500) }),
    () => sandbox(at, 'unsignedAnswer', { times, endpoints }),
    () => sandbox(at, 'forgedAnswer', { times, endpoints }),
    () => sandbox(at, 'frequencyLimited', { times, endpoints }),
    () => sandbox(at, 'badSignature', { times }),
    () => sandbox(at, 'unparsable', { times: 1 }),
    () => sandbox(at, 'wrongAmount', { times: 1 }),
    () => sandbox(at, 'wrongPayer', { times: 1 }),
    () => sandbox(at, 'payAfterClose', { times }),
    () => sandbox(at, 'notEnough', { times }),
    () => sandbox(at, 'refundStuck', { times }),
    () => sandbox(at, 'refundResult', { times, value: random.pick(['ABNORMAL', 'CLOSED']) }, true),
  ])();
}
