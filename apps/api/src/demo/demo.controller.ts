import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { CampEnvelopeInterceptor, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DemoClock } from './demo-clock.js';

class MoveClockDto {
  @Text({ max: 19 })
  now: string;
}

/** Only mounted in the demo. */
@Controller('api/demo')
@UseInterceptors(CampEnvelopeInterceptor)
export class DemoController {
  constructor(private readonly clock: DemoClock) {}

  @Post('clock')
  @HttpCode(200)
  async move(@Body() body: MoveClockDto): Promise<Camp.DemoClock> {
    return { now: localTime(await this.clock.advance(body.now)) };
  }
}
