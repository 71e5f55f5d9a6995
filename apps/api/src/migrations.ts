import { PaymentKernel1000000000001 } from './migrations/0001-payment-kernel.js';
import { People1000000000002 } from './migrations/0002-people.js';
import { Camp1000000000003 } from './migrations/0003-camp.js';
import { JobWorker1000000000004 } from './migrations/0004-job-worker.js';
import { AuditLog1000000000005 } from './migrations/0005-audit-log.js';
import { Idempotency1000000000006 } from './migrations/0006-idempotency.js';
import { ListAnchors1000000000007 } from './migrations/0007-list-anchors.js';
import { SyncTasks1000000000008 } from './migrations/0008-sync-tasks.js';
import { Uploads1000000000009 } from './migrations/0009-uploads.js';
import { Unmatched1000000000010 } from './migrations/0010-unmatched.js';
import { Unallocated1000000000011 } from './migrations/0011-unallocated.js';
import { SyncFailCode1000000000012 } from './migrations/0012-sync-fail-code.js';
import { Gym1000000000013 } from './migrations/0013-gym.js';
import { Course1000000000014 } from './migrations/0014-course.js';
import { WorkOrder1000000000015 } from './migrations/0015-work-order.js';
import { Transfers1000000000016 } from './migrations/0016-transfers.js';
import { Task1000000000017 } from './migrations/0017-task.js';
import { PayLists1000000000018 } from './migrations/0018-pay-lists.js';
import { IdempotencyInEffect1000000000019 } from './migrations/0019-idempotency-in-effect.js';
import { AuditChainedAfter1000000000020 } from './migrations/0020-audit-chained-after.js';
import { MoneyWithoutAnEdge1000000000021 } from './migrations/0021-money-without-an-edge.js';
import { DueRows1000000000022 } from './migrations/0022-due-rows.js';
import { GymRefunds1000000000023 } from './migrations/0023-gym-refunds.js';
import { IncomeDue1000000000024 } from './migrations/0024-income-due.js';
import { SuspenseAsked1000000000025 } from './migrations/0025-suspense-asked.js';
import { OldJobs1000000000026 } from './migrations/0026-old-jobs.js';
import { UnheardAttempts1000000000027 } from './migrations/0027-unheard-attempts.js';
import { PayRefusal1000000000030 } from './migrations/0030-pay-refusal.js';
import { SyncResumes1000000000038 } from './migrations/0038-sync-resumes.js';
import { CheckinUploads1000000000039 } from './migrations/0039-checkin-uploads.js';
import { UploadedCheckins1000000000040 } from './migrations/0040-uploaded-checkins.js';
import { RefusedMessages1000000000041 } from './migrations/0041-refused-messages.js';
import { Accounts1000000000042 } from './migrations/0042-accounts.js';
import { Usernames1000000000043 } from './migrations/0043-usernames.js';
import { SecondFactor1000000000045 } from './migrations/0045-second-factor.js';
import { Identity1000000000050 } from './migrations/0050-identity.js';
import { ReturnedMembers1000000000051 } from './migrations/0051-returned-members.js';
import { ReviewedMembers1000000000052 } from './migrations/0052-reviewed-members.js';
import { VettedPasswords1000000000044 } from './migrations/0044-vetted-passwords.js';
import { SealedPayers1000000000055 } from './migrations/0055-sealed-payers.js';
import { PayerIndexes1000000000056 } from './migrations/0056-payer-indexes.js';
import { ErasedCheckins1000000000057 } from './migrations/0057-erased-checkins.js';
import { Consents1000000000058 } from './migrations/0058-consents.js';
import { PeopleIndexes1000000000059 } from './migrations/0059-people-indexes.js';
import { AuditByItsOwner1000000000060 } from './migrations/0060-audit-by-its-owner.js';
import { AuditKeyed1000000000061 } from './migrations/0061-audit-keyed.js';
import { FoldedTexts1000000000066 } from './migrations/0066-folded-texts.js';
import { Hints1000000000067 } from './migrations/0067-hints.js';
import { ApprovedRefunds1000000000068 } from './migrations/0068-approved-refunds.js';
import { Outbox1000000000073 } from './migrations/0073-outbox.js';
import { GatewayNumbers1000000000074 } from './migrations/0074-gateway-numbers.js';
import { PublishedViews1000000000075 } from './migrations/0075-published-views.js';
import { BackAtMerchant1000000000078 } from './migrations/0078-back-at-merchant.js';
import { RefundsByOrder1000000000076 } from './migrations/0076-refunds-by-order.js';
import { Reconciliation1000000000080 } from './migrations/0080-reconciliation.js';
import { MoneyByDay1000000000081 } from './migrations/0081-money-by-day.js';
import { Finance1000000000085 } from './migrations/0085-finance.js';
import { Closes1000000000086 } from './migrations/0086-closes.js';
import { LedgerByDay1000000000087 } from './migrations/0087-ledger-by-day.js';
import { Entries1000000000088 } from './migrations/0088-entries.js';
import { Work1000000000089 } from './migrations/0089-work.js';
import { WorkIndexes1000000000096 } from './migrations/0096-work-indexes.js';
import { BillMatched1000000000097 } from './migrations/0097-bill-matched.js';
import { Alerts1000000000098 } from './migrations/0098-alerts.js';
import { AlertIndexes1000000000099 } from './migrations/0099-alert-indexes.js';
import { SchemaNeeds1000000000095 } from './migrations/0095-schema-needs.js';
import { PayoutStops1000000000090 } from './migrations/0090-payout-stops.js';
import { SecondPerson1000000000091 } from './migrations/0091-second-person.js';
import { CallHealth1000000000102 } from './migrations/0102-call-health.js';
import { HotIndexes1000000000110 } from './migrations/0110-hot-indexes.js';
import { RetentionFigures1000000000114 } from './migrations/0114-retention-figures.js';
import { RetentionIndexes1000000000115 } from './migrations/0115-retention-indexes.js';
import { RefundGrace1000000000120 } from './migrations/0120-refund-grace.js';
import { RefundGraceIndex1000000000121 } from './migrations/0121-refund-grace-index.js';
import { RefundPause1000000000122 } from './migrations/0122-refund-pause.js';
import { CampMissing1000000000124 } from './migrations/0124-camp-missing.js';
import { IdCorrections1000000000125 } from './migrations/0125-id-corrections.js';
import { ToldReasons1000000000128 } from './migrations/0128-told-reasons.js';
import { Grams1000000000132 } from './migrations/0132-grams.js';
import { NamesFound1000000000133 } from './migrations/0133-names-found.js';
import { OrdersBySubject1000000000134 } from './migrations/0134-orders-by-subject.js';
import { AuditArchive1000000000136 } from './migrations/0136-audit-archive.js';
import { AccountStatements1000000000137 } from './migrations/0137-account-statements.js';
import { RefundsOfPayments1000000000116 } from './migrations/0116-refunds-of-payments.js';
import { ImagesInAStore1000000000142 } from './migrations/0142-images-in-a-store.js';
import { ImageObjects1000000000143 } from './migrations/0143-image-objects.js';
import { ObjectsThatStay1000000000147 } from './migrations/0147-objects-that-stay.js';
import { MessageClaims1000000000148 } from './migrations/0148-message-claims.js';

