import { FlagText, Id, IdText, OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';

export class MemberIdParam {
  @IdText()
  id: number;
}

export class MemberQuery extends PageQuery(20) {
  @Optional()
  @IdText()
  campId?: number;

  @Optional()
  @OneOf(['pending', 'matched', 'failed'])
  matchStatus?: Camp.MatchStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;

  @Optional()
  @FlagText()
  eligibleForRefund?: boolean;

  @Optional()
  @FlagText()
  inReview?: boolean;
}

export class CandidateQuery {
  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class MatchMemberDto implements Camp.MatchMemberRequest {
  @Id()
  planetUserId: number;
}

export class UnmatchMemberDto implements Camp.UnmatchMemberRequest {
  @Text({ max: 500 })
  reason: string;
}

export class SettleReviewDto implements Camp.SettleReviewRequest {
  @OneOf(['member', 'holder'])
  favour: Camp.SettleReviewRequest['favour'];

  @Text({ max: 500 })
  reason: string;
}

export class ReturnDepositDto implements Camp.ReturnDepositRequest {
  @Text({ max: 500 })
  reason: string;
}
