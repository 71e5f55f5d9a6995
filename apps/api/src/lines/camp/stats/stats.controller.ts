import { Controller, Get, Param, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { OperatorGuard, Permission } from '../../../system/index.js';
import { CampIdParam } from '../camp/camp.dto.js';
import { StatsService } from './stats.service.js';

@Controller('api/admin/stats')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class StatsController {
  constructor(private readonly stats: StatsService) {}

  @Get('overview')
  @Permission('stats:read')
  overview(): Promise<Camp.StatsOverview> {
    return this.stats.overview();
  }

  @Get('camps/:id')
  @Permission('stats:read')
  camp(@Param() { id }: CampIdParam): Promise<Camp.CampStats> {
    return this.stats.camp(id);
  }
}
