import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { businessDate } from '@yajin/core';
import { Alerts, Clock, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { GatewayError, type BillRow } from './gateway.js';
import type { KernelAlert } from './kernel-alert.js';
import { MAX_ROWS, nextReading, noteUnread, PAID_ON, WAS_NOT_EMPTY, whyUnread } from './day-files.js';
import { Gateways } from './gateways.js';
import { BILL_WAITS } from './times.js';
import type { PayBill } from './entities/pay-bill.entity.js';

type Kept = Row<PayBill, 'checkAt' | 'failures' | 'hash' | 'rowCount'>;

/** Gateways' bills as they were read last. What cannot be read whole changes nothing of what was. */
@Injectable()
export class Bills {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly alerts: Alerts<KernelAlert>,
  ) {}

  /** The gateways that have bills. */
  get names(): string[] {
    return this.gateways.names.filter((name) => this.gateways.get(name).downloadBill !== undefined);
  }

  /**
   * Fetches the bill of a business date and keeps it, or says of the one that was kept why it could not be.
   * @returns whether it is there, whole
   */
  async fetch(gateway: string, day: string): Promise<boolean> {
    await rows(this.db, 'INSERT INTO pay_bill (gateway, day) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      gateway,
      day,
    ]);
    try {
      const bill = (await this.gateways.get(gateway).downloadBill?.(day)) ?? [];
      requireOfDay(bill, day);
      return await this.db.transaction((manager) => this.keep(manager, gateway, day, bill));
    } catch (error) {
      await this.failed(gateway, day, whyUnread(error));
      return false;
    }
  }

  /**
   * An empty bill of a day on which we were paid is one that is late, until it has stayed empty for long. One that was read with something
   * in it, such as of a day for which the gateway keeps none any more, is never believed to be empty.
   */
  private async keep(
    manager: EntityManager,
    gateway: string,
    day: string,
    bill: BillRow[],
  ): Promise<boolean> {
    const kept = await onlyRow<Kept & { busy: boolean }>(
      manager,
      `SELECT check_at, failures, hash, row_count, ${PAID_ON('b')} AS busy
       FROM pay_bill b WHERE gateway = $1 AND day = $2 FOR UPDATE`,
      [gateway, day],
    );
    const late = kept.busy && kept.failures < BILL_WAITS.emptyAfter;
    if (bill.length === 0 && (kept.row_count > 0 || late)) {
      const reason = kept.row_count > 0 ? WAS_NOT_EMPTY : 'empty, and we were paid that day';
      await this.failed(gateway, day, { state: 'waiting', reason }, manager);
      return false;
    }
    const text = JSON.stringify(bill);
    const hash = createHash('sha256').update(text).digest('hex');
    if (hash !== kept.hash) await this.replace(manager, gateway, day, text);
    await rows(
      manager,
      `UPDATE pay_bill b SET state = CASE WHEN said.row_count = 0 THEN 'none' ELSE 'complete' END, reason = NULL, hash = $3,
         row_count = said.row_count, paid_fen = said.paid_fen, refunded_fen = said.refunded_fen, fee_fen = said.fee_fen,
         reads = reads + 1, failures = 0, read_at = $4, check_at = $5, matched_at = CASE WHEN hash = $3 THEN matched_at END
       FROM (SELECT count(*)::int AS row_count, coalesce(sum(amount_fen) FILTER (WHERE entry = 'payment'), 0)::bigint AS paid_fen,
               coalesce(sum(amount_fen) FILTER (WHERE entry = 'refund'), 0)::bigint AS refunded_fen,
               sum(CASE entry WHEN 'payment' THEN fee_fen ELSE -abs(fee_fen) END)::bigint AS fee_fen
             FROM pay_bill_row WHERE gateway = $1 AND day = $2) AS said
       WHERE b.gateway = $1 AND b.day = $2`,
      [gateway, day, hash, this.clock.wall(), nextReading(day, kept.check_at, this.clock.now())],
    );
    return true;
  }

  private async replace(manager: EntityManager, gateway: string, day: string, text: string): Promise<void> {
    await rows(manager, 'DELETE FROM pay_bill_row WHERE gateway = $1 AND day = $2', [gateway, day]);
    await rows(
      manager,
      `INSERT INTO pay_bill_row (gateway, day, row_no, entry, at, out_trade_no, transaction_id, out_refund_no, gateway_refund_id, amount_fen, fee_fen)
       SELECT $1, $2, said.no, said.row ->> 'kind', (said.row ->> 'at')::timestamptz, said.row ->> 'outTradeNo', said.row ->> 'transactionId',
         said.row ->> 'outRefundNo', said.row ->> 'gatewayRefundId', (said.row ->> 'amountFen')::bigint, (said.row ->> 'feeFen')::bigint
       FROM jsonb_array_elements($3::jsonb) WITH ORDINALITY AS said (row, no)`,
      [gateway, day, text],
    );
  }

  private async failed(
    gateway: string,
    day: string,
    why: ReturnType<typeof whyUnread>,
    db: DataSource | EntityManager = this.db,
  ): Promise<void> {
    if (await noteUnread(db, 'pay_bill', [gateway, day], why, this.clock.now()))
      await this.alerts.raise('bill-unreadable', `${gateway} ${day}: ${why.reason}`, {
        key: `bill:${gateway}:${day}`,
        params: { gateway, day },
        within: db,
      });
  }
}

/** @throws GatewayError for another day's bill, or one that is too long */
function requireOfDay(bill: BillRow[], day: string): void {
  if (bill.length > MAX_ROWS) throw new GatewayError('unknown', 'BROKEN_BILL', `账单超过 ${MAX_ROWS} 行`);
  if (bill.some(({ kind, at }) => kind === 'payment' && businessDate(at) !== day))
    throw new GatewayError('unknown', 'BROKEN_BILL', '账单含另一日的交易');
}
