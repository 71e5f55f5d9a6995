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
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../system/index.js';
import { CloseAccountsQuery, CloseDayParam, CloseMonthQuery, ClosePayDayDto } from './closes.dto.js';
import { ClosesService } from './closes.service.js';

@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ClosesController {
  constructor(private readonly closes: ClosesService) {}

  @Get('closes')
  @Permission('pay:read')
  month(@Query() { month }: CloseMonthQuery): Promise<Console.PayCloseMonth> {
    return this.closes.month(month);
  }

  @Get('close-accounts')
  @Permission('pay:read')
  accounts(@Query() { month }: CloseAccountsQuery): Promise<Console.PayCloseAccountMonth> {
    return this.closes.accounts(month);
  }

  @Get('closes/:day')
  @Permission('pay:read')
  one(@Param() { day }: CloseDayParam): Promise<Console.PayClose> {
    return this.closes.one(day);
  }

  @Post('closes/:day')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已日结')
  close(
    @CurrentOperator() operator: Operator,
    @Param() { day }: CloseDayParam,
    @Body() { reason }: ClosePayDayDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayClose> {
    return this.closes.close(operator, day, reason ?? null, key);
  }
}
