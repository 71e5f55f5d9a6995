import { Injectable } from '@nestjs/common';
import { Alerts, Clock, maybeRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { after, WITHDRAWAL_UNCONFIRMED } from './times.js';
import type { PayWithdrawal } from './entities/pay-withdrawal.entity.js';

const AT_ONCE = 20;

/** Somebody has confirmed that it arrived. */
export class WithdrawalArrived extends Error {
  override readonly name = 'WithdrawalArrived';
}

/** Those of a statement's day that nobody has said anything of, the oldest first. @param day a business date */
export async function openWithdrawals(db: Database, day: string): Promise<number[]> {
  const found = await rows<Row<PayWithdrawal, 'id'>>(
    db,
    `SELECT id FROM pay_withdrawal WHERE day = $1 AND state = 'waiting' ORDER BY id LIMIT 100`,
    [day],
  );
  return found.map(({ id }) => id);
}

/** What left a merchant's account for the bank: the bank tells us nothing, so a person looks whether it has arrived. */
@Injectable()
export class Withdrawals {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /**
   * Says whether it is at the bank, in the caller's transaction. One that is not can be said to have arrived later on; the books are not touched.
   * @param note the bank's reference, or what is known
   * @throws WithdrawalArrived
   */
  async decide(
    manager: EntityManager,
    id: number,
    by: string,
    arrived: boolean,
    note: string,
  ): Promise<void> {
    const decided = await maybeRow<Row<PayWithdrawal, 'gateway' | 'day' | 'amountFen'>>(
      manager,
      `UPDATE pay_withdrawal SET state = CASE WHEN $3::boolean THEN 'arrived' ELSE 'missing' END, note = $4, decided_by = $2, decided_at = $5,
         alerted_at = CASE WHEN $3 THEN alerted_at ELSE $5 END
       WHERE id = $1 AND state <> 'arrived' RETURNING gateway, day, amount_fen`,
      [id, by, arrived, note, this.clock.now()],
    );
    if (!decided) throw new WithdrawalArrived();
    if (arrived) await this.alerts.clear(keyOf(id), manager);
    else await this.raise(manager, { id, ...decided }, 'not at the bank, says somebody');
  }

  /** Tells people once of what nobody has confirmed for long. As often as wanted. */
  async tell(): Promise<void> {
    const now = this.clock.now();
    await this.db.transaction(async (manager) => {
      const late = await rows<Row<PayWithdrawal, 'id' | 'gateway' | 'day' | 'amountFen'>>(
        manager,
        `UPDATE pay_withdrawal SET alerted_at = $1 WHERE id IN (
           SELECT id FROM pay_withdrawal WHERE state <> 'arrived' AND alerted_at IS NULL AND at < $2 ORDER BY at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING id, gateway, day, amount_fen`,
        [now, after(now, -WITHDRAWAL_UNCONFIRMED), AT_ONCE],
      );
      for (const each of late) await this.raise(manager, each, 'nobody has confirmed it');
    });
  }

  private raise(
    within: EntityManager,
    { id, gateway, day, amount_fen: fen }: Row<PayWithdrawal, 'id' | 'gateway' | 'day' | 'amountFen'>,
    why: string,
  ): Promise<void> {
    return this.alerts.raise('withdrawal-unconfirmed', `${gateway} ${day}, ${fen} fen: ${why}`, {
      ...{ key: keyOf(id), params: { gateway, day }, within },
    });
  }
}

const keyOf = (id: number): string => `withdrawal:${id}`;
