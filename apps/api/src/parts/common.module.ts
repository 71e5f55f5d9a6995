import { Global, Module } from '@nestjs/common';
import { FeeRates, PayoutLimits } from '@yajin/payment';
import { AlertRobot, Alerts, Calls, Clock, Jobs, SealedColumns, Secrets, Wakes } from '@yajin/server';
import type { Env } from '../env.js';
import { OBJECT_STORE, ObjectStore, SettingsService } from '../system/index.js';
import { ENV } from './environment.module.js';

/** What every part stands on: time, work in the background, secrets, alerts; and what the kernel asks of operators' settings. */
@Global()
@Module({
  providers: [
    Clock,
    Calls,
    {
      provide: OBJECT_STORE,
      inject: [ENV, Calls],
      useFactory: ({ imageStore }: Env, calls: Calls) => imageStore && new ObjectStore(imageStore, calls),
    },
    {
      provide: Jobs,
      inject: [ENV],
      useFactory: (env: Env) => new Jobs(env.databaseDirectUrl, env.jobConcurrency),
    },
    { provide: Wakes, inject: [ENV], useFactory: (env: Env) => new Wakes(env.databaseDirectUrl) },
    {
      provide: Secrets,
      inject: [ENV],
      useFactory: (env: Env) => new Secrets(env.masterKey, env.masterKeyPrevious),
    },
    SealedColumns,
    {
      provide: AlertRobot,
      inject: [SettingsService],
      useFactory: (settings: SettingsService) => new AlertRobot(() => settings.get('wecom.robotUrl')),
    },
    Alerts,
    {
      provide: FeeRates,
      inject: [SettingsService],
      useFactory: (settings: SettingsService) => new FeeRates((gateway) => settings.feeRate(gateway)),
    },
    {
      provide: PayoutLimits,
      inject: [SettingsService],
      useFactory: (settings: SettingsService) =>
        new PayoutLimits((db, role) => settings.payoutLimits(db, role)),
    },
  ],
  exports: [Clock, Calls, OBJECT_STORE, Jobs, Wakes, Secrets, SealedColumns, Alerts, FeeRates, PayoutLimits],
})
export class CommonModule {}
