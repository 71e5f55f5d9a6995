import { Module } from '@nestjs/common';
import { CampModule } from '../camp/camp.module.js';
import { StatsController } from './stats.controller.js';
import { StatsService } from './stats.service.js';

/** Figures of camps. */
@Module({
  imports: [CampModule],
  controllers: [StatsController],
  providers: [StatsService],
  exports: [StatsService],
})
export class StatsModule {}
