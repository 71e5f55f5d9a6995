import { Module, type DynamicModule } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { PayController } from './pay.controller.js';
import { PayLines } from './pay.lines.js';
import { PayQueries } from './pay.queries.js';

/** The payments area of the console: every line's money in one place. */
@Module({})
export class PayModule {
  static forRoot(lines: string[]): DynamicModule {
    return {
      module: PayModule,
      controllers: [PayController],
      providers: [{ provide: PayLines, useValue: new PayLines(lines as Console.Line[]) }, PayQueries],
    };
  }
}
