import { BROKEN } from './planet/planet-broken.js';
import type { Store } from './store.js';

/** The calls that faults of the answer can be aimed at. */
const ENDPOINTS = [
  'create',
  'query',
  'close',
  'refund',
  'refundQuery',
  'redirect',
  'bill',
  'statement',
  'transfer',
  'transferQuery',
] as const;
export type Endpoint = (typeof ENDPOINTS)[number];

interface FaultKind {
  /** What `value` is: nothing, a number with its default, or one of several words (the first by default). */
  value: null | number | readonly string[];
  aimed: boolean;
  about: string;
}

function flag(about: string): FaultKind {
  return { value: null, aimed: false, about };
}

function amount(byDefault: number, about: string): FaultKind {
  return { value: byDefault, aimed: false, about };
}

function choice(words: readonly string[], about: string): FaultKind {
  return { value: words, aimed: false, about };
}

function answer(value: FaultKind['value'], about: string): FaultKind {
  return { value, aimed: true, about };
}

/**
 * Every fault that can be switched on with `POST /control/faults`, as data: README.md explains how a
 * fault is written. An "event" is one payment or refund result, a "send" one HTTP request about it.
 */
const FAULTS = {
  dropNotifications: flag('an event is never sent (until resent through the control API)'),
  duplicateNotifications: amount(1, 'value more sends of an event, gapMs apart (1000 unless given)'),
  delayNotificationsMs: amount(1000, 'the first send of an event comes value ms later'),
  reorderNotifications: amount(
    2,
    'events are held back until there are value of them, then sent newest first',
  ),
  wrongAmount: amount(0, 'an event says value fen; 0 means one fen more than the truth'),
  wrongAppId: flag('an event names another appid'),
  wrongMchId: flag('an event names another mchid'),
  wrongPayer: flag('an event names another openid'),
  badSignature: flag('a send is signed over another body'),
  staleTimestamp: flag('a send is signed six minutes ago'),
  signTest: flag('a send is a probe: its signature begins WECHATPAY/SIGNTEST/'),
  unparsable: choice(
    ['content', 'cipher', 'body'],
    'a send is signed, but its part named by value cannot be read',
  ),
  failBefore: answer(null, '500 SYSTEM_ERROR without having done anything'),
  failAfter: answer(null, '500 SYSTEM_ERROR although it was done'),
  nonsense: answer(
    ['html', 'empty', 'accepted', 'noContent', 'redirect', 'truncated', 'plainText', 'garbage'],
    'done, and WeChat Pay v3 answers what nobody can read',
  ),
  badGateway: answer(null, 'a proxy answers 502 with a page of its own'),
  hangAfter: answer(null, 'done, but never answered'),
  delayAnswersMs: answer(1000, 'answered value ms late'),
  unsignedAnswer: answer(null, 'answered without signature headers'),
  forgedAnswer: answer(null, 'answered with the signature of another body'),
  otherCertificate: answer(null, 'Alipay’s answer names another certificate of its own'),
  frequencyLimited: answer(null, '429 FREQUENCY_LIMITED'),
  refuseCreate: choice(['NO_AUTH', 'RULE_LIMIT', 'TRADE_ERROR'], 'WeChat Pay v3 refuses to register a trade'),
  notEnough: flag('a refund is declined: 403 NOT_ENOUGH'),
  refuseRefund: flag('a refund is declined for good: 403 USER_ACCOUNT_ABNORMAL or what its gateway calls it'),
  refundResult: choice(['ABNORMAL', 'CLOSED'], 'an accepted refund ends as value instead of SUCCESS'),
  refundStuck: flag('an accepted refund stays PROCESSING'),
  payAfterExpiry: flag('a payer can pay after time_expire'),
  payAfterClose: flag('a payer can still pay a closed trade'),
  discount: amount(500, 'value fen of a payment are paid by a coupon of the merchant’s'),
  gbk: flag('Alipay tells of an event in GBK'),
  noFinishTime: flag('Shouqianba tells no finish_time of a paid order'),
  tokenReplaced: flag('the access token of the next message or WeCom call is not good any more'),
  messageUnanswered: flag('a message is answered with a page of a proxy (502)'),
  repeatPage: flag('zsxq answers every page of posts with the first one'),
  blankName: flag('zsxq leaves name empty and puts it into alias'),
  planetThrottled: flag('zsxq answers 1059'),
  planetUpgrading: flag('zsxq answers 1050'),
  planetBroken: choice(BROKEN, 'something answers in the place of zsxq, as value says'),
} as const satisfies Record<string, FaultKind>;

export type FaultName = keyof typeof FAULTS;

interface Fault {
  value: number | string | null;
  /** Calls it is aimed at; null means all. */
  endpoints: Endpoint[] | null;
  /** How often it still happens; null means until it is switched off. */
  times: number | null;
  /** Only for this out_trade_no, order number or out_refund_no. */
  match: string | null;
  gapMs: number;
}

