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
import { EntryQuery, ProposePayEntryDto, RefusePayEntryDto, ReversePayEntryDto } from './entries.dto.js';
import { EntriesService } from './entries.service.js';
import { PayIdParam } from './pay.dto.js';

@Controller('api/admin/pay/entries')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class EntriesController {
  constructor(private readonly entries: EntriesService) {}

  @Get()
  @Permission('pay:read')
  list(@Query() query: EntryQuery): Promise<Console.PayEntryPage> {
    return this.entries.list(query);
  }

  @Post()
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已提出，等待另一人确认')
  propose(
    @CurrentOperator() operator: Operator,
    @Body() body: ProposePayEntryDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayEntry> {
    return this.entries.propose(operator, body, key);
  }

  @Post(':id/reverse')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已提出冲回，等待另一人确认')
  reverse(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() body: ReversePayEntryDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayEntry> {
    return this.entries.reverse(operator, id, body, key);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已入账')
  confirm(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayEntry> {
    return this.entries.confirm(operator, id);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已驳回')
  refuse(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: RefusePayEntryDto,
  ): Promise<Console.PayEntry> {
    return this.entries.refuse(operator, id, note);
  }
}
