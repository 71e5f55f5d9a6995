import { Injectable } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import type { PayOrder } from '@yajin/payment/entities';
import { rows, type Database, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { OrderParties } from '../system/index.js';

/** Enough of the blind index to tell payers apart, which is all that it is shown for. */
const MARK_LENGTH = 8;

const NOBODY: Omit<Console.PayParty, 'payer'> = {
  name: null,
  userId: null,
  memberId: null,
  about: null,
  aboutId: null,
};

/** Names who stands behind orders, and finds orders by them or by any of their numbers. */
@Injectable()
export class PayParties {
  constructor(
    private readonly db: DataSource,
    private readonly parties: OrderParties,
  ) {}

  /** Of one page of rows: a statement a line, and one for the payers. @returns the party by the order's id */
  async of(
    db: Database,
    orders: { id: number; line: string }[],
  ): Promise<(orderId: number) => Console.PayParty> {
    if (orders.length === 0) return () => ({ ...NOBODY, payer: null });
    const ids = [...new Set(orders.map(({ id }) => id))];
    const described = await this.parties.of(db, orders);
    const payers = await rows<Row<PayOrder, 'id' | 'payerIndex'>>(
      db,
      'SELECT id, payer_index FROM pay_order WHERE id = ANY($1)',
      [ids],
    );
    const marks = new Map(payers.map((row) => [row.id, row.payer_index?.slice(0, MARK_LENGTH) ?? null]));
    return (id) => {
      const { name, userId, memberId, about, aboutId } = described.get(id) ?? NOBODY;
      return { name, userId, memberId, about, aboutId, payer: marks.get(id) ?? null };
    };
  }

  /** As `of`, for rows that name an order by its number, or none. @returns the party, null where there is no such order */
  async ofNumbered(
    db: Database,
    numbers: readonly (string | null)[],
  ): Promise<(orderNo: string | null) => Console.PayParty | null> {
    const orders = await rows<Row<PayOrder, 'id' | 'line' | 'orderNo'>>(
      db,
      'SELECT id, line, order_no FROM pay_order WHERE order_no = ANY($1)',
      [[...new Set(numbers.filter((number) => number !== null))]],
    );
    const party = await this.of(db, orders);
    const ids = new Map<string | null, number>(orders.map((row) => [row.order_no, row.id]));
    return (orderNo) => {
      const id = ids.get(orderNo);
      return id === undefined ? null : party(id);
    };
  }

  /**
   * The orders that a keyword means: the whole of one of their numbers, whichever, or somebody's name.
   * @returns ids null where nothing is looked for; more: whether more are called so than are looked at
   */
  async looked(
    keyword: string | undefined,
    line: string | undefined,
  ): Promise<{ ids: number[] | null; more: boolean }> {
    if (!keyword) return { ids: null, more: false };
    const [numbered, called] = await Promise.all([
      this.numbered(keyword),
      this.parties.called(keyword, line ?? null),
    ]);
    return { ids: [...new Set([...numbered, ...called.ids])], more: called.more };
  }

  /** Nobody types a number in part. */
  private async numbered(number: string): Promise<number[]> {
    const found = await rows<{ id: number }>(
      this.db,
      `SELECT o.id FROM pay_order o WHERE o.order_no = $1
       UNION SELECT a.order_id FROM pay_attempt a WHERE a.out_trade_no = $1
       UNION SELECT a.order_id FROM pay_attempt a WHERE a.transaction_id = $1
       UNION SELECT r.order_id FROM pay_refund_attempt k JOIN pay_refund r ON r.id = k.refund_id WHERE k.out_refund_no = $1`,
      [number],
    );
    return found.map(({ id }) => id);
  }
}
