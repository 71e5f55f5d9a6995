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
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../system/index.js';
import { PayIdParam } from './pay.dto.js';
import { BillQuery, DifferenceQuery, ResolvePayDifferenceDto } from './reconciliation.dto.js';
import { ReconciliationService } from './reconciliation.service.js';

@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ReconciliationController {
  constructor(private readonly reconciliation: ReconciliationService) {}

  @Get('bills')
  @Permission('pay:read')
  bills(@Query() query: BillQuery): Promise<Console.PayBillPage> {
    return this.reconciliation.bills(query);
  }

  @Get('differences')
  @Permission('pay:read')
  list(@Query() query: DifferenceQuery): Promise<Console.PayDifferencePage> {
    return this.reconciliation.list(query);
  }

  @Get('differences/:id')
  @Permission('pay:read')
  one(@Param() { id }: PayIdParam): Promise<Console.PayDifference> {
    return this.reconciliation.one(id);
  }

  @Post('differences/:id/take')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已认领')
  take(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayDifference> {
    return this.reconciliation.take(operator, id);
  }

  @Post('differences/:id/resolve')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已处理')
  resolve(
    @CurrentOperator() operator: Operator,
    @Param() { id }: PayIdParam,
    @Body() body: ResolvePayDifferenceDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.PayDifference> {
    return this.reconciliation.resolve(operator, id, body, key);
  }
}
