import { randomBytes, randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { ApiDocument } from '@yajin/contract';
import { consoleDocument } from '@yajin/contract/console';
import { responseChecker, type ResponseChecker } from '@yajin/contract/testing';
import { DueRows, Reconciliation, StatementMatching } from '@yajin/payment';
import { Alerts, Clock, dueJobs, rows } from '@yajin/server';
import { createSandbox, type Played, type Sandbox } from '@yajin/sandbox';
import type { DataSource } from 'typeorm';
import { LINES } from '../../../apps/api/src/lines/index.js';
import { begin, createApp } from '../../../apps/api/src/app.js';
import { bulkheadedSource, dataSource } from '../../../apps/api/src/database.js';
import { readEnv, type Env } from '../../../apps/api/src/env.js';
import { KNOWN } from '../../../apps/api/src/env-variables.js';
import { AuditChain } from '../../../apps/api/src/system/audit-chain.js';
import { uncoded } from './coded.js';
import { asOwner, testDatabase } from './database.js';
import { signHostToken } from './host-token.js';
import { codesIn, prove } from './proofs.js';

/** What the platforms around the small lines sign their users' tokens with. */
export const HOST_KEY = 'f3c19a7be05d4286917cae3b60d8254f1e8b7093d6a2c5f4708e91bd3ca65f27';
/** For every line with a platform around it, in the environment. */
export const HOST_KEYS: Readonly<Record<string, string>> = Object.fromEntries(
  LINES.flatMap(({ tokenKey }) => (tokenKey === null ? [] : [[tokenKey, HOST_KEY]])),
);
const JOBS = LINES.flatMap(({ jobs = [] }) => jobs.map(({ name }) => name));

/** Whose document a path is in, the first that fits; and how its operations are told from the camps', which come last. */
const contracts: [starts: string[], prefix: string, check: ResponseChecker][] = [
  [consoleAreas(), 'console:', responseChecker(consoleDocument)],
  ...LINES.toSorted((a, b) => Number(a.tokenKey === null) - Number(b.tokenKey === null)).map(
    ({ name, tokenKey, envelopes, document }): (typeof contracts)[number] => [
      tokenKey === null ? ['/'] : envelopes.map(({ prefix }) => prefix),
      tokenKey === null ? '' : `${name}:`,
      responseChecker(document as ApiDocument),
    ],
  ),
];
const check: ResponseChecker = (method, path, ...answer) => {
  const [, prefix, checker] =
    contracts.find(([starts]) => starts.some((start) => path.startsWith(start))) ?? [];
  const operation = checker?.(method, path, ...answer) ?? null;
  return operation && `${prefix}${operation}`;
};

/** What addresses of the console's document begin with, such as `/api/admin/pay/`. */
function consoleAreas(): string[] {
  const areas = Object.keys(consoleDocument.paths).map((path) => path.split('/').slice(0, 4).join('/'));
  return [...new Set(areas)];
}

/** Of what an API is usually told, what this one knows: a line may have been taken out, and what it was told with it. */
function known(environment: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => KNOWN.has(name)));
}

export interface Answer<Data> {
  status: number;
  code: number;
  message: string;
  data: Data;
  headers: Headers;
}

export interface Exchange {
  status: number;
  headers: Headers;
  body: unknown;
}

export interface CallOptions {
  body?: unknown;
  token?: string | null;
  ticket?: string;
  headers?: Record<string, string>;
}

/** The real API over a real database, with the sandbox on the other side of every wire. */
export class TestApi {
  private token: string | null = null;
  /** Titles of the alerts raised so far. */
  readonly alerts: string[] = [];
  /** Milliseconds by which the API believes real time to be further on. */
  private ahead = 0;

  private constructor(
    readonly app: NestFastifyApplication,
    /** The API's own pool, by its narrow role. */
    readonly db: DataSource,
    /** By the owner of the tables. */
    readonly owner: DataSource,
    readonly sandbox: Sandbox,
    readonly env: Env,
    readonly url: string,
    private readonly drop: () => Promise<void>,
  ) {
    app.get(Clock).wall = () => new Date(Date.now() + this.ahead);
    const alerts = app.get(Alerts);
    const raise = alerts.raise.bind(alerts);
    alerts.raise = (what, ...rest) => {
      this.alerts.push(alerts.titleOf(what));
      return raise(what, ...rest);
    };
  }

