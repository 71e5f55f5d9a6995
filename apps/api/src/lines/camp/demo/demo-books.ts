import { Injectable } from '@nestjs/common';
import { addDays, instantOf } from '@yajin/core';
import {
  Closes,
  openDifferences,
  openWithdrawals,
  Reconciliation,
  StatementMatching,
  takeDifference,
  Withdrawals,
  type PayAttemptView,
} from '@yajin/payment';
import { maybeRow, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { DemoSandbox } from '../../../demo/index.js';
import { Audit } from '../../../system/index.js';
import { DemoActions } from './demo-actions.js';

const ACCOUNTANT = 'finance1';
const MORNINGS = 31;
const MORNING = '11:05';
/** The day before today by so many, whose bill differs; it and those after it are still to be closed. */
const DIFFERS = 3;
const CHANNEL = 'wechat-v3';
/** On such days, counted as `after` is, so much goes to the bank, in fen; of the first the accountant has seen that it arrived. */
const WITHDRAWN: ReadonlyMap<number, number> = new Map([
  [-7, 80_000],
  [1, 60_000],
]);
const STRANGER = { number: 'SHOP20260417000187', fen: 12_800 };

/** How the books are kept in the demo: each morning of a month the bills are read, and days are closed that are seen to. */
@Injectable()
export class DemoBooks {
  constructor(
    private readonly db: DataSource,
    private readonly sandbox: DemoSandbox,
    private readonly actions: DemoActions,
    private readonly audit: Audit,
    private readonly reconciliation: Reconciliation,
    private readonly statements: StatementMatching,
    private readonly withdrawals: Withdrawals,
    private readonly closes: Closes,
  ) {}

  mornings(today: string, now: Date): { at: Date; happen: () => Promise<void> }[] {
    return Array.from({ length: MORNINGS }, (_, index) => index + 1 - MORNINGS)
      .map((offset) => {
        const day = addDays(today, offset - 1);
        return {
          at: instantOf(addDays(today, offset), MORNING),
          happen: () => this.morning(day, offset - 1 + DIFFERS),
        };
      })
      .filter(({ at }) => at <= now);
  }

  /** @param after days after the one whose bill differs; negative before it */
  private async morning(day: string, after: number): Promise<void> {
    if (after === 0) await this.plant(day);
    await this.withdraw(day, WITHDRAWN.get(after) ?? 0);
    for await (const reading of this.reconciliation.readRange(day, day))
      if (!reading.read) throw new Error(`demo data: no bill of ${reading.gateway} of ${day}`);
    for await (const reading of this.statements.readRange(day, day))
      if (!reading.read) throw new Error(`demo data: no statement of ${reading.gateway} of ${day}`);
    if (after < 0) await this.confirm(day);
    if (after === 0) await this.take(day);
    if (after < 0) await this.close(day);
  }

  /** The bill has a payment of another shop's, and says another sum of the last one of ours, if there is one that day. */
  private async plant(day: string): Promise<void> {
    const ours = await maybeRow<Row<PayAttemptView, 'outTradeNo' | 'amountFen'>>(
      this.db,
      `SELECT a.out_trade_no, a.amount_fen
       FROM camp_member m JOIN pay_order_view o ON o.id = m.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
       WHERE a.paid_at >= $1 AND a.paid_at < $2 ORDER BY a.paid_at DESC LIMIT 1`,
      [instantOf(day), instantOf(addDays(day, 1))],
    );
    const at = instantOf(day, '15:20').getTime();
    const second = ours
      ? { change: 'amount', number: ours.out_trade_no, fen: ours.amount_fen + 1 }
      : { change: 'add', ...STRANGER, outRefundNo: `${STRANGER.number}-R`, fen: 3_000, at: at + 3_600_000 };
    await this.sandbox.post('/bills', {
      channel: CHANNEL,
      changes: [{ change: 'add', ...STRANGER, at }, second],
    });
  }

  private async withdraw(day: string, fen: number): Promise<void> {
    if (fen === 0) return;
    const movements = [{ kind: 'withdrawal', fen, at: instantOf(day, '17:30').getTime() }];
    await this.sandbox.post('/statements', { channel: CHANNEL, movements });
  }

  /** What was withdrawn is at the bank. */
  private async confirm(day: string): Promise<void> {
    const actor = await this.actions.actor(ACCOUNTANT);
    for (const id of await openWithdrawals(this.db, day))
      await this.db.transaction(async (manager) => {
        const note = `银行回单 ${day.replaceAll('-', '')}0317`;
        await this.withdrawals.decide(manager, id, ACCOUNTANT, true, note);
        await this.audit.record(manager, actor, {
          action: 'withdrawal.confirm',
          target: ['withdrawal', id],
          after: { day, arrived: true, note },
        });
      });
  }

  private async take(day: string): Promise<void> {
    const [id] = await openDifferences(this.db, day);
    if (id === undefined) return;
    const actor = await this.actions.actor(ACCOUNTANT);
    await this.db.transaction(async (manager) => {
      await takeDifference(manager, id, ACCOUNTANT);
      await this.audit.record(manager, actor, { action: 'difference.take', target: ['difference', id] });
    });
  }

  private async close(day: string): Promise<void> {
    const actor = await this.actions.actor(ACCOUNTANT);
    await this.db.transaction(async (manager) => {
      await this.closes.close(manager, day, ACCOUNTANT, null);
      await this.audit.record(manager, actor, { action: 'pay_close.close', target: ['pay_close', day] });
    });
  }
}
