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
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../system/index.js';
import { PayIdParam } from './pay.dto.js';
import { FinishPayNotificationDto, TakePayWorkDto, WorkQuery } from './work.dto.js';
import { WorkService } from './work.service.js';

@Controller('api/admin/pay/work')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class WorkController {
  constructor(private readonly work: WorkService) {}

  @Get()
  @Permission('pay:read')
  list(@CurrentOperator() operator: Operator, @Query() query: WorkQuery): Promise<Console.PayWorkPage> {
    return this.work.list(operator, query);
  }

  @Post('take')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已认领')
  take(@CurrentOperator() operator: Operator, @Body() body: TakePayWorkDto): Promise<Console.PayWork> {
    return this.work.take(operator, body);
  }

  @Post('notifications/:id/finish')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已处理')
  finish(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: FinishPayNotificationDto,
  ): Promise<Console.FinishedPayNotification> {
    return this.work.finish(operator, id, note);
  }
}
