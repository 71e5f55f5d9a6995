import { ViewColumn, ViewEntity } from 'typeorm';
import type { PayTransfer } from '../entities/pay-transfer.entity.js';

@ViewEntity('pay_transfer_view', { synchronize: false })
export class PayTransferView {
  @ViewColumn()
  id: PayTransfer['id'];

  @ViewColumn()
  source: PayTransfer['source'];

  @ViewColumn()
  status: PayTransfer['status'];

  @ViewColumn()
  failCode: PayTransfer['failCode'];

  @ViewColumn()
  failMessage: PayTransfer['failMessage'];

  @ViewColumn()
  retries: PayTransfer['retries'];

  @ViewColumn()
  succeededAt: PayTransfer['succeededAt'];
}
