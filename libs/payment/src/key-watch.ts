import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Alerts, Clock, Deadlines } from '@yajin/server';
import type { KernelAlert } from './kernel-alert.js';
import { plainSerial } from './gateways/keys.js';
import { Gateways } from './gateways.js';

/** How often one serial is written down at most, in real milliseconds. */
const NOTED_EVERY_MS = 60_000;
/** How many things are alerted of at once. */
const MOST_NOTED = 10;
const DAY_MS = 86_400_000;
/**
 * WeChat asks for twelve hours at most: https://pay.weixin.qq.com/doc/v3/merchant/4012551764. A merchant without certificates may be
 * given some: once a day is enough to see it.
 */
const REFRESH_EVERY_MS = 10 * 3_600_000;
const FAILED_AFTER_MS = 10 * 60_000;
const MISSED_EVERY_MS = 60_000;
/** How long before its end a certificate is warned of. */
const WARNED_BEFORE_MS = 30 * DAY_MS;
/** From then on a key that is missing is no hiccup any more. */
const GRAVE_AFTER_MS = 10 * 60_000;
/** How the keys of alerts begin; the gateway follows, and the serial. */
const UNKNOWN = 'unknown-key:';
const UNREADABLE = 'keys:';
const EXPIRES = 'key-expiry:';

/** One that signed and that we have not got, a file that cannot be read, or a certificate that runs out; one that has is grave. */
export type KeyTrouble = {
  gateway: string;
  /** Whether money waits for it, or will any moment. */
  grave: boolean;
} & (
  | { what: 'unknown'; serial: string }
  | { what: 'unreadable' }
  | { what: 'expires'; serial: string; expiresAt: Date }
);

/** Watches the keys that gateways sign with: ones that we have not got, and ones that run out. Real time throughout. */
@Injectable()
export class KeyWatch implements OnModuleInit {
  private readonly logger = new Logger(KeyWatch.name);
  private readonly notedAt = new Map<string, number>();
  /** When keys are fetched next, and were last, by gateway. */
  private readonly refreshes = new Map<string, { next: number; last: number }>();

  constructor(
    private readonly gateways: Gateways,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly clock: Clock,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    const step = { name: 'keys', run: () => this.tick(), routine: true } as const;
    this.deadlines.register({ owner: 'keys', steps: [step] });
    this.gateways.onUnknownKey = (gateway, serial) => {
      this.refreshSoon(gateway);
      void this.note(gateway, serial);
    };
  }

  /** One alert for each serial, which stands until its key is there. */
  private async note(gateway: string, serial: string): Promise<void> {
    await this.raise(
      `${UNKNOWN}${gateway}:${serial}`,
      NOTED_EVERY_MS,
      'unknown-key',
      gateway,
      `serial ${serial}; what it signs is not believed, and comes again, until the key is added`,
    );
  }

  /** A key is missed: perhaps WeChat hands it out by now. */
  private refreshSoon(gateway: string): void {
    const known = this.refreshes.get(gateway);
    if (known) known.next = Math.min(known.next, known.last + MISSED_EVERY_MS);
  }

  private async refresh(gateway: string): Promise<void> {
    const fetching = this.gateways.get(gateway);
    const now = this.clock.wall().getTime();
    if (!fetching.refreshKeys || now < (this.refreshes.get(gateway)?.next ?? 0)) return;
    const planned = { next: now + FAILED_AFTER_MS, last: now };
    this.refreshes.set(gateway, planned);
    try {
      planned.next = now + ((await fetching.refreshKeys()) > 0 ? REFRESH_EVERY_MS : DAY_MS);
    } catch (error) {
      this.logger.warn(`the keys of ${gateway} cannot be fetched: ${String(error)}`);
    }
  }

