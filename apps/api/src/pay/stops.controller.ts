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
  Fresh,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../system/index.js';
import { PayIdParam } from './pay.dto.js';
import { ReleasePayStopDto, StopPayoutsDto, StopQuery } from './stops.dto.js';
import { StopsService } from './stops.service.js';

@Controller('api/admin/pay/stops')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class StopsController {
  constructor(private readonly stops: StopsService) {}

  @Get()
  @Permission('pay:read')
  list(@Query() query: StopQuery): Promise<Console.PayStopPage> {
    return this.stops.list(query);
  }

  /** Asks for no fresh proof: who stops money in a hurry is not to be asked for a password first. */
  @Post()
  @HttpCode(200)
  @Permission('pay:write')
  @Message('已止付')
  stop(
    @CurrentOperator() operator: Operator,
    @Body() body: StopPayoutsDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayStop> {
    return this.stops.stop(operator, body, key);
  }

  @Post(':id/release')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已解除止付')
  release(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: ReleasePayStopDto,
  ): Promise<Console.PayStop> {
    return this.stops.release(operator, id, note);
  }
}
