import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Alerts, Clock, Deadlines, rows, type Row, type SysAlert } from '@yajin/server';
import { DataSource } from 'typeorm';
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
    private readonly db: DataSource,
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
      `unknown-key:${gateway}:${serial}`,
      NOTED_EVERY_MS,
      'unknown-key',
      `${gateway}: serial ${serial}; what it signs is not believed, and comes again, until the key is added`,
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
    for (const gateway of this.gateways.names) {
      const { known, problem } = this.gateways.get(gateway).keys?.() ?? { known: [], problem: null };
      if (problem !== null)
        await this.raise(`keys:${gateway}`, DAY_MS, 'key-file-unreadable', `${gateway}: ${problem}`);
      for (const { serial, expiresAt } of known) {
        if (expiresAt === null || expiresAt.getTime() - this.clock.wall().getTime() > WARNED_BEFORE_MS)
          continue;
        const until = expiresAt.toISOString();
        const key = `key-expiry:${gateway}:${serial}`;
        await this.raise(key, DAY_MS, 'certificate-expires', `${gateway}: ${serial} until ${until}`);
      }
    }
    await this.forget();
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
    const found = await rows<Row<SysAlert, 'key' | 'raisedAt'>>(
      this.db,
      `SELECT key, raised_at FROM sys_alert WHERE key LIKE 'unknown-key:%' AND last_at > $1 ORDER BY key`,
      [new Date(this.clock.wall().getTime() - DAY_MS)],
    );
    return found
      .map(({ key, raised_at: since }) => {
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

  /** Alerts about keys that are there by now. */
  private async forget(): Promise<void> {
    const raised = await rows<Row<SysAlert, 'key'>>(
      this.db,
      `SELECT key FROM sys_alert WHERE key LIKE 'unknown-key:%'`,
    );
    const done = raised.filter(({ key }) => {
      const [, gateway = '', serial = ''] = key.split(':');
      return this.knows(gateway, serial);
    });
    if (done.length === 0) return;
    await rows(this.db, 'DELETE FROM sys_alert WHERE key = ANY($1)', [done.map(({ key }) => key)]);
    for (const { key } of done) this.notedAt.delete(key);
  }

  private async raise(key: string, everyMs: number, what: KernelAlert, detail: string): Promise<void> {
    // A genuine notification can be sent again under serials made up: ten of them tell all there is to tell.
    for (const [noted, at] of this.notedAt)
      if (this.clock.wall().getTime() - at > DAY_MS) this.notedAt.delete(noted);
    if (!this.notedAt.has(key) && this.notedAt.size >= MOST_NOTED) return;
    const before = this.notedAt.get(key);
    if (before !== undefined && this.clock.wall().getTime() - before < everyMs) return;
    this.notedAt.set(key, this.clock.wall().getTime());
    await this.alerts.raise(what, detail, { key });
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
