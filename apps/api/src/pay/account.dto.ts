import { DatedPageQuery, OneOf, Optional, PageQuery, Text, Yuan, says } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { IsBoolean } from 'class-validator';

export class StatementQuery extends DatedPageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['waiting', 'complete', 'none', 'broken'])
  state?: Console.PayBillState;
}

export class MovementQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['payment', 'refund', 'fee', 'fee_returned', 'withdrawal', 'other'])
  kind?: Console.PayMovementKind;
}

export class WithdrawalQuery extends DatedPageQuery(20) {
  @Optional()
  @Text({ max: 32, min: 0 })
  gateway?: string;

  @Optional()
  @OneOf(['waiting', 'arrived', 'missing'])
  state?: Console.PayWithdrawalState;
}

export class ConfirmPayWithdrawalDto implements Console.ConfirmPayWithdrawal {
  @IsBoolean(says('not_flag'))
  arrived: boolean;

  @Optional()
  @Yuan({ minFen: 1, maxFen: Number.MAX_SAFE_INTEGER })
  amount?: number;

  @Text({ max: 500 })
  note: string;
}
