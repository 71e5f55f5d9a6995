import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Post,
  Put,
  Req,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ConfirmTotpDto } from './auth.dto.js';
import { Fresh } from './fresh.js';
import { KnownBrowsers } from './known-browsers.js';
import { OperatorGuard } from './operator.guard.js';
import { EveryOperator, CurrentOperator, WhilePending, type Operator } from './operator.js';
import { RetryAfter } from './try-later.js';
import { TotpService } from './totp.service.js';

/** One's own second factor. */
@Controller('api/admin/auth/totp')
@UseInterceptors(CampEnvelopeInterceptor, RetryAfter)
@UseGuards(OperatorGuard)
@EveryOperator()
export class TotpController {
  constructor(
    private readonly totp: TotpService,
    private readonly browsers: KnownBrowsers,
  ) {}

  @Get()
  @WhilePending('totp')
  status(@CurrentOperator() operator: Operator): Promise<Camp.TotpStatus> {
    return this.totp.status(operator);
  }

  @Post()
  @HttpCode(200)
  @WhilePending('totp')
  @Fresh()
  @Message('请用动态码确认')
  begin(@CurrentOperator() operator: Operator): Promise<Camp.TotpEnrolment> {
    return this.totp.begin(operator);
  }

  @Put()
  @WhilePending('totp')
  @Fresh()
  @Message('动态码已开启')
  async confirm(
    @CurrentOperator() operator: Operator,
    @Body() { code }: ConfirmTotpDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Camp.RecoveryCodes> {
    const codes = await this.totp.confirm(operator, code);
    // It has just shown the second factor, which makes strangers of the other browsers.
    this.browsers.remember(request, reply, operator.username, new Date());
    return codes;
  }

  @Delete()
  @Fresh()
  @Message('动态码已关闭')
  off(@CurrentOperator() operator: Operator): Promise<void> {
    return this.totp.off(operator);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @Fresh()
  @Message('恢复码已重新生成')
  renewCodes(@CurrentOperator() operator: Operator): Promise<Camp.RecoveryCodes> {
    return this.totp.renewCodes(operator);
  }
}
