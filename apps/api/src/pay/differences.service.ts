import { Injectable } from '@nestjs/common';
import { localTime, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { DifferenceResolved, resolveDifference, takeDifference } from '@yajin/payment';
import type { PayDifference, PayOrder } from '@yajin/payment/entities';
import { BusinessError, Clock, conditions, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import { DifferenceStories } from './difference-stories.js';
import type { DifferenceQuery } from './reconciliation.dto.js';
import { PayLines } from './pay.lines.js';
import { PayParties } from './parties.js';
import { paging, signedYuanOrNull, time } from './present.js';

type DifferenceRow = Row<
  PayDifference,
  | 'id'
  | 'gateway'
  | 'day'
  | 'kind'
  | 'outTradeNo'
  | 'outRefundNo'
  | 'transactionId'
  | 'flowNo'
  | 'oursFen'
  | 'theirsFen'
  | 'state'
  | 'owner'
  | 'decision'
  | 'note'
  | 'foundAt'
  | 'resolvedBy'
  | 'resolvedAt'
> & { order_no: PayOrder['orderNo'] | null; line: PayOrder['line'] | null };

const DIFFERENCE = `
  SELECT d.*, o.order_no, o.line FROM pay_difference d
  LEFT JOIN pay_attempt a ON a.out_trade_no = d.out_trade_no AND a.gateway = d.gateway LEFT JOIN pay_order o ON o.id = a.order_id`;

/** What gateways' bills and our books do not agree about: a person sees to it, and says what became of it. */
@Injectable()
export class DifferencesService {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly stories: DifferenceStories,
    private readonly parties: PayParties,
    private readonly lines: PayLines,
  ) {}

  /** Newest first. */
  async list(query: DifferenceQuery): Promise<Console.PayDifferencePage> {
    const { where, parameters } = conditions([
      ['d.gateway = ?', query.gateway],
      ['d.state = ?', query.state],
      ['d.kind = ?', query.kind],
      ['d.day >= ?', query.startDate],
      ['d.day <= ?', query.endDate],
      ['d.owner = ?', query.owner || null],
      ['(d.owner IS NOT NULL) = ?', query.owned],
    ]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<DifferenceRow>(
      this.db,
      `${DIFFERENCE} WHERE ${where} ORDER BY d.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_difference d WHERE ${where}`,
      parameters,
    );
    return { list: await this.presented(this.db, found), ...paging(query, total) };
  }

  /** @throws BusinessError 404 */
  async one(id: number, db: Database = this.db): Promise<Console.PayDifference> {
    const found = await rows<DifferenceRow>(db, `${DIFFERENCE} WHERE d.id = $1`, [id]);
    const [difference] = await this.presented(db, found);
    if (!difference) throw new BusinessError(404, sentence('difference_unknown'));
    return difference;
  }

  private async presented(db: Database, found: DifferenceRow[]): Promise<Console.PayDifference[]> {
    const party = await this.parties.ofNumbered(
      db,
      found.map((row) => row.order_no),
    );
    const now = this.clock.now();
    return found.map((row) => present(row, this.lines.served(row.line), party(row.order_no), now));
  }

  /** Both sides, and what people did about it, as of one moment. @throws BusinessError 404 */
  story(id: number): Promise<Console.PayDifferenceStory> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const difference = await this.one(id, manager);
      return { difference, ...(await this.stories.tell(manager, difference)) };
    });
  }

  /** @throws BusinessError 404, 409 when it is resolved */
  take(operator: Operator, id: number): Promise<Console.PayDifference> {
    return this.change(operator, id, 'difference.take', null, {}, (manager) =>
      takeDifference(manager, id, operator.username),
    );
  }

  /** @throws BusinessError 404, 409 when it is resolved */
  resolve(
    operator: Operator,
    id: number,
    { decision, note }: Console.ResolvePayDifference,
    key: IdempotencyKey | null,
  ): Promise<Console.PayDifference> {
    return this.change(operator, id, 'difference.resolve', key, { decision, note }, (manager) =>
      resolveDifference(manager, id, operator.username, decision, note, this.clock.now()),
    );
  }

  private async change(
    operator: Operator,
    id: number,
    action: string,
    key: IdempotencyKey | null,
    said: Record<string, string>,
    change: (manager: EntityManager) => Promise<void>,
  ): Promise<Console.PayDifference> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        const { kind, gateway, outTradeNo } = await this.one(id, manager);
        await change(manager);
        await this.audit.record(manager, operator, {
          action,
          target: ['difference', id],
          after: { kind, gateway, outTradeNo, ...said },
        });
        return this.one(id, manager);
      });
    } catch (error) {
      if (error instanceof DifferenceResolved) throw new BusinessError(409, sentence('difference_resolved'));
      throw error;
    }
  }
}

const DAY_MS = 86_400_000;

function present(
  row: DifferenceRow,
  line: Console.Line | null,
  party: Console.PayParty | null,
  now: Date,
): Console.PayDifference {
  const lay = (row.resolved_at ?? now).getTime() - row.found_at.getTime();
  return {
    id: row.id,
    gateway: row.gateway,
    day: row.day,
    kind: row.kind,
    line,
    orderNo: row.order_no,
    party,
    outTradeNo: row.out_trade_no,
    outRefundNo: row.out_refund_no,
    transactionId: row.transaction_id,
    flowNo: row.flow_no,
    ours: signedYuanOrNull(row.ours_fen),
    theirs: signedYuanOrNull(row.theirs_fen),
    state: row.state,
    owner: row.owner,
    decision: row.decision,
    note: row.note,
    days: Math.max(0, Math.floor(lay / DAY_MS)),
    foundAt: localTime(row.found_at),
    resolvedBy: row.resolved_by,
    resolvedAt: time(row.resolved_at),
  };
}
