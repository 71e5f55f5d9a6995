import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { businessDate } from '@yajin/core';
import { Alerts, Clock, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { chainOf } from './balance-chain.rules.js';
import { MAX_ROWS, nextReading, noteUnread, PAID_ON, WAS_NOT_EMPTY, whyUnread } from './day-files.js';
import { GatewayError, type Movement } from './gateway.js';
import { Gateways } from './gateways.js';
import type { KernelAlert } from './kernel-alert.js';
import { BILL_WAITS } from './times.js';
import type { PayStatement } from './entities/pay-statement.entity.js';

type Kept = Row<PayStatement, 'checkAt' | 'failures' | 'hash' | 'rowCount'>;

/** Statements of the merchant's account as they were read last. What cannot be read whole changes nothing of what was. */
@Injectable()
export class Statements {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /** The gateways that have statements. */
  get names(): string[] {
    return this.gateways.names.filter((name) => this.gateways.get(name).downloadStatement !== undefined);
  }

  /**
   * Fetches the statement of a business date and keeps it, or says of the one that was kept why it could not be.
   * @returns whether it is there, whole
   */
  async fetch(gateway: string, day: string): Promise<boolean> {
    await rows(this.db, 'INSERT INTO pay_statement (gateway, day) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      gateway,
      day,
    ]);
    try {
      const movements = (await this.gateways.get(gateway).downloadStatement?.(day)) ?? [];
      requireOfDay(movements, day);
      return await this.db.transaction((manager) => this.keep(manager, gateway, day, movements));
    } catch (error) {
      await this.failed(gateway, day, whyUnread(error));
      return false;
    }
  }

  /**
   * An empty one of a day whose bill is not empty, or on which we were paid, is late, until it has stayed empty for long. What moved once
   * moved: no gateway takes that back by having nothing any more, as of days that are long ago.
   */
  private async keep(
    manager: EntityManager,
    gateway: string,
    day: string,
    movements: Movement[],
  ): Promise<boolean> {
    const kept = await onlyRow<Kept & { busy: boolean }>(
      manager,
      `SELECT check_at, failures, hash, row_count, EXISTS (
         SELECT FROM pay_bill b WHERE b.gateway = s.gateway AND b.day = s.day AND b.row_count > 0) OR ${PAID_ON('s')} AS busy
       FROM pay_statement s WHERE gateway = $1 AND day = $2 FOR UPDATE`,
      [gateway, day],
    );
    const late = kept.busy && kept.failures < BILL_WAITS.emptyAfter;
    if (movements.length === 0 && (kept.row_count > 0 || late)) {
      const reason = kept.row_count > 0 ? WAS_NOT_EMPTY : 'empty, and the day was not';
      await this.failed(gateway, day, { state: 'waiting', reason }, manager);
      return false;
    }
    const text = JSON.stringify(movements);
    const hash = createHash('sha256').update(text).digest('hex');
    if (hash !== kept.hash) await this.replace(manager, gateway, day, text);
    const { openingFen, closingFen } = chainOf(movements);
    await rows(
      manager,
      `UPDATE pay_statement s SET state = CASE WHEN said.row_count = 0 THEN 'none' ELSE 'complete' END, reason = NULL, hash = $3,
         row_count = said.row_count, in_fen = said.in_fen, out_fen = said.out_fen, payment_fen = said.payment_fen, refund_fen = said.refund_fen,
         fee_fen = said.fee_fen, withdrawal_fen = said.withdrawal_fen, other_fen = said.other_fen, opening_fen = $6, closing_fen = $7,
         reads = reads + 1, failures = 0, read_at = $4, check_at = $5
       FROM (SELECT count(*)::int AS row_count, coalesce(sum(amount_fen) FILTER (WHERE amount_fen > 0), 0)::bigint AS in_fen,
               coalesce(-sum(amount_fen) FILTER (WHERE amount_fen < 0), 0)::bigint AS out_fen,
               coalesce(sum(amount_fen) FILTER (WHERE kind = 'payment'), 0)::bigint AS payment_fen,
               coalesce(sum(amount_fen) FILTER (WHERE kind = 'refund'), 0)::bigint AS refund_fen,
               coalesce(-sum(amount_fen) FILTER (WHERE kind IN ('fee', 'fee_returned')), 0)::bigint AS fee_fen,
               coalesce(sum(amount_fen) FILTER (WHERE kind = 'withdrawal'), 0)::bigint AS withdrawal_fen,
               coalesce(sum(amount_fen) FILTER (WHERE kind = 'other'), 0)::bigint AS other_fen
             FROM pay_movement WHERE gateway = $1 AND day = $2) AS said
       WHERE s.gateway = $1 AND s.day = $2`,
      [
        ...[gateway, day, hash, this.clock.wall(), nextReading(day, kept.check_at, this.clock.now())],
        ...[openingFen, closingFen],
      ],
    );
    return true;
  }

  private async replace(manager: EntityManager, gateway: string, day: string, text: string): Promise<void> {
    await rows(manager, 'DELETE FROM pay_movement WHERE gateway = $1 AND day = $2', [gateway, day]);
    await rows(
      manager,
      `INSERT INTO pay_movement (gateway, day, row_no, kind, said, at, flow_no, gateway_no, our_no, amount_fen, balance_fen)
       SELECT $1, $2, said.no, said.row ->> 'kind', said.row ->> 'said', (said.row ->> 'at')::timestamptz, said.row ->> 'flowNo',
         said.row ->> 'gatewayNo', said.row ->> 'ourNo', (said.row ->> 'amountFen')::bigint, (said.row ->> 'balanceFen')::bigint
       FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS said (row, no)`,
      [gateway, day, text],
    );
    await keepWithdrawals(manager, gateway, day);
  }

  private async failed(
    gateway: string,
    day: string,
    why: ReturnType<typeof whyUnread>,
    db: DataSource | EntityManager = this.db,
  ): Promise<void> {
    if (await noteUnread(db, 'pay_statement', [gateway, day], why, this.clock.now()))
      await this.alerts.raise('statement-unreadable', `${gateway} ${day}: ${why.reason}`, {
        key: `statement:${gateway}:${day}`,
        params: { gateway, day },
        within: db,
      });
  }
}

