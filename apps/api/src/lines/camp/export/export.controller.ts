import { Controller, Get, Query, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../../system/index.js';
import { MemberExportQuery, StatsExportQuery } from './export.dto.js';
import { ExportService, type ExportFile } from './export.service.js';

/** A client that takes nothing for so long has gone, whatever its connection says. */
const STALL_MS = 60_000;

@Controller('api/admin')
@UseGuards(OperatorGuard)
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @Get('members/export')
  @Permission('member:manage')
  async members(
    @CurrentOperator() operator: Operator,
    @Query() query: MemberExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return send(reply, await this.exports.members(operator, query));
  }

  @Get('stats/export')
  @Permission('stats:read')
  async figures(
    @CurrentOperator() operator: Operator,
    @Query() query: StatsExportQuery,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    return send(reply, await this.exports.figures(operator, query));
  }
}

/** A stream that fails on its way destroys the connection: its reader must not take what came for the whole. */
function send(reply: FastifyReply, { name, type, body }: ExportFile): FastifyReply {
  if (!Buffer.isBuffer(body))
    reply.raw.setTimeout(STALL_MS, () => body.destroy(new Error('the client stopped reading')));
  return reply
    .header('content-type', type)
    .header('content-disposition', `attachment; filename="${name}"`)
    .header('cache-control', 'no-store')
    .send(body);
}