  /**
   * @param prepare done to the app before it listens
   * @param played whom the sandbox plays: a merchant with an official account unless given
   * @param dayFiles whether bills and statements are read when their hours come. A clock that is moved by a month has hundreds of
   * them read, which most tests are not about
   */
  static async start(
    overrides: Record<string, string> = {},
    prepare?: (app: NestFastifyApplication) => Promise<void>,
    { dayFiles = false, ...played }: Played & { dayFiles?: boolean } = {},
  ): Promise<TestApi> {
    const database = await testDatabase();
    const sandbox = await createSandbox({ dataFile: ':memory:', port: 0, ...played });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const usual = {
      ...sandbox.settings,
      APP_MODE: 'demo',
      PORT: String(port),
      PUBLIC_URL: url,
      DATABASE_URL: database.appUrl,
      DATABASE_MIGRATION_URL: asOwner(overrides['DATABASE_URL'] ?? database.appUrl),
      JWT_SECRET: randomBytes(32).toString('hex'),
      MASTER_KEY: randomBytes(32).toString('hex'),
      ...HOST_KEYS,
      PLANET_MIN_INTERVAL_MS: '0',
      PLANET_RETRY_MS: '2',
      PLANET_BACKOFF_MS: '20',
      SANDBOX_URL: sandbox.url,
      DEMO_DATA: 'off',
      DATABASE_POOL_MONEY: '10',
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: process.env.TEST_LOG_LEVEL ?? 'silent',
    };
    const env = readEnv({ ...known(usual), ...overrides });
    const db = await bulkheadedSource(env).initialize();
    const app = await createApp(env, db);
    const owner = await dataSource(env.databaseMigrationUrl ?? '', 3).initialize();
    const api = new TestApi(app, db, owner, sandbox, env, url, database.drop);
    try {
      if (!dayFiles) api.leaveDayFiles();
      await prepare?.(app);
      await app.listen(port, '127.0.0.1');
      await begin(app, env);
    } catch (error) {
      // Whatever stays open would keep the test runner waiting for ever.
      await api.stop();
      throw error;
    }
    await api.control('POST', '/control/settings', { fixedQrNotifyUrl: `${url}/api/webhook/wechat/payment` });
    return api;
  }

  private leaveDayFiles(): void {
    this.app.get(Reconciliation).tick = () => Promise.resolve();
    this.app.get(StatementMatching).tick = () => Promise.resolve();
  }

  async stop(): Promise<void> {
    await this.app.close();
    if (this.db.isInitialized) await this.db.destroy();
    await this.owner.destroy();
    await this.sandbox.close();
    await this.drop();
  }

  get clock(): Clock {
    return this.app.get(Clock);
  }

  /** Calls the API and holds the answer against the contract. */
  async call<Data = never>(method: string, path: string, options: CallOptions = {}): Promise<Answer<Data>> {
    const { body } = options;
    const answer = await this.exchange(method, path, {
      headers: {
        // Every call comes from an address of its own, unless a test is about throttling.
        'x-forwarded-for': randomAddress(),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        ...(options.token ? { authorization: `Bearer ${options.token}` } : {}),
        ...(options.ticket ? { 'x-access-token': options.ticket } : {}),
        ...options.headers,
      },
      ...(body === undefined ? {} : { body: asBody(body) }),
    });
    return {
      status: answer.status,
      headers: answer.headers,
      ...(answer.body as Omit<Answer<Data>, 'status' | 'headers'>),
    };
  }

  /** Sends exactly this, and holds the answer against the contract. JSON is parsed, text is a string, a file a Buffer. */
  async exchange(method: string, path: string, init: RequestInit): Promise<Exchange> {
    const response = await fetch(this.url + path, { method, ...init });
    const type = response.headers.get('content-type') ?? '';
    const bytes = Buffer.from(await response.arrayBuffer());
    const json = type.includes('json') && bytes.length > 0;
    const text = bytes.length === 0 || type.startsWith('text/');
    const body: unknown = json ? JSON.parse(bytes.toString()) : text ? bytes.toString() : bytes;
    const operation = check(method, path, response.status, type, body);
    if (operation && response.ok) prove(operation);
    for (const text of json && !response.ok ? uncoded(path, body) : [])
      throw new Error(`${method} ${path} says "${text}" without a code: libs/core/src/sentences.ts`);
    for (const code of codesIn(json ? body : null)) prove(String(code));
    return { status: response.status, headers: response.headers, body };
  }

