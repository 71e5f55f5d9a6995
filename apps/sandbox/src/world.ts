import type { Channel } from './channel.js';
import { Clock } from './clock.js';
import { Faults } from './faults.js';
import { loadKeys, type Identity, type Keys } from './identity.js';
import type { ChannelName } from './money/rows.js';
import type { OtherSides } from './other-sides.js';
import { Chance } from './planet/planet-chance.js';
import type { Store } from './store.js';

/** What can be changed while the sandbox runs (`POST /control/settings`). */
export interface Preferences {
  /** Which platform key signs: `alternate` takes turns. A request's `Wechatpay-Serial` header comes first. */
  signWith: 'publicKey' | 'certificate' | 'alternate';
  /** Which refusals of WeChat Pay v3 go out without a signature: `alternate` is every second one. */
  unsignedRefusals: 'alternate' | 'all' | 'none';
  /** Whether the merchant has platform certificates, or the public key only. */
  certificates: 'some' | 'none';
  /** `real` repeats like WeChat (15 s and longer), `fast` from 100 ms on. */
  notifySchedule: 'real' | 'fast';
  /** Where payments by the fixed code are announced. */
  fixedQrNotifyUrl: string;
  /** How long an accepted refund takes. */
  refundDelayMs: number;
  planetCookieState: 'valid' | 'expired' | 'throttled';
  /** How many of a hundred calls zsxq turns away with 1059, and the seed that says which. */
  planetRefusedPercent: number;
  planetSeed: number;
  /** How Shouqianba tells of payments: signed as the merchant's contract says, or in its own unsigned form. */
  shouqianbaNotify: 'signed' | 'own';
}

export const PREFERENCES: Preferences = {
  signWith: 'publicKey',
  unsignedRefusals: 'alternate',
  certificates: 'some',
  notifySchedule: 'real',
  fixedQrNotifyUrl: 'http://127.0.0.1:8080/api/webhook/wechat/payment',
  refundDelayMs: 50,
  planetCookieState: 'valid',
  planetRefusedPercent: 22,
  planetSeed: 1,
  shouqianbaNotify: 'signed',
};

/** What every part of the sandbox shares. */
export class World {
  readonly clock: Clock;
  readonly faults: Faults;
  readonly chance = new Chance(() => ({
    percent: this.prefs.planetRefusedPercent,
    seed: this.prefs.planetSeed,
  }));
  private prefs: Preferences;
  private parsed: Keys;
  /** Set by the scheduler: tells it that something may be due. */
  wake: () => void = () => undefined;
  /** One for each name, set before anything is served. */
  channels = {} as Record<ChannelName, Channel>;
  /** The application of the corporation that the sandbox may play. */
  readonly agentId = '1000002';
  /** Where client certificates are asked for; known once it listens. */
  secureUrl = '';
  /** Where this sandbox is reached, without a slash at the end. Known once it listens. */
  url = '';

  constructor(
    readonly store: Store,
    private who: Identity,
    /** Keys of the gateways beside WeChat Pay v3. */
    readonly others: OtherSides,
    readonly log: (line: string) => void,
  ) {
    this.clock = new Clock(store);
    this.faults = new Faults(store);
    this.prefs = { ...PREFERENCES, ...store.setting<Partial<Preferences>>('preferences') };
    this.parsed = loadKeys(who);
  }

  channel(name: ChannelName): Channel {
    return this.channels[name];
  }

  get identity(): Identity {
    return this.who;
  }

  get keys(): Keys {
    return this.parsed;
  }

  get preferences(): Readonly<Preferences> {
    return this.prefs;
  }

  prefer(change: Partial<Preferences>): void {
    this.prefs = { ...this.prefs, ...change };
    this.store.saveSetting('preferences', this.prefs);
  }

  identify(change: Partial<Identity>): void {
    this.who = { ...this.who, ...change };
    this.parsed = loadKeys(this.who);
    this.store.saveSetting('identity', this.who);
  }
}