/** What a fault is about to happen to. */
export interface Subject {
  outTradeNo?: string | null;
  outRefundNo?: string | null;
  endpoint?: Endpoint;
}

export class InvalidFault extends Error {}

export class Faults {
  private readonly active: Map<FaultName, Fault>;

  constructor(private readonly store: Store) {
    this.active = new Map(Object.entries(store.setting<Record<FaultName, Fault>>('faults') ?? {})) as Map<
      FaultName,
      Fault
    >;
  }

  /** Uses the fault up by one when it is on and applies to the subject; null when it does not. */
  take(name: FaultName, subject: Subject = {}): Fault | null {
    const fault = this.active.get(name);
    if (!fault || !applies(fault, subject)) return null;
    if (fault.times !== null) {
      fault.times -= 1;
      if (fault.times === 0) this.active.delete(name);
      this.save();
    }
    return fault;
  }

  /** Merges what `POST /control/faults` was sent. @throws InvalidFault before anything changes */
  merge(body: Record<string, unknown>): void {
    const { reset, ...given } = body;
    const parsed = Object.entries(given).map(([name, input]) => parseFault(name, input));
    if (reset === true) this.active.clear();
    for (const [name, fault] of parsed) {
      if (fault) this.active.set(name, fault);
      else this.active.delete(name);
    }
    this.save();
  }

  list(): { active: Record<string, Fault>; known: Record<string, string> } {
    const known = Object.entries(FAULTS).map(([name, kind]): [string, string] => [name, kind.about]);
    return { active: Object.fromEntries(this.active), known: Object.fromEntries(known) };
  }

  private save(): void {
    this.store.saveSetting('faults', Object.fromEntries(this.active));
  }
}

/** `ord_<uuid>` and the out_trade_no made from it count as the same. */
export function plainOrderNo(text: string): string {
  return text.replace(/^ord_/, '').replaceAll('-', '');
}

function applies(fault: Fault, subject: Subject): boolean {
  if (fault.endpoints && !(subject.endpoint && fault.endpoints.includes(subject.endpoint))) return false;
  if (fault.match === null) return true;
  const { outTradeNo, outRefundNo } = subject;
  return (
    fault.match === outRefundNo || fault.match === outTradeNo || plainOrderNo(fault.match) === outTradeNo
  );
}

function parseFault(name: string, input: unknown): [FaultName, Fault | null] {
  if (!Object.hasOwn(FAULTS, name)) {
    throw new InvalidFault(`unknown fault ${name}; known: ${Object.keys(FAULTS).join(', ')}`);
  }
  const kind: FaultKind = FAULTS[name as FaultName];
  if (input === false || input === null) return [name as FaultName, null];
  const given = longForm(kind, input);
  const byDefault = Array.isArray(kind.value)
    ? ((kind.value as string[])[0] ?? null)
    : (kind.value as number | null);
  const fault: Fault = {
    value: (given['value'] as Fault['value'] | undefined) ?? byDefault,
    endpoints: (given['endpoints'] as Endpoint[] | undefined) ?? null,
    times: (given['times'] as number | undefined) ?? null,
    match: (given['match'] as string | undefined) ?? null,
    gapMs: (given['gapMs'] as number | undefined) ?? 1000,
  };
  const problem = problemOf(kind, fault, Object.keys(given));
  if (problem) throw new InvalidFault(`fault ${name}: ${problem}`);
  return [name as FaultName, fault];
}

function longForm(kind: FaultKind, input: unknown): Record<string, unknown> {
  if (input === true) return {};
  if (Array.isArray(input)) return { endpoints: input };
  if (typeof input === 'object') return { ...input };
  return kind.aimed && typeof input === 'string' ? { endpoints: [input] } : { value: input };
}

function problemOf(kind: FaultKind, fault: Fault, names: string[]): string | null {
  const unknown = names.find((name) => !Object.hasOwn(fault, name));
  if (unknown) return `unknown field ${unknown}`;
  if (kind.value === null && fault.value !== null) return 'takes no value';
  if (typeof kind.value === 'number' && !(Number.isSafeInteger(fault.value) && Number(fault.value) >= 0)) {
    return 'value must be a whole number';
  }
  if (Array.isArray(kind.value) && !kind.value.includes(fault.value))
    return `value must be one of ${kind.value.join()}`;
  if (!kind.aimed && fault.endpoints) return 'is not aimed at endpoints';
  if (
    fault.endpoints &&
    !(Array.isArray(fault.endpoints) && fault.endpoints.every((e) => ENDPOINTS.includes(e)))
  ) {
    return `endpoints must be some of ${ENDPOINTS.join()}`;
  }
  if (fault.times !== null && !(Number.isSafeInteger(fault.times) && fault.times > 0))
    return 'times must be 1 or more';
  if (fault.match !== null && typeof fault.match !== 'string') return 'match must be text';
  if (!(Number.isSafeInteger(fault.gapMs) && fault.gapMs >= 0)) return 'gapMs must be a whole number';
  return null;
}
