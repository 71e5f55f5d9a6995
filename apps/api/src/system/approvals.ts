import { Injectable } from '@nestjs/common';
import { Clock, rows, type Database } from '@yajin/server';
import type { Actor } from './audit.service.js';
import { FRESH_MINUTES, freshRequired } from './fresh.js';
import type { Operator } from './operator.js';
import { HOST } from './settings.rules.js';
import { approvalLimit, SettingsService } from './settings.service.js';

/** Counts money that is being approved; in the transaction that approves it. @throws BusinessError 403 beyond the limit */
export type ApprovalCount = (db: Database, sumFen: number) => Promise<void>;

/** Who decides about a payout, as the kernel asks: by whose limits it is judged, and as what. */
interface Decider {
  by: string;
  role: string;
  kind: 'deposit' | 'manual' | 'request' | 'transfer';
}

/** An operator who decides about a payout; nobody where the system does. */
export function deciderOf(operator: Operator, kind: Decider['kind']): Decider;
export function deciderOf(actor: Actor | Operator, kind: Decider['kind']): Decider | undefined;
export function deciderOf(actor: Actor | Operator, kind: Decider['kind']): Decider | undefined {
  return 'role' in actor ? { by: actor.username, role: actor.role, kind } : undefined;
}

/** A platform that decides about a payout of its line's: all of its users together. */
export function hostDecider(line: string, kind: Decider['kind']): Decider {
  return { by: `host:${line}`, role: HOST, kind };
}

/**
 * Above a sum, which is a setting, approving asks for a fresh proof of who approves. What counts is the sum since the last
 * proof went stale, so that many small approvals are as good as a large one.
 */
@Injectable()
export class Approvals {
  constructor(
    private readonly clock: Clock,
    private readonly settings: SettingsService,
  ) {}

  /** Before the transaction, for it must not wait for another connection. @param actor without a session nobody is asked */
  async counted(actor: Actor | Operator): Promise<ApprovalCount> {
    if (!('sessionId' in actor) || actor.fresh) return () => Promise.resolve();
    const limit = await approvalLimit(this.settings);
    return async (db, sumFen) => {
      const counted = await rows(
        db,
        `UPDATE sys_session SET approved_fen = approved_fen + $2
         WHERE id = $1 AND (approved_fen + $2 <= $3 OR fresh_at > $4::timestamptz - make_interval(mins => ${FRESH_MINUTES})) RETURNING 1`,
        [actor.sessionId, sumFen, limit, this.clock.wall()],
      );
      if (counted.length === 0) throw freshRequired(actor);
    };
  }
}
