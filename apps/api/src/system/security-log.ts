import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { Interval } from '@nestjs/schedule';
import { Alerts, networkOf } from '@yajin/server';
import type { SystemAlert } from './system-alert.js';
import { DataSource } from 'typeorm';
import { Audit, type Actor } from './audit.service.js';

/** What somebody tried and was refused; from so many within ten minutes on, operators are alerted. */
const INCIDENTS = {
  'auth.login_failed': { cluster: 30, alert: 'system-login-failed' },
  'auth.code_failed': { cluster: 10, alert: 'system-code-failed' },
  'auth.locked_out': { cluster: 10, alert: 'system-locked-out' },
  'auth.proof_failed': { cluster: 10, alert: 'system-proof-failed' },
  'auth.denied': { cluster: 60, alert: 'system-denied' },
} as const;
type Incident = keyof typeof INCIDENTS;

const MINUTE_MS = 60_000;
const CLUSTER_MINUTES = 10;
/** Accounts and networks that are told apart within a minute; the rest of it is one entry an incident. */
const MOST_APART = 100;

interface Counted {
  actor: Actor;
  incident: Incident;
  after: object | null;
  /** Beyond the first, which is written at once. */
  more: number;
}

/** Nobody that we know: what a stranger types for a name is not kept, for people put passwords there. */
export function stranger(ip: string): Actor {
  return { id: null, username: 'unknown', ip };
}

/**
 * Puts into the audit log what was refused, with who and from where. The first of a kind, an account and a network in a minute
 * is written at once, the others as one entry with their number when the minute ends: a flood does not fill the log.
 */
@Injectable()
export class SecurityLog implements BeforeApplicationShutdown {
  private readonly logger = new Logger(SecurityLog.name);
  private readonly counted = new Map<string, Counted>();
  private readonly tally = new Map<Incident, number>();
  private minutes = 0;

  constructor(
    private readonly db: DataSource,
    private readonly audit: Audit,
    private readonly alerts: Alerts<SystemAlert>,
  ) {}

  /** Nobody waits for it, and it never throws. @param after what else is to be known; no secrets */
  note(incident: Incident, actor: Actor, after: object | null = null): void {
    this.watch(incident);
    const apart = [incident, actor.id, networkOf(actor.ip ?? ''), JSON.stringify(after)].join(' ');
    const known = this.counted.get(apart);
    if (known) return void (known.more += 1);
    const full = this.counted.size >= MOST_APART;
    const key = full ? incident : apart;
    const others = this.counted.get(key);
    if (others) return void (others.more += 1);
    const entry = full
      ? { actor: { id: null, username: 'various', ip: null }, after: null }
      : { actor, after };
    this.counted.set(key, { ...entry, incident, more: 0 });
    void this.write(entry.actor, incident, entry.after);
  }

  @Interval(MINUTE_MS)
  async endMinute(): Promise<void> {
    const all = [...this.counted.values()].filter(({ more }) => more > 0);
    this.counted.clear();
    this.minutes += 1;
    if (this.minutes % CLUSTER_MINUTES === 0) this.tally.clear();
    for (const { actor, incident, after, more } of all)
      await this.write(actor, incident, { ...after, times: more });
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.endMinute();
  }

  private async write(actor: Actor, action: Incident, after: object | null): Promise<void> {
    const target: [string, number] | null = actor.id === null ? null : ['user', actor.id];
    await this.audit
      .record(this.db, actor, { action, after, ...(target && { target }) })
      .catch((error: unknown) => this.logger.warn(`${action} could not be recorded: ${String(error)}`));
  }

  private watch(incident: Incident): void {
    const times = (this.tally.get(incident) ?? 0) + 1;
    this.tally.set(incident, times);
    const { cluster, alert } = INCIDENTS[incident];
    if (times !== cluster) return;
    const detail = `${incident}: ${times} within ${CLUSTER_MINUTES} minutes; the audit log says who and from where`;
    void this.alerts.raise(alert, detail, { key: incident });
  }
}
