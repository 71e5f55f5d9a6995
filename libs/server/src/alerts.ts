import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Calls, heard, type CallFault, type CallJudge } from './calls.js';
import { Clock } from './clock.js';
import { rows, type Database } from './database.js';
import { Job } from './job.js';
import { Jobs } from './jobs.js';
import type { Row } from './row.js';
import type { AlertParams, SysAlert } from './sys-alert.entity.js';

const TIMEOUT_MS = 5000;
const PUSH = new Job<{ title: string; detail: string }>('alert.push', {
  maxAttempts: 5,
  shows: ['title'],
  mayDrop: true,
});

export interface AlertOptions {
  /** What it is about: what is raised again under the same key, before it is resolved, is one alert, pushed once a day at most. */
  key?: string;
  /** What operators may want to look at. No personal data. */
  params?: AlertParams;
  /** A transaction that the alert is part of: told only if it commits. */
  within?: Database;
}

/** Where the robot of the operators' group is reached, if anywhere. */
export class AlertRobot {
  /** As it was when it was asked for last; it may be gone since. */
  known: string | null = null;

  /** @param ask for its webhook, at each alert because operators can change it */
  constructor(private readonly ask: () => Promise<string | null>) {}

  async url(): Promise<string | null> {
    this.known = await this.ask();
    return this.known;
  }
}

/**
 * Tells operators that something needs a person: a row and a line in the log always, and a message of a WeCom group
 * robot where one is configured, sent by a job so that nobody waits for it. Who raises alerts without knowing their words does it
 * by codes, `Alerts<Code>`, and somebody else entitles them. A row is resolved by a person, or by itself (`clear`); what comes up
 * again afterwards is a new one.
 */
