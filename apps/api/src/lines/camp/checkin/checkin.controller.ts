import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { FastifyReply } from 'fastify';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../../system/index.js';
import { CampParam, CheckinRecordQuery, CorrectProjectDto, SyncTaskParam } from './checkin.dto.js';
import { CampIdParam } from '../camp/camp.dto.js';
import { CheckinQueries } from './checkin.queries.js';
import { ProjectCorrection } from './project-correction.js';
import { SyncTaskService } from './sync-task.service.js';
import { SyncService } from './sync.service.js';

@Controller('api/admin/checkins')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CheckinController {
  constructor(
    private readonly sync: SyncService,
    private readonly tasks: SyncTaskService,
    private readonly queries: CheckinQueries,
  ) {}

  @Get('stats/:campId')
  @Permission('camp:read')
  stats(@CurrentOperator() operator: Operator, @Param() { campId }: CampParam): Promise<Camp.CheckinStats> {
    return this.queries.stats(operator, campId);
  }

  @Get('records')
  @Permission('member:read')
  records(
    @CurrentOperator() operator: Operator,
    @Query() query: CheckinRecordQuery,
  ): Promise<Camp.CheckinRecordPage> {
    return this.queries.records(operator, query);
  }

  @Get('sync/:campId')
  @Permission('camp:read')
  state(@CurrentOperator() operator: Operator, @Param() { campId }: CampParam): Promise<Camp.SyncState> {
    return this.queries.syncState(operator, campId);
  }

  @Post('sync')
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('批量同步已启动')
  syncAll(@CurrentOperator() operator: Operator): Promise<Camp.StartedSync> {
    return this.tasks.start(operator);
  }

  @Post('sync/:campId')
  @HttpCode(200)
  @Permission('camp:sync')
  @Message('同步成功')
  syncCamp(@CurrentOperator() operator: Operator, @Param() { campId }: CampParam): Promise<Camp.SyncResult> {
    return this.sync.syncNow(operator, campId);
  }

  @Get('sync-tasks')
  @Permission('camp:sync')
  latestTasks(): Promise<Camp.SyncTaskList> {
    return this.tasks.latest();
  }

  @Get('sync-tasks/:taskId')
  @Permission('camp:sync')
  task(@Param() { taskId }: SyncTaskParam): Promise<Camp.SyncTask> {
    return this.tasks.find(taskId);
  }
}

/** Beside the camp's own routes: what changes is where its check-ins come from. */
@Controller('api/admin/camps')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ProjectController {
  constructor(private readonly correction: ProjectCorrection) {}

  @Put(':id/planet-project')
  @Permission('system:camps')
  @Message('打卡项目已更正')
  correct(
    @CurrentOperator() operator: Operator,
    @Param() { id }: CampIdParam,
    @Body() body: CorrectProjectDto,
  ): Promise<Camp.CorrectedPlanetProject> {
    return this.correction.correct(operator, id, body);
  }
}

/** Apart from the others because a stream has no envelope. */
@Controller('api/admin/checkins')
@UseGuards(OperatorGuard)
export class SyncEventsController {
  constructor(private readonly tasks: SyncTaskService) {}

  @Get('sync-tasks/:taskId/events')
  @Permission('camp:sync')
  async events(@Param() { taskId }: SyncTaskParam, @Res() reply: FastifyReply): Promise<FastifyReply> {
    const events = await this.tasks.events(taskId);
    // A proxy that collects the answer first would defeat the stream.
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(events);
  }
}
