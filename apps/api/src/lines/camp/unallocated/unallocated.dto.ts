import { DatedPageQuery, Id, IdText, OneOf, Optional, PageQuery, PlanetId, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';

export class NotificationQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['received', 'applied', 'ignored', 'quarantined', 'unreadable'])
  status?: Camp.NotificationStatus;
}

export class LedgerQuery extends DatedPageQuery(20) {
  @Optional()
  @IdText()
  campId?: number;

  @Optional()
  @Text({ max: 64 })
  account?: string;

  @Optional()
  @Text({ max: 64 })
  orderNo?: string;
}

export class UnallocatedParam {
  @IdText()
  id: number;
}

export class UnallocatedQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['pending', 'assigned', 'refunding', 'refunded'])
  status?: Camp.UnallocatedStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class AssignUnallocatedDto implements Camp.AssignUnallocatedRequest {
  @Id()
  campId: number;

  @Optional()
  @PlanetId()
  planetUserId?: string;

  @Optional()
  @Text({ max: 100 })
  planetNickname?: string;
}

export class RefundUnallocatedDto implements Camp.RefundUnallocatedRequest {
  @Text({ max: 500 })
  reason: string;
}
