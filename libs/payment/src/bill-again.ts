import { maybeRow, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { PayBill } from './entities/pay-bill.entity.js';

/**
 * Has a bill fetched at the next look, whatever it was to wait for; also one of a day of which there is none yet.
 * @param day a business date, `YYYY-MM-DD`
 * @returns false where it is due already
 */
export async function fetchBillAgain(
  manager: EntityManager,
  gateway: string,
  day: string,
  now: Date,
): Promise<boolean> {
  const moved = await maybeRow<Row<PayBill, 'gateway'>>(
    manager,
    `INSERT INTO pay_bill AS b (gateway, day, check_at) VALUES ($1, $2, $3)
     ON CONFLICT (gateway, day) DO UPDATE SET check_at = EXCLUDED.check_at WHERE b.check_at IS NULL OR b.check_at > EXCLUDED.check_at
     RETURNING b.gateway`,
    [gateway, day, now],
  );
  return moved !== null;
}
