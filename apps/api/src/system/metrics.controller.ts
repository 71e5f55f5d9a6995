import { Controller, Get, Req, Res } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Metrics } from './metrics.js';

@Controller('metrics')
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Get()
  async read(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<FastifyReply> {
    if (!this.metrics.mayBeReadBy(request)) throw new BusinessError(404);
    const { type, body } = await this.metrics.text();
    return reply.type(type).send(body);
  }
}
