import { ViewColumn, ViewEntity } from 'typeorm';
import type { PaySuspense } from '../entities/pay-suspense.entity.js';

@ViewEntity('pay_suspense_view', { synchronize: false })
export class PaySuspenseView {
  @ViewColumn()
  orderId: PaySuspense['orderId'];

  @ViewColumn()
  decision: PaySuspense['decision'];
}
