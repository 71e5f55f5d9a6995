import { Controller, Get, Param, Query, UseGuards, UseInterceptors } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import { CampEnvelopeInterceptor } from '@yajin/server';
import { OperatorGuard, Permission } from '../system/index.js';
import { PayLineQuery, PayOrderParam, PayOrderQuery, PayRefundQuery } from './pay.dto.js';
import { PayLines } from './pay.lines.js';
import { PayQueries } from './pay.queries.js';
import { RefundQueries } from './refund.queries.js';

@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class PayController {
  constructor(
    private readonly queries: PayQueries,
    private readonly refundQueries: RefundQueries,
    private readonly lines: PayLines,
  ) {}

  @Get('lines')
  @Permission('pay:read')
  mounted(): Console.PayLineList {
    return { list: this.lines.names };
  }

  @Get('orders')
  @Permission('pay:read')
  orders(@Query() query: PayOrderQuery): Promise<Console.OrderPage> {
    return this.queries.orders(query);
  }

  @Get('orders/:orderNo')
  @Permission('pay:read')
  order(@Param() { orderNo }: PayOrderParam): Promise<Console.OrderStory> {
    return this.queries.story(orderNo);
  }

  @Get('refunds')
  @Permission('pay:read')
  refunds(@Query() query: PayRefundQuery): Promise<Console.PayRefundPage> {
    return this.refundQueries.list(query);
  }

  @Get('balances')
  @Permission('pay:read')
  balances(@Query() { line }: PayLineQuery): Promise<Console.PayBalanceList> {
    return this.queries.balances(line);
  }
}
