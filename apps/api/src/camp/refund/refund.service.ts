import { Injectable, Logger } from '@nestjs/common';
import { fen, localTime, yuanText } from '@yajin/core';
import { RefundExceedsPayment, RefundNotRetryable, Refunds } from '@yajin/payment';
import { Alerts, BusinessError, Clock, maybeRow, onlyRow, rows, type Database } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { SettingsService } from '../../system/index.js';
import { WechatAccount } from '../wechat-account.js';
import type { BatchApproveDto } from './refund.dto.js';
import { bookForfeits } from './refund-list.js';

const MIN_CONFIDENCE = 50;
const REASON = '训练营押金退还';

/** Auditing refunds. Approving enqueues; the money is the kernel's. */
@Injectable()
export class RefundService {
  private readonly logger = new Logger(RefundService.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly refunds: Refunds,
    private readonly wechat: WechatAccount,
    private readonly settings: SettingsService,
    private readonly alerts: Alerts,
  ) {}

  /** @throws BusinessError 1301, or 1302 for what is not pending or too doubtful */
  async approve(id: number, auditor: string, comment: string | undefined): Promise<Camp.ApprovedRefund> {
    const now = this.clock.now();
    const approved = await maybeRow(
      this.db,
      `WITH approved AS (
         UPDATE camp_refund SET audit_status = 'approved', auditor = $2, audited_at = $3, comment = $4, source = 'camp_refund:' || id
         WHERE id = $1 AND audit_status = 'pending' AND match_confidence >= ${MIN_CONFIDENCE} RETURNING id
       ) SELECT graphile_worker.add_job('camp.refund', json_build_object('refundId', id), job_key := 'camp.refund:' || id) FROM approved`,
      [id, auditor, now, comment ?? null],
    );
    if (!approved) throw await this.refusal(id);
    return {
      refundId: id,
      auditStatus: 'approved',
      refundStatus: 'pending',
      auditor,
      auditTime: localTime(now),
    };
  }

  async reject(id: number, auditor: string, reason: string): Promise<Camp.RejectedRefund> {
    const now = this.clock.now();
    await this.db.transaction(async (manager) => {
      const rejected = await maybeRow<{ camp_id: number }>(
        manager,
        `UPDATE camp_refund SET audit_status = 'rejected', refund_status = 'rejected', auditor = $2, audited_at = $3, reason = $4
         WHERE id = $1 AND audit_status = 'pending' RETURNING camp_id`,
        [id, auditor, now, reason],
      );
      if (!rejected) throw await this.refusal(id, manager);
      await bookForfeits(manager, rejected.camp_id, now);
    });
    return {
      refundId: id,
      auditStatus: 'rejected',
      refundStatus: 'rejected',
      reason,
      auditor,
      auditTime: localTime(now),
    };
  }

  /**
   * Approves what may be approved and says why the rest was not, in one statement. Rows are locked in the
   * order of their ids, so that two operators with overlapping selections wait instead of deadlocking.
   */
  async approveBatch(body: BatchApproveDto, auditor: string): Promise<Camp.BatchApproval> {
    const now = this.clock.now();
    const judged = await rows<{ id: number; refusal: string | null }>(
      this.db,
      `WITH found AS (
         SELECT id, audit_status, match_confidence, name_differs FROM camp_refund WHERE id = ANY($1) ORDER BY id FOR UPDATE
       ), judged AS (
         SELECT w.id, w.place, CASE
           WHEN f.id IS NULL THEN '退款记录不存在'
           WHEN f.audit_status <> 'pending' THEN '已审核，无需重复操作'
           WHEN f.match_confidence < $2 THEN format('置信度(%s)低于阈值(%s)', f.match_confidence, $2)
           WHEN f.name_differs THEN '昵称不一致'
         END AS refusal
         FROM unnest($1::bigint[]) WITH ORDINALITY AS w (id, place) LEFT JOIN found f ON f.id = w.id
       ), approved AS (
         UPDATE camp_refund r SET audit_status = 'approved', auditor = $3, audited_at = $4, comment = $5, source = 'camp_refund:' || r.id
         FROM judged j WHERE r.id = j.id AND j.refusal IS NULL RETURNING r.id
       ), jobs AS (
         SELECT graphile_worker.add_job('camp.refund', json_build_object('refundId', id), job_key := 'camp.refund:' || id) FROM approved
       ) SELECT id, refusal FROM judged, (SELECT count(*) FROM jobs) AS enqueued ORDER BY place`,
      [body.refundIds, body.minConfidence, auditor, now, body.comment ?? null],
    );
    const skippedDetails = judged.flatMap(({ id, refusal }) =>
      refusal === null ? [] : [{ refundId: id, reason: refusal }],
    );
    return {
      total: judged.length,
      approved: judged.length - skippedDetails.length,
      skipped: skippedDetails.length,
      skippedDetails,
      auditor,
      auditTime: localTime(now),
    };
  }

