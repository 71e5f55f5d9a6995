import { DatedPageQuery, DateText, FlagText, OneOf, Optional, PageQuery, Text, says } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { Matches } from 'class-validator';

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
  'account_payment_missing',
  'account_payment_unknown',
  'account_payment_amount',
  'account_refund_missing',
  'account_refund_unknown',
  'account_refund_amount',
  'account_fee',
  'account_other',
  'account_gap',
] as const satisfies Console.PayDifferenceKind[];

export class BillQuery extends DatedPageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['waiting', 'complete', 'none', 'broken'])
  state?: Console.PayBillState;
}

export class BillMonthQuery {
  @Optional()
  @Matches(/^(19[7-9]\d|2\d{3})-(0[1-9]|1[0-2])$/, says('not_a_month'))
  month?: string;

  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;
}

export class BillParam {
  @Text({ max: 32 })
  gateway: string;

  @DateText()
  day: string;
}

export class BillRowQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['payment', 'refund'])
  entry?: Console.PayBillEntry;
}

export class DifferenceQuery extends DatedPageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['open', 'resolved'])
  state?: Console.PayDifferenceState;

  @Optional()
  @OneOf(KINDS)
  kind?: Console.PayDifferenceKind;

  @Optional()
  @Text({ max: 64, min: 0 })
  owner?: string;

  @Optional()
  @FlagText()
  owned?: boolean;
}

export class ResolvePayDifferenceDto implements Console.ResolvePayDifference {
  @OneOf(['corrected', 'accepted', 'not_ours'])
  decision: Console.ResolvePayDifference['decision'];

  @Text({ max: 500 })
  note: string;
}
