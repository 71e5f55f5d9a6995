import { onlyRow, rows, type Database, type Row } from '@yajin/server';
import type { DataSource } from 'typeorm';
import type { PayerIds } from './payer-ids.js';
import type { PayNotification } from './entities/pay-notification.entity.js';

interface Table {
  name: string;
  key: string;
  keyType: string;
}
const ORDERS = { name: 'pay_order', key: 'id', keyType: 'bigint' };
const ATTEMPTS = { name: 'pay_attempt', key: 'out_trade_no', keyType: 'text' };
const UNSEALED = 'payer_id IS NOT NULL AND payer_index IS NULL';

/** Rows whose payer stands there in clear, from before ids were sealed. */
export async function unsealedPayers(db: Database): Promise<number> {
  const { left } = await onlyRow<{ left: number }>(
    db,
    `SELECT (SELECT count(*) FROM pay_order WHERE ${UNSEALED}) + (SELECT count(*) FROM pay_attempt WHERE ${UNSEALED}) AS left`,
  );
  return left;
}

/**
 * Seals up to `most` payers of each table, open attempts and all; rows that somebody is at are left for the next time.
 * @returns how many were sealed
 */
export async function sealPayers(db: DataSource, payers: PayerIds, most: number): Promise<number> {
  const orders = await sealSome(db, payers, ORDERS, most);
  return orders + (await sealSome(db, payers, ATTEMPTS, most));
}

function sealSome(
  db: DataSource,
  payers: PayerIds,
  { name, key, keyType }: Table,
  most: number,
): Promise<number> {
  return db.transaction(async (manager) => {
    const found = await rows<{ key: string; payer_id: string }>(
      manager,
      `SELECT ${key}::text AS key, payer_id FROM ${name} WHERE ${UNSEALED}
       LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`,
      [most],
    );
    if (found.length === 0) return 0;
    const kept = found.map((row) => payers.keep(row.payer_id));
    await rows(
      manager,
      `UPDATE ${name} t SET payer_id = s.payer_id, payer_index = s.payer_index
       FROM unnest($1::text[], $2::text[], $3::text[]) AS s (key, payer_id, payer_index) WHERE t.${key} = s.key::${keyType}`,
      [found.map((row) => row.key), kept.map((row) => row.payer_id), kept.map((row) => row.payer_index)],
    );
    return found.length;
  });
}

/**
 * Takes whoever paid out of an order, its attempts and what gateways told of it, in the caller's transaction, which holds the order's
 * row. Sums, numbers and times stay.
 */
export async function forgetPayer(manager: Database, orderId: number): Promise<void> {
  await rows(manager, `UPDATE pay_order SET payer_id = NULL, payer_index = NULL, attach = '' WHERE id = $1`, [
    orderId,
  ]);
  await rows(manager, 'UPDATE pay_attempt SET payer_id = NULL, payer_index = NULL WHERE order_id = $1', [
    orderId,
  ]);
  await rows(
    manager,
    `UPDATE pay_notification SET payload = '{}' WHERE subject_no IN (
       SELECT out_trade_no FROM pay_attempt WHERE order_id = $1
       UNION SELECT t.out_refund_no FROM pay_refund_attempt t JOIN pay_refund r ON r.id = t.refund_id WHERE r.order_id = $1)`,
    [orderId],
  );
}

/**
 * Takes people out of up to `most` notifications after the one with id `after`; what came since they are taken out on arrival stays
 * as it is.
 * @returns the last one gone over, null when there was none, and how many were changed
 */
export async function unnameNotifications(
  db: DataSource,
  payers: PayerIds,
  after: number,
  most: number,
): Promise<{ last: number | null; changed: number }> {
  const found = await rows<Row<PayNotification, 'id' | 'payload'>>(
    db,
    'SELECT id, payload FROM pay_notification WHERE id > $1 ORDER BY id LIMIT $2',
    [after, most],
  );
  const changed = found
    .map(({ id, payload }) => ({
      id,
      from: JSON.stringify(payload),
      to: JSON.stringify(payers.unnamed(payload, null)),
    }))
    .filter(({ from, to }) => from !== to);
  await rows(
    db,
    `UPDATE pay_notification n SET payload = s.payload::jsonb FROM unnest($1::bigint[], $2::text[]) AS s (id, payload) WHERE n.id = s.id`,
    [changed.map(({ id }) => id), changed.map(({ to }) => to)],
  );
  return { last: found.at(-1)?.id ?? null, changed: changed.length };
}
