import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Put,
  Query,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import { CampEnvelopeInterceptor } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import {
  CurrentOperator,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../../system/index.js';
import { ConsoleLists } from './console-lists.js';
import {
  AcceptOrderDto,
  CloseOrderDto,
  CreateOrderDto,
  CreateServiceTypeDto,
  DecideRefundDto,
  IdParam,
  OrdersQuery,
  PriceOrderDto,
  RefundsQuery,
  UpdateServiceTypeDto,
} from './console.dto.js';
import { OrdersService } from './orders.service.js';
import { RefundsService } from './refunds.service.js';
import { ServiceTypesService } from './service-types.service.js';

@Controller('api/admin/work-order/service-types')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ServiceTypesController {
  constructor(private readonly types: ServiceTypesService) {}

  @Get()
  @Permission('pay:read')
  list(): Promise<Console.WorkOrderServiceTypeList> {
    return this.types.list();
  }

  @Post()
  @HttpCode(200)
  @Permission('pay:write')
  create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateServiceTypeDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.WorkOrderServiceType> {
    return this.types.create(operator, body, key);
  }

  @Put(':id')
  @Permission('pay:write')
  update(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
    @Body() body: UpdateServiceTypeDto,
  ): Promise<Console.WorkOrderServiceType> {
    return this.types.update(operator, id, body);
  }
}

@Controller('api/admin/work-order/orders')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ConsoleOrdersController {
  constructor(
    private readonly orders: OrdersService,
    private readonly lists: ConsoleLists,
  ) {}

  @Get()
  @Permission('pay:read')
  list(@Query() query: OrdersQuery): Promise<Console.WorkOrderPage> {
    return this.lists.orders(query);
  }

  @Post()
  @HttpCode(200)
  @Permission('pay:write')
  create(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateOrderDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.WorkOrder> {
    return this.orders.create(operator, body, key);
  }

  @Get(':id')
  @Permission('pay:read')
  detail(@Param() { id }: IdParam): Promise<Console.WorkOrderDetail> {
    return this.lists.detail(id);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Permission('pay:write')
  async accept(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
    @Body() body: AcceptOrderDto,
  ): Promise<Console.WorkOrder> {
    await this.orders.accept(operator, id, body.electricianId);
    return this.lists.order(id);
  }

  @Put(':id/final-amount')
  @Permission('pay:write')
  async price(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
    @Body() body: PriceOrderDto,
  ): Promise<Console.WorkOrder> {
    await this.orders.price(operator, id, body.finalAmount);
    return this.lists.order(id);
  }

  @Post(':id/complete')
  @HttpCode(200)
  @Permission('pay:write')
  async complete(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
  ): Promise<Console.WorkOrder> {
    await this.orders.complete(operator, id);
    return this.lists.order(id);
  }

  @Post(':id/close')
  @HttpCode(200)
  @Permission('pay:write')
  async close(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
    @Body() body?: CloseOrderDto,
  ): Promise<Console.WorkOrder> {
    await this.orders.close(operator, id, body?.reason);
    return this.lists.order(id);
  }
}

@Controller('api/admin/work-order/refunds')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class ConsoleRefundsController {
  constructor(
    private readonly refunds: RefundsService,
    private readonly lists: ConsoleLists,
  ) {}

  @Get()
  @Permission('pay:read')
  list(@Query() query: RefundsQuery): Promise<Console.WorkOrderRefundPage> {
    return this.lists.refunds(query);
  }

  @Put(':id')
  @Permission('pay:write')
  async decide(
    @CurrentOperator() operator: Operator,
    @Param() { id }: IdParam,
    @Body() { action, adminNotes }: DecideRefundDto,
  ): Promise<Console.WorkOrderRefund> {
    const notes = adminNotes === undefined ? {} : { admin_notes: adminNotes };
    await this.refunds.decideById(operator, id, { action, ...notes });
    return this.lists.refund(id);
  }
}
