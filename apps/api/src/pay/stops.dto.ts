import { OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';

const SCOPES = ['gateway', 'line', 'payee'] as const satisfies Console.PayStopScope[];

export class StopQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['open', 'released'])
  state?: Console.PayStopState;

  @Optional()
  @OneOf(SCOPES)
  scope?: Console.PayStopScope;
}

export class StopPayoutsDto implements Console.StopPayouts {
  @OneOf(SCOPES)
  scope: Console.PayStopScope;

  @Text({ max: 100 })
  target: string;

  @Text({ max: 500 })
  reason: string;
}

export class ReleasePayStopDto implements Console.ReleasePayStop {
  @Text({ max: 500 })
  note: string;
}
