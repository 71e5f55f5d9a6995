import { ViewColumn, ViewEntity } from 'typeorm';
import type { PayAttempt } from '../entities/pay-attempt.entity.js';

@ViewEntity('pay_attempt_view', { synchronize: false })
export class PayAttemptView {
  @ViewColumn()
  outTradeNo: PayAttempt['outTradeNo'];

  @ViewColumn()
  orderId: PayAttempt['orderId'];

  @ViewColumn()
  state: PayAttempt['state'];

  @ViewColumn()
  amountFen: PayAttempt['amountFen'];

  @ViewColumn()
  transactionId: PayAttempt['transactionId'];

  @ViewColumn()
  paidAt: PayAttempt['paidAt'];

  @ViewColumn()
  heldIn: PayAttempt['heldIn'];

  @ViewColumn()
  refundedFen: PayAttempt['refundedFen'];

  @ViewColumn()
  reservedFen: PayAttempt['reservedFen'];

  @ViewColumn()
  movedFen: PayAttempt['movedFen'];

  @ViewColumn()
  queryAt: PayAttempt['queryAt'];
}