/** What a person said of one stays, unless it was another sum; one that was never there after all, and has not arrived, is gone. */
async function keepWithdrawals(manager: EntityManager, gateway: string, day: string): Promise<void> {
  await rows(
    manager,
    `INSERT INTO pay_withdrawal AS w (gateway, flow_no, day, at, said, gateway_no, amount_fen)
     SELECT gateway, flow_no, day, at, said, gateway_no, -amount_fen FROM pay_movement
     WHERE gateway = $1 AND day = $2 AND kind = 'withdrawal' AND amount_fen < 0
     ON CONFLICT (gateway, day, flow_no) DO UPDATE SET amount_fen = EXCLUDED.amount_fen, at = EXCLUDED.at, state = 'waiting', note = NULL,
       decided_by = NULL, decided_at = NULL, alerted_at = NULL
     WHERE w.amount_fen <> EXCLUDED.amount_fen`,
    [gateway, day],
  );
  await rows(
    manager,
    `DELETE FROM pay_withdrawal w WHERE w.gateway = $1 AND w.day = $2 AND w.state <> 'arrived' AND NOT EXISTS (
       SELECT FROM pay_movement m WHERE m.gateway = w.gateway AND m.day = w.day AND m.flow_no = w.flow_no)`,
    [gateway, day],
  );
}

const broken = (what: string): GatewayError => new GatewayError('unknown', 'BROKEN_STATEMENT', what);

/** @throws GatewayError for another day's statement, one that repeats itself, or one that is too long */
function requireOfDay(movements: Movement[], day: string): void {
  if (movements.length > MAX_ROWS) throw broken(`资金账单超过 ${MAX_ROWS} 行`);
  if (movements.some(({ at }) => businessDate(at) !== day)) throw broken('资金账单含另一日的资金变动');
  if (new Set(movements.map(({ flowNo }) => flowNo)).size < movements.length)
    throw broken('资金账单中有重复的资金流水单号');
}
