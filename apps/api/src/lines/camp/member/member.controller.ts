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
import { CampEnvelopeInterceptor, Message } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import {
  CurrentOperator,
  Fresh,
  Key,
  OperatorGuard,
  Permission,
  type IdempotencyKey,
  type Operator,
} from '../../../system/index.js';
import { CandidateQueries } from './candidate.queries.js';
import { MemberActions } from './member.actions.js';
import {
  CandidateQuery,
  MatchMemberDto,
  MemberIdParam,
  MemberQuery,
  ReturnDepositDto,
  SettleReviewDto,
  UnmatchMemberDto,
} from './member.dto.js';
import { MemberQueries } from './member.queries.js';
import { ReviewActions } from './review.actions.js';

@Controller('api/admin/members')
@UseInterceptors(CampEnvelopeInterceptor)
@UseGuards(OperatorGuard)
export class MemberController {
  constructor(
    private readonly members: MemberQueries,
    private readonly candidates: CandidateQueries,
    private readonly actions: MemberActions,
    private readonly reviews: ReviewActions,
  ) {}

  @Get()
  @Permission('member:read')
  list(@CurrentOperator() operator: Operator, @Query() query: MemberQuery): Promise<Camp.MemberPage> {
    return this.members.list(operator, query);
  }

  @Get(':id')
  @Permission('member:read')
  detail(@CurrentOperator() operator: Operator, @Param() { id }: MemberIdParam): Promise<Camp.MemberDetail> {
    return this.members.detail(operator, id);
  }

  @Get(':id/candidates')
  @Permission('member:match')
  candidatesOf(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
    @Query() { keyword }: CandidateQuery,
  ): Promise<Camp.MatchCandidates> {
    return this.candidates.of(operator, id, keyword);
  }

  @Post(':id/match')
  @HttpCode(200)
  @Permission('member:match')
  @Message('匹配成功')
  match(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
    @Body() body: MatchMemberDto,
  ): Promise<Camp.MatchedMember> {
    return this.actions.match(operator, id, body.planetUserId);
  }

  @Post(':id/unmatch')
  @HttpCode(200)
  @Permission('member:manage')
  @Message('已解除匹配')
  unmatch(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
    @Body() body: UnmatchMemberDto,
  ): Promise<Camp.UnmatchedMember> {
    return this.actions.unmatch(operator, id, body.reason);
  }

  @Post(':id/settle-review')
  @HttpCode(200)
  @Permission('member:manage')
  @Message('核实完成')
  settleReview(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
    @Body() body: SettleReviewDto,
  ): Promise<Camp.SettledReview> {
    return this.reviews.settle(operator, id, body);
  }

  @Post(':id/return-deposit')
  @HttpCode(200)
  @Permission('refund:audit')
  @Fresh()
  @Message('已提交退款')
  returnDeposit(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
    @Body() { reason }: ReturnDepositDto,
    @Key() key: IdempotencyKey | null,
  ): Promise<Camp.ReturnedDeposit> {
    return this.reviews.giveBack(operator, id, reason, key);
  }

  @Put(':id/join-group')
  @Permission('member:join')
  @Message('标记成功')
  joinGroup(
    @CurrentOperator() operator: Operator,
    @Param() { id }: MemberIdParam,
  ): Promise<Camp.JoinedMember> {
    return this.actions.joinGroup(operator, id);
  }
}
