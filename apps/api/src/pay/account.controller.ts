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
import { CampEnvelopeInterceptor, Message, Throttled } from '@yajin/server';
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../system/index.js';
import { ConfirmPayWithdrawalDto, MovementQuery, StatementQuery, WithdrawalQuery } from './account.dto.js';
import { PayIdParam } from './pay.dto.js';
import { BillParam } from './reconciliation.dto.js';
import { StatementsService } from './statements.service.js';
import { WithdrawalsService } from './withdrawals.service.js';

@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class AccountController {
  constructor(
    private readonly statements: StatementsService,
    private readonly withdrawals: WithdrawalsService,
  ) {}

  @Get('statements')
  @Permission('pay:read')
  list(@Query() query: StatementQuery): Promise<Console.PayStatementPage> {
    return this.statements.list(query);
  }

  @Get('statements/:gateway/:day')
  @Permission('pay:read')
  one(@Param() statement: BillParam): Promise<Console.PayStatement> {
    return this.statements.one(statement);
  }

  @Get('statements/:gateway/:day/movements')
  @Permission('pay:read')
  movements(@Param() statement: BillParam, @Query() query: MovementQuery): Promise<Console.PayMovementPage> {
    return this.statements.movements(statement, query);
  }

  @Post('statements/:gateway/:day/fetch')
  @HttpCode(200)
  @UseGuards(Throttled)
  @Permission('pay:books')
  @Message('已排入获取')
  fetch(@CurrentOperator() operator: Operator, @Param() statement: BillParam): Promise<Console.PayStatement> {
    return this.statements.fetch(operator, statement);
  }

  @Get('withdrawals')
  @Permission('pay:read')
  listWithdrawals(@Query() query: WithdrawalQuery): Promise<Console.PayWithdrawalPage> {
    return this.withdrawals.list(query);
  }

  @Post('withdrawals/:id/confirm')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已记录')
  confirm(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() body: ConfirmPayWithdrawalDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayWithdrawal> {
    return this.withdrawals.confirm(operator, id, body, key);
  }
}
