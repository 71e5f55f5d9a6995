import { OneOf, Optional, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { PayLineFilter } from './pay.dto.js';

export class ApprovalQuery extends PayLineFilter {
  @Optional()
  @OneOf(['open', 'confirmed', 'refused', 'lapsed'])
  state?: Console.PayApprovalState;
}

export class RefusePayApprovalDto implements Console.RefusePayApproval {
  @Text({ max: 500 })
  note: string;
}
