import { Injectable, type OnModuleInit } from '@nestjs/common';
import { localTime, sumFen } from '@yajin/core';
import { RefundNotRetryable, Refunds } from '@yajin/payment';
import { Alerts, BusinessError, Clock, maybeRow, onlyRow, type Database, type Row } from '@yajin/server';
import type { CampAlert } from '../camp-alert.js';
import type { Camp } from '@yajin/contract';
import { DataSource, type EntityManager } from 'typeorm';
import {
  Approvals,
  Audit,
  deciderOf,
  RefundRetries,
  SettingsService,
  type Actor,
  type Operator,
} from '../../../system/index.js';
import type { BatchApproveDto } from './refund.dto.js';
import { REVIEW } from '../member/match.rules.js';
import { approveMany, whyLeftOut } from './batch-approval.js';
import { graceOf, type Grace } from './grace.rules.js';
import { bookForfeits } from './refund-list.js';
import type { CampRefund } from './camp-refund.entity.js';
import { requestAll, requestOne, type KernelRequest } from './refund-request.js';

/** Auditing refunds. Approving reserves the money; sending it is the kernel's. */
@Injectable()
export class RefundService implements OnModuleInit {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly alerts: Alerts<CampAlert>,
    private readonly audit: Audit,
    private readonly approvals: Approvals,
    private readonly retries: RefundRetries,
    private readonly settings: SettingsService,
  ) {}

  onModuleInit(): void {
    this.retries.register('camp', async (operator, source) => {
      const sql = 'SELECT id FROM camp_refund WHERE source = $1';
      const record = await maybeRow<Row<CampRefund, 'id'>>(this.db, sql, [source]);
      if (record) await this.retry(operator, record.id);
      return record !== null;
    });
  }

  /**
   * @throws BusinessError 1301, 1302 for what is not pending or too doubtful, 1305 when too little is left of the payment,
   *   403 where so much asks for a fresh proof of who approves
   */
  async approve(
    actor: Actor | Operator,
    id: number,
    comment: string | undefined,
  ): Promise<Camp.ApprovedRefund> {
    const now = this.clock.now();
    const { executeAfter, undoUntil } = await this.grace(now);
    const count = await this.approvals.counted(actor);
    await this.db.transaction(async (manager) => {
      const approved = await maybeRow<KernelRequest>(
        manager,
        `UPDATE camp_refund SET audit_status = 'approved', auditor = $2, audited_at = $3, comment = $4, source = 'camp_refund:' || id,
           execute_after = $5, undo_until = $6
         WHERE id = $1 AND audit_status = 'pending' AND match_confidence >= ${REVIEW} RETURNING 'camp_refund:' || id AS source, order_id, amount_fen`,
        [id, actor.username, now, comment ?? null, executeAfter, undoUntil],
      );
      if (!approved) throw await this.refusal(id, manager);
      const letting = { decided: deciderOf(actor, 'deposit'), notBefore: undoUntil };
      await requestOne(manager, this.refunds, approved, letting);
      await count(manager, approved.amount_fen);
      await this.audited(manager, actor, id, 'refund.approve', {
        auditStatus: 'approved',
        comment: comment ?? null,
      });
    });
    return {
      refundId: id,
      auditStatus: 'approved',
      refundStatus: 'pending',
      auditor: actor.username,
      auditTime: localTime(now),
      executeAfter: localTime(executeAfter),
      canUndo: undoUntil !== null,
    };
  }

  async reject(
    actor: Actor,
    id: number,
    { reason, tellMember = false }: Camp.RejectRefundRequest,
  ): Promise<Camp.RejectedRefund> {
    const now = this.clock.now();
    const { executeAfter, undoUntil } = await this.grace(now);
    await this.db.transaction(async (manager) => {
      const rejected = await maybeRow<Row<CampRefund, 'campId'>>(
        manager,
        `UPDATE camp_refund SET audit_status = 'rejected', refund_status = 'rejected', auditor = $2, audited_at = $3, reason = $4, reason_told = $5,
           execute_after = $6, undo_until = $7
         WHERE id = $1 AND audit_status = 'pending' RETURNING camp_id`,
        [id, actor.username, now, reason, tellMember, executeAfter, undoUntil],
      );
      if (!rejected) throw await this.refusal(id, manager);
      if (rejected.camp_id !== null && undoUntil === null) await bookForfeits(manager, rejected.camp_id, now);
      await this.audited(manager, actor, id, 'refund.reject', { auditStatus: 'rejected', reason });
    });
    return {
      refundId: id,
      auditStatus: 'rejected',
      refundStatus: 'rejected',
      reason,
      auditor: actor.username,
      auditTime: localTime(now),
      executeAfter: localTime(executeAfter),
      canUndo: undoUntil !== null,
    };
  }

  /**
   * Approves what may be approved and says why the rest was not.
   * @throws BusinessError 403 where so much asks for a fresh proof of who approves: then nothing is approved
   */
  async approveBatch(actor: Actor | Operator, body: BatchApproveDto): Promise<Camp.BatchApproval> {
    const now = this.clock.now();
    const grace = await this.grace(now);
    const count = await this.approvals.counted(actor);
    const judged = await this.db.transaction(async (manager) => {
      const all = await approveMany(manager, { ...body, auditor: actor.username, now, grace });
      const approved = all.filter(({ refusal }) => refusal === null).map(({ id }) => id);
      const { minConfidence, includeUnproved, comment } = body;
      if (approved.length > 0) {
        const letting = { decided: deciderOf(actor, 'deposit'), notBefore: grace.undoUntil };
        const asked = await requestAll(manager, this.refunds, this.alerts, approved, letting);
        await count(manager, sumFen(asked));
        const after = { approved, minConfidence, includeUnproved, comment: comment ?? null };
        await this.audit.record(manager, actor, { action: 'refund.batch_approve', after });
      }
      return all;
    });
    const skippedDetails = judged.flatMap(({ id, refusal }) =>
      refusal === null ? [] : [{ refundId: id, ...whyLeftOut(refusal) }],
    );
    return {
      total: judged.length,
      approved: judged.length - skippedDetails.length,
      skipped: skippedDetails.length,
      skippedDetails,
      auditor: actor.username,
      auditTime: localTime(now),
      executeAfter: localTime(grace.executeAfter),
      canUndo: grace.undoUntil !== null,
    };
  }

  private async grace(now: Date): Promise<Grace> {
    return graceOf(await this.settings.refundGraceMinutes(), now, this.clock.wall());
  }

  /** @throws BusinessError 1301, 1302 unless the refund has definitely failed, 1305 */
  async retry(actor: Actor, id: number): Promise<Camp.RetriedRefund> {
    const now = this.clock.now();
    return this.db.transaction(async (manager) => {
      const record = await maybeRow<KernelRequest & { kernel_id: number | null }>(
        manager,
        `SELECT k.id AS kernel_id, r.source, r.order_id, r.amount_fen FROM camp_refund r LEFT JOIN pay_refund_view k ON k.source = r.source
         WHERE r.id = $1 AND r.refund_status = 'failed' AND r.source IS NOT NULL FOR UPDATE OF r`,
        [id],
      );
      if (!record) throw await this.refusal(id, manager);
      try {
        if (record.kernel_id === null)
          await requestOne(manager, this.refunds, record, { decided: deciderOf(actor, 'deposit') });
        else await this.refunds.retry(manager, record.kernel_id);
      } catch (error) {
        throw error instanceof RefundNotRetryable ? new BusinessError(1302) : error;
      }
      const retried = await onlyRow<Row<CampRefund, 'retryCount'>>(
        manager,
        `UPDATE camp_refund SET refund_status = 'processing', fail_code = NULL, fail_message = NULL, retry_count = retry_count + 1,
           retried_at = $2 WHERE id = $1 RETURNING retry_count`,
        [id, now],
      );
      await this.audited(manager, actor, id, 'refund.retry', {
        refundStatus: 'processing',
        retryCount: retried.retry_count,
      });
      return {
        refundId: id,
        refundStatus: 'processing',
        retryCount: retried.retry_count,
        lastRetryTime: localTime(now),
      };
    });
  }

  private audited(
    manager: EntityManager,
    actor: Actor,
    id: number,
    action: string,
    after: object,
  ): Promise<void> {
    return this.audit.record(manager, actor, { action, target: ['refund', id], after });
  }

  private async refusal(id: number, db: Database = this.db): Promise<BusinessError> {
    const found = await maybeRow(db, 'SELECT 1 FROM camp_refund WHERE id = $1', [id]);
    return new BusinessError(found ? 1302 : 1301);
  }
}
