import { Injectable } from '@nestjs/common';
import { fen, fenFromYuan, localTime, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { Entries, EntryRefused } from '@yajin/payment';
import type { PayEntry, PayOrder } from '@yajin/payment/entities';
import { BusinessError, conditions, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import type { EntryQuery } from './entries.dto.js';
import { PayParties } from './parties.js';
import { paging, time } from './present.js';

type EntryRow = Row<PayEntry> & Row<PayOrder, 'orderNo'> & { line: Console.Line; reversed_by: number | null };

const ENTRY = `
  SELECT e.*, o.order_no, o.line, r.id AS reversed_by FROM pay_entry e JOIN pay_order o ON o.id = e.order_id
  LEFT JOIN pay_entry r ON r.reverses = e.id AND r.state <> 'refused'`;

/** Entries by hand: why, by whom, and who agreed. */
@Injectable()
export class EntriesService {
  constructor(
    private readonly db: DataSource,
    private readonly entries: Entries,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly parties: PayParties,
  ) {}

  /** Newest first. */
  async list(query: EntryQuery): Promise<Console.PayEntryPage> {
    const { where, parameters } = conditions([['e.state = ?', query.state]]);
    const slice = `LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`;
    const found = await rows<EntryRow>(
      this.db,
      `${ENTRY} WHERE ${where} ORDER BY e.id DESC ${slice}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM pay_entry e WHERE ${where}`,
      parameters,
    );
    return { list: await this.presented(this.db, found), ...paging(query, total) };
  }

  /** @throws BusinessError 400, 404, 409 */
  propose(
    operator: Operator,
    { amount, ...entry }: Console.ProposePayEntry,
    key: IdempotencyKey | null,
  ): Promise<Console.PayEntry> {
    return this.change(operator, 'pay_entry.propose', key, (manager) =>
      this.entries.propose(manager, { ...entry, amountFen: fenFromYuan(amount) }, operator.username),
    );
  }

  /** @throws BusinessError 404, 409 */
  reverse(
    operator: Operator,
    id: number,
    said: Console.ReversePayEntry,
    key: IdempotencyKey | null,
  ): Promise<Console.PayEntry> {
    return this.change(operator, 'pay_entry.reverse', key, async (manager) => {
      await this.one(manager, id);
      return this.entries.reverse(manager, id, said, operator.username);
    });
  }

  /** @throws BusinessError 403 for who proposed it, 404, 409 */
  confirm(operator: Operator, id: number): Promise<Console.PayEntry> {
    return this.change(operator, 'pay_entry.confirm', null, async (manager) => {
      await this.one(manager, id);
      await this.entries.confirm(manager, id, operator.username);
      return id;
    });
  }

  /** @throws BusinessError 404, 409 */
  refuse(operator: Operator, id: number, note: string): Promise<Console.PayEntry> {
    return this.change(operator, 'pay_entry.refuse', null, async (manager) => {
      await this.one(manager, id);
      await this.entries.refuse(manager, id, operator.username, note);
      return id;
    });
  }

  private async change(
    operator: Operator,
    action: string,
    key: IdempotencyKey | null,
    change: (manager: EntityManager) => Promise<number>,
  ): Promise<Console.PayEntry> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        const entry = await this.one(manager, await change(manager));
        const { orderNo, debit, credit, amount, reason, evidence, reverses, note } = entry;
        await this.audit.record(manager, operator, {
          action,
          target: ['pay_entry', entry.id],
          after: { orderNo, debit, credit, amount, reason, evidence, reverses, note },
        });
        return entry;
      });
    } catch (error) {
      throw error instanceof EntryRefused ? refusal(error) : error;
    }
  }

  /** @throws BusinessError 404 */
  private async one(db: Database, id: number): Promise<Console.PayEntry> {
    const found = await rows<EntryRow>(db, `${ENTRY} WHERE e.id = $1`, [id]);
    const [entry] = await this.presented(db, found);
    if (!entry) throw new BusinessError(404, sentence('entry_unknown'));
    return entry;
  }

  private async presented(db: Database, found: EntryRow[]): Promise<Console.PayEntry[]> {
    const party = await this.parties.of(
      db,
      found.map(({ order_id: id, line }) => ({ id, line })),
    );
    return found.map((row) => present(row, party(row.order_id)));
  }
}

function refusal({ reason }: EntryRefused): BusinessError {
  switch (reason) {
    case 'accounts':
      return new BusinessError(409, sentence('entry_accounts'));
    case 'order':
      return new BusinessError(409, sentence('entry_order'));
    case 'sum':
      return new BusinessError(409, sentence('entry_too_much'));
    case 'state':
      return new BusinessError(409, sentence('entry_changed'));
    case 'same person':
      return new BusinessError(403, sentence('entry_same_person'));
    case 'reversed':
      return new BusinessError(409, sentence('entry_reversed'));
  }
}

function present(row: EntryRow, party: Console.PayParty): Console.PayEntry {
  return {
    id: row.id,
    line: row.line,
    orderNo: row.order_no,
    party,
    debit: row.debit,
    credit: row.credit,
    amount: yuanFromFen(fen(row.amount_fen)),
    reason: row.reason,
    evidence: row.evidence,
    state: row.state,
    reverses: row.reverses,
    reversedBy: row.reversed_by,
    proposedBy: row.proposed_by,
    proposedAt: localTime(row.proposed_at),
    decidedBy: row.decided_by,
    decidedAt: time(row.decided_at),
    note: row.note,
  };
}
