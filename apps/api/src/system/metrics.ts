import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Alerts, Calls, PoolOfPools, sameText } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { build } from './build.js';
import { CallHealth } from './call-health.js';
import { DatabaseProbe } from './database-probe.js';
import { within } from './health-checks.js';
import { jobCounts, oldestJob } from './job-counts.js';
import { retentionFigures } from './retention.js';
import { SystemOptions } from './system.options.js';

/** Nobody waits longer for figures. */
const COUNTED_WITHIN_MS = 3_000;
const LOOPBACK = /^(::1|(::ffff:)?127\.\d+\.\d+\.\d+)$/;
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

/** What a look at the database found, for one of its gauges. */
interface Figure {
  name: string;
  labels: Record<string, string>;
  value: number;
}

/** What Prometheus reads. */
@Injectable()
export class Metrics implements OnApplicationShutdown {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to the end of the answer, by route as it is declared',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [this.registry],
  });

  constructor(
    private readonly db: DataSource,
    private readonly alerts: Alerts,
    private readonly options: SystemOptions,
    calls: Calls,
    private readonly callHealth: CallHealth,
    private readonly probe: DatabaseProbe,
  ) {
    collectDefaultMetrics({ register: this.registry });
    this.timeCalls(calls);
    this.showSides();
    this.askDatabase();
    this.countJobs();
    this.countAlerts();
    this.sayBuild();
    this.countConnections();
    this.countLetGo();
  }

  onApplicationShutdown(): void {
    this.registry.clear();
  }

  counter<Label extends string>(name: string, help: string, labelNames: Label[]): Counter<Label> {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }

  /**
   * Gauges that one look at the database gives, whenever Prometheus reads: nothing is said while it does not answer.
   * @param gauges by their names; each has labels
   */
  figures(gauges: Record<string, [help: string, labelNames: string[]]>, look: () => Promise<Figure[]>): void {
    let looking: Promise<Figure[]> | null = null;
    const found = (): Promise<Figure[]> =>
      (looking ??= this.seen(look).finally(() => {
        looking = null;
      }));
    for (const [name, [help, labelNames]] of Object.entries(gauges)) {
      const gauge: Gauge = new Gauge({
        ...{ name, help, labelNames, registers: [this.registry] },
        collect: async () => {
          const figures = await found();
          gauge.reset();
          for (const figure of figures) if (figure.name === name) gauge.set(figure.labels, figure.value);
        },
      });
    }
  }

  private async seen(look: () => Promise<Figure[]>): Promise<Figure[]> {
    return (await this.probe.answers()) ? within(COUNTED_WITHIN_MS, look, []) : [];
  }

  /** After each answer. A path that no route knows is counted under one name, whatever it is. */
  observe(request: FastifyRequest, reply: FastifyReply): void {
    const labels = {
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
    };
    this.requests.observe(labels, reply.elapsedTime / 1000);
  }

  /** With a token only its bearer, without one only a caller on this machine, and not through a proxy. */
  mayBeReadBy(request: FastifyRequest): boolean {
    const { metricsToken } = this.options;
    if (metricsToken !== null) return sameText(request.headers.authorization ?? '', `Bearer ${metricsToken}`);
    const direct = FORWARDED.every((name) => request.headers[name] === undefined);
    return direct && LOOPBACK.test(request.socket.remoteAddress ?? '');
  }

  async text(): Promise<{ type: string; body: string }> {
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }

  private timeCalls(calls: Calls): void {
    const durations = new Histogram({
      name: 'outgoing_call_duration_seconds',
      help: 'Time to the end of the answer of another system, by whom, what it was asked and what came of it',
      labelNames: ['side', 'operation', 'outcome'],
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60],
      registers: [this.registry],
    });
    calls.listen(({ side, operation, outcome, ms }) =>
      durations.observe({ side, operation, outcome }, ms / 1000),
    );
  }

  private showSides(): void {
    const skew: Gauge<'side'> = new Gauge({
      name: 'outgoing_clock_skew_seconds',
      help: 'By how much the clock of another side is before that of this machine',
      labelNames: ['side'],
      registers: [this.registry],
      collect: () => {
        for (const [side, { skewMs }] of this.callHealth.levels())
          if (skewMs !== null) skew.set({ side }, skewMs / 1000);
      },
    });
    const state: Gauge<'side'> = new Gauge({
      name: 'outgoing_side_state',
      help: 'How it goes with another side by the latest calls of this process: 0 well, 1 failing, 2 down',
      labelNames: ['side'],
      registers: [this.registry],
      collect: () => {
        for (const [side, { level }] of this.callHealth.levels())
          state.set({ side }, ['up', 'degraded', 'down'].indexOf(level));
      },
    });
  }

  private askDatabase(): void {
    const gauge: Gauge = new Gauge({
      name: 'database_up',
      help: 'Whether the database answered within two seconds',
      registers: [this.registry],
      collect: async () => gauge.set((await this.probe.answers()) ? 1 : 0),
    });
  }

  /** While the database is away there is nothing to say of jobs; of all else there is. */
  private countJobs(): void {
    this.figures(
      {
        jobs: ['Background jobs that wait, and those that have used up their tries', ['state']],
        jobs_due_seconds: ['For how long the oldest job that is due has waited', ['state']],
      },
      async () => {
        const counts = await jobCounts(this.db);
        const states = (['waiting', 'failed'] as const).map((state) => ({
          ...{ name: 'jobs', labels: { state }, value: counts[state] },
        }));
        const value = await oldestJob(this.db, new Date());
        return [...states, { name: 'jobs_due_seconds', labels: { state: 'waiting' }, value }];
      },
    );
  }

  /** The nights' work stands in rows: each process says the same. */
  private countLetGo(): void {
    this.figures(
      {
        retention_rows: ['Rows that were let go or emptied in all nights together', ['step']],
        retention_waiting_rows: ['Rows due and still there after the last night', ['step']],
        retention_failed: ['Whether a step failed in the last night: 0 or 1', ['step']],
        retention_ran_timestamp_seconds: ['When a step last ran', ['step']],
      },
      async () =>
        (await retentionFigures(this.db)).flatMap((of) => {
          const values = {
            retention_rows: of.total,
            retention_waiting_rows: of.waiting,
            retention_failed: of.failed ? 1 : 0,
            retention_ran_timestamp_seconds: of.ran_at.getTime() / 1000,
          };
          return Object.entries(values).flatMap(([name, value]) =>
            value === null ? [] : [{ name, labels: { step: of.name }, value }],
          );
        }),
    );
  }

  private sayBuild(): void {
    const info = new Gauge({
      name: 'build_info',
      help: 'What runs: 1',
      labelNames: ['version', 'commit', 'mode'],
      registers: [this.registry],
    });
    const mode = this.options.demo ? 'demo' : 'production';
    info.set({ version: build.version, commit: build.commit ?? 'unknown', mode }, 1);
  }

  private countConnections(): void {
    const { master } = this.db.driver as { master?: unknown };
    if (!(master instanceof PoolOfPools)) return;
    const gauge: Gauge<'pool' | 'state'> = new Gauge({
      name: 'database_connections',
      help: 'Of each class of work in this process: in use, idle, and questions that wait for one',
      labelNames: ['pool', 'state'],
      registers: [this.registry],
      collect: () => {
        for (const { pool, ...states } of master.counts())
          for (const [state, value] of Object.entries(states)) gauge.set({ pool, state }, value);
      },
    });
  }

  private countAlerts(): void {
    const counter: Counter = new Counter({
      name: 'alerts_raised_total',
      help: 'Alerts raised since the process began',
      registers: [this.registry],
      collect: () => {
        counter.reset();
        counter.inc(this.alerts.raised);
      },
    });
  }
}
