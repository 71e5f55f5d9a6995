import {
  Body,
  Controller,
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
import { ChangePasswordDto, FreshProofDto, LoginDto } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { keptAgent } from './device.rules.js';
import { freshRequired } from './fresh.js';
import { KnownBrowsers } from './known-browsers.js';
import { OperatorGuard } from './operator.guard.js';
import { EveryOperator, CurrentOperator, ROLE_PERMISSIONS, WhilePending, type Operator } from './operator.js';
import { OperatorProofs } from './operator-proofs.js';
import { RetryAfter } from './try-later.js';

@Controller('api/admin/auth')
@UseInterceptors(CampEnvelopeInterceptor, RetryAfter)
export class AuthController {
  constructor(
    private readonly auth: AuthService,
    private readonly proofs: OperatorProofs,
    private readonly browsers: KnownBrowsers,
  ) {}

  @Post('login')
  @HttpCode(200)
  @Message('登录成功')
  async login(
    @Body() { username, password, code }: LoginDto,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Camp.LoginResult> {
    const asked = new Date();
    const known = this.browsers.find(request, username);
    const result = await this.auth.login({
      username,
      password,
      code,
      ip: request.ip,
      known,
      userAgent: keptAgent(request.headers['user-agent']),
    });
    this.browsers.remember(request, reply, username, asked);
    return result;
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(OperatorGuard)
  @EveryOperator()
  @WhilePending()
  @Message('登出成功')
  logout(@CurrentOperator() operator: Operator): Promise<void> {
    return this.auth.logout(operator);
  }

  @Get('me')
  @UseGuards(OperatorGuard)
  @EveryOperator()
  @WhilePending()
  me(@CurrentOperator() operator: Operator): Camp.CurrentUser {
    const { id, username, realName, role, pending } = operator;
    const permissions = [...ROLE_PERMISSIONS[role]];
    return { userId: id, username, realName, role, permissions, ...(pending && { pending }) };
  }

  @Post('fresh')
  @HttpCode(200)
  @UseGuards(OperatorGuard)
  @EveryOperator()
  @WhilePending()
  @Message('验证成功')
  fresh(@CurrentOperator() operator: Operator, @Body() body: FreshProofDto): Promise<void> {
    return this.proofs.again(operator, body);
  }

  @Put('password')
  @UseGuards(OperatorGuard)
  @EveryOperator()
  @WhilePending()
  @Message('密码修改成功')
  async changePassword(
    @CurrentOperator() operator: Operator,
    @Body() body: ChangePasswordDto,
  ): Promise<void> {
    // Documented before there were fresh proofs: who has none but the password gives that one with it.
    if (operator.secondFactor && !operator.fresh) throw freshRequired(operator);
    return this.auth.changePassword(operator, body.oldPassword, body.newPassword);
  }
}
