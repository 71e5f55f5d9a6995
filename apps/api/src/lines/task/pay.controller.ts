import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Ip,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Task } from '@yajin/contract/task';
import { Inbox } from '@yajin/payment';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentHostUser, HostGuard, Key, type HostUser, type IdempotencyKey } from '../../system/index.js';
import { TaskRefunds } from './refunds.service.js';
import { SettlementService } from './settlement.service.js';
import { PrepayDto, RefundDto, SettleDto, TradeQuery, TransactionsQuery } from './task.dto.js';
import { TaskEnvelopeInterceptor } from './task.envelope.js';
import { GATEWAY } from './task.options.js';
import { TradeService } from './trades.service.js';

@Controller('api/v1/pay')
@UseInterceptors(TaskEnvelopeInterceptor)
@UseGuards(HostGuard)
export class PayController {
  constructor(
    private readonly trades: TradeService,
    private readonly refunds: TaskRefunds,
    private readonly settlement: SettlementService,
  ) {}

  @Post('prepay')
  @HttpCode(200)
  prepay(
    @CurrentHostUser() user: HostUser,
    @Body() body: PrepayDto,
    @Ip() ip: string,
    @Key() key: IdempotencyKey | null,
  ): Promise<Task.Prepaid> {
    return this.trades.prepay(user, body, ip, key);
  }

  @Get('query')
  query(@CurrentHostUser() user: HostUser, @Query() { order_no }: TradeQuery): Promise<Task.Trade> {
    return this.trades.query(user, order_no);
  }

  @Post('refund')
  @HttpCode(200)
  refund(
    @CurrentHostUser() user: HostUser,
    @Body() body: RefundDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Task.Refund> {
    return this.refunds.request(user, body, key);
  }

  @Post('settlement')
  @HttpCode(200)
  settle(
    @CurrentHostUser() user: HostUser,
    @Body() body: SettleDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Task.Said> {
    return this.settlement.settle(user, body, key);
  }

  @Get('balance')
  balance(@CurrentHostUser() user: HostUser): Promise<Task.Balance> {
    return this.settlement.balance(user);
  }

  @Get('transactions')
  transactions(
    @CurrentHostUser() user: HostUser,
    @Query() query: TransactionsQuery,
  ): Promise<Task.TradePage> {
    return this.trades.list(user, query);
  }
}

/** Where Shouqianba tells of payments, refunds and transfers; which of them it is shows in what it says. */
@Controller('api/v1/pay')
export class PayCallbackController {
  constructor(private readonly inbox: Inbox) {}

  @Post(['callback', 'refund_callback', 'transfer_callback'])
  async receive(
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { reply: wanted } = await this.inbox.answer(GATEWAY, headers, body);
    return reply.status(wanted.status).type(wanted.contentType).send(wanted.body);
  }
}
