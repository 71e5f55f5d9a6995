import { PayAccount } from './pay-account.entity.js';
import { PayApproval } from './pay-approval.entity.js';
import { PayApproved } from './pay-approved.entity.js';
import { PayAttempt } from './pay-attempt.entity.js';
import { PayBill } from './pay-bill.entity.js';
import { PayBillRow } from './pay-bill-row.entity.js';
import { PayClose } from './pay-close.entity.js';
import { PayCloseAccount } from './pay-close-account.entity.js';
import { PayCloseGateway } from './pay-close-gateway.entity.js';
import { PayDifference } from './pay-difference.entity.js';
import { PayEntry } from './pay-entry.entity.js';
import { PayFeeChange } from './pay-fee-change.entity.js';
import { PayLedger } from './pay-ledger.entity.js';
import { PayMovement } from './pay-movement.entity.js';
import { PayNotification } from './pay-notification.entity.js';
import { PayOrder } from './pay-order.entity.js';
import { PayRefund } from './pay-refund.entity.js';
import { PayRefundAttempt } from './pay-refund-attempt.entity.js';
import { PayRefundOutside } from './pay-refund-outside.entity.js';
import { PayRefundPause } from './pay-refund-pause.entity.js';
import { PayRefusal } from './pay-refusal.entity.js';
import { PayStatement } from './pay-statement.entity.js';
import { PayStop } from './pay-stop.entity.js';
import { PaySuspense } from './pay-suspense.entity.js';
import { PayTransfer } from './pay-transfer.entity.js';
import { PayTransferPortion } from './pay-transfer-portion.entity.js';
import { PayWithdrawal } from './pay-withdrawal.entity.js';
import { PayWork } from './pay-work.entity.js';

export const paymentEntities = [
  PayAccount,
  PayApproval,
  PayApproved,
  PayAttempt,
  PayBill,
  PayBillRow,
  PayClose,
  PayCloseAccount,
  PayCloseGateway,
  PayDifference,
  PayEntry,
  PayFeeChange,
  PayLedger,
  PayMovement,
  PayNotification,
  PayOrder,
  PayRefund,
  PayRefundAttempt,
  PayRefundOutside,
  PayRefundPause,
  PayRefusal,
  PayStatement,
  PayStop,
  PaySuspense,
  PayTransfer,
  PayTransferPortion,
  PayWithdrawal,
  PayWork,
];

export {
  PayAccount,
  PayApproval,
  PayApproved,
  PayAttempt,
  PayBill,
  PayBillRow,
  PayClose,
  PayCloseAccount,
  PayCloseGateway,
  PayDifference,
  PayEntry,
  PayFeeChange,
  PayLedger,
  PayMovement,
  PayNotification,
  PayOrder,
  PayRefund,
  PayRefundAttempt,
  PayRefundOutside,
  PayRefundPause,
  PayRefusal,
  PayStatement,
  PayStop,
  PaySuspense,
  PayTransfer,
  PayTransferPortion,
  PayWithdrawal,
  PayWork,
};