  /** As the first admin. */
  async admin<Data = never>(method: string, path: string, body?: unknown): Promise<Answer<Data>> {
    const token = await this.adminToken();
    return this.call<Data>(method, path, { token, ...(body === undefined ? {} : { body }) });
  }

  async adminToken(): Promise<string> {
    this.token ??= (
      await this.call<{ token: string }>('POST', '/api/admin/auth/login', {
        body: { username: 'admin', password: this.env.adminPassword ?? 'admin123' },
      })
    ).data.token;
    return this.token;
  }

  /** What is no JSON, such as a file or a stream of events, as the first admin gets it. */
  async fetch(path: string): Promise<Exchange> {
    return this.exchange('GET', path, { headers: { authorization: `Bearer ${await this.adminToken()}` } });
  }

  /** The sandbox's control API. */
  async control<Data = unknown>(method: string, path: string, body?: unknown): Promise<Data> {
    const response = await fetch(this.sandbox.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Data;
  }

  async moveClock(now: string): Promise<void> {
    const answer = await this.call('POST', '/api/demo/clock', { body: { now } });
    if (answer.code !== 200) throw new Error(`the clock did not move: ${answer.message}`);
  }

  /** Waits until nothing is due. */
  async quiet(): Promise<void> {
    await eventually(async () => {
      const rowsDue = this.app.get(DueRows);
      rowsDue.wake();
      if (!(await rowsDue.idle())) return null;
      const due = await dueJobs(this.db, ['alert.push', ...JOBS]);
      return due === 0 && (await rowsDue.idle());
    }, 'what is due to be done');
  }

  /** Has everything that waits for its time done now. */
  async hurry(): Promise<void> {
    await this.quiet();
    const [last] = await this.rows<{ due: Date | null }>(
      `SELECT max(due) AS due FROM (
         SELECT check_at AS due FROM pay_refund WHERE status IN ('pending', 'processing')
         UNION ALL SELECT check_at FROM pay_transfer WHERE status IN ('pending', 'processing')
         UNION ALL SELECT query_at FROM pay_attempt
         UNION ALL SELECT close_at FROM pay_order WHERE status = 'pending') AS waiting`,
    );
    if (last?.due) this.pass(last.due.getTime() - this.clock.wall().getTime());
    await this.quiet();
  }

  /**
   * Lets so many milliseconds of real time go by for whatever asks the clock, at once; business time stays. Logins grow old with it: the
   * admin logs in anew.
   */
  pass(ms: number): void {
    this.ahead += Math.max(0, ms);
    this.token = null;
  }

  /** As `rows`, over `sys_audit` with everything that was done so far. */
  async auditEntries<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    await this.app.get(AuditChain).takeIn();
    return this.rows<Row>(sql, parameters);
  }

  /** As the owner of the database, who may look at and change everything. */
  rows<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.owner, sql, parameters);
  }
}

/** Longer than anything takes on two busy cores. */
const PATIENCE_MS = 60_000;

/** Waits for something that is about to become true; fails with its name when it does not. */
export async function eventually<Value>(
  look: () => Promise<Value | null | undefined | false>,
  what: string,
  ms = PATIENCE_MS,
): Promise<Value> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await look();
    if (value) return value;
    if (Date.now() > deadline) throw new Error(`waited ${ms} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Waits until two sides agree that hear of each other by messages; says how they differ when they never do. */
export async function agree<Value>(look: () => Promise<[ours: Value, theirs: Value]>): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const [ours, theirs] = await look();
    if (ours === theirs || Date.now() > deadline) return expect(ours).toBe(theirs);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function asBody(body: unknown): string | FormData {
  return typeof body === 'string' || body instanceof FormData ? body : JSON.stringify(body);
}

/** A token as the platform around a line gives it to its user. */
export function hostToken(line: string, user: string | number, role = 'user'): string {
  return signHostToken(HOST_KEY, line, { user, role });
}

export function randomAddress(): string {
  return `10.${[...randomBytes(3)].join('.')}`;
}

/** Below the range of outgoing connections, so that nobody takes it before the API listens. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(20_000, 32_000);
    const server = createServer();
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false));
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
    });
    if (free) return port;
  }
}
