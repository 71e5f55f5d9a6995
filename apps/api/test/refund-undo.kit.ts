import type { Camp } from '@yajin/contract';
import type { MadeCamp } from '@yajin/testing/factories';
import type { Answer, TestApi } from '@yajin/testing/api';

export const MINUTE = 60_000;

export async function set(api: TestApi, key: string, value: string): Promise<void> {
  const { code, message } = await api.admin('PUT', '/api/admin/config', { key, value });
  if (code !== 200) throw new Error(`${key}: ${message}`);
}

export function approveAll(api: TestApi, refundIds: number[]): Promise<Answer<Camp.BatchApproval>> {
  return api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
}

export function reject(api: TestApi, id: number): Promise<Answer<Camp.RejectedRefund>> {
  return api.admin('POST', `/api/admin/refunds/${id}/reject`, { reason: '存在代打卡' });
}

export function undo(api: TestApi, id: number): Promise<Answer<Camp.UndoneRefund>> {
  return api.admin('POST', `/api/admin/refunds/${id}/undo`);
}

export function undoAll(api: TestApi, refundIds: number[]): Promise<Answer<Camp.UndoneRefunds>> {
  return api.admin('POST', '/api/admin/refunds/batch-undo', { refundIds });
}

/** How many refunds the kernel has of records, what is reserved of their payments and what is kept as income, in fen. */
export async function money(
  api: TestApi,
  camp: MadeCamp,
): Promise<{ refunds: number; reserved: number; income: number }> {
  const [found] = await api.rows<{ refunds: number; reserved: number; income: number }>(
    `SELECT (SELECT count(*) FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id WHERE r.order_id = ANY(o.ids))::int AS refunds,
       (SELECT sum(reserved_fen) FROM pay_attempt WHERE order_id = ANY(o.ids))::int AS reserved,
       (SELECT coalesce(sum(CASE WHEN credit = 'income' THEN amount_fen ELSE -amount_fen END), 0) FROM pay_ledger
        WHERE 'income' IN (debit, credit) AND order_id = ANY(o.ids))::int AS income
     FROM (SELECT array_agg(order_id) AS ids FROM camp_member WHERE camp_id = $1) AS o`,
    [camp.id],
  );
  return found!;
}
