import { Injectable } from '@nestjs/common';
import { Clock, onPrimary, rows, type Database } from '@yajin/server';

/** Who did it; `id` null for the system itself. */
export interface Actor {
  id: number | null;
  username: string;
  ip: string | null;
}

/** Who acts when nobody does. */
export const SYSTEM: Actor = { id: null, username: 'system', ip: null };

export interface AuditEntry {
  /** `area.verb`, such as `camp.publish`. */
  action: string;
  /** What it was done to: a kind such as `camp`, and its id. */
  target?: [type: string, id: string | number];
  /** The fields that changed, as they were and as they are. No secrets: what is written stays. */
  before?: object | null;
  after?: object | null;
}

/** The record of what operators did: added to, never changed, each row chained to the one before. */
@Injectable()
export class Audit {
  constructor(private readonly clock: Clock) {}

  /**
   * Writes in the caller's transaction, so that the deed and its record stand or fall together. What has been committed is
   * chained afterwards (see AuditChain), so that no deed waits for another.
   */
  async record(db: Database, actor: Actor, entry: AuditEntry): Promise<void> {
    const [type, id] = entry.target ?? [null, null];
    await onPrimary(() =>
      rows(
        db,
        `INSERT INTO sys_audit_entry (at, user_id, username, action, target_type, target_id, before, after, ip)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [
          this.clock.now(),
          actor.id,
          actor.username,
          entry.action,
          type,
          id === null ? null : String(id),
          json(entry.before),
          json(entry.after),
          actor.ip,
        ],
      ),
    );
  }
}

function json(fields: object | null | undefined): string | null {
  return fields ? JSON.stringify(fields) : null;
}
