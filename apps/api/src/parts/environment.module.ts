import { Global, Module, type DynamicModule } from '@nestjs/common';
import { GATEWAYS } from '@yajin/payment';
import type { Env } from '../env.js';
import { SystemOptions } from '../system/index.js';

/** Injects the environment, where the application is put together; everybody else is told by options of their own. */
export const ENV = Symbol('environment');

@Global()
@Module({})
export class EnvironmentModule {
  static forRoot(env: Env): DynamicModule {
    return {
      module: EnvironmentModule,
      providers: [
        { provide: ENV, useValue: env },
        {
          provide: SystemOptions,
          useValue: new SystemOptions(
            env.publicUrl,
            env.demo,
            env.metricsToken,
            GATEWAYS.filter(({ pretends }) => !pretends),
          ),
        },
      ],
      exports: [ENV, SystemOptions],
    };
  }
}
