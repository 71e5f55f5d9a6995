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
import {
  CreateGymMemberDto,
  CreateGymOfferDto,
  GymMemberParam,
  GymMemberQuery,
  GymOfferParam,
  GymPaymentParam,
  GymPaymentQuery,
  RefundGymPaymentDto,
  UpdateGymOfferDto,
} from './gym-console.dto.js';
import { GymConsoleService } from './gym-console.service.js';
import { GymRefunds } from './gym.refunds.js';

@Controller('api/admin/gym')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class GymConsoleController {
  constructor(
    private readonly gym: GymConsoleService,
    private readonly refunds: GymRefunds,
  ) {}

  @Get('members')
  @Permission('pay:read')
  members(@Query() query: GymMemberQuery): Promise<Console.GymMemberPage> {
    return this.gym.members(query);
  }

  @Get('members/:id')
  @Permission('pay:read')
  member(@Param() { id }: GymMemberParam): Promise<Console.GymMember> {
    return this.gym.member(id);
  }

  @Post('members')
  @HttpCode(200)
  @Permission('pay:write')
  createMember(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateGymMemberDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.GymMember> {
    return this.gym.createMember(operator, body, key);
  }

  @Get('offers')
  @Permission('pay:read')
  offers(): Promise<Console.GymOfferList> {
    return this.gym.offers();
  }

  @Post('offers')
  @HttpCode(200)
  @Permission('pay:write')
  createOffer(
    @CurrentOperator() operator: Operator,
    @Body() body: CreateGymOfferDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Console.GymOffer> {
    return this.gym.createOffer(operator, body, key);
  }

  @Put('offers/:id')
  @Permission('pay:write')
  updateOffer(
    @CurrentOperator() operator: Operator,
    @Param() { id }: GymOfferParam,
    @Body() { active }: UpdateGymOfferDto,
  ): Promise<Console.GymOffer> {
    return this.gym.setActive(operator, id, active);
  }

  @Get('payments')
  @Permission('pay:read')
  payments(@Query() query: GymPaymentQuery): Promise<Console.GymPaymentPage> {
    return this.refunds.list(query);
  }

  @Post('payments/:id/refund')
  @HttpCode(200)
  @Permission('pay:write')
  refund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: GymPaymentParam,
    @Body() { reason }: RefundGymPaymentDto,
  ): Promise<Console.GymPayment> {
    return this.refunds.refund(operator, id, reason);
  }

  @Post('payments/:id/refund/retry')
  @HttpCode(200)
  @Permission('pay:write')
  retryRefund(
    @CurrentOperator() operator: Operator,
    @Param() { id }: GymPaymentParam,
  ): Promise<Console.GymPayment> {
    return this.refunds.retry(operator, id);
  }
}
