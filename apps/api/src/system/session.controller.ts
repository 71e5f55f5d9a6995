import { Controller, Delete, Get, Param, UseGuards, UseInterceptors } from '@nestjs/common';
import { CampEnvelopeInterceptor, Message, says } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { IsUUID } from 'class-validator';
import { OperatorGuard } from './operator.guard.js';
import { EveryOperator, CurrentOperator, type Operator } from './operator.js';
import { SessionService } from './session.service.js';

export class SessionIdParam {
  @IsUUID(undefined, says('not_login_id'))
  id: string;
}

@Controller('api/admin/auth/sessions')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
@EveryOperator()
export class SessionController {
  constructor(private readonly sessions: SessionService) {}

  @Get()
  list(@CurrentOperator() operator: Operator): Promise<Camp.SessionList> {
    return this.sessions.list(operator);
  }

  @Delete()
  @Message('已退出其他登录')
  endOthers(@CurrentOperator() operator: Operator): Promise<Camp.EndedSessions> {
    return this.sessions.endOthers(operator);
  }

  @Delete(':id')
  @Message('已退出该登录')
  end(@CurrentOperator() operator: Operator, @Param() { id }: SessionIdParam): Promise<void> {
    return this.sessions.end(operator, id);
  }
}
