import { randomInt } from 'node:crypto';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { signHostToken } from '@yajin/testing/host-token';
import type { Sandbox } from '@yajin/sandbox';
import { freePort } from '../postgres.ts';
import { tokenKeys } from '../lines.ts';
import { ApiProcess } from './api-process.ts';
import { exchange, GaveUp } from './client.ts';
import { Database } from './database.ts';
import { HttpProxy, type Treat } from './http-proxy.ts';
import type { Plan } from './plan.ts';
import { prepare, type Prepared, type SimulatedCamp } from './prepare.ts';
import type { Server } from './server.ts';
import { TcpProxy } from './tcp-proxy.ts';
import { Timeline } from './timeline.ts';

const KEY = 'simulation-'.repeat(6);
/** How long the clock's move is waited for: what fell due in it may hang on a fault. */
const CLOCK_WITHIN_MS = 4_000;

interface Parts {
  plan: Plan;
  server: Server;
  name: string;
  db: Database;
  sandbox: Sandbox;
  gateway: HttpProxy;
  secure: TcpProxy;
  front: HttpProxy;
  clock: HttpProxy;
  database: TcpProxy;
  apis: ApiProcess[];
}

/** One seed's product with everything around it: real parts, and proxies on every wire between them. */
export class World {
  readonly plan: Plan;
  readonly timeline = new Timeline();
  readonly server: Server;
  readonly db: Database;
  readonly apis: ApiProcess[];
  /** Between the API and the gateways. */
  readonly gateway: HttpProxy;
  /** The same for the wire that is TLS: refunds of WeChat Pay v2. */
  readonly secure: TcpProxy;
  /** Between the gateways (and browsers) and the API. */
  readonly front: HttpProxy;
  /** Between the API and its database. */
  readonly database: TcpProxy;
  /** Between the API and the sandbox's clock. */
  private readonly clock: HttpProxy;
  /** Trades whose money a gateway took after it had said that they are closed. */
  readonly paidAfterClose = new Set<string>();
  /** Until when people act, in real milliseconds. */
  deadline = Number.POSITIVE_INFINITY;
  private readonly name: string;
  private readonly sandbox: Sandbox;
  private prepared: Prepared | null = null;

  private constructor(parts: Parts) {
    this.plan = parts.plan;
    this.server = parts.server;
    this.name = parts.name;
    this.db = parts.db;
    this.sandbox = parts.sandbox;
    this.gateway = parts.gateway;
    this.secure = parts.secure;
    this.front = parts.front;
    this.clock = parts.clock;
    this.database = parts.database;
    this.apis = parts.apis;
  }

  /** Starts everything and lays the ground: operators who are logged in, a camp, a price list. */
  static async open(plan: Plan, server: Server): Promise<World> {
    const { createSandbox } = await import('@yajin/sandbox');
    const name = `simulate_${plan.seed}`;
    await server.clone(name);
    const sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
    const securePort = Number(new URL(sandbox.settings.WECHAT_V2_SECURE_BASE).port);
    const gateway = await HttpProxy.listen(() => sandbox.port, 'answer');
    const secure = await TcpProxy.listen(securePort);
    const database = await TcpProxy.listen(server.port);
    const apis: ApiProcess[] = [];
    let turn = 0;
    const front = await HttpProxy.listen(() => {
      const up = apis.filter((api) => api.up);
      turn += 1;
      return up[turn % Math.max(1, up.length)]?.port ?? null;
    }, 'request');
    const clock = await HttpProxy.listen(() => sandbox.port, 'answer');
    clock.treats.add(onlyForward());
    const db = new Database(server.url(name));
    const parts = { plan, server, name, db, sandbox, gateway, secure, front, clock, database, apis };
    const world = new World(parts);
    const environment = world.environment(await tokenKeys());
    for (let index = 0; index < plan.apis; index += 1) {
      const port = await anyPort();
      const log = path.join(server.folder, `api-${plan.seed}-${index}.log`);
      apis.push(
        new ApiProcess(port, { ...environment, PORT: String(port) }, log, () => world.minutePasses()),
      );
    }
    try {
      await world.begin();
    } catch (error) {
      await world.close();
      throw error;
    }
    return world;
  }

  get sandboxUrl(): string {
    return this.sandbox.url;
  }

  /** What the product is told of the gateways: their keys, too. */
  get settings(): Sandbox['settings'] {
    return this.sandbox.settings;
  }

  get operators(): string[] {
    return this.ground.operators;
  }

  get camp(): SimulatedCamp {
    return this.ground.camp;
  }

  get gymMembers(): number[] {
    return this.ground.gymMembers;
  }

  get serviceType(): number {
    return this.ground.serviceType;
  }

  /** Where the API is reached, that process first. */
  origins(first = 0): string[] {
    return this.apis.map((_, index) => this.apis[(index + first) % this.apis.length]?.url ?? '');
  }

