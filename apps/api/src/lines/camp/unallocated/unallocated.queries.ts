import { Injectable } from '@nestjs/common';
import { fen, localTime, yuanFromFen } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { PayAttemptView, PayOrderView } from '@yajin/payment';
import { conditions, onlyRow, rows, type Row } from '@yajin/server';
import { DataSource } from 'typeorm';
import { OrderParties } from '../../../system/index.js';
import { CampOptions, LINE } from '../camp.options.js';
import { PLANET_NAME } from '../member/member.row.js';
import type { CampUnallocated } from './camp-unallocated.entity.js';
import type { UnallocatedQuery } from './unallocated.dto.js';
import { mismatchCode } from './unallocated.rules.js';

export type UnallocatedRow = Row<CampUnallocated, 'id' | 'orderId' | 'campId' | 'reason' | 'createdAt'> &
  Row<PayAttemptView, 'outTradeNo' | 'amountFen'> &
  Row<PayOrderView, 'orderNo'> & {
    camp_name: string | null;
    status: Camp.UnallocatedStatus;
    transaction_id: string;
    paid_at: Date;
  };

type ListedRow = UnallocatedRow & { member: Camp.NamedMember | null; payer_member: Camp.NamedMember | null };

/** Where each one stands: decided by a manager, and for a refund as far as the money has come. */
export const UNALLOCATED = `
  SELECT u.*, o.order_no, c.name AS camp_name, a.out_trade_no, a.transaction_id, a.amount_fen, a.paid_at,
    CASE WHEN u.decision IS NULL THEN 'pending' WHEN u.decision = 'assigned' THEN 'assigned'
         WHEN r.refund_status = 'success' THEN 'refunded' ELSE 'refunding' END AS status
  FROM camp_unallocated u JOIN pay_order_view o ON o.id = u.order_id JOIN pay_attempt_view a ON a.out_trade_no = o.paid_with
    AND a.transaction_id IS NOT NULL AND a.paid_at IS NOT NULL
  LEFT JOIN camp c ON c.id = u.camp_id LEFT JOIN camp_refund r ON r.source = 'unallocated:' || u.order_id`;

/** Members `m` as `NamedMember`. */
const NAMED = `json_build_object('id', m.id, 'name', coalesce(${PLANET_NAME}, m.filled_planet_nickname), 'campId', k.id, 'campName', k.name)
  FROM camp_member m JOIN camp k ON k.id = m.camp_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref`;

/** Money that fits no camp, as operators look through it. */
@Injectable()
export class UnallocatedQueries {
  constructor(
    private readonly db: DataSource,
    private readonly options: CampOptions,
    private readonly parties: OrderParties,
  ) {}

  /** Newest first. */
  async list(query: UnallocatedQuery): Promise<Camp.UnallocatedPage> {
    const looked = query.keyword ? await this.looked(query.keyword) : null;
    const { where, parameters } = conditions([
      ['u.status = ?', query.status],
      ['u.id = ANY(?)', looked?.ids ?? null],
    ]);
    const found = await rows<ListedRow>(
      this.db,
      `SELECT u.*, (SELECT ${NAMED} WHERE m.order_id = u.order_id) AS member,
         (SELECT ${NAMED} JOIN pay_order_view o ON o.id = m.order_id
          WHERE o.status = 'paid' AND o.payer_index = (SELECT payer_index FROM pay_order_view WHERE id = u.order_id)
            AND o.id <> u.order_id ORDER BY o.id DESC LIMIT 1) AS payer_member
       FROM (${UNALLOCATED}) AS u WHERE ${where} ORDER BY u.id DESC
       LIMIT ${query.pageSize} OFFSET ${(query.page - 1) * query.pageSize}`,
      parameters,
    );
    const { total } = await onlyRow<{ total: number }>(
      this.db,
      `SELECT count(*) AS total FROM (${UNALLOCATED}) AS u WHERE ${where}`,
      parameters,
    );
    return { list: found.map(present), more: looked?.more ?? false, ...this.options.page(query, total) };
  }

  /** By the whole of a number, or by who is called so: what became theirs, and what the same payer paid. */
  private async looked(keyword: string): Promise<{ ids: number[]; more: boolean }> {
    const called = await this.parties.called(keyword, LINE);
    const found = await rows<Row<CampUnallocated, 'id'>>(
      this.db,
      `SELECT u.id FROM (${UNALLOCATED}) AS u WHERE $1 IN (u.order_no, u.out_trade_no, u.transaction_id) OR u.order_id = ANY($2)
         OR (SELECT payer_index FROM pay_order_view WHERE id = u.order_id) IN (
           SELECT o.payer_index FROM pay_order_view o WHERE o.id = ANY($2) AND o.status = 'paid' AND o.payer_index IS NOT NULL)`,
      [keyword, called.ids],
    );
    return { ids: found.map(({ id }) => id), more: called.more };
  }
}

function present(row: ListedRow): Camp.UnallocatedPayment {
  return {
    id: row.id,
    status: row.status,
    outTradeNo: row.out_trade_no,
    transactionId: row.transaction_id,
    amount: yuanFromFen(fen(row.amount_fen)),
    payTime: localTime(row.paid_at),
    campId: row.camp_id,
    campName: row.camp_name,
    reason: row.reason,
    reasonCode: mismatchCode(row.reason),
    orderNo: row.order_no,
    member: row.member,
    payerMember: row.payer_member,
    createdAt: localTime(row.created_at),
  };
}
