import { ViewColumn, ViewEntity } from 'typeorm';
import type { PayRefund } from '../entities/pay-refund.entity.js';

@ViewEntity('pay_refund_view', { synchronize: false })
export class PayRefundView {
  @ViewColumn()
  id: PayRefund['id'];

  @ViewColumn()
  source: PayRefund['source'];

  @ViewColumn()
  orderId: PayRefund['orderId'];

  @ViewColumn()
  amountFen: PayRefund['amountFen'];

  @ViewColumn()
  reason: PayRefund['reason'];

  @ViewColumn()
  status: PayRefund['status'];

  @ViewColumn()
  failCode: PayRefund['failCode'];

  @ViewColumn()
  failMessage: PayRefund['failMessage'];

  @ViewColumn()
  gatewayRefundId: PayRefund['gatewayRefundId'];

  @ViewColumn()
  succeededAt: PayRefund['succeededAt'];

  @ViewColumn()
  createdAt: PayRefund['createdAt'];

  @ViewColumn()
  outTradeNo: PayRefund['outTradeNo'];
}
