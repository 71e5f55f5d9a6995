import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SysConfig } from '../system/sys-config.entity.js';
import { DemoCast } from './demo-cast.js';
import { DemoClock } from './demo-clock.js';
import { DemoController } from './demo.controller.js';
import { DemoData } from './demo-data.js';
import { DemoOptions } from './demo.options.js';
import { DemoSandbox } from './demo-sandbox.js';

/** The clock that can be moved, and sample data, which lines tell as stories of their own. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([SysConfig])],
  controllers: [DemoController],
  providers: [DemoCast, DemoSandbox, DemoClock, DemoData],
  exports: [DemoCast, DemoSandbox, DemoClock, DemoData],
})
export class DemoModule {
  static forRoot(options: DemoOptions): DynamicModule {
    return {
      module: DemoModule,
      providers: [{ provide: DemoOptions, useValue: options }],
      exports: [DemoOptions],
    };
  }
}
