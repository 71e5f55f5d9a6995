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
import { AlertQuery, ResolvePayAlertDto } from './alerts.dto.js';
import { AlertsService } from './alerts.service.js';
import { PayIdParam } from './pay.dto.js';

@Controller('api/admin/pay/alerts')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class AlertsController {
  constructor(private readonly alerts: AlertsService) {}

  @Get()
  @Permission('pay:read')
  list(@Query() query: AlertQuery): Promise<Console.PayAlertPage> {
    return this.alerts.list(query);
  }

  @Get(':id')
  @Permission('pay:read')
  get(@Param() { id }: PayIdParam): Promise<Console.PayAlert> {
    return this.alerts.get(id);
  }

  @Post(':id/see')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已标明看过')
  see(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayAlert> {
    return this.alerts.see(operator, id);
  }

  @Post(':id/resolve')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已解决')
  resolve(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: ResolvePayAlertDto,
  ): Promise<Console.PayAlert> {
    return this.alerts.resolve(operator, id, note);
  }
}
