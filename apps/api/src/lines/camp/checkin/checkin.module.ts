import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CampModule } from '../camp/camp.module.js';
import { MemberModule } from '../member/member.module.js';
import { PlanetModule } from '../planet/planet.module.js';
import { CheckinUploadController } from '../upload/upload.controller.js';
import { CheckinUploads } from '../upload/upload.service.js';
import { CampSyncTask } from './camp-sync-task.entity.js';
import { CampSync } from './camp-sync.entity.js';
import { CheckinController, ProjectController, SyncEventsController } from './checkin.controller.js';
import { CheckinQueries } from './checkin.queries.js';
import { ProjectCorrection } from './project-correction.js';
import { SyncTaskService } from './sync-task.service.js';
import { SyncService } from './sync.service.js';

/** What members wrote: read from their planet, or out of a file that an operator uploads. */
@Module({
  imports: [TypeOrmModule.forFeature([CampSync, CampSyncTask]), CampModule, MemberModule, PlanetModule],
  controllers: [CheckinController, ProjectController, SyncEventsController, CheckinUploadController],
  providers: [CheckinQueries, ProjectCorrection, SyncService, SyncTaskService, CheckinUploads],
  exports: [SyncService, SyncTaskService],
})
export class CheckinModule {}
