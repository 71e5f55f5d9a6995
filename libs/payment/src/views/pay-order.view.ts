import { ViewColumn, ViewEntity } from 'typeorm';
import type { PayOrder } from '../entities/pay-order.entity.js';

@ViewEntity('pay_order_view', { synchronize: false })
export class PayOrderView {
  @ViewColumn()
  id: PayOrder['id'];

  @ViewColumn()
  orderNo: PayOrder['orderNo'];

  @ViewColumn()
  amountFen: PayOrder['amountFen'];

  @ViewColumn()
  status: PayOrder['status'];

  @ViewColumn()
  payerId: PayOrder['payerId'];

  @ViewColumn()
  payerIndex: PayOrder['payerIndex'];

  @ViewColumn()
  expiresAt: PayOrder['expiresAt'];

  @ViewColumn()
  paidAt: PayOrder['paidAt'];

  @ViewColumn()
  paidWith: PayOrder['paidWith'];

  @ViewColumn()
  deliverAt: PayOrder['deliverAt'];

  @ViewColumn()
  createdAt: PayOrder['createdAt'];
}
