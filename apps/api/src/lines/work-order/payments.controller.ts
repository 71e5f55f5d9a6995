import {
  Body,
  Controller,
  Get,
  Headers,
  HttpCode,
  Ip,
  Param,
  Post,
  Put,
  Query,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { Inbox } from '@yajin/payment';
import { EnvelopeInterceptor } from '@yajin/server';
import type { WorkOrder } from '@yajin/contract/work-order';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentHostUser,
  HostGuard,
  HostRole,
  Key,
  type HostUser,
  type IdempotencyKey,
} from '../../system/index.js';
import { OrdersService } from './orders.service.js';
import { PaymentLists } from './payment-lists.js';
import { PaymentsService } from './payments.service.js';
import { RefundsService } from './refunds.service.js';
import {
  ConfirmDto,
  CreatePaymentDto,
  DecideDto,
  ListPaymentsQuery,
  OrderParam,
  PaymentParam,
  RefundDto,
  SummaryQuery,
} from './work-order.dto.js';
import { GATEWAYS, LINE } from './work-order.options.js';
import { idOf } from './work-order.presenter.js';

/** `{code: 200, message, data}`. */
class WorkOrderEnvelope extends EnvelopeInterceptor {
  constructor() {
    super((message, data) => ({ code: 200, message, data }), 'success');
  }
}

@Controller('api/payments')
@UseInterceptors(WorkOrderEnvelope)
@UseGuards(HostGuard)
export class PaymentsController {
  constructor(
    private readonly payments: PaymentsService,
    private readonly lists: PaymentLists,
    private readonly refunds: RefundsService,
  ) {}

  @Post()
  @HttpCode(200)
  create(
    @CurrentHostUser() user: HostUser,
    @Body() body: CreatePaymentDto,
    @Ip() ip: string,
    @Key() key: IdempotencyKey | null,
  ): Promise<WorkOrder.CreatedPayment> {
    return this.payments.create(user, body, ip, key);
  }

  @Get()
  list(@CurrentHostUser() user: HostUser, @Query() query: ListPaymentsQuery): Promise<WorkOrder.PaymentPage> {
    return this.lists.list(user, query);
  }

  @Get('stats/summary')
  @HostRole('admin')
  summary(@Query() { date_range: range }: SummaryQuery): Promise<WorkOrder.Summary> {
    return this.lists.summary(range);
  }

  @Post('test/confirm')
  @HttpCode(200)
  confirm(@CurrentHostUser() user: HostUser, @Body() body: ConfirmDto): Promise<WorkOrder.Said> {
    return this.payments.confirm(user, body.payment_no);
  }

  @Get(':payment_no')
  get(
    @CurrentHostUser() user: HostUser,
    @Param() { payment_no: number }: PaymentParam,
  ): Promise<WorkOrder.PaymentAnswer> {
    return this.payments.get(user, number);
  }

  @Post(':payment_no/refund')
  @HttpCode(200)
  apply(
    @CurrentHostUser() user: HostUser,
    @Param() { payment_no: number }: PaymentParam,
    @Key() key: IdempotencyKey | null,
    @Body() body?: RefundDto,
  ): Promise<WorkOrder.Said> {
    return this.refunds.apply(idOf(user), number, body?.reason, key);
  }

  @Put(':payment_no/refund')
  @HostRole('admin')
  decide(
    @CurrentHostUser() user: HostUser,
    @Param() { payment_no: number }: PaymentParam,
    @Body() body: DecideDto,
    @Ip() ip: string,
  ): Promise<WorkOrder.Said> {
    const actor = { id: null, username: `${LINE}:${idOf(user)}`, ip };
    return this.refunds.decideByNumber(actor, number, body);
  }
}

/** Where WeChat tells of payments and refunds. */
@Controller('api/payments/wechat/notify')
export class WechatNotifyController {
  constructor(private readonly inbox: Inbox) {}

  @Post()
  async receive(
    @Headers() headers: Record<string, string | string[] | undefined>,
    @Req() request: FastifyRequest,
    @Res() response: FastifyReply,
  ): Promise<FastifyReply> {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    const { reply } = await this.inbox.answer(GATEWAYS.wechat, headers, body);
    return response.status(reply.status).type(reply.contentType).send(reply.body);
  }
}

@Controller('api/orders')
@UseInterceptors(WorkOrderEnvelope)
@UseGuards(HostGuard)
export class OrdersController {
  constructor(private readonly orders: OrdersService) {}

  @Put(':id/start')
  @HostRole('electrician')
  start(@CurrentHostUser() user: HostUser, @Param() { id }: OrderParam): Promise<WorkOrder.OrderAnswer> {
    return this.orders.start(idOf(user), id);
  }
}
