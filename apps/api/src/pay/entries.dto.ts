import { OneOf, Optional, PageQuery, Text, Yuan } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { ENTRY_ACCOUNTS } from '@yajin/payment';

const MAX_FEN = 10_000_000;

export class EntryQuery extends PageQuery(20) {
  @Optional()
  @OneOf(['proposed', 'posted', 'refused'])
  state?: Console.PayEntryState;
}

class EntryGrounds {
  @Text({ max: 500 })
  reason: string;

  @Text({ max: 500 })
  evidence: string;
}

export class ProposePayEntryDto extends EntryGrounds implements Console.ProposePayEntry {
  @Text({ max: 64 })
  orderNo: string;

  @OneOf(ENTRY_ACCOUNTS)
  debit: Console.PayEntryAccount;

  @OneOf(ENTRY_ACCOUNTS)
  credit: Console.PayEntryAccount;

  @Yuan({ minFen: 1, maxFen: MAX_FEN })
  amount: number;
}

export class ReversePayEntryDto extends EntryGrounds implements Console.ReversePayEntry {}

export class RefusePayEntryDto implements Console.RefusePayEntry {
  @Text({ max: 500 })
  note: string;
}
