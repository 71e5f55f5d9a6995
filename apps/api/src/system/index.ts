export { Audit, type Actor } from './audit.service.js';
export { AuthService } from './auth.service.js';
export { OperatorGuard } from './operator.guard.js';
export { campScope, CurrentOperator, Permission, type Operator } from './operator.js';
export { Readiness } from './readiness.js';
export { SettingsService } from './settings.service.js';
export { SystemModule } from './system.module.js';
