import { Controller, Get, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { AuditLogQuery, AuditLogService } from './audit-log.service.js';
import { OperatorGuard } from './operator.guard.js';
import { Permission } from './operator.js';

@Controller('api/admin/logs')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class AuditLogController {
  constructor(private readonly logs: AuditLogService) {}

  @Get()
  @Permission('system:logs')
  list(@Query() query: AuditLogQuery): Promise<Camp.AuditLogPage> {
    return this.logs.list(query);
  }
}
