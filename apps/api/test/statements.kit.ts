import { addDays, businessDate } from '@yajin/core';
import { api } from './gateways.kit.js';

/** Nothing of the days so far is read by itself; it is the day after at eleven. @returns the day that is over */
export async function tomorrow(): Promise<string> {
  const day = businessDate(api.clock.now());
  for (const table of ['pay_bill', 'pay_statement']) {
    await api.rows(
      `INSERT INTO ${table} (gateway, day) SELECT g, $1 FROM unnest(ARRAY['wechat-v3', 'wechat-v2', 'alipay']) AS g ON CONFLICT DO NOTHING`,
      [day],
    );
    await api.rows(`UPDATE ${table} SET check_at = NULL`);
  }
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  return day;
}

/** What a day's statement was found to differ in, whatever has become of it. */
export const accountDifferences = (gateway: string, day: string) =>
  api.rows<{ kind: string; state: string; decision: string | null }>(
    `SELECT kind, state, decision FROM pay_difference WHERE gateway = $1 AND day = $2 AND kind LIKE 'account%' ORDER BY kind, id`,
    [gateway, day],
  );
