import { Injectable } from '@nestjs/common';
import { Refunds } from '@yajin/payment';
import { onlyRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { DemoSandbox } from '../../../demo/index.js';
import { RefundQueries } from '../refund/refund.queries.js';
import { RefundService } from '../refund/refund.service.js';
import { DemoActions } from './demo-actions.js';

const AUDITOR = 'manager1';

/** How operators deal with refund lists in the demo. */
@Injectable()
export class DemoReview {
  constructor(
    private readonly db: DataSource,
    private readonly sandbox: DemoSandbox,
    private readonly actions: DemoActions,
    private readonly refunds: RefundService,
    private readonly queries: RefundQueries,
    private readonly kernelRefunds: Refunds,
  ) {}

  /** The batch goes through; a nickname that differs is looked at and approved by hand. */
  async approveAll(campId: number): Promise<void> {
    const list = await this.pending(campId);
    await this.approve(
      list.map(({ id }) => id),
      'admin',
    );
    for (const { id } of list.filter((refund) => refund.nicknameMismatch)) {
      await this.refunds.approve(await this.actions.actor(AUDITOR), id, '已与本人核对，确认为同一人');
    }
    await this.executed(campId, 0);
  }

  /** One refund for each way it can end; the rest is approved but for two that wait. */
  async everyOutcome(campId: number): Promise<void> {
    const list = (await this.pending(campId)).toReversed();
    const [closed, abnormal, poor, stuck, refused, doubted, ...others] = list.filter(
      (refund) => !refund.nicknameMismatch,
    );
    if (!closed || !abnormal || !poor || !stuck || !refused || !doubted)
      throw new Error('demo data: too few refunds to show every outcome');
    await this.refunds.reject(await this.actions.actor('admin'), refused.id, {
      reason: '多日打卡内容与他人重复，经核实不计入',
      tellMember: true,
    });
    await this.refunds.reject(await this.actions.actor(AUDITOR), doubted.id, {
      reason: '会员申请转为下一期押金，线下已处理',
    });
    await this.failAs('CLOSED', closed.id);
    await this.failAs('ABNORMAL', abnormal.id);
    await this.getRefused(poor.id);
    await this.getStuck(stuck.id);
    await this.approve(
      others.slice(2).map(({ id }) => id),
      AUDITOR,
    );
    await this.executed(campId, 1);
  }

  private async pending(campId: number): Promise<Camp.PendingRefund[]> {
    return (await this.queries.pending({ campId, page: 1, pageSize: 100 })).list;
  }

  private async approve(refundIds: number[], auditor: string): Promise<void> {
    if (refundIds.length > 0)
      await this.refunds.approveBatch(await this.actions.actor(auditor), {
        refundIds,
        minConfidence: 80,
        includeUnproved: true,
        comment: '打卡达标，批量通过',
      });
  }

  private async executed(campId: number, except: number): Promise<void> {
    await this.actions.until('the refunds', async () => {
      const { open } = await onlyRow<{ open: number }>(
        this.db,
        `SELECT count(*) AS open FROM camp_refund
         WHERE camp_id = $1 AND audit_status = 'approved' AND refund_status IN ('pending', 'processing')`,
        [campId],
      );
      return open <= except;
    });
  }

  private async failAs(outcome: 'CLOSED' | 'ABNORMAL', refundId: number): Promise<void> {
    await this.sandbox.post('/faults', { refundResult: { value: outcome, times: 1 } });
    await this.refunds.approve(await this.actions.actor(AUDITOR), refundId, undefined);
    await this.actions.until('the refund to fail', () => this.has(refundId, `r.refund_status = 'failed'`));
  }

  private async getStuck(refundId: number): Promise<void> {
    await this.sandbox.post('/faults', { refundStuck: { times: 1 } });
    await this.refunds.approve(await this.actions.actor(AUDITOR), refundId, undefined);
    await this.actions.until('the refund to be accepted', () =>
      this.has(refundId, `k.gateway_refund_id IS NOT NULL AND r.refund_status = 'processing'`),
    );
  }

  /** The gateway refuses three times. The waits between them, in real time, are cut short here. */
  private async getRefused(refundId: number): Promise<void> {
    await this.sandbox.post('/faults', { refuseRefund: { times: 3 } });
    await this.refunds.approve(await this.actions.actor(AUDITOR), refundId, undefined);
    await this.actions.until('the refund to be refused', async () => {
      await this.kernelRefunds.cutWait(this.db, `camp_refund:${refundId}`);
      return this.has(refundId, `r.refund_status = 'failed'`);
    });
  }

  private async has(refundId: number, condition: string): Promise<boolean> {
    const found = await rows(
      this.db,
      `SELECT 1 FROM camp_refund r JOIN pay_refund_view k ON k.source = r.source WHERE r.id = $1 AND ${condition}`,
      [refundId],
    );
    return found.length > 0;
  }
}
