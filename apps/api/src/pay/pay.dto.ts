import { Ids, IdText, OneOf, Optional, PageQuery, Text, says } from '@yajin/server';
import { consoleDocument, type Console } from '@yajin/contract/console';
import { ArrayMinSize, Matches } from 'class-validator';

/** Those of the contract, whatever this deployment mounts. */
export const LINES = consoleDocument.components.schemas['Line']?.['enum'] as Console.Line[];
/** Whose debit cards take redirected refunds (the merchant documents' 「发起异常退款」). */
const BANKS = [
  'CMB_DEBIT',
  'COMM_DEBIT',
  'ABC_DEBIT',
  'CCB_DEBIT',
  'ICBC_DEBIT',
  'BOC_DEBIT',
  'PAB_DEBIT',
  'SPDB_DEBIT',
  'CITIC_DEBIT',
  'CEB_DEBIT',
  'CMBC_DEBIT',
  'CIB_DEBIT',
  'GDB_DEBIT',
  'PSBC_DEBIT',
  'NBCB_DEBIT',
] as const;

export class PayOrderQuery extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @OneOf(['pending', 'paid', 'closed'])
  status?: Console.OrderStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;

  @Optional()
  @Text({ max: 64 })
  payerOf?: string;

  @Optional()
  @Text({ max: 64 })
  subject?: string;
}

export class PayRefundQuery extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @OneOf(['pending', 'processing', 'success', 'failed'])
  status?: Console.MoneyStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;
}

export class PayLineFilter extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;
}

export class PayOrderParam {
  @Text({ max: 64 })
  orderNo: string;
}

export class PayLineQuery {
  @OneOf(LINES)
  line: Console.Line;
}

export class PayIdParam {
  @IdText()
  id: number;
}

export class GoOnWithRefundsDto implements Console.GoOnWithRefunds {
  @Text({ max: 50 })
  gateway: string;
}

export class SuspenseQuery extends PageQuery(20) {
  @Optional()
  @OneOf(LINES)
  line?: Console.Line;

  @Optional()
  @OneOf(['pending', 'assigned', 'refunding', 'refunded'])
  status?: Console.SuspenseStatus;
}

export class DecidePaySuspenseDto implements Console.DecidePaySuspense {
  @Text({ max: 500 })
  note: string;
}

export class RetryPayRefundsDto implements Console.RetryPayRefunds {
  @Ids(100)
  @ArrayMinSize(1, says('none_chosen'))
  ids: number[];
}

export class ProposeOutsideRefundDto implements Console.ProposeOutsideRefund {
  @Text({ max: 500 })
  evidence: string;
}

export class RedirectPayRefundDto implements Console.RedirectPayRefund {
  @OneOf(['merchant', 'payer'])
  to: Console.RedirectPayRefund['to'];

  @Optional()
  @OneOf(BANKS)
  bankType?: Console.RedirectPayRefund['bankType'];

  @Optional()
  @Matches(/^[0-9]{8,32}$/, says('not_reference'))
  account?: string;

  @Optional()
  @Text({ max: 64 })
  name?: string;
}
