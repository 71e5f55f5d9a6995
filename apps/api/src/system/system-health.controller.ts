import { Controller, Get, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DatabaseThere } from './database-probe.js';
import { OperatorGuard } from './operator.guard.js';
import { Permission } from './operator.js';
import { SystemHealthService } from './system-health.service.js';

@Controller('api/admin/system-health')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(DatabaseThere, OperatorGuard)
export class SystemHealthController {
  constructor(private readonly health: SystemHealthService) {}

  @Get()
  @Permission('system:health')
  report(): Promise<Camp.SystemHealth> {
    return this.health.report();
  }
}
