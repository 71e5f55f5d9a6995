import { Controller, Get, Res } from '@nestjs/common';
import { maybeRow } from '@yajin/server';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { within } from './health-checks.js';
import { Readiness } from './readiness.js';

/** A database that takes longer to say anything is as good as none. */
const PROBE_MS = 1500;

@Controller('health')
export class HealthController {
  private probe: Promise<'up' | 'down'> | null = null;

  constructor(
    private readonly db: DataSource,
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
    const database = await within(PROBE_MS, () => this.database(), 'down');
    const healthy = this.readiness.ready && database === 'up';
    return reply
      .status(healthy ? 200 : 503)
      .send({ status: healthy ? 'ok' : 'error', started: this.readiness.ready, database });
  }

  /** One question at a time, however many ask us: each that is not answered keeps a connection. */
  private database(): Promise<'up' | 'down'> {
    this.probe ??= maybeRow(this.db, 'SELECT 1')
      .then(
        () => 'up' as const,
        () => 'down' as const,
      )
      .finally(() => {
        this.probe = null;
      });
    return this.probe;
  }
}
