import { Body, Controller, HttpCode, Post, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { LoginDto } from './auth.dto.js';
import { AuthService } from './auth.service.js';
import { OperatorGuard } from './operator.guard.js';
import { CurrentOperator, type Operator } from './operator.js';

@Controller('api/admin/auth')
@UseInterceptors(CampEnvelopeInterceptor)
export class AuthController {
  constructor(private readonly auth: AuthService) {}

  @Post('login')
  @HttpCode(200)
  @Message('登录成功')
  login(@Body() body: LoginDto): Promise<Camp.LoginResult> {
    return this.auth.login(body.username, body.password);
  }

  @Post('logout')
  @HttpCode(200)
  @UseGuards(OperatorGuard)
  @Message('登出成功')
  logout(@CurrentOperator() operator: Operator): Promise<void> {
    return this.auth.logout(operator.sessionId);
  }
}
