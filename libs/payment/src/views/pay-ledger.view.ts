import { ViewColumn, ViewEntity } from 'typeorm';
import type { PayLedger } from '../entities/pay-ledger.entity.js';

@ViewEntity('pay_ledger_view', { synchronize: false })
export class PayLedgerView {
  @ViewColumn()
  orderId: PayLedger['orderId'];

  @ViewColumn()
  debit: PayLedger['debit'];

  @ViewColumn()
  credit: PayLedger['credit'];

  @ViewColumn()
  amountFen: PayLedger['amountFen'];
}