  /** Run as often as wanted: fetches keys, warns of certificates thirty days ahead, and of files of keys that cannot be read. */
  async tick(): Promise<void> {
    await Promise.all(this.gateways.names.map((gateway) => this.refresh(gateway)));
    const standing = new Set<string>();
    for (const gateway of this.gateways.names) {
      const { known, problem } = this.gateways.get(gateway).keys?.() ?? { known: [], problem: null };
      if (problem !== null) {
        const key = `${UNREADABLE}${gateway}`;
        standing.add(key);
        await this.raise(key, DAY_MS, 'key-file-unreadable', gateway, problem);
      }
      for (const { serial, expiresAt } of known) {
        if (expiresAt === null || expiresAt.getTime() - this.clock.wall().getTime() > WARNED_BEFORE_MS)
          continue;
        const until = expiresAt.toISOString();
        const key = `${EXPIRES}${gateway}:${serial}`;
        standing.add(key);
        await this.raise(key, DAY_MS, 'certificate-expires', gateway, `${serial} until ${until}`);
      }
    }
    await this.forget(standing);
  }

  /** What is wrong with keys just now. */
  async troubles(): Promise<KeyTrouble[]> {
    const missing = (await this.missing()).map(({ gateway, serial, since }): KeyTrouble => ({
      gateway,
      what: 'unknown',
      serial,
      grave: this.clock.wall().getTime() - since.getTime() > GRAVE_AFTER_MS,
    }));
    const others = this.gateways.names.flatMap((gateway): KeyTrouble[] => {
      const { known, problem } = this.gateways.get(gateway).keys?.() ?? { known: [], problem: null };
      const broken = problem === null ? [] : [{ gateway, what: 'unreadable', grave: false } as const];
      return [...broken, ...known.flatMap((key) => expiry(gateway, key, this.clock.wall()))];
    });
    return [...missing, ...others];
  }

  private async missing(): Promise<{ gateway: string; serial: string; since: Date }[]> {
    const yesterday = new Date(this.clock.wall().getTime() - DAY_MS);
    const found = await this.alerts.open(UNKNOWN);
    return found
      .filter(({ lastAt }) => lastAt > yesterday)
      .map(({ key, raisedAt: since }) => {
        const [, gateway = '', serial = ''] = key.split(':');
        return { gateway, serial, since };
      })
      .filter(({ gateway, serial }) => !this.knows(gateway, serial));
  }

  private knows(gateway: string, serial: string): boolean {
    if (!this.gateways.has(gateway)) return true;
    const { known } = this.gateways.get(gateway).keys?.() ?? { known: [] };
    return known.some((key) => plainSerial(key.serial) === plainSerial(serial));
  }

  /** Alerts about keys that are there by now. @param standing those that are still to be made about files and certificates */
  private async forget(standing: ReadonlySet<string>): Promise<void> {
    const unknown = (await this.alerts.open(UNKNOWN)).filter(({ key }) => {
      const [, gateway = '', serial = ''] = key.split(':');
      return this.knows(gateway, serial);
    });
    const others = [...(await this.alerts.open(UNREADABLE)), ...(await this.alerts.open(EXPIRES))];
    const done = [...unknown, ...others.filter(({ key }) => !standing.has(key))];
    if (done.length === 0) return;
    await this.alerts.clear(done.map(({ key }) => key));
    for (const { key } of done) this.notedAt.delete(key);
  }

  private async raise(
    key: string,
    everyMs: number,
    what: KernelAlert,
    gateway: string,
    detail: string,
  ): Promise<void> {
    // A genuine notification can be sent again under serials made up: ten of them tell all there is to tell.
    for (const [noted, at] of this.notedAt)
      if (this.clock.wall().getTime() - at > DAY_MS) this.notedAt.delete(noted);
    if (!this.notedAt.has(key) && this.notedAt.size >= MOST_NOTED) return;
    const before = this.notedAt.get(key);
    if (before !== undefined && this.clock.wall().getTime() - before < everyMs) return;
    this.notedAt.set(key, this.clock.wall().getTime());
    await this.alerts.raise(what, `${gateway}: ${detail}`, { key, params: { gateway } });
  }
}

function expiry(
  gateway: string,
  { serial, expiresAt }: { serial: string; expiresAt: Date | null },
  wall: Date,
): KeyTrouble[] {
  const left = expiresAt === null ? Infinity : expiresAt.getTime() - wall.getTime();
  if (expiresAt === null || left > WARNED_BEFORE_MS) return [];
  return [{ gateway, what: 'expires', serial, expiresAt, grave: left <= 0 }];
}
