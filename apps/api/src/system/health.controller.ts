import { Controller, Get, Res } from '@nestjs/common';
import { localTime } from '@yajin/core';
import type { FastifyReply } from 'fastify';
import { build } from './build.js';
import { DatabaseProbe } from './database-probe.js';
import { Readiness } from './readiness.js';

@Controller('version')
export class VersionController {
  @Get()
  read(@Res() reply: FastifyReply): FastifyReply {
    return reply.send({ ...build, started: localTime(build.started) });
  }
}

@Controller('health')
export class HealthController {
  constructor(
    private readonly probe: DatabaseProbe,
    private readonly readiness: Readiness,
  ) {}

  /** Says only that the process answers: a database that is away must not get it killed. */
  @Get('live')
  live(@Res() reply: FastifyReply): FastifyReply {
    return reply.send({ status: 'ok' });
  }

  @Get('ready')
  async ready(@Res() reply: FastifyReply): Promise<FastifyReply> {
    if (this.readiness.stopping) return reply.status(503).send({ status: 'shutting_down' });
    const database = (await this.probe.answers()) ? 'up' : 'down';
    const healthy = this.readiness.ready && database === 'up';
    return reply
      .status(healthy ? 200 : 503)
      .send({ status: healthy ? 'ok' : 'error', started: this.readiness.ready, database });
  }
}
