import { Injectable } from '@nestjs/common';
import { fen, type Fen } from '@yajin/core';
import { Clock, maybeRow, onlyRow, rows, type Row } from '@yajin/server';
import { QueryFailedError, type EntityManager } from 'typeorm';
import { post } from './ledger.js';
import type { EntryAccount, PayEntry } from './entities/pay-entry.entity.js';

/**
 * Between which accounts people may post. Money without a home is assigned or refunded, people's balances are paid out, and a surplus goes
 * back by itself: each of these is tied to more than its account.
 */
export const ENTRY_ACCOUNTS = [
  'clearing',
  'deposit',
  'outside',
  'receivable',
  'income',
] as const satisfies readonly EntryAccount[];

/**
 * - `accounts`: not between these: what is paid and refunded is the gateway's to report
 * - `order`: there is none, or its money is no deposit
 * - `sum`: more than is left of the deposit, or than was taken out of it
 * - `state`: decided before
 * - `same person`: who proposed it cannot post it
 * - `reversed`: another entry takes it back, or is proposed to
 */
export type EntryReason = 'accounts' | 'order' | 'sum' | 'state' | 'same person' | 'reversed';

export class EntryRefused extends Error {
  override readonly name = 'EntryRefused';
  constructor(readonly reason: EntryReason) {
    super(`entry refused: ${reason}`);
  }
}

export interface NewEntry {
  orderNo: string;
  debit: EntryAccount;
  credit: EntryAccount;
  amountFen: Fen;
  reason: string;
  evidence: string;
}

type EntryRow = Row<PayEntry>;

/** Entries by hand, in the caller's transaction: proposed by one person, posted by another, taken back by another entry only. */
@Injectable()
export class Entries {
  constructor(private readonly clock: Clock) {}

  /** @returns its id. @throws EntryRefused */
  async propose(manager: EntityManager, entry: NewEntry, by: string): Promise<number> {
    const { debit, credit, orderNo } = entry;
    if (!mayPost(debit, credit)) throw new EntryRefused('accounts');
    const order = await maybeRow<{ id: number }>(manager, 'SELECT id FROM pay_order WHERE order_no = $1', [
      orderNo,
    ]);
    if (!order) throw new EntryRefused('order');
    if (debit === 'deposit' || credit === 'deposit') await requireDeposit(manager, order.id);
    return this.insert(manager, { ...entry, orderId: order.id, reverses: null }, by);
  }

  /** Proposes to take a posted entry back. @returns its id. @throws EntryRefused */
  async reverse(
    manager: EntityManager,
    id: number,
    said: { reason: string; evidence: string },
    by: string,
  ): Promise<number> {
    const entry = await hold(manager, id);
    if (entry?.state !== 'posted') throw new EntryRefused('state');
    const before = await maybeRow(
      manager,
      `SELECT 1 FROM pay_entry WHERE reverses = $1 AND state <> 'refused'`,
      [id],
    );
    if (before) throw new EntryRefused('reversed');
    const swapped = { debit: entry.credit, credit: entry.debit, amountFen: fen(entry.amount_fen) };
    return this.insert(manager, { ...swapped, ...said, orderId: entry.order_id, reverses: id }, by);
  }

  /** Posts it. @throws EntryRefused (roll back) */
  async confirm(manager: EntityManager, id: number, by: string): Promise<void> {
    const entry = await hold(manager, id);
    if (entry?.state !== 'proposed') throw new EntryRefused('state');
    if (entry.proposed_by === by) throw new EntryRefused('same person');
    const { debit, credit, order_id: orderId } = entry;
    if (debit === 'deposit' || credit === 'deposit') await requireDeposit(manager, orderId);
    await this.decide(manager, id, 'posted', by, null);
    const posting = { source: `entry:${id}`, debit, credit, amountFen: fen(entry.amount_fen), orderId };
    try {
      await post(manager, [posting], this.clock.now());
    } catch (error) {
      if (isOverdrawn(error)) throw new EntryRefused('sum');
      throw error;
    }
  }

  /** Refuses it, or takes back what oneself has proposed. @throws EntryRefused */
  async refuse(manager: EntityManager, id: number, by: string, note: string): Promise<void> {
    const entry = await hold(manager, id);
    if (entry?.state !== 'proposed') throw new EntryRefused('state');
    await this.decide(manager, id, 'refused', by, note);
  }

  private async insert(
    manager: EntityManager,
    entry: Omit<NewEntry, 'orderNo'> & { orderId: number; reverses: number | null },
    by: string,
  ): Promise<number> {
    const { id } = await onlyRow<Row<PayEntry, 'id'>>(
      manager,
      `INSERT INTO pay_entry (order_id, debit, credit, amount_fen, reason, evidence, reverses, proposed_by, proposed_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`,
      [
        entry.orderId,
        entry.debit,
        entry.credit,
        entry.amountFen,
        entry.reason,
        entry.evidence,
        entry.reverses,
        by,
        this.clock.now(),
      ],
    );
    return id;
  }

  private async decide(
    manager: EntityManager,
    id: number,
    state: 'posted' | 'refused',
    by: string,
    note: string | null,
  ): Promise<void> {
    await rows(
      manager,
      'UPDATE pay_entry SET state = $2, decided_by = $3, decided_at = $4, note = $5 WHERE id = $1',
      [id, state, by, this.clock.now(), note],
    );
  }
}

function mayPost(debit: EntryAccount, credit: EntryAccount): boolean {
  const pair = [debit, credit];
  return debit !== credit && !(pair.includes('clearing') && pair.includes('deposit'));
}

/** The order first, then its payment, as everywhere. @throws EntryRefused */
async function requireDeposit(manager: EntityManager, orderId: number): Promise<void> {
  const held = await maybeRow(
    manager,
    `SELECT 1 FROM pay_order o JOIN pay_attempt a ON a.out_trade_no = o.paid_with
     WHERE o.id = $1 AND o.status = 'paid' AND a.held_in = 'deposit' FOR NO KEY UPDATE OF o`,
    [orderId],
  );
  if (!held) throw new EntryRefused('order');
}

function hold(manager: EntityManager, id: number): Promise<EntryRow | null> {
  return maybeRow<EntryRow>(manager, 'SELECT * FROM pay_entry WHERE id = $1 FOR UPDATE', [id]);
}

/** The payment's `CHECK`s: neither more than is there is moved, nor more than was moved comes back. */
function isOverdrawn(error: unknown): boolean {
  return error instanceof QueryFailedError && (error.driverError as { code?: unknown }).code === '23514';
}
