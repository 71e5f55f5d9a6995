import {
  Body,
  Controller,
  Get,
  HttpCode,
  Injectable,
  Ip,
  Param,
  Post,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import type { Course } from '@yajin/contract/course';
import { EnvelopeInterceptor, Message } from '@yajin/server';
import {
  CurrentHostUser,
  HostGuard,
  HostRole,
  Key,
  type HostUser,
  type IdempotencyKey,
} from '../../system/index.js';
import {
  CreateOrderDto,
  HistoryQuery,
  OrderParam,
  RefundParam,
  RequestRefundDto,
  StatsQuery,
} from './course.dto.js';
import { instant } from './course.rows.js';
import { PaymentService } from './payment.service.js';
import { RefundService } from './refund.service.js';
import { ReportService } from './report.service.js';

/** `{code: 0, message, data, timestamp}`, the time in UTC. */
@Injectable()
class CourseEnvelopeInterceptor extends EnvelopeInterceptor {
  constructor() {
    super((message, data) => ({ code: 0, message, data, timestamp: instant(new Date()) }), 'success');
  }
}

@Controller('payments')
@UseInterceptors(CourseEnvelopeInterceptor)
@UseGuards(HostGuard)
export class CourseController {
  constructor(
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
    private readonly reports: ReportService,
  ) {}

  @Post('orders')
  @HttpCode(200)
  @Message('支付订单创建成功')
  create(
    @CurrentHostUser() user: HostUser,
    @Body() body: CreateOrderDto,
    @Ip() ip: string,
    @Key() key: IdempotencyKey | null,
  ): Promise<Course.CreatedOrder> {
    return this.payments.create(user, body, ip, key);
  }

  @Get('orders/:order_id/status')
  status(
    @CurrentHostUser() user: HostUser,
    @Param() { order_id: id }: OrderParam,
  ): Promise<Course.OrderStatus> {
    return this.payments.status(user, id);
  }

  @Get('history')
  history(@CurrentHostUser() user: HostUser, @Query() query: HistoryQuery): Promise<Course.History> {
    return this.reports.history(user, query);
  }

  @Post('refunds')
  @HttpCode(200)
  @Message('退款申请提交成功')
  refund(
    @CurrentHostUser() user: HostUser,
    @Body() body: RequestRefundDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Course.RequestedRefund> {
    return this.refunds.request(user, body, key);
  }

  @Get('refunds/:refund_id/status')
  refundStatus(
    @CurrentHostUser() user: HostUser,
    @Param() { refund_id: id }: RefundParam,
  ): Promise<Course.RefundState> {
    return this.refunds.status(user, id);
  }

  @Get('methods')
  methods(): Promise<Course.Methods> {
    return this.payments.methods();
  }

  @Get('stats')
  @HostRole('admin')
  stats(@Query() query: StatsQuery): Promise<Course.StatsAnswer> {
    return this.reports.stats(query);
  }
}
