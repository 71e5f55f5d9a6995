import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deadlines } from '@yajin/server';
import { AuditArchiver } from './audit-archiver.js';
import { AuditChain } from './audit-chain.js';
import { AuditKeys } from './audit-keys.js';
import { AuditMarks } from './audit-marks.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuditLogService } from './audit-log.service.js';
import { Approvals } from './approvals.js';
import { Audit } from './audit.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { CallHealth } from './call-health.js';
import { ConfigTests } from './config-tests.js';
import { DatabaseProbe } from './database-probe.js';
import { DomainFileController } from './domain-file.controller.js';
import { DatabaseWatch } from './database-watch.js';
import { HealthChecks } from './health-checks.js';
import { HealthController, VersionController } from './health.controller.js';
import { Idempotency } from './idempotency.js';
import { ImageBytes } from './image-bytes.js';
import { ImageMover } from './image-mover.js';
import { KnownBrowsers } from './known-browsers.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';
import { ObjectRetention } from './object.retention.js';
import { OneTimeCodes } from './one-time-codes.js';
import { OperatorGuard } from './operator.guard.js';
import { OrderParties } from './order-parties.js';
import { Passwords } from './passwords.js';
import { OperatorProofs } from './operator-proofs.js';
import { Readiness } from './readiness.js';
import { RefundRetries } from './refund-retries.js';
import { ReplicaHealth } from './replica-health.js';
import { Retention } from './retention.js';
import { SecurityLog } from './security-log.js';
import { SessionController } from './session.controller.js';
import { SessionService } from './session.service.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';
import { SystemHealthController } from './system-health.controller.js';
import { SystemHealthService } from './system-health.service.js';
import { SystemRetention } from './system.retention.js';
import { Resealing } from './resealing.js';
import { SystemScanner } from './system.scanner.js';
import { TotpController } from './totp.controller.js';
import { TotpService } from './totp.service.js';
import { UploadController, UploadedImageController } from './upload.controller.js';
import { UploadService } from './upload.service.js';
import { UserController } from './user.controller.js';
import { UserService } from './user.service.js';
import { SysConfig } from './sys-config.entity.js';
import { SysRecoveryCode } from './sys-recovery-code.entity.js';
import { StoreWatch } from './store-watch.js';
import { SysUser } from './sys-user.entity.js';

const FOR_ALL = [
  Approvals,
  Audit,
  AuthService,
  CallHealth,
  ConfigTests,
  DatabaseProbe,
  Deadlines,
  HealthChecks,
  Idempotency,
  Metrics,
  OperatorGuard,
  OrderParties,
  Readiness,
  RefundRetries,
  Retention,
  SecurityLog,
  SettingsService,
  SystemRetention,
  Resealing,
  SystemScanner,
];

/** Operators and what they set; the process and its health. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([SysConfig, SysRecoveryCode, SysUser])],
  controllers: [
    AuditLogController,
    AuthController,
    DomainFileController,
    HealthController,
    MetricsController,
    SessionController,
    SettingsController,
    SystemHealthController,
    TotpController,
    UploadController,
    UploadedImageController,
    UserController,
    VersionController,
  ],
  providers: [
    AuditArchiver,
    AuditChain,
    AuditKeys,
    AuditLogService,
    AuditMarks,
    DatabaseWatch,
    ImageBytes,
    ImageMover,
    KnownBrowsers,
    ObjectRetention,
    OneTimeCodes,
    Passwords,
    OperatorProofs,
    ReplicaHealth,
    SessionService,
    StoreWatch,
    SystemHealthService,
    TotpService,
    UploadService,
    UserService,
    ...FOR_ALL,
  ],
  exports: FOR_ALL,
})
export class SystemModule {}
