import { PayAttemptView } from './pay-attempt.view.js';
import { PayLedgerView } from './pay-ledger.view.js';
import { PayOrderView } from './pay-order.view.js';
import { PayRefundView } from './pay-refund.view.js';
import { PaySuspenseView } from './pay-suspense.view.js';
import { PayTransferView } from './pay-transfer.view.js';

export const paymentViews = [
  PayAttemptView,
  PayLedgerView,
  PayOrderView,
  PayRefundView,
  PaySuspenseView,
  PayTransferView,
];

export { PayAttemptView, PayLedgerView, PayOrderView, PayRefundView, PaySuspenseView, PayTransferView };
