import { SysAudit } from './sys-audit.entity.js';
import { SysAuditArchive } from './sys-audit-archive.entity.js';
import { SysAuditCheckpoint } from './sys-audit-checkpoint.entity.js';
import { SysAuditEntry } from './sys-audit-entry.entity.js';
import { SysAuditKey } from './sys-audit-key.entity.js';
import { SysCallTrouble } from './sys-call-trouble.entity.js';
import { SysConfig } from './sys-config.entity.js';
import { SysIdempotency } from './sys-idempotency.entity.js';
import { SysMasterKey } from './sys-master-key.entity.js';
import { SysRecoveryCode } from './sys-recovery-code.entity.js';
import { SysRetention } from './sys-retention.entity.js';
import { SysSession } from './sys-session.entity.js';
import { SysTotp } from './sys-totp.entity.js';
import { SysUpload } from './sys-upload.entity.js';
import { SysUploadObject } from './sys-upload-object.entity.js';
import { SysUser } from './sys-user.entity.js';

export const systemEntities = [
  SysAudit,
  SysAuditArchive,
  SysAuditCheckpoint,
  SysAuditEntry,
  SysAuditKey,
  SysCallTrouble,
  SysConfig,
  SysIdempotency,
  SysMasterKey,
  SysRecoveryCode,
  SysRetention,
  SysSession,
  SysTotp,
  SysUpload,
  SysUploadObject,
  SysUser,
];
