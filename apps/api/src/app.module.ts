import {
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type Provider,
  type Type,
} from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { ScheduleModule } from '@nestjs/schedule';
import { PaymentModule, wechatV3Gateway } from '@yajin/payment';
import { Alerts, Cache, Clock, Jobs, Secrets, Throttle } from '@yajin/server';
import { Redis } from 'ioredis';
import { LoggerModule } from 'nestjs-pino';
import { RateLimiterMemory, RateLimiterRedis } from 'rate-limiter-flexible';
import { DataSource } from 'typeorm';
import { CampModule, CampOptions } from './camp/index.js';
import { demoControllers, demoProviders } from './demo/demo.providers.js';
import { DemoOptions } from './demo/demo.options.js';
import type { Env } from './env.js';
import { loggerOptions } from './logging.js';
import { Ticker } from './ticker.js';
import { SettingsService, SystemModule } from './system/index.js';

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
      { provide: Secrets, useValue: new Secrets(env.masterKey) },
      { provide: RedisConnection, useValue: new RedisConnection(redis) },
      { provide: Cache, useValue: new Cache(redis) },
      { provide: Throttle, useValue: throttle(redis) },
      {
        provide: Alerts,
        inject: [SettingsService],
        useFactory: (settings: SettingsService) => new Alerts(() => settings.get('wecom.robotUrl')),
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
        PaymentModule.forRoot({ gateways: [wechatV3Gateway(env.wechat)], publicUrl: env.publicUrl }),
        CampModule.forRoot({
          camp: new CampOptions(env.publicUrl, env.planet.groupId, env.enrollLinkSignature === 'required'),
          wechat: { apiBase: env.wechat.oauthBase, appId: env.wechat.appId, appSecret: env.wechat.appSecret },
          planet: env.planet,
        }),
      ],
      controllers: env.demo ? demoControllers : [],
      providers: [Ticker, ...(env.demo ? demoProviders(demoOptions(env)) : [])],
    };
  }
}

function demoOptions(env: Env): DemoOptions {
  return new DemoOptions(env.publicUrl, env.sandboxUrl, env.planet.cookie, env.adminPassword);
}

function connectRedis(url: string): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, enableOfflineQueue: false });
  redis.on('error', () => undefined);
  return redis;
}

/** Ends the connection with the app, so that a process can drain and exit. */
class RedisConnection implements OnApplicationShutdown {
  constructor(private readonly redis: Redis | null) {}

  onApplicationShutdown(): void {
    this.redis?.disconnect();
  }
}

/** With Redis replicas count together; while it is away each counts by itself. */
function throttle(redis: Redis | null): Throttle {
  const memory = new RateLimiterMemory(CALLS_PER_MINUTE);
  if (!redis) return new Throttle(memory);
  return new Throttle(
    new RateLimiterRedis({
      storeClient: redis,
      keyPrefix: 'throttle',
      insuranceLimiter: memory,
      ...CALLS_PER_MINUTE,
    }),
  );
}