  hostToken(line: string, sub: string | number, role?: string): string {
    return signHostToken(KEY, line, { user: sub, role });
  }

  /** Looks into the database as somebody in the story; a database that is down is waited for. @throws GaveUp */
  async find<Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> {
    for (;;) {
      const found = await this.db.rows<Row>(sql, parameters).catch(() => null);
      if (found) return found;
      if (Date.now() > this.deadline) throw new GaveUp('the database is down');
      await sleep(100);
    }
  }

  /** The sandbox's control API. @throws Error when it refuses */
  async control<Data>(path: string, body?: object): Promise<Data> {
    const ask = {
      method: body ? 'POST' : 'GET',
      path: `/control${path}`,
      ...(body ? { body } : {}),
    } as const;
    const answer = await exchange<Data>(this.sandbox.url, ask);
    if (answer?.status !== 200)
      throw new Error(
        `the sandbox answered ${answer?.status ?? 'nothing'} to ${path}: ${JSON.stringify(answer?.data)}`,
      );
    return answer.data;
  }

  /** Business time. */
  async now(): Promise<Date> {
    const { offsetMs } = await this.control<{ offsetMs: number }>('/clock');
    return new Date(Date.now() + offsetMs);
  }

  /** Moves business time forward, and with it whatever falls due, in every process. */
  async moveClock(to: string, who: string): Promise<void> {
    const answers = await Promise.all(
      this.apis.map(async ({ url }) => {
        const ask = { method: 'POST', path: '/api/demo/clock', body: { now: to } } as const;
        return Promise.race([exchange(url, ask), sleep(CLOCK_WITHIN_MS, null)]);
      }),
    );
    this.timeline.add(
      who,
      `the clock moves to ${to}: ${answers.map((answer) => answer?.status ?? 'under way').join(', ')}`,
    );
  }

  async moveClockBy(ms: number, who: string): Promise<void> {
    const target = new Date((await this.now()).getTime() + ms + 8 * 3_600_000);
    await this.moveClock(target.toISOString().slice(0, 19), who);
  }

  /** A process was silent for a minute: what it held may be taken over. */
  async minutePasses(): Promise<void> {
    await this.db.rows(
      `UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '2 minutes' WHERE locked_at IS NOT NULL`,
    );
    await this.db.rows(`UPDATE job_worker SET seen_at = seen_at - interval '2 minutes'`);
  }

  async close(): Promise<void> {
    await Promise.all(this.apis.map((api) => api.stop()));
    await this.db.close();
    const proxies = [this.gateway, this.secure, this.front, this.clock, this.database];
    await Promise.all(proxies.map((proxy) => proxy.close()));
    await this.sandbox.close();
    await this.server.drop(this.name);
  }

  private get ground(): Prepared {
    if (!this.prepared) throw new Error('the ground is not laid yet');
    return this.prepared;
  }

  private async begin(): Promise<void> {
    for (const api of this.apis) api.start();
    await Promise.all(this.apis.map((api) => api.ready()));
    await this.control('/settings', { notifySchedule: 'fast', refundDelayMs: 50 });
    this.prepared = await prepare(this);
  }

  private environment(keys: string[]): Record<string, string> {
    const settings = Object.entries(this.sandbox.settings).map(([name, value]) => [
      name,
      value.startsWith(this.sandbox.url) ? value.replace(this.sandbox.url, this.gateway.url) : value,
    ]);
    return {
      ...(Object.fromEntries(settings) as Record<string, string>),
      WECHAT_V2_SECURE_BASE: `https://localhost:${this.secure.port}`,
      APP_MODE: 'demo',
      DEMO_DATA: 'off',
      PUBLIC_URL: this.front.url,
      DATABASE_URL: this.server.url(this.name, this.database.port),
      JWT_SECRET: KEY,
      MASTER_KEY: KEY,
      ...Object.fromEntries(keys.map((name) => [name, KEY])),
      PLANET_MIN_INTERVAL_MS: '0',
      PLANET_RETRY_MS: '5',
      PLANET_BACKOFF_MS: '20',
      SANDBOX_URL: this.clock.url,
      TRUSTED_PROXIES: '127.0.0.1',
      LOG_LEVEL: 'info',
      NODE_COMPILE_CACHE: path.join(this.server.folder, 'compiled'),
    };
  }
}

/**
 * Time at the gateways never goes back, whatever a process says that was killed while it moved its clock, or that moves
 * it after another.
 */
function onlyForward(): Treat {
  let reached = 0;
  return (path, method, body) => {
    if (method !== 'POST' || path !== '/control/clock') return null;
    const { offsetMs } = JSON.parse(body.toString()) as { offsetMs: number };
    if (offsetMs < reached) return { kind: 'lie', status: 200, body: '{}' };
    reached = offsetMs;
    return null;
  };
}

async function anyPort(): Promise<number> {
  for (;;) {
    const port = await freePort(randomInt(20_000, 32_000));
    if (port > 0) return port;
  }
}
