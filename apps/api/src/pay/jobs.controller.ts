import { Body, Controller, Get, HttpCode, Post, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../system/index.js';
import { DropJobsDto, JobQuery, RetryJobsDto } from './jobs.dto.js';
import { JobsService } from './jobs.service.js';

@Controller('api/admin/jobs')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
@Permission('system:jobs')
export class JobsController {
  constructor(private readonly jobs: JobsService) {}

  @Get()
  list(@Query() query: JobQuery): Promise<Console.JobPage> {
    return this.jobs.list(query);
  }

  @Post('retry')
  @HttpCode(200)
  @Message('已处理')
  retry(@CurrentOperator() operator: Operator, @Body() { ids }: RetryJobsDto): Promise<Console.ChangedJobs> {
    return this.jobs.retry(operator, ids);
  }

  @Post('drop')
  @HttpCode(200)
  @Message('已处理')
  drop(
    @CurrentOperator() operator: Operator,
    @Body() { ids, reason }: DropJobsDto,
  ): Promise<Console.ChangedJobs> {
    return this.jobs.drop(operator, ids, reason);
  }
}
