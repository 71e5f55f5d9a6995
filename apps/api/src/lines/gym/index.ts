import { Module } from '@nestjs/common';
import { gymDocument, gymErrors } from '@yajin/contract/gym';
import type { MountedLine } from '@yajin/server';
import { HostTokens } from '../../system/index.js';
import { GymConsoleController } from './gym-console.controller.js';
import { GymConsoleService } from './gym-console.service.js';
import { GymCallbackController, GymController } from './gym.controller.js';
import { GymIncome } from './gym.income.js';
import { GymLine } from './gym.line.js';
import { LINE } from './gym.options.js';
import { GymRefunds } from './gym.refunds.js';
import { GymService } from './gym.service.js';

/** What members pay a gym for: membership, courses, private lessons. */
@Module({})
class GymModule {}

/** @param tokenKey shared with the platform whose members pay */
export function gymLine(tokenKey: string): MountedLine {
  return {
    name: LINE,
    module: {
      module: GymModule,
      controllers: [GymCallbackController, GymController, GymConsoleController],
      providers: [
        { provide: HostTokens, useValue: new HostTokens(LINE, tokenKey) },
        GymConsoleService,
        GymIncome,
        GymLine,
        GymRefunds,
        GymService,
      ],
    },
    envelopes: [
      {
        prefix: '/api/v1/payments',
        errors: gymErrors,
        failure: ({ code, message, data }) => ({ code, message, data: data ?? null }),
      },
    ],
    document: gymDocument,
    rawBodies: ['/api/v1/payments/callback/'],
  };
}
