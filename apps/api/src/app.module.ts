import {
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ScheduleModule } from '@nestjs/schedule';
import { FeeRates, PaymentModule, PaymentOptions } from '@yajin/payment';
import { Alerts, Cache, Clock, Jobs, SealedColumns, Secrets, Throttle } from '@yajin/server';
import { Redis } from 'ioredis';
import { LoggerModule } from 'nestjs-pino';
import { RateLimiterMemory, RateLimiterRedis, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { demoControllers, demoProviders } from './demo/demo.providers.js';
import { DemoOptions } from './demo/demo.options.js';
import { startOver } from './database.js';
import type { Env } from './env.js';
import { gatewaysOf } from './gateways.js';
import { linesOf } from './lines/index.js';
import { loggerOptions } from './logging.js';
import { PayModule } from './pay/index.js';
import { Ticker } from './ticker.js';
import {
  GUESSES,
  HealthChecks,
  Lockout,
  SettingsService,
  SystemModule,
  SystemOptions,
  type HealthReading,
} from './system/index.js';

const CALLS_PER_MINUTE = { points: 10, duration: 60 };
const ISSUER = 'yajin';
const AUDIENCE = 'admin';

/** The parts that are not a line's: clock, jobs, secrets, cache. */
@Module({})
class PartsModule {
  static forRoot(env: Env, db: DataSource): DynamicModule {
    const redis = env.redisUrl ? connectRedis(env.redisUrl) : null;
    const providers: Exclude<Provider, Type>[] = [
      { provide: DataSource, useValue: db },
      { provide: Clock, useValue: new Clock() },
      { provide: Jobs, useValue: new Jobs(env.databaseDirectUrl, env.jobConcurrency) },
      { provide: Secrets, useValue: new Secrets(env.masterKey, env.masterKeyPrevious) },
      {
        provide: SealedColumns,
        inject: [DataSource, Secrets],
        useFactory: (source: DataSource, secrets: Secrets) => new SealedColumns(source, secrets),
      },
      {
        provide: RedisConnection,
        inject: [HealthChecks],
        useFactory: (checks: HealthChecks) => new RedisConnection(redis, checks),
      },
      { provide: Cache, useValue: new Cache(redis) },
      { provide: Throttle, useValue: new Throttle(limiter(redis, 'throttle', CALLS_PER_MINUTE)) },
      {
        provide: Lockout,
        useValue: new Lockout({
          account: limiter(redis, 'guesses:account', GUESSES.account),
          network: limiter(redis, 'guesses:network', GUESSES.network),
          everywhere: limiter(redis, 'guesses:everywhere', GUESSES.everywhere),
          codes: limiter(redis, 'guesses:codes', GUESSES.codes),
          knownCodes: limiter(redis, 'guesses:known-codes', GUESSES.knownCodes),
        }),
      },
      { provide: SystemOptions, useValue: new SystemOptions(env.publicUrl, env.demo, env.metricsToken) },
      {
        provide: FeeRates,
        inject: [SettingsService],
        useFactory: (settings: SettingsService) => new FeeRates((gateway) => settings.feeRate(gateway)),
      },
      {
        provide: Alerts,
        inject: [DataSource, Jobs, SettingsService],
        useFactory: (source: DataSource, jobs: Jobs, settings: SettingsService) =>
          new Alerts(source, jobs, () => settings.get('wecom.robotUrl')),
      },
    ];
    return {
      module: PartsModule,
      global: true,
      providers,
      exports: providers.map((provider) => provider.provide),
    };
  }
}

@Module({})
export class AppModule {
  static forRoot(env: Env, db: DataSource): DynamicModule {
    const lines = linesOf(env);
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(env)),
        ScheduleModule.forRoot(),
        JwtModule.register({
          global: true,
          secret: env.jwtSecret,
          signOptions: { algorithm: 'HS256', issuer: ISSUER, audience: AUDIENCE },
          verifyOptions: { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE },
        }),
        PartsModule.forRoot(env, db),
        SystemModule,
        PaymentModule.forRoot(new PaymentOptions(gatewaysOf(env), env.publicUrl)),
        PayModule.forRoot(lines.map(({ name }) => name)),
        ...lines.map(({ name, module }) => module({ ...env, tokenKey: env.tokenKeys[name] ?? '' })),
      ],
      controllers: env.demo ? demoControllers : [],
      providers: [Ticker, ...(env.demo ? demoProviders(demoOptions(env)) : [])],
    };
  }
}

function demoOptions(env: Env): DemoOptions {
  return new DemoOptions(env.publicUrl, env.sandboxUrl, env.planet.cookie, env.adminPassword, () =>
    startOver(env),
  );
}

function connectRedis(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  redis.on('error', () => undefined);
  return redis;
}

/** Ends the connection with the app, so that a process can drain and exit. */
class RedisConnection implements OnApplicationShutdown {
  constructor(
    private readonly redis: Redis | null,
    checks: HealthChecks,
  ) {
    checks.register('redis', () => this.check());
  }

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }

  private async check(): Promise<HealthReading> {
    if (!this.redis) return { status: 'disabled', message: '未配置，限流按单机计数' };
    const answer = await this.redis.ping().catch(() => null);
    return answer === 'PONG'
      ? { status: 'up', message: null }
      : { status: 'down', message: '连接不上，限流暂按单机计数' };
  }
}

/** With Redis replicas count together; while it is away each counts by itself. */
function limiter(
  redis: Redis | null,
  keyPrefix: string,
  calls: { points: number; duration: number },
): RateLimiterAbstract {
  const memory = new RateLimiterMemory(calls);
  if (!redis) return memory;
  return new RateLimiterRedis({ storeClient: redis, keyPrefix, insuranceLimiter: memory, ...calls });
}
