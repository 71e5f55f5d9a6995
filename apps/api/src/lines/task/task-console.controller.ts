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
import type { Console } from '@yajin/contract/console';
import { CampEnvelopeInterceptor } from '@yajin/server';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../system/index.js';
import {
  ReviewTaskItemDto,
  SettlementQuery,
  TaskIdParam,
  TaskItemQuery,
  TaskRefundQuery,
} from './task-console.dto.js';
import { TaskConsoleService } from './task-console.service.js';

@Controller('api/admin/task')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class TaskConsoleController {
  constructor(private readonly tasks: TaskConsoleService) {}

  @Get('tasks')
  @Permission('pay:read')
  list(@Query() query: TaskItemQuery): Promise<Console.TaskItemPage> {
    return this.tasks.list(query);
  }

  @Get('tasks/:id')
  @Permission('pay:read')
  task(@Param() { id }: TaskIdParam): Promise<Console.TaskItemDetail> {
    return this.tasks.detail(id);
  }

  @Post('tasks/:id/review')
  @HttpCode(200)
  @Permission('pay:write')
  review(
    @CurrentOperator() operator: Operator,
    @Param() { id }: TaskIdParam,
    @Body() body: ReviewTaskItemDto,
  ): Promise<Console.TaskItem> {
    return this.tasks.review(operator, id, body);
  }

  @Get('settlements')
  @Permission('pay:read')
  settlements(@Query() query: SettlementQuery): Promise<Console.TaskSettlementPage> {
    return this.tasks.settlements(query);
  }

  @Post('transfers/:id/retry')
  @HttpCode(200)
  @Permission('pay:write')
  retryTransfer(
    @CurrentOperator() operator: Operator,
    @Param() { id }: TaskIdParam,
  ): Promise<Console.TaskSettlement> {
    return this.tasks.retryTransfer(operator, id);
  }

  @Get('refunds')
  @Permission('pay:read')
  refunds(@Query() query: TaskRefundQuery): Promise<Console.TaskRefundPage> {
    return this.tasks.refunds(query);
  }

  @Post('refunds/:id/retry')
  @HttpCode(200)
  @Permission('pay:write')
  retryRefund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: TaskIdParam,
  ): Promise<Console.TaskRefund> {
    return this.tasks.retryRefund(operator, id);
  }
}
