import {
  Body,
  Controller,
  Delete,
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
import {
  DecidePaySuspenseDto,
  GoOnWithRefundsDto,
  PayIdParam,
  ProposeOutsideRefundDto,
  RedirectPayRefundDto,
  RetryPayRefundsDto,
  SuspenseQuery,
} from './pay.dto.js';
import { RefundCasesService } from './refund-cases.service.js';
import { SuspenseService } from './suspense.service.js';

/** Money that waits for a person: what nothing can take, and what cannot go back by itself. */
@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class CasesController {
  constructor(
    private readonly suspense: SuspenseService,
    private readonly cases: RefundCasesService,
  ) {}

  @Post('refunds/go-on')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('正在继续')
  goOn(
    @CurrentOperator() operator: Operator,
    @Body() { gateway }: GoOnWithRefundsDto,
  ): Promise<Console.PayRefundPause> {
    return this.cases.goOn(operator, gateway);
  }

  @Get('suspense')
  @Permission('pay:read')
  list(@Query() query: SuspenseQuery): Promise<Console.PaySuspensePage> {
    return this.suspense.list(query);
  }

  @Post('suspense/:id/assign')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已计入订单')
  assign(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: DecidePaySuspenseDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PaySuspense> {
    return this.suspense.assign(operator, id, note, key);
  }

  @Post('suspense/:id/refund')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已提交退款')
  refund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: DecidePaySuspenseDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PaySuspense> {
    return this.suspense.refund(operator, id, note, key);
  }

  @Post('refunds/:id/retry')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已重新提交退款')
  retry(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayRefund> {
    return this.cases.retry(operator, id);
  }

  @Post('refunds/retry')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已提交')
  retryMany(
    @CurrentOperator() operator: Operator,
    @Body() { ids }: RetryPayRefundsDto,
  ): Promise<Console.PayRefundRetryList> {
    return this.cases.retryMany(operator, ids);
  }

  /** Takes no idempotency key: what a card says must not be kept, not even its hash. The gateway takes one of two. */
  @Post('refunds/:id/redirect')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已提交改退')
  redirect(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() body: RedirectPayRefundDto,
  ): Promise<Console.PayRefund> {
    return this.cases.redirect(operator, id, body);
  }

  @Post('refunds/:id/outside')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已登记，等待另一人确认')
  propose(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { evidence }: ProposeOutsideRefundDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayRefund> {
    return this.cases.propose(operator, id, evidence, key);
  }

  @Delete('refunds/:id/outside')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已撤回')
  withdraw(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayRefund> {
    return this.cases.withdraw(operator, id);
  }

  @Post('refunds/:id/outside/confirm')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已确认线下退款')
  confirm(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayRefund> {
    return this.cases.confirm(operator, id);
  }
}
