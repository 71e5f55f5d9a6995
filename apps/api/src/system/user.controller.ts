import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { Fresh } from './fresh.js';
import { Key, type IdempotencyKey } from './idempotency.js';
import { OperatorGuard } from './operator.guard.js';
import { CurrentOperator, Permission, type Operator } from './operator.js';
import { RetryAfter } from './try-later.js';
import { CreateUserDto, UpdateUserDto, UserIdParam, UserQuery } from './user.dto.js';
import { UserService } from './user.service.js';

@Controller('api/admin/users')
@UseInterceptors(CampEnvelopeInterceptor, RetryAfter)
@UseGuards(OperatorGuard)
export class UserController {
  constructor(private readonly users: UserService) {}

  @Get()
  @Permission('system:users')
  list(@Query() query: UserQuery): Promise<Camp.UserPage> {
    return this.users.list(query);
  }

  @Post()
  @HttpCode(200)
  @Permission('system:users')
  @Fresh()
  @Message('创建成功')
  create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateUserDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.CreatedUser> {
    return this.users.create(operator, body, key);
  }

  @Put(':id')
  @Permission('system:users')
  @Fresh()
  @Message('更新成功')
  update(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UserIdParam,
    @Body() body: UpdateUserDto,
  ): Promise<Camp.User> {
    return this.users.update(operator, id, body);
  }

  @Delete(':id/totp')
  @Permission('system:users')
  @Fresh()
  @Message('动态码已重置')
  resetTotp(@CurrentOperator() operator: Operator, @Param() { id }: UserIdParam): Promise<Camp.User> {
    return this.users.resetTotp(operator, id);
  }
}
