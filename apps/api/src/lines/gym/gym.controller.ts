import { sentence } from '@yajin/core';
import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Ip,
  Param,
  Post,
  Query,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import type { Gym } from '@yajin/contract/gym';
import { Inbox } from '@yajin/payment';
import { BusinessError } from '@yajin/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentHostUser, HostGuard, Key, type HostUser, type IdempotencyKey } from '../../system/index.js';
import { CallbackParam, CreatePaymentDto, ListPaymentsQuery, PaymentParam, PayQuery } from './gym.dto.js';
import { GATEWAYS } from './gym.options.js';
import { GymService } from './gym.service.js';

@Controller('api/v1/payments')
@UseGuards(HostGuard)
export class GymController {
  constructor(private readonly gym: GymService) {}

  @Post()
  @HttpCode(200)
  create(
    @CurrentHostUser() user: HostUser,
    @Body() body: CreatePaymentDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Gym.Payment> {
    return this.gym.create(user, body, key);
  }

  @Get()
  list(@CurrentHostUser() user: HostUser, @Query() query: ListPaymentsQuery): Promise<Gym.Payment[]> {
    return this.gym.list(user, query);
  }

  @Get(':id/pay')
  pay(
    @CurrentHostUser() user: HostUser,
    @Param() { id }: PaymentParam,
    @Query() { provider }: PayQuery,
    @Ip() ip: string,
  ): Promise<Gym.PayAddress> {
    return this.gym.payAddress(user, id, provider, ip);
  }
}

/** Where the providers tell of payments. */
@Controller('api/v1/payments/callback')
export class GymCallbackController {
  constructor(
    private readonly inbox: Inbox,
    private readonly gym: GymService,
  ) {}

  /** A form is answered as its provider wants it, JSON as the contract says. */
  @Post(':provider')
  async receive(
    @Param() { provider }: CallbackParam,
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<FastifyReply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { reply: wanted, outTradeNo } = await this.inbox.answer(GATEWAYS[provider], headers, body);
    if (wanted.status >= 500) return reply.status(wanted.status).type(wanted.contentType).send(wanted.body);
    if (wanted.status >= 400) throw new BusinessError(400, '签名不符或内容不可读');
    const paymentId = outTradeNo === null ? null : await this.gym.paymentOf(outTradeNo);
    if (outTradeNo !== null && paymentId === null) throw new BusinessError(404, sentence('payment_unknown'));
    // What names no payment, such as word of a trade that waits for its payer, has no answer in the contract.
    if (paymentId === null || !(headers['content-type'] ?? '').includes('json'))
      return reply.status(wanted.status).type(wanted.contentType).send(wanted.body);
    return reply.status(200).send({ status: 'success', payment_id: paymentId } satisfies Gym.CallbackResult);
  }
}
