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
import { dayRange, localTime, yuanFromFen } from '@yajin/core';
import { listLedger, listNotifications, type LedgerEntry } from '@yajin/payment';
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import {
  CurrentOperator,
  Fresh,
  Key,
  OperatorGuard,
  OrderParties,
  Permission,
  type DescribedOrder,
  type IdempotencyKey,
  type Operator,
} from '../../../system/index.js';
import { CampOptions, LINE } from '../camp.options.js';
import {
  AssignUnallocatedDto,
  LedgerQuery,
  NotificationQuery,
  RefundUnallocatedDto,
  UnallocatedParam,
  UnallocatedQuery,
} from './unallocated.dto.js';
import { UnallocatedQueries } from './unallocated.queries.js';
import { UnallocatedService } from './unallocated.service.js';

/** What was posted, in the words of operators. */
const KINDS: Record<string, string> = {
  payment: '支付',
  refund: '退款',
  allocate: '归属押金',
  forfeit: '押金转收入',
  restore: '收入转回押金',
  suspend: '转挂账',
  assign: '挂账计入订单',
  outside: '线下退款',
};

/** Money as the kernel keeps it: what gateways told us, the books, and what fits no camp. */
@Controller('api/admin')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class UnallocatedController {
  constructor(
    private readonly db: DataSource,
    private readonly options: CampOptions,
    private readonly queries: UnallocatedQueries,
    private readonly unallocated: UnallocatedService,
    private readonly parties: OrderParties,
  ) {}

  @Get('unallocated')
  @Permission('refund:read')
  listUnallocated(@Query() query: UnallocatedQuery): Promise<Camp.UnallocatedPage> {
    return this.queries.list(query);
  }

  @Post('unallocated/:id/assign')
  @HttpCode(200)
  @Permission('member:manage')
  @Message('归属成功')
  assign(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UnallocatedParam,
    @Body() body: AssignUnallocatedDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.AssignedPayment> {
    return this.unallocated.assign(operator, id, body, key);
  }

  @Post('unallocated/:id/refund')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已提交退款')
  refund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: UnallocatedParam,
    @Body() body: RefundUnallocatedDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.RefundedUnallocated> {
    return this.unallocated.refund(operator, id, body.reason, key);
  }

  @Get('notifications')
  @Permission('refund:read')
  async notifications(@Query() query: NotificationQuery): Promise<Camp.NotificationPage> {
    const { list, total } = await listNotifications(this.db, query.status ?? null, slice(query));
    return {
      list: list.map(({ state, ...entry }) => ({
        ...entry,
        status: state,
        receivedAt: localTime(entry.receivedAt),
      })),
      ...this.options.page(query, total),
    };
  }

  @Get('ledger')
  @Permission('stats:read')
  async ledger(@Query() query: LedgerQuery): Promise<Camp.LedgerPage> {
    const filter = {
      line: LINE,
      subject: query.campId === undefined ? null : String(query.campId),
      account: query.account ?? null,
      orderNo: query.orderNo ?? null,
      ...dayRange(query.startDate, query.endDate),
    };
    const { list, total, balances } = await listLedger(this.db, filter, slice(query));
    const parties = await this.parties.of(
      this.db,
      list.map(({ orderId }) => ({ id: orderId, line: LINE })),
    );
    return {
      list: list.map((entry) => presentEntry(entry, parties.get(entry.orderId))),
      ...this.options.page(query, total),
      balances: balances.map(({ account, balanceFen }) => ({ account, balance: yuanFromFen(balanceFen) })),
    };
  }
}

function slice({ page, pageSize }: { page: number; pageSize: number }): { limit: number; offset: number } {
  return { limit: pageSize, offset: (page - 1) * pageSize };
}

function presentEntry(entry: LedgerEntry, party: DescribedOrder | undefined): Camp.LedgerEntry {
  return {
    id: entry.postingId * 2 + entry.side,
    transactionId: String(entry.postingId),
    account: entry.account,
    amount: yuanFromFen(entry.amountFen),
    kind: KINDS[entry.kind] ?? entry.kind,
    kindCode: entry.kind,
    orderNo: entry.orderNo,
    campId: /^\d{1,15}$/.test(entry.subject) ? Number(entry.subject) : null,
    campName: party?.about ?? null,
    memberId: party?.memberId ?? null,
    memberName: party?.name ?? null,
    createdAt: localTime(entry.at),
  };
}
