import { DateText, Optional, Text, says } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { Matches } from 'class-validator';

const MONTH = /^20\d\d-(0[1-9]|1[0-2])$/;

export class CloseMonthQuery {
  @Optional()
  @Matches(MONTH, says('not_month'))
  month?: string;
}

export class CloseAccountsQuery {
  @Matches(MONTH, says('not_month'))
  month: string;
}

export class CloseDayParam {
  @DateText()
  day: string;
}

export class ClosePayDayDto implements Console.ClosePayDay {
  @Optional()
  @Text({ max: 500 })
  reason?: string;
}
