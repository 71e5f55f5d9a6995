import { Injectable } from '@nestjs/common';
import { businessDate } from '@yajin/core';
import { Alerts, Clock, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { PayApproval } from './entities/pay-approval.entity.js';
import type { KernelAlert } from './kernel-alert.js';
import { judge, type DecisionKind, type Limits } from './limits.rules.js';
import { refundTransitions, transferStatusTransitions } from './states.js';

/** Who decides about a payout, by whose limits it is judged. */
export interface Decider {
  by: string;
  role: string;
  kind: DecisionKind;
}

/** What people may let go alone, as the application's settings say. */
export class PayoutLimits {
  constructor(readonly of: (db: Database, role: string) => Promise<Limits>) {}
}

/**
 * - `absent`: there is no such approval
 * - `decided`: it has been decided, or its payout waits for it no more
 * - `same person`: who asked cannot be the second person
 */
export class ApprovalRefused extends Error {
  override readonly name = 'ApprovalRefused';
  constructor(readonly reason: 'absent' | 'decided' | 'same person') {
    super(`approval refused: ${reason}`);
  }
}

type Approval = Pick<Row<PayApproval>, 'id' | 'refund_id' | 'transfer_id'>;

const ALERT = 'approvals';

/** Payouts above what one person may let go alone: they are held until a second one has decided. */
@Injectable()
export class SecondPerson {
  constructor(
    private readonly clock: Clock,
    private readonly limits: PayoutLimits,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /**
   * Holds those of payouts that have just been asked for which are above a limit; in the transaction that asks for them. They count for the
   * day on which they were made, by which a withdrawal finds what it gives back.
   */
  async review(
    manager: EntityManager,
    what: 'refund' | 'transfer',
    payouts: { id: number; amount_fen: number; created_at: Date }[],
    { by, role, kind }: Decider,
  ): Promise<void> {
    const [first] = payouts;
    if (!first) return;
    const limits = await this.limits.of(manager, role);
    const day = businessDate(first.created_at);
    // Whoever decides about two things at once is counted once after the other.
    const { amount_fen: before } = await onlyRow<{ amount_fen: number }>(
      manager,
      `INSERT INTO pay_approved (who, day, amount_fen) VALUES ($1, $2, 0)
       ON CONFLICT (who, day) DO UPDATE SET who = EXCLUDED.who RETURNING amount_fen`,
      [by, day],
    );
    const amounts = payouts.map(({ amount_fen: amountFen }) => amountFen);
    const { exceeded, doneFen } = judge(limits, kind, amounts, before);
    await rows(manager, 'UPDATE pay_approved SET amount_fen = $3 WHERE who = $1 AND day = $2', [
      by,
      day,
      doneFen,
    ]);
    const waiting = payouts.flatMap(({ id }, index) =>
      exceeded[index] ? [{ id, why: exceeded[index] }] : [],
    );
    if (waiting.length === 0) return;
    await rows(
      manager,
      `INSERT INTO pay_approval (${what}_id, kind, exceeds, asked_by, asked_at)
       SELECT w.id, $3, w.why, $4, $5 FROM unnest($1::bigint[], $2::text[]) AS w (id, why) ORDER BY w.id`,
      [waiting.map(({ id }) => id), waiting.map(({ why }) => why), kind, by, this.clock.now()],
    );
    await this.alerts.raise('second-person', `${waiting.length} ${what}s that ${by} asked for`, {
      key: ALERT,
      within: manager,
    });
  }

  /** A person tries again what the second one has refused: somebody is asked again. */
  async askAgain(manager: EntityManager, what: 'refund' | 'transfer', id: number): Promise<void> {
    await rows(
      manager,
      `UPDATE pay_approval SET decision = NULL, decided_by = NULL, decided_at = NULL, note = NULL, asked_at = $2
       WHERE ${what}_id = $1 AND decision = 'refused'`,
      [id, this.clock.now()],
    );
  }

  /** It goes on at once, unless something else holds it. @throws ApprovalRefused (roll back) */
  async confirm(manager: EntityManager, id: number, by: string): Promise<void> {
    const approval = await this.decide(manager, id, by, 'confirmed', null);
    const due =
      approval.refund_id === null
        ? 'pay_transfer SET check_at = $2'
        : 'pay_refund SET check_at = greatest($2::timestamptz, not_before)';
    await rows(manager, `UPDATE ${due} WHERE id = $1`, [
      approval.refund_id ?? approval.transfer_id,
      this.clock.wall(),
    ]);
  }

  /** It has failed, until a person tries again: its money stays reserved, or is its owner's again. @throws ApprovalRefused (roll back) */
  async refuse(manager: EntityManager, id: number, by: string, note: string): Promise<void> {
    const approval = await this.decide(manager, id, by, 'refused', note);
    const says = `第二人（${by}）未同意：${note}`;
    if (approval.refund_id !== null) {
      await rows(
        manager,
        `UPDATE pay_refund SET status = '${refundTransitions.pending.failed}', fail_code = 'DECLINED', fail_message = $2, deliver_at = $3, delivery_tries = 0
         WHERE id = $1`,
        [approval.refund_id, says, this.clock.wall()],
      );
      return;
    }
    await rows(
      manager,
      `WITH transfer AS (
         UPDATE pay_transfer SET status = '${transferStatusTransitions.pending.failed}', fail_code = 'DECLINED', fail_message = $2, deliver_at = $3, delivery_tries = 0
         WHERE id = $1 RETURNING *
       ) INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
       SELECT 'unfreeze:' || t.id || ':' || t.retries || ':' || p.order_id || ':declined', 'frozen:' || t.owner, 'balance:' || t.owner,
         p.amount_fen, t.gateway, t.line, o.subject, p.order_id, $4
       FROM transfer t JOIN pay_transfer_portion p ON p.transfer_id = t.id JOIN pay_order o ON o.id = p.order_id`,
      [approval.transfer_id, says, this.clock.wall(), this.clock.now()],
    );
  }

  /** The payout first, then its approval, as everywhere: of two at once the second finds it decided. */
  private async decide(
    manager: EntityManager,
    id: number,
    by: string,
    decision: 'confirmed' | 'refused',
    note: string | null,
  ): Promise<Approval> {
    const found = await maybeRow<Approval & Row<PayApproval, 'askedBy'>>(
      manager,
      'SELECT id, refund_id, transfer_id, asked_by FROM pay_approval WHERE id = $1',
      [id],
    );
    if (!found) throw new ApprovalRefused('absent');
    if (found.asked_by === by) throw new ApprovalRefused('same person');
    const table = found.refund_id === null ? 'pay_transfer' : 'pay_refund';
    const waits = await maybeRow(
      manager,
      `SELECT 1 FROM ${table} WHERE id = $1 AND status IN ('pending', 'processing') FOR UPDATE`,
      [found.refund_id ?? found.transfer_id],
    );
    if (!waits) throw new ApprovalRefused('decided');
    const decided = await maybeRow<Approval>(
      manager,
      `UPDATE pay_approval SET decision = $2, decided_by = $3, decided_at = $4, note = $5
       WHERE id = $1 AND decision IS NULL RETURNING id, refund_id, transfer_id`,
      [id, decision, by, this.clock.now(), note],
    );
    if (!decided) throw new ApprovalRefused('decided');
    await this.clearAlert(manager);
    return decided;
  }

  /** Nobody is called for any more once nothing waits for a second person. */
  async clearAlert(manager: EntityManager): Promise<void> {
    const more = await maybeRow(
      manager,
      `SELECT 1 FROM pay_approval a LEFT JOIN pay_refund r ON r.id = a.refund_id LEFT JOIN pay_transfer t ON t.id = a.transfer_id
       WHERE a.decision IS NULL AND coalesce(r.status, t.status) IN ('pending', 'processing') LIMIT 1`,
      [],
    );
    if (!more) await this.alerts.clear(ALERT, manager);
  }
}