@Injectable()
export class Alerts<What extends string = string> implements OnModuleInit {
  private readonly logger = new Logger('Alert');
  private readonly titles = new Map<string, string>();
  private readonly critical = new Set<string>();
  private count = 0;

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
    private readonly robot: AlertRobot,
    private readonly calls: Calls,
  ) {}

  onModuleInit(): void {
    this.jobs.register(PUSH, (payload) => this.push(payload));
    this.jobs.failing = (name, detail) => {
      // What cannot be pushed cannot be pushed.
      if (name !== PUSH.name) void (this as Alerts).raise('job-failing', detail, { key: `job:${name}` });
    };
  }

  /** How many have been raised since the process began. */
  get raised(): number {
    return this.count;
  }

  /** Gives codes their titles: Chinese, for people. @param critical those of them that must not wait */
  entitle<Code extends string>(
    titles: Readonly<Record<Code, string>>,
    critical: readonly NoInfer<Code>[] = [],
  ): void {
    for (const [code, title] of Object.entries<string>(titles)) this.titles.set(code, title);
    for (const code of critical) this.critical.add(code);
  }

  /** What is a title already, or a code that nobody has entitled, is its own. */
  titleOf(what: string): string {
    return this.titles.get(what) ?? what;
  }

  /**
   * Never throws, but within a transaction that is broken: an alert must not break what it reports.
   * @param what its title, or the code of one. @param detail English, for the log; no personal data
   */
  async raise(what: What, detail: string, options: AlertOptions = {}): Promise<void> {
    this.count += 1;
    this.logger.error(`${this.titleOf(what)} | ${detail}`);
    const { within } = options;
    const kept = this.keep(within ?? this.db, what, detail, options);
    if (within) return kept;
    await kept.catch((error: unknown) => this.logger.warn(`the alert could not be kept: ${String(error)}`));
  }

  /** What was raised under a key, or under several, is over by itself. */
  async clear(key: string | string[], within: Database = this.db): Promise<void> {
    await rows(within, 'UPDATE sys_alert SET key = NULL, resolved_at = $2 WHERE key = ANY($1)', [
      [key].flat(),
      this.clock.wall(),
    ]);
  }

  /** What is not resolved of the alerts whose keys begin so, by key. */
  async open(prefix: string): Promise<{ key: string; raisedAt: Date; lastAt: Date }[]> {
    const found = await rows<Row<SysAlert, 'key' | 'raisedAt' | 'lastAt'>>(
      this.db,
      'SELECT key, raised_at, last_at FROM sys_alert WHERE starts_with(key, $1) ORDER BY key',
      [prefix],
    );
    return found.map((row) => ({ key: row.key ?? '', raisedAt: row.raised_at, lastAt: row.last_at }));
  }

  /** Looks up where the robot is, for `shout`. */
  async findRobot(): Promise<void> {
    await this.robot.url().catch(() => null);
  }

  /** As `raise`, of what keeps rows and jobs from being written: a line of the log and, to where the robot was last, a message. Never throws. */
  async shout(what: What, detail: string): Promise<void> {
    this.count += 1;
    const title = this.titleOf(what);
    this.logger.error(`${title} | ${detail}`);
    if (this.robot.known !== null)
      await this.send(this.robot.known, `【押金系统】${title}\n${detail}`).catch((error: unknown) =>
        this.logger.warn(`the alert could not be pushed: ${String(error)}`),
      );
  }

  /** Sends operators a message that nothing is wrong with: no alert, no row. No personal data. */
  async tell(title: string, detail: string): Promise<void> {
    await rows(this.db, `SELECT ${PUSH.add({ title: '$1::text', detail: '$2::text' })}`, [title, detail]);
  }

  private async keep(
    db: Database,
    what: string,
    detail: string,
    { key, params = {} }: AlertOptions,
  ): Promise<void> {
    const title = this.titleOf(what);
    await rows(
      db,
      `WITH alert AS (
         INSERT INTO sys_alert AS a (key, title, detail, raised_at, last_at, pushed_at, kind, severity, params)
         VALUES (left($1, 500), $2, $3, $4, $4, $4, $5, $6, $7)
         ON CONFLICT (key) DO UPDATE SET title = EXCLUDED.title, detail = EXCLUDED.detail, times = a.times + 1, last_at = $4,
           kind = EXCLUDED.kind, severity = EXCLUDED.severity, params = EXCLUDED.params,
           pushed_at = CASE WHEN a.pushed_at < $4::timestamptz - interval '1 day' THEN $4 ELSE a.pushed_at END
         RETURNING times = 1 OR (pushed_at = $4 AND pushed_at > raised_at) AS due
       ) SELECT ${PUSH.add({ title: '$2::text', detail: '$3::text' })} FROM alert WHERE due`,
      [
        key ?? `${title} ${detail}`,
        title,
        detail,
        this.clock.wall(),
        this.titles.has(what) ? what : null,
        this.critical.has(what) ? 'critical' : 'warning',
        params,
      ],
    );
  }

  private async push({ title, detail }: { title: string; detail: string }): Promise<void> {
    const url = await this.robot.url();
    if (!url) return;
    try {
      await this.send(url, `【押金系统】${title}\n${detail}`);
    } catch (error) {
      throw error instanceof RobotFailure
        ? new Error(`the alert robot did not take it: ${error.message}`)
        : error;
    }
  }

  private send(url: string, content: string): Promise<void> {
    return this.calls.through('robot', 'send', () => send(url, content), robotCalls);
  }

  /**
   * Has the robot say something, to see whether it does.
   * @returns null when it did, else why not, in Chinese
   */
  async tryRobot(text: string): Promise<string | null> {
    try {
      const url = await this.robot.url();
      if (!url) return '未设置群机器人地址，告警只写入日志';
      await this.send(url, `【押金系统】${text}`);
      return null;
    } catch (error) {
      return error instanceof RobotFailure ? error.message : '群机器人地址无法读取，请重新设置';
    }
  }
}

/** The message is Chinese and never quotes the address, which is a secret. */
class RobotFailure extends Error {
  constructor(
    readonly outcome: CallFault['outcome'],
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const robotCalls: CallJudge<void> = {
  thrown(error) {
    if (error instanceof RobotFailure) return error;
    return { outcome: 'other', code: error instanceof Error ? error.name : 'Error', message: String(error) };
  },
};

/**
 * WeCom answers 200 also for what it refuses: `{errcode, errmsg}`, 0 for success
 * (https://developer.work.weixin.qq.com/document/path/91770).
 * @throws RobotFailure
 */
async function send(url: string, content: string): Promise<void> {
  const sentAt = Date.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content } }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((error: unknown) => {
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw new RobotFailure(
      late ? 'timeout' : 'network',
      late ? 'TIMEOUT' : 'NETWORK',
      '无法连接群机器人，请检查网络',
    );
  });
  heard((name) => response.headers.get(name), sentAt);
  const { status } = response;
  if (!response.ok) throw new RobotFailure('http', `HTTP_${status}`, `群机器人应答 HTTP ${status}`);
  const answer = (await response.json().catch(() => null)) as { errcode?: unknown } | null;
  const code = answer?.errcode;
  if (code === 0) return;
  if (typeof code !== 'number')
    throw new RobotFailure('unclear', 'BROKEN_ANSWER', '群机器人拒绝（应答无法解读），请核对地址');
  const message = `群机器人拒绝（${code}），请核对地址`;
  // 93000: https://developer.work.weixin.qq.com/document/path/90313, the key in the address is none.
  throw new RobotFailure(code === 93_000 ? 'denied' : 'refused', String(code), message);
}
