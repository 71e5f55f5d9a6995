import { Module, type DynamicModule } from '@nestjs/common';
import { HostOptions, HostTokens } from '../../system/index.js';
import { GymConsoleController } from './gym-console.controller.js';
import { GymConsoleService } from './gym-console.service.js';
import { GymCallbackController, GymController } from './gym.controller.js';
import { GymIncome } from './gym.income.js';
import { GymDemo } from './gym.demo.js';
import { GymLine } from './gym.line.js';
import { GymOrders } from './gym.orders.js';
import { GymRefunds } from './gym.refunds.js';
import { GymService } from './gym.service.js';
import { LINE } from './gym.options.js';

/** What members pay a gym for: membership, courses, private lessons. */
@Module({
  controllers: [GymCallbackController, GymController, GymConsoleController],
  providers: [HostTokens, GymConsoleService, GymIncome, GymLine, GymOrders, GymRefunds, GymService],
})
export class GymModule {
  /**
   * @param tokenKey shared with the platform whose users pay
   * @param demo whether it has something to show
   */
  static forRoot(tokenKey: string, demo: boolean): DynamicModule {
    return {
      module: GymModule,
      providers: [
        { provide: HostOptions, useValue: new HostOptions(LINE, tokenKey) },
        ...(demo ? [GymDemo] : []),
      ],
    };
  }
}
