import { Module, type DynamicModule } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { ScheduleModule } from '@nestjs/schedule';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PaymentModule, PaymentOptions } from '@yajin/payment';
import { LoggerModule } from 'nestjs-pino';
import type { DataSource } from 'typeorm';
import { startOver } from './database.js';
import { DemoModule, DemoOptions } from './demo/index.js';
import type { Env } from './env.js';
import { gatewaysOf } from './gateways.js';
import { linesOf } from './lines/index.js';
import { loggerOptions } from './logging.js';
import { CommonModule } from './parts/common.module.js';
import { EnvironmentModule } from './parts/environment.module.js';
import { LimitsModule } from './parts/limits.module.js';
import { RedisModule } from './parts/redis.module.js';
import { PayModule } from './pay/index.js';
import { ReplicaReads } from './replica-reads.js';
import { SystemModule } from './system/index.js';
import { Ticker } from './ticker.js';
import { tokenKeys } from './token-keys.js';

const ISSUER = 'yajin';
const AUDIENCE = 'admin';

/**
 * The pool, and the application above it. Global modules end in the opposite order of that in which Nest met them, and it meets the imports
 * of one module before what those import: the pool's module is one of the latter, and so has to be met a step earlier.
 */
@Module({})
export class RootModule {
  /** @param db initialised; it ends with the application */
  static forRoot(env: Env, db: DataSource): DynamicModule {
    return {
      module: RootModule,
      imports: [
        EnvironmentModule.forRoot(env),
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ type: 'postgres' }),
          dataSourceFactory: () => Promise.resolve(db),
        }),
        AppModule.forRoot(env),
      ],
    };
  }
}

@Module({})
class AppModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: AppModule,
      imports: [
        LoggerModule.forRoot(loggerOptions(env)),
        ScheduleModule.forRoot(),
        JwtModule.register({
          global: true,
          ...tokenKeys(env.jwtSecret, env.jwtSecretPrevious),
          signOptions: { algorithm: 'HS256', issuer: ISSUER, audience: AUDIENCE },
          verifyOptions: { algorithms: ['HS256'], issuer: ISSUER, audience: AUDIENCE },
        }),
        RedisModule,
        LimitsModule,
        CommonModule,
        SystemModule,
        PaymentModule.forRoot(new PaymentOptions(gatewaysOf(env), env.publicUrl)),
        ...(env.demo ? [DemoModule.forRoot(demoOptions(env))] : []),
        PayModule.forRoot(env.lines.map(({ name }) => name)),
        ...env.lines.map((line) => line.module(env.demo)),
      ],
      providers: [Ticker, { provide: APP_INTERCEPTOR, useClass: ReplicaReads }],
    };
  }
}

function demoOptions(env: Env): DemoOptions {
  const jobs = linesOf(env).flatMap((line) => (line.jobs ?? []).map(({ name }) => name));
  return new DemoOptions(env.publicUrl, env.sandboxUrl, env.adminPassword, jobs, () => startOver(env));
}
