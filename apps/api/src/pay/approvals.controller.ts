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
import { CurrentOperator, Fresh, OperatorGuard, Permission, type Operator } from '../system/index.js';
import { ApprovalQuery, RefusePayApprovalDto } from './approvals.dto.js';
import { ApprovalsService } from './approvals.service.js';
import { PayIdParam } from './pay.dto.js';

@Controller('api/admin/pay/approvals')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ApprovalsController {
  constructor(private readonly approvals: ApprovalsService) {}

  @Get()
  @Permission('pay:read')
  list(
    @CurrentOperator() operator: Operator,
    @Query() query: ApprovalQuery,
  ): Promise<Console.PayApprovalPage> {
    return this.approvals.list(operator, query);
  }

  @Post(':id/confirm')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已确认')
  confirm(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayApproval> {
    return this.approvals.confirm(operator, id);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @Permission('refund:audit')
  @Message('已记为不同意')
  refuse(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() { note }: RefusePayApprovalDto,
  ): Promise<Console.PayApproval> {
    return this.approvals.refuse(operator, id, note);
  }
}
