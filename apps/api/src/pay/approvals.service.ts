import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { ApprovalRefused, reasonInWords, SecondPerson } from '@yajin/payment';
import type { PayApproval, PayOrder } from '@yajin/payment/entities';
import { BusinessError, conditions, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, type Operator } from '../system/index.js';
import type { ApprovalQuery } from './approvals.dto.js';
import { PayParties } from './parties.js';
import { paging, time } from './present.js';

type ApprovalRow = Row<PayApproval> &
  Row<PayOrder, 'orderNo'> & {
    line: Console.Line;
    order_id: number;
    amount_fen: number;
    said: string;
    state: Console.PayApprovalState;
  };

const APPROVALS = `
  SELECT a.*, o.id AS order_id, o.order_no, o.line, coalesce(r.amount_fen, t.amount_fen) AS amount_fen, coalesce(r.reason, t.remark) AS said,
    CASE WHEN a.decision IS NOT NULL THEN a.decision WHEN coalesce(r.status, t.status) IN ('pending', 'processing') THEN 'open' ELSE 'lapsed' END AS state
  FROM pay_approval a LEFT JOIN pay_refund r ON r.id = a.refund_id LEFT JOIN pay_transfer t ON t.id = a.transfer_id
  JOIN pay_order o ON o.id = coalesce(r.order_id, t.order_id)`;

/** Payouts that wait for a second person. */
@Injectable()
export class ApprovalsService {
  constructor(
    private readonly db: DataSource,
    private readonly secondPerson: SecondPerson,
    private readonly audit: Audit,
    private readonly parties: PayParties,
  ) {}

  /** Newest first. */
  async list(operator: Operator, query: ApprovalQuery): Promise<Console.PayApprovalPage> {
    const { where, parameters } = conditions([
      ['x.line = ?', query.line],
      ['x.state = ?', query.state],
    ]);
    const from = `FROM (${APPROVALS}) AS x WHERE ${where}`;
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<ApprovalRow>(
      this.db,
      `SELECT x.* ${from} ORDER BY x.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total ${from}`,
      parameters,
    );
    return { list: await this.presented(this.db, found, operator), ...paging(query, total) };
  }

  /** @throws BusinessError 403 for who asked, 404, 409 */
  confirm(operator: Operator, id: number): Promise<Console.PayApproval> {
    return this.decide(operator, id, 'payout_approval.confirm', {}, (manager) =>
      this.secondPerson.confirm(manager, id, operator.username),
    );
  }

  /** @throws BusinessError 403 for who asked, 404, 409 */
  refuse(operator: Operator, id: number, note: string): Promise<Console.PayApproval> {
    return this.decide(operator, id, 'payout_approval.refuse', { note }, (manager) =>
      this.secondPerson.refuse(manager, id, operator.username, note),
    );
  }

  private async decide(
    operator: Operator,
    id: number,
    action: string,
    said: object,
    decision: (manager: EntityManager) => Promise<void>,
  ): Promise<Console.PayApproval> {
    try {
      return await this.db.transaction(async (manager) => {
        await decision(manager);
        const after = await this.one(manager, operator, id);
        const { orderNo, amount, askedBy, exceeds } = after;
        await this.audit.record(manager, operator, {
          action,
          target: ['payout_approval', id],
          after: { orderNo, amount, askedBy, exceeds, ...said },
        });
        return after;
      });
    } catch (error) {
      throw error instanceof ApprovalRefused ? refusal(error) : error;
    }
  }

  private async one(db: Database, operator: Operator, id: number): Promise<Console.PayApproval> {
    const found = await maybeRow<ApprovalRow>(db, `${APPROVALS} WHERE a.id = $1`, [id]);
    if (!found) throw new BusinessError(404);
    return (await this.presented(db, [found], operator))[0]!;
  }

  private async presented(
    db: Database,
    found: ApprovalRow[],
    operator: Operator,
  ): Promise<Console.PayApproval[]> {
    const parties = await this.parties.of(
      db,
      found.map(({ order_id: id, line }) => ({ id, line })),
    );
    return found.map((row) => present(row, operator, parties(row.order_id)));
  }
}

function refusal({ reason }: ApprovalRefused): BusinessError {
  switch (reason) {
    case 'absent':
      return new BusinessError(404, sentence('approval_unknown'));
    case 'decided':
      return new BusinessError(409, sentence('approval_decided'));
    case 'same person':
      return new BusinessError(403, sentence('approval_own'));
  }
}

function present(row: ApprovalRow, operator: Operator, party: Console.PayParty): Console.PayApproval {
  return {
    id: row.id,
    what: row.refund_id === null ? 'transfer' : 'refund',
    kind: row.kind,
    exceeds: row.exceeds,
    line: row.line,
    orderNo: row.order_no,
    amount: yuanFromFen(fen(row.amount_fen)),
    reason: reasonInWords(row.said),
    state: row.state,
    askedBy: row.asked_by,
    askedAt: localTime(row.asked_at),
    canDecide: row.state === 'open' && row.asked_by !== operator.username,
    decidedBy: row.decided_by,
    decidedAt: time(row.decided_at),
    note: row.note,
    party,
  };
}
