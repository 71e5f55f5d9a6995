import { Body, Controller, Get, HttpCode, Param, Post, Res, UseInterceptors } from '@nestjs/common';
import { localTime } from '@yajin/core';
import { BusinessError, CampEnvelopeInterceptor, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { FastifyReply } from 'fastify';
import { DemoClock } from './demo-clock.js';
import { groupCode, poster } from './images.js';

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

/** The pictures of the sample camps, drawn here so that the demo needs no internet. */
@Controller('api/demo/images')
export class DemoImagesController {
  @Get('poster-:key.svg')
  poster(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    return shown(poster(key), reply);
  }

  @Get('group-:key.svg')
  async group(@Param('key') key: string, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    return shown(await groupCode(key), reply);
  }
}

function shown(image: string | null, reply: FastifyReply): string {
  if (image === null) throw new BusinessError(404);
  // A web app under development is served from another port.
  void reply.type('image/svg+xml; charset=utf-8').header('cross-origin-resource-policy', 'cross-origin');
  return image;
}