  /** @throws BusinessError 1301, or 1302 unless the refund has definitely failed */
  async retry(id: number): Promise<Camp.RetriedRefund> {
    const now = this.clock.now();
    return this.db.transaction(async (manager) => {
      const record = await maybeRow<{ kernel_id: number }>(
        manager,
        `SELECT k.id AS kernel_id FROM camp_refund r JOIN pay_refund k ON k.source = r.source
         WHERE r.id = $1 AND r.refund_status = 'failed' FOR UPDATE OF r`,
        [id],
      );
      if (!record) throw await this.refusal(id, manager);
      try {
        await this.refunds.retry(manager, record.kernel_id);
      } catch (error) {
        if (error instanceof RefundNotRetryable) throw new BusinessError(1302);
        throw error;
      }
      const retried = await onlyRow<{ retry_count: number }>(
        manager,
        `UPDATE camp_refund SET refund_status = 'processing', fail_code = NULL, fail_message = NULL, retry_count = retry_count + 1,
           retried_at = $2 WHERE id = $1 RETURNING retry_count`,
        [id, now],
      );
      return {
        refundId: id,
        refundStatus: 'processing',
        retryCount: retried.retry_count,
        lastRetryTime: localTime(now),
      };
    });
  }

  /** The job behind an approval: hands the money to the kernel, once however often it runs. */
  async execute(id: number): Promise<void> {
    const record = await onlyRow<{ source: string; order_id: number; amount_fen: number }>(
      this.db,
      'SELECT source, order_id, amount_fen FROM camp_refund WHERE id = $1',
      [id],
    );
    const refund = {
      source: record.source,
      orderId: record.order_id,
      amountFen: fen(record.amount_fen),
      reason: REASON,
    };
    try {
      await this.db.transaction((manager) => this.refunds.request(manager, refund));
    } catch (error) {
      if (!(error instanceof RefundExceedsPayment)) throw error;
      await rows(
        this.db,
        `UPDATE camp_refund SET refund_status = 'failed', fail_code = 'EXCEEDS', fail_message = '可退余额不足' WHERE id = $1`,
        [id],
      );
      await this.alerts.raise('退款金额超过可退余额', `camp refund ${id}`);
    }
  }

  /** The job after a refund arrived: tells the payer, where WeChat lets us. */
  async notify(id: number): Promise<void> {
    const record = await onlyRow<{
      payer_id: string | null;
      amount_fen: number;
      notified: boolean;
      camp_name: string | null;
    }>(
      this.db,
      `SELECT o.payer_id, r.amount_fen, r.notified, c.name AS camp_name FROM camp_refund r JOIN pay_order o ON o.id = r.order_id
       LEFT JOIN camp c ON c.id = r.camp_id WHERE r.id = $1`,
      [id],
    );
    const templateId = await this.settings.get('wechat.refundTemplateId');
    if (record.notified || !record.payer_id || !templateId) return;
    const data = refundMessage(record.camp_name ?? '训练营', record.amount_fen);
    const taken = await this.wechat.send({ openid: record.payer_id, templateId, data });
    if (!taken) return this.logger.warn(`the payer of camp refund ${id} could not be told`);
    await rows(this.db, 'UPDATE camp_refund SET notified = true, notified_at = $2 WHERE id = $1', [
      id,
      this.clock.now(),
    ]);
  }

  private async refusal(id: number, db: Database = this.db): Promise<BusinessError> {
    const found = await maybeRow(db, 'SELECT 1 FROM camp_refund WHERE id = $1', [id]);
    return new BusinessError(found ? 1302 : 1301);
  }
}

/** The text a member reads about the refund, by the fields of the template. */
function refundMessage(campName: string, amountFen: number): Record<string, string> {
  return {
    first: '您的押金已原路退回',
    keyword1: campName,
    keyword2: `${yuanText(fen(amountFen))} 元`,
    remark: '感谢您的坚持！',
  };
}
