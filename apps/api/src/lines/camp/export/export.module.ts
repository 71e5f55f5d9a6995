import { Module } from '@nestjs/common';
import { StatsModule } from '../stats/stats.module.js';
import { ExportController } from './export.controller.js';
import { ExportService } from './export.service.js';

/** Lists and figures as files. */
@Module({
  imports: [StatsModule],
  controllers: [ExportController],
  providers: [ExportService],
})
export class ExportModule {}
