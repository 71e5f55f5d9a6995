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
import { BillsService } from './bills.service.js';
import { DifferencesService } from './differences.service.js';
import { PayIdParam } from './pay.dto.js';
import {
  BillMonthQuery,
  BillParam,
  BillQuery,
  BillRowQuery,
  DifferenceQuery,
  ResolvePayDifferenceDto,
} from './reconciliation.dto.js';

@Controller('api/admin/pay')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ReconciliationController {
  constructor(
    private readonly bills: BillsService,
    private readonly differences: DifferencesService,
  ) {}

  @Get('bills')
  @Permission('pay:read')
  listBills(@Query() query: BillQuery): Promise<Console.PayBillPage> {
    return this.bills.list(query);
  }

  @Get('bill-month')
  @Permission('pay:read')
  month(@Query() query: BillMonthQuery): Promise<Console.PayBillMonth> {
    return this.bills.month(query);
  }

  @Get('bills/:gateway/:day')
  @Permission('pay:read')
  bill(@Param() bill: BillParam): Promise<Console.PayBill> {
    return this.bills.one(bill);
  }

  @Get('bills/:gateway/:day/rows')
  @Permission('pay:read')
  lines(@Param() bill: BillParam, @Query() query: BillRowQuery): Promise<Console.PayBillRowPage> {
    return this.bills.lines(bill, query);
  }

  @Post('bills/:gateway/:day/fetch')
  @HttpCode(200)
  @UseGuards(Throttled)
  @Permission('pay:books')
  @Message('已排入获取')
  fetch(@CurrentOperator() operator: Operator, @Param() bill: BillParam): Promise<Console.PayBill> {
    return this.bills.fetch(operator, bill);
  }

  @Get('differences')
  @Permission('pay:read')
  list(@Query() query: DifferenceQuery): Promise<Console.PayDifferencePage> {
    return this.differences.list(query);
  }

  @Get('differences/:id')
  @Permission('pay:read')
  one(@Param() { id }: PayIdParam): Promise<Console.PayDifference> {
    return this.differences.one(id);
  }

  @Get('differences/:id/story')
  @Permission('pay:read')
  story(@Param() { id }: PayIdParam): Promise<Console.PayDifferenceStory> {
    return this.differences.story(id);
  }

  @Post('differences/:id/take')
  @HttpCode(200)
  @Permission('pay:books')
  @Message('已认领')
  take(@CurrentOperator() operator: Operator, @Param() { id }: PayIdParam): Promise<Console.PayDifference> {
    return this.differences.take(operator, id);
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
    return this.differences.resolve(operator, id, body, key);
  }
}
