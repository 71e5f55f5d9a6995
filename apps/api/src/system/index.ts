export { addUser, resetPassword, USERNAME } from './accounts.js';
export { Approvals, deciderOf, hostDecider } from './approvals.js';
export { Audit, SYSTEM, type Actor } from './audit.service.js';
export { AuditArchiver } from './audit-archiver.js';
export { AuthService } from './auth.service.js';
export { build } from './build.js';
export { CallHealth } from './call-health.js';
export { ConfigTests, type ConfigTestResult } from './config-tests.js';
export {
  CurrentHostUser,
  HostGuard,
  HostOptions,
  HostRole,
  HostTokens,
  type HostUser,
} from './host-users.js';
export { Fresh } from './fresh.js';
export { HealthChecks, together, type HealthReading } from './health-checks.js';
export { browserMark, browserOf, Idempotency, Key, type IdempotencyKey } from './idempotency.js';
export { OBJECT_STORE } from './image-bytes.js';
export { ImageMover } from './image-mover.js';
export { jobCounts, workers } from './job-counts.js';
export { GUESSES, Lockout } from './lockout.js';
export { refuseWrongMasterKey, WrongMasterKey } from './master-key.js';
export { Metrics } from './metrics.js';
export { ObjectStore, StoreError, type StoreSettings } from './object-store.js';
export { OperatorGuard } from './operator.guard.js';
export { LineOrders, OrderParties, type DescribedOrder, type OrderDescriber } from './order-parties.js';
export { campScope, CurrentOperator, Permission, type Operator } from './operator.js';
export { DEMO_PASSWORDS, passwordProblem } from './password.rules.js';
export { Readiness } from './readiness.js';
export { RefundRetries } from './refund-retries.js';
export { MOST_COUNTED, Retention } from './retention.js';
export { SettingsService } from './settings.service.js';
export { SystemModule } from './system.module.js';
export { SystemOptions } from './system.options.js';
export { SystemRetention } from './system.retention.js';
export { SystemScanner } from './system.scanner.js';
export { readForms } from './upload-form.js';
export { resetTotp } from './totp.service.js';
export type { SysUser } from './sys-user.entity.js';
export { userNamed } from './user.row.js';
export {
  DEFAULT_FIELDS,
  fieldValues,
  refundText,
  type RefundFacts,
  type TemplateKind,
} from './template.rules.js';