/** In their order; what has run is never changed. */
export const migrations = [
  PaymentKernel1000000000001,
  People1000000000002,
  Camp1000000000003,
  JobWorker1000000000004,
  AuditLog1000000000005,
  Idempotency1000000000006,
  ListAnchors1000000000007,
  SyncTasks1000000000008,
  Uploads1000000000009,
  Unmatched1000000000010,
  Unallocated1000000000011,
  SyncFailCode1000000000012,
  Gym1000000000013,
  Course1000000000014,
  WorkOrder1000000000015,
  Transfers1000000000016,
  Task1000000000017,
  PayLists1000000000018,
  IdempotencyInEffect1000000000019,
  AuditChainedAfter1000000000020,
  MoneyWithoutAnEdge1000000000021,
  DueRows1000000000022,
  GymRefunds1000000000023,
  IncomeDue1000000000024,
  SuspenseAsked1000000000025,
  OldJobs1000000000026,
  UnheardAttempts1000000000027,
  PayRefusal1000000000030,
  SyncResumes1000000000038,
  CheckinUploads1000000000039,
  UploadedCheckins1000000000040,
  RefusedMessages1000000000041,
  Accounts1000000000042,
  Usernames1000000000043,
  VettedPasswords1000000000044,
  SecondFactor1000000000045,
  Identity1000000000050,
  ReturnedMembers1000000000051,
  ReviewedMembers1000000000052,
  SealedPayers1000000000055,
  PayerIndexes1000000000056,
  ErasedCheckins1000000000057,
  Consents1000000000058,
  PeopleIndexes1000000000059,
  AuditByItsOwner1000000000060,
  AuditKeyed1000000000061,
  FoldedTexts1000000000066,
  Hints1000000000067,
  ApprovedRefunds1000000000068,
  Outbox1000000000073,
  GatewayNumbers1000000000074,
  PublishedViews1000000000075,
  RefundsByOrder1000000000076,
  BackAtMerchant1000000000078,
  Reconciliation1000000000080,
  MoneyByDay1000000000081,
  Finance1000000000085,
  Closes1000000000086,
  LedgerByDay1000000000087,
  Entries1000000000088,
  Work1000000000089,
  WorkIndexes1000000000096,
  BillMatched1000000000097,
  Alerts1000000000098,
  AlertIndexes1000000000099,
  SchemaNeeds1000000000095,
  PayoutStops1000000000090,
  SecondPerson1000000000091,
  CallHealth1000000000102,
  HotIndexes1000000000110,
  RetentionFigures1000000000114,
  RetentionIndexes1000000000115,
  RefundsOfPayments1000000000116,
  RefundGrace1000000000120,
  RefundGraceIndex1000000000121,
  RefundPause1000000000122,
  CampMissing1000000000124,
  IdCorrections1000000000125,
  ToldReasons1000000000128,
  Grams1000000000132,
  NamesFound1000000000133,
  OrdersBySubject1000000000134,
  AuditArchive1000000000136,
  AccountStatements1000000000137,
  ImagesInAStore1000000000142,
  ImageObjects1000000000143,
  ObjectsThatStay1000000000147,
  MessageClaims1000000000148,
];
