import { Global, Module } from '@nestjs/common';
import { Audit } from './audit.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { HealthController } from './health.controller.js';
import { OperatorGuard } from './operator.guard.js';
import { Readiness } from './readiness.js';
import { SettingsController } from './settings.controller.js';
import { SettingsService } from './settings.service.js';

/** Operators and what they set; the process and its health. */
@Global()
@Module({
  controllers: [AuthController, SettingsController, HealthController],
  providers: [Audit, AuthService, OperatorGuard, SettingsService, Readiness],
  exports: [Audit, AuthService, OperatorGuard, SettingsService, Readiness],
})
export class SystemModule {}
