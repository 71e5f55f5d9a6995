export { OrderNotPayable } from './attempts.js';
export { Bills } from './bills.js';
export * from './cancel.js';
export { CloseRefused, Closes, isSeenTo, type CloseReport, type ClosedDay } from './closes.js';
export { fetchDayAgain } from './day-files.js';
export * from './difference-cases.js';
export * from './deliveries.js';
export * from './due-rows.js';
export * from './entries.js';
export * from './fees.js';
export * from './gateway.js';
export { GatewayProbe } from './gateway-probe.js';
export * from './gateways.js';
export { earnDue, earnRest, restoreIncome, type IncomeRule } from './income.js';
export { atMerchant, holdOf, presentHold, type HeldBy } from './holds.js';
export * from './inbox.js';
export type { KernelAlert } from './kernel-alert.js';
export { KeyWatch, type KeyTrouble } from './key-watch.js';
export * from './ledger.js';
export type { Lane } from './lane.js';
export * from './lines.js';
export { isOfNewNumbers } from './numbers.js';
export * from './orders.js';
export { Outbox } from './outbox.js';
export { PAYER_CONTEXT, PAYER_INDEX, PayerIds, type KeptPayer } from './payer-ids.js';
export { forgetPayer, sealPayers, unnameNotifications, unsealedPayers } from './payer-upkeep.js';
export * from './payment.module.js';
export { PaymentOptions } from './payment.options.js';
export { TooManyAttempts } from './attempts.js';
export * from './payments.js';
export { TradeQueries } from './trade-queries.js';
export { AlreadyStopped, PayoutStops, StopReleased, type StopTarget } from './payout-stops.js';
export type { DifferenceKind } from './match.rules.js';
export { Reconciliation, type BillReading } from './reconciliation.js';
export * from './refund-cases.js';
export * from './refund-pauses.js';
export { RefundWithdrawals } from './refund-withdrawals.js';
export * from './refunds.js';
export { mayTryAgain, Refusals } from './refusals.js';
export * from './deposits.js';
export * from './reports.js';
export { ApprovalRefused, PayoutLimits, SecondPerson, type Decider } from './second-person.js';
export { StatementMatching, type StatementReading } from './statement-matching.js';
export { Statements } from './statements.js';
export * from './suspense.js';
export * from './transfers.js';
export * from './views/index.js';
export { alipayGateway } from './gateways/alipay/index.js';
export { bankCardGateway } from './gateways/bank-card/index.js';
export type {
  ConfiguredGateway,
  EnvironmentReader,
  GatewayDescriptor,
  Variables,
} from './gateways/descriptor.js';
export { GATEWAYS } from './gateways/index.js';
export { shouqianbaGateway } from './gateways/shouqianba/index.js';
export { isTestGateway, testGateway, type TestGateway } from './gateways/test-pay/index.js';
export { wechatV2Gateway, type WechatV2Config } from './gateways/wechat-v2/index.js';
export {
  PlatformKeys,
  REFUNDS_PER_SECOND,
  wechatV3Gateway,
  type WechatV3Config,
} from './gateways/wechat-v3/index.js';
export { withWebhook } from './gateways/webhook.js';
export { parseCertificate, parseCertificates, parsePrivateKey, parsePublicKey } from './gateways/keys.js';
export type { OrderStatus, RefundStatus, TransferStatus } from './states.js';
export { openWithdrawals, WithdrawalArrived, Withdrawals } from './withdrawals.js';
export * from './work.js';
export { failureCode, reasonCode, reasonInWords } from './words.js';
