import { DatedPageQuery, IdText, OneOf, Optional, PageQuery, Text } from '@yajin/server';
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
