import { maybeRow, onlyRow, rows, type Database, type Row, type Secrets } from '@yajin/server';
import { auditKeyContext } from './audit-keys.js';
import type { SysAuditKey } from './sys-audit-key.entity.js';
import type { SysMasterKey } from './sys-master-key.entity.js';

/** What the check value is sealed for. */
export const MASTER_KEY_CONTEXT = 'sys_master_key:1';
const WORD = 'yajin';

/** Nothing that this database keeps sealed opens by MASTER_KEY. `message` is for whoever starts the API. */
export class WrongMasterKey extends Error {
  override readonly name = 'WrongMasterKey';

  constructor() {
    super(
      'MASTER_KEY is not the key of this database: neither it nor MASTER_KEY_PREVIOUS opens what is sealed here. Give back the key that was in use; ' +
        'to replace it, put the old one into MASTER_KEY_PREVIOUS. Where it is lost for good, see docs/operations.md, A lost MASTER_KEY.',
    );
  }
}

/**
 * Before anything is sealed or opened. A new database takes the key that it meets; one from before there was a check value is known by
 * its newest key of the audit log.
 * @throws WrongMasterKey
 */
export async function refuseWrongMasterKey(db: Database, secrets: Secrets): Promise<void> {
  const kept = await maybeRow<Row<SysMasterKey, 'sealed'>>(db, 'SELECT sealed FROM sys_master_key');
  if (!kept) await take(db, secrets);
  // Whoever started at the same time may have been the first.
  const { sealed } =
    kept ?? (await onlyRow<Row<SysMasterKey, 'sealed'>>(db, 'SELECT sealed FROM sys_master_key'));
  if (!opens(secrets, sealed, MASTER_KEY_CONTEXT)) throw new WrongMasterKey();
}

async function take(db: Database, secrets: Secrets): Promise<void> {
  const older = await maybeRow<Row<SysAuditKey>>(
    db,
    'SELECT from_id, sealed FROM sys_audit_key ORDER BY from_id DESC LIMIT 1',
  );
  if (older && !opens(secrets, older.sealed, auditKeyContext(older.from_id))) throw new WrongMasterKey();
  await rows(db, 'INSERT INTO sys_master_key (id, sealed) VALUES (1, $1) ON CONFLICT DO NOTHING', [
    secrets.encrypt(WORD, MASTER_KEY_CONTEXT),
  ]);
}

function opens(secrets: Secrets, sealed: string, context: string): boolean {
  try {
    secrets.decrypt(sealed, context);
    return true;
  } catch {
    return false;
  }
}
