import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sentence } from '@yajin/core';
import { RefundWithdrawals } from '@yajin/payment';
import { BusinessError, Clock, Deadlines, rows, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Actor } from '../../../system/index.js';
import { LIST } from '../camp.jobs.js';
import { isUniqueViolation } from '../member/member.service.js';
import type { CampRefund } from './camp-refund.entity.js';
import { enqueueListing } from './refund-list.js';
import { VOID_REASONS } from './void-reasons.js';

/** So many decisions come to stand in one look. */
const MOST_AT_ONCE = 1000;

type Decided = Row<CampRefund, 'id' | 'campId' | 'auditStatus' | 'auditor' | 'reason' | 'source'>;

/**
 * Takes decisions about refunds back while nothing has come of them. Of an undo and of what would carry the decision out, the record's
 * row decides, and for money that is to be sent the refund's row in the kernel, too: whoever changes it first has it.
 */
@Injectable()
export class RefundUndo implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly withdrawals: RefundWithdrawals,
    private readonly audit: Audit,
    private readonly deadlines: Deadlines,
  ) {}

  onModuleInit(): void {
    const step = { name: 'decisions that come to stand', run: () => this.close() };
    this.deadlines.register({ owner: 'camp decisions', steps: [step] });
  }

  /** @throws BusinessError 1301, 1302 when the decision stands by now */
  async one(actor: Actor, id: number): Promise<Camp.UndoneRefund> {
    await this.settled(async (manager) => {
      const [undone] = await this.undo(manager, [id]);
      if (!undone) throw new BusinessError((await this.known(manager, [id])).has(id) ? 1302 : 1301);
      const { audit_status: auditStatus, auditor, reason } = undone;
      await this.audit.record(manager, actor, {
        action: 'refund.undo',
        target: ['refund', id],
        before: { auditStatus, auditor, reason },
        after: { auditStatus: 'pending' },
      });
    });
    return { refundId: id, auditStatus: 'pending', refundStatus: 'pending' };
  }

  /** Takes back what can be, and says which stay. */
  async many(actor: Actor, ids: number[]): Promise<Camp.UndoneRefunds> {
    return this.settled(async (manager) => {
      const undone = new Set((await this.undo(manager, ids)).map(({ id }) => id));
      const known = await this.known(manager, ids);
      if (undone.size > 0)
        await this.audit.record(manager, actor, {
          action: 'refund.batch_undo',
          after: { undone: [...undone] },
        });
      const skippedDetails = ids
        .filter((id) => !undone.has(id))
        .map((refundId) => {
          const said = sentence(known.has(refundId) ? 'refund_stands' : 'refund_unknown');
          return { refundId, reason: said.message, reasonCode: said.code, reasonParams: [] };
        });
      return { total: ids.length, undone: undone.size, skipped: skippedDetails.length, skippedDetails };
    });
  }

  /** From then on nobody can take them back: what was rejected is kept as income, what was approved is on its way. */
  async close(): Promise<void> {
    await rows(
      this.db,
      `WITH due AS (
         SELECT id FROM camp_refund WHERE undo_until <= $1 ORDER BY undo_until LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED
       ), closed AS (
         UPDATE camp_refund r SET undo_until = NULL FROM due WHERE r.id = due.id RETURNING r.camp_id, r.audit_status
       ) SELECT ${LIST.add({ campId: 'camp_id' })}
         FROM (SELECT DISTINCT camp_id FROM closed WHERE audit_status = 'rejected' AND camp_id IS NOT NULL) AS camps`,
      [this.clock.wall()],
    );
  }

  /** Locked in the order of their ids, as everywhere. @returns what was decided about those that wait for a decision again */
  private async undo(manager: EntityManager, ids: number[]): Promise<Decided[]> {
    const decided = await rows<Decided>(
      manager,
      `SELECT id, camp_id, audit_status, auditor, reason, source FROM camp_refund r WHERE id = ANY($1) AND undo_until > $2
         AND NOT EXISTS (SELECT FROM camp_refund o WHERE o.member_id = r.member_id AND o.id <> r.id AND o.audit_status <> 'rejected')
       ORDER BY id FOR UPDATE`,
      [ids, this.clock.wall()],
    );
    const asked = decided.flatMap(({ source, auditor }) =>
      source === null ? [] : [[source, auditor ?? ''] as const],
    );
    const withdrawn = await this.withdrawals.withdraw(manager, new Map(asked));
    const undone = decided.filter(({ source }) => source === null || withdrawn.has(source));
    // Nobody hears of a member who is somebody else by now: the listing that follows opens a record on the new grounds.
    const changed = await rows<Row<CampRefund, 'campId'>>(
      manager,
      `WITH undone AS (
         SELECT r.id, m.match_status <> 'matched' OR m.matched_at > r.created_at AS changed
         FROM camp_refund r JOIN camp_member m ON m.id = r.member_id WHERE r.id = ANY($1)
       ), reopened AS (
         UPDATE camp_refund r SET source = NULL, comment = NULL, reason_told = false, execute_after = NULL, undo_until = NULL,
           audit_status = CASE WHEN undone.changed THEN 'rejected' ELSE 'pending' END,
           refund_status = CASE WHEN undone.changed THEN 'rejected' ELSE 'pending' END,
           auditor = CASE WHEN undone.changed THEN 'system' END, audited_at = CASE WHEN undone.changed THEN $2::timestamptz END,
           reason = CASE WHEN undone.changed THEN $3 END
         FROM undone WHERE r.id = undone.id RETURNING r.camp_id, undone.changed
       ) SELECT DISTINCT camp_id FROM reopened WHERE changed`,
      [undone.map(({ id }) => id), this.clock.now(), VOID_REASONS.match_changed],
    );
    for (const { camp_id: campId } of changed) if (campId !== null) await enqueueListing(manager, campId);
    return undone;
  }

  /** Once more where a member came by another record just then: by then it is seen. */
  private async settled<Answer>(work: (manager: EntityManager) => Promise<Answer>): Promise<Answer> {
    try {
      return await this.db.transaction(work);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return this.db.transaction(work);
    }
  }

  private async known(manager: EntityManager, ids: number[]): Promise<Set<number>> {
    const sql = 'SELECT id FROM camp_refund WHERE id = ANY($1)';
    return new Set((await rows<Row<CampRefund, 'id'>>(manager, sql, [ids])).map(({ id }) => id));
  }
}
