import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Task } from '@yajin/contract/task';
import {
  CurrentHostUser,
  HostGuard,
  HostRole,
  Key,
  type HostUser,
  type IdempotencyKey,
} from '../../system/index.js';
import { TaskEnvelopeInterceptor } from './task.envelope.js';
import { CreateTaskDto, ListTasksQuery, ReviewTaskDto, TaskParam, TaskResultDto } from './task.dto.js';
import { TaskService } from './tasks.service.js';

@Controller('api/v1/tasks')
@UseInterceptors(TaskEnvelopeInterceptor)
@UseGuards(HostGuard)
export class TaskController {
  constructor(private readonly tasks: TaskService) {}

  @Post()
  @HttpCode(200)
  create(
    @CurrentHostUser() user: HostUser,
    @Body() body: CreateTaskDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Task.Task> {
    return this.tasks.create(user, body, key);
  }

  @Get()
  list(@CurrentHostUser() user: HostUser, @Query() query: ListTasksQuery): Promise<Task.TaskPage> {
    return this.tasks.list(user, query);
  }

  @Get(':id')
  get(@CurrentHostUser() user: HostUser, @Param() { id }: TaskParam): Promise<Task.Task> {
    return this.tasks.get(user, id);
  }

  @Post(':id/review')
  @HttpCode(200)
  @HostRole('admin')
  review(@Param() { id }: TaskParam, @Body() body: ReviewTaskDto): Promise<Task.Task> {
    return this.tasks.review(id, body);
  }

  @Post(':id/take')
  @HttpCode(200)
  take(@CurrentHostUser() user: HostUser, @Param() { id }: TaskParam): Promise<Task.Task> {
    return this.tasks.take(user, id);
  }

  @Post(':id/submit')
  @HttpCode(200)
  submit(
    @CurrentHostUser() user: HostUser,
    @Param() { id }: TaskParam,
    @Body() { result }: TaskResultDto,
  ): Promise<Task.Task> {
    return this.tasks.submit(user, id, result);
  }

  @Post(':id/accept')
  @HttpCode(200)
  accept(@CurrentHostUser() user: HostUser, @Param() { id }: TaskParam): Promise<Task.Task> {
    return this.tasks.accept(user, id);
  }
}
