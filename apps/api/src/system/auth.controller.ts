import { Body, Controller, Get, HttpCode, Ip, Post, Put, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { ChangePasswordDto, LoginDto } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { OperatorGuard } from './operator.guard.js';
import { CurrentOperator, ROLE_PERMISSIONS, WhilePending, type Operator } from './operator.js';
import { RetryAfter } from './try-later.js';

@Controller('api/admin/auth')
@UseInterceptors(CampEnvelopeInterceptor, RetryAfter)
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @HttpCode(200)
  @Message('登录成功')
  login(@Body() body: LoginDto, @Ip() ip: string): Promise<Camp.LoginResult> {
    return this.auth.login(body.username, body.password, ip);
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(OperatorGuard)
  @WhilePending()
  @Message('登出成功')
  logout(@CurrentOperator() operator: Operator): Promise<void> {
    return this.auth.logout(operator);
  }

  @Get('me')
  @UseGuards(OperatorGuard)
  @WhilePending()
  me(@CurrentOperator() operator: Operator): Camp.CurrentUser {
    const { id, username, realName, role, pending } = operator;
    const permissions = [...ROLE_PERMISSIONS[role]];
    return { userId: id, username, realName, role, permissions, ...(pending && { pending }) };
  }

  @Put('password')
  @UseGuards(OperatorGuard)
  @WhilePending()
  @Message('密码修改成功')
  changePassword(@CurrentOperator() operator: Operator, @Body() body: ChangePasswordDto): Promise<void> {
    return this.auth.changePassword(operator, body.oldPassword, body.newPassword);
  }
}
