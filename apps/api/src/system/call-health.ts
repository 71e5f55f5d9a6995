import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { sentence, type Sentence } from '@yajin/core';
import { Alerts, Calls, Clock, Deadlines, rows, type Call, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import {
  failed,
  isAlerted,
  isForgotten,
  isOfTheWay,
  levelOf,
  levelOfSkew,
  worst,
  type Level,
  type Streak,
} from './call-streaks.js';
import type { HealthReading } from './health-checks.js';
import type { SysCallTrouble } from './sys-call-trouble.entity.js';
import type { SystemAlert } from './system-alert.js';

/** What a process has not repeated for so long it does not see any more, or it is gone. */
const GONE_MS = 60_000;
/** How often it looks for alerts whose process is gone. */
const SETTLED_EVERY_MS = 60_000;
const KEY = 'calls:';
/** An operation whose success shows that the way there is free, whatever was the last to fail on it. */
const PROBE = 'probe';

type Trouble = Omit<Row<SysCallTrouble>, 'process' | 'seen_at'>;

/**
 * How it goes with the other sides (gateways, zsxq, messages), from how calls of them end: failures in a row, and their clocks. Each
 * process counts for itself, and writes down what goes wrong, so that every other one shows it, too. Real time throughout.
 */
@Injectable()
export class CallHealth implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger(CallHealth.name);
  private readonly process = randomUUID();
  private readonly streaks = new Map<string, Streak>();
  /** The latest two differences of each side's clock, in milliseconds. */
  private readonly skews = new Map<string, number[]>();
  /** Those that were ever called. */
  private readonly sides = new Set<string>();
  private readonly alerted = new Map<string, Level>();
  private written = false;
  private settledAt = 0;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<SystemAlert>,
    private readonly deadlines: Deadlines,
    private readonly calls: Calls,
  ) {}

  onModuleInit(): void {
    this.calls.listen((call) => this.hear(call));
    const step = { name: 'calls', run: () => this.tell(), routine: true } as const;
    this.deadlines.register({ owner: 'calls', steps: [step] });
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.written) return;
    await rows(this.db, 'DELETE FROM sys_call_trouble WHERE process = $1', [this.process]).catch(
      () => undefined,
    );
  }

  /** What this process knows of each side it has called. */
  levels(): Map<string, { level: Level; skewMs: number | null }> {
    const troubles = this.troubles();
    return new Map(
      [...this.sides].map((side) => {
        const level = worst(troubles.filter((each) => each.side === side).map((each) => each.level));
        return [side, { level, skewMs: this.skews.has(side) ? this.skewOf(side) : null }];
      }),
    );
  }

  /** What all processes together see of some sides. */
  async reading(...sides: string[]): Promise<HealthReading> {
    const since = new Date(this.clock.wall().getTime() - GONE_MS);
    const others = await rows<Trouble>(
      this.db,
      `SELECT DISTINCT ON (side, operation, outcome, code) side, operation, level, outcome, code, message, failures FROM sys_call_trouble
       WHERE side = ANY($1) AND process <> $2 AND seen_at > $3 ORDER BY side, operation, outcome, code, failures DESC`,
      [sides, this.process, since],
    );
    const own = this.troubles().filter(({ side }) => sides.includes(side));
    const more = others.filter((each) => !own.some((known) => sameTrouble(known, each)));
    const all = [...own, ...more];
    return { status: worst(all.map(({ level }) => level)), findings: all.map(inWords) };
  }

  private hear(call: Call): void {
    const { side, operation, outcome, skewMs } = call;
    this.sides.add(side);
    if (skewMs !== null) this.skews.set(side, [skewMs, ...(this.skews.get(side) ?? [])].slice(0, 2));
    const key = `${side} ${operation}`;
    switch (failed(outcome)) {
      case null:
        return;
      case false:
        for (const [each, streak] of this.streaks)
          if (each === key || (operation === PROBE && streak.side === side && isOfTheWay(streak.outcome)))
            if (streak.outcome !== 'signature' || call.proven) this.streaks.delete(each);
        return;
      case true: {
        const before = this.streaks.get(key);
        const last = this.clock.wall();
        this.streaks.set(key, {
          ...{ side, operation, outcome, code: call.code ?? '', message: call.message ?? '' },
          ...{ failures: (before?.failures ?? 0) + 1, since: before?.since ?? last, last },
        });
      }
    }
  }

  /** The smaller of the latest two: one answer by a machine that is out of time proves nothing of ours. */
  private skewOf(side: string): number {
    return (this.skews.get(side) ?? [0]).reduce((a, b) => (Math.abs(b) < Math.abs(a) ? b : a));
  }

  private troubles(): Trouble[] {
    const streaks = [...this.streaks.values()].flatMap((streak): Trouble[] => {
      const level = levelOf(streak);
      const { side, operation, outcome, code, message, failures } = streak;
      return level === 'up' ? [] : [{ side, operation, level, outcome, code, message, failures }];
    });
    const clocks = [...this.skews.keys()].flatMap((side): Trouble[] => {
      const [skewMs, none] = [
        this.skewOf(side),
        { operation: 'clock', outcome: 'clock', code: '', message: '' },
      ];
      const level = levelOfSkew(skewMs);
      return level === 'up' ? [] : [{ side, ...none, level, failures: Math.round(skewMs / 1000) }];
    });
    return [...streaks, ...clocks];
  }

  /** Run every few seconds: tells the other processes and, once, people; and that it is over. */
  async tell(): Promise<void> {
    const now = this.clock.wall();
    for (const [key, streak] of this.streaks) if (isForgotten(streak, now)) this.streaks.delete(key);
    const troubles = this.troubles();
    const was = this.written;
    if (troubles.length > 0 || was) await this.write(troubles, now);
    await this.alert(troubles);
    if (was && troubles.length < 1) this.settledAt = 0;
    if (now.getTime() - this.settledAt < SETTLED_EVERY_MS) return;
    this.settledAt = now.getTime();
    await this.settle(now);
  }

  private async write(troubles: Trouble[], now: Date): Promise<void> {
    await rows(
      this.db,
      `WITH given AS (
         SELECT * FROM jsonb_to_recordset($2) AS t (side text, operation text, level text, outcome text, code text, message text, failures int)
       ), over AS (
         DELETE FROM sys_call_trouble c WHERE seen_at < $4 OR process = $1
           AND NOT EXISTS (SELECT FROM given g WHERE g.side = c.side AND g.operation = c.operation)
       )
       INSERT INTO sys_call_trouble (process, side, operation, level, outcome, code, message, failures, seen_at)
       SELECT $1, side, operation, level, outcome, code, message, failures, $3 FROM given
       ON CONFLICT (process, side, operation) DO UPDATE SET level = EXCLUDED.level, outcome = EXCLUDED.outcome, code = EXCLUDED.code,
         message = EXCLUDED.message, failures = EXCLUDED.failures, seen_at = EXCLUDED.seen_at`,
      [this.process, JSON.stringify(troubles), now, new Date(now.getTime() - GONE_MS)],
    );
    this.written = troubles.length > 0;
  }

  /** Once when it begins and once when it gets worse; all processes raise the same one. */
  private async alert(troubles: Trouble[]): Promise<void> {
    const worthy = troubles.filter(({ side, operation }) => {
      const streak = this.streaks.get(`${side} ${operation}`);
      return operation === 'clock' || (streak !== undefined && isAlerted(streak));
    });
    for (const side of new Set(worthy.map((each) => each.side))) {
      const own = worthy.filter((each) => each.side === side);
      const level = worst(own.map((each) => each.level));
      const before = this.alerted.get(side);
      if (before === level || before === 'down') continue;
      this.alerted.set(side, level);
      const what = own.every(({ operation }) => operation === 'clock')
        ? 'system-clock-skewed'
        : 'system-calls-failing';
      await this.alerts.raise(what, `${side}: ${own.map(inBrief).join('; ')}`, { key: `${KEY}${side}` });
    }
    for (const side of this.alerted.keys())
      if (!troubles.some((each) => each.side === side)) {
        this.alerted.delete(side);
        this.logger.log(`${side} is well again`);
      }
  }

  /** What no process sees any more is over, that of one which was killed too. */
  private async settle(now: Date): Promise<void> {
    const open = await this.alerts.open(KEY);
    if (open.length === 0) return;
    const seen = await rows<{ side: string }>(
      this.db,
      'SELECT DISTINCT side FROM sys_call_trouble WHERE seen_at > $1',
      [new Date(now.getTime() - GONE_MS)],
    );
    const over = open.filter(({ key }) => !seen.some(({ side }) => key === `${KEY}${side}`));
    if (over.length > 0) await this.alerts.clear(over.map(({ key }) => key));
  }
}

function sameTrouble(one: Trouble, other: Trouble): boolean {
  const { side, operation, outcome, code } = one;
  return (
    side === other.side && operation === other.operation && outcome === other.outcome && code === other.code
  );
}

function inBrief({ operation, outcome, code, message, failures }: Trouble): string {
  if (operation === 'clock') return `its clock and ours differ by ${failures} s`;
  return `${operation} ${outcome} ${code} ${message}, ${failures} times in a row`;
}

function inWords({ operation, outcome, code, message, failures }: Trouble): Sentence {
  const said = `${code} ${message}`.trim();
  switch (outcome) {
    case 'clock':
      return sentence('clock_skewed', Math.abs(failures));
    case 'denied':
      return sentence('calls_denied', operation, failures, said);
    case 'signature':
      return sentence('calls_unproven', operation, failures, said);
    case 'timeout':
    case 'network':
      return sentence('calls_unanswered', operation, failures, said);
    default:
      return sentence('calls_broken', operation, failures, said);
  }
}
