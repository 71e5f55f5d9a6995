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
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { CurrentOperator, OperatorGuard, Permission, type Operator } from '../../../system/index.js';
import {
  ApproveRefundDto,
  BatchApproveDto,
  PendingRefundQuery,
  RefundIdParam,
  RefundRecordQuery,
  RejectRefundDto,
  UndoRefundsDto,
} from './refund.dto.js';
import { RefundMessages } from './refund-messages.js';
import { RefundQueries } from './refund.queries.js';
import { RefundService } from './refund.service.js';
import { RefundUndo } from './refund-undo.js';

@Controller('api/admin/refunds')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class RefundController {
  constructor(
    private readonly refunds: RefundService,
    private readonly queries: RefundQueries,
    private readonly messages: RefundMessages,
    private readonly undo: RefundUndo,
  ) {}

  @Get('pending')
  @Permission('refund:read')
  pending(@Query() query: PendingRefundQuery): Promise<Camp.PendingRefundPage> {
    return this.queries.pending(query);
  }

  @Get('records')
  @Permission('refund:read')
  records(@Query() query: RefundRecordQuery): Promise<Camp.RefundRecordPage> {
    return this.queries.records(query);
  }

  @Post('batch-approve')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('批量审核完成')
  approveBatch(
    @CurrentOperator() operator: Operator,
    @Body() body: BatchApproveDto,
  ): Promise<Camp.BatchApproval> {
    return this.refunds.approveBatch(operator, body);
  }

  @Post('batch-undo')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已撤回')
  undoMany(
    @CurrentOperator() operator: Operator,
    @Body() { refundIds }: UndoRefundsDto,
  ): Promise<Camp.UndoneRefunds> {
    return this.undo.many(operator, refundIds);
  }

  @Post(':id/undo')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已撤回')
  undoOne(@CurrentOperator() operator: Operator, @Param() { id }: RefundIdParam): Promise<Camp.UndoneRefund> {
    return this.undo.one(operator, id);
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('审核通过')
  approve(
    @CurrentOperator() operator: Operator,
    @Param() { id }: RefundIdParam,
    @Body() body?: ApproveRefundDto,
  ): Promise<Camp.ApprovedRefund> {
    return this.refunds.approve(operator, id, body?.comment);
  }

  @Post(':id/reject')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已拒绝')
  reject(
    @CurrentOperator() operator: Operator,
    @Param() { id }: RefundIdParam,
    @Body() body: RejectRefundDto,
  ): Promise<Camp.RejectedRefund> {
    return this.refunds.reject(operator, id, body);
  }

  @Post(':id/retry')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已加入重试队列')
  retry(@CurrentOperator() operator: Operator, @Param() { id }: RefundIdParam): Promise<Camp.RetriedRefund> {
    return this.refunds.retry(operator, id);
  }

  @Post(':id/notify')
  @HttpCode(200)
  @Permission('refund:audit')
  notify(
    @CurrentOperator() operator: Operator,
    @Param() { id }: RefundIdParam,
  ): Promise<Camp.NotifiedRefund> {
    return this.messages.resend(operator, id);
  }
}
