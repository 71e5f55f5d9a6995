import { OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';

const KINDS = [
  'payment_unknown',
  'payment_missing',
  'payment_amount',
  'payment_state',
  'payment_date',
  'payment_twice',
  'refund_unknown',
  'refund_missing',
  'refund_amount',
  'refund_state',
  'refund_twice',
  'fee',
] as const satisfies Console.PayDifferenceKind[];

export class BillQuery extends PageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['waiting', 'complete', 'none', 'broken'])
  state?: Console.PayBillState;
}

export class DifferenceQuery extends PageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['open', 'resolved'])
  state?: Console.PayDifferenceState;

  @Optional()
  @OneOf(KINDS)
  kind?: Console.PayDifferenceKind;
}

export class ResolvePayDifferenceDto implements Console.ResolvePayDifference {
  @OneOf(['corrected', 'accepted', 'not_ours'])
  decision: Console.ResolvePayDifference['decision'];

  @Text({ max: 500 })
  note: string;
}
