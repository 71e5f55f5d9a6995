import { onlyRow, rows, type Alerts, type Row } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import type { Difference } from './match.rules.js';
import type { PayDifference } from './entities/pay-difference.entity.js';

/** So many are kept of a reading; the rest by the next one, once people have decided about these. */
const MAX_DIFFERENCES = 5000;
/** SQL: whether `d` is open again with what was found: it was explained, or decided upon with other sums. */
const AGAIN = `(d.decision = 'explained' OR (d.decision IS NOT NULL AND (d.ours_fen, d.theirs_fen) IS DISTINCT FROM (EXCLUDED.ours_fen, EXCLUDED.theirs_fen)))`;

/** What a reading found, of a gateway's day. */
interface Reading {
  gateway: string;
  day: string;
  /** Each finds kinds of its own, and explains no other's. */
  by: 'bill' | 'statement';
  found: readonly Difference[];
  /** Trades of which nobody knows just now whether they differ: nothing about them is explained. */
  unclear: ReadonlySet<string>;
}

export interface Kept {
  /** That nobody had found before, or nobody has decided about as it is now. */
  fresh: number;
  /** Of the day, by this kind of reading. */
  open: number;
}

/**
 * Found once, however often it is read; what is found no more has been explained. What a person resolved stays resolved, unless the sums
 * are others by now, of which that person knew nothing.
 */
export async function keepDifferences(manager: EntityManager, reading: Reading, now: Date): Promise<Kept> {
  const { gateway, day, found, unclear } = reading;
  const all = new Map(found.map((each) => [each.key, each]));
  const known = await rows<Row<PayDifference, 'key' | 'decision'>>(
    manager,
    'SELECT key, decision FROM pay_difference WHERE gateway = $1 AND key = ANY ($2)',
    [gateway, [...all.keys()]],
  );
  const before = new Map(known.map(({ key, decision }) => [key, decision]));
  const byPeople = (key: string): boolean => (before.get(key) ?? 'explained') !== 'explained';
  const most = [...all.values()]
    .filter(({ key }) => all.size <= MAX_DIFFERENCES || !byPeople(key))
    .slice(0, MAX_DIFFERENCES);
  const ofStatement = reading.by === 'statement';
  const kept = await rows<Row<PayDifference, 'key' | 'state'>>(
    manager,
    `INSERT INTO pay_difference AS d (gateway, day, key, kind, out_trade_no, out_refund_no, transaction_id, flow_no, ours_fen, theirs_fen, found_at)
     SELECT $1, $2, f ->> 'key', f ->> 'kind', f ->> 'outTradeNo', f ->> 'outRefundNo', f ->> 'transactionId', f ->> 'flowNo',
       (f ->> 'oursFen')::bigint, (f ->> 'theirsFen')::bigint, $4 FROM jsonb_array_elements($3::jsonb) AS f ORDER BY f ->> 'key'
     ON CONFLICT (gateway, key) DO UPDATE SET ours_fen = EXCLUDED.ours_fen, theirs_fen = EXCLUDED.theirs_fen,
       -- What the account moved once more later is that day's: only a reading of it can say that it is explained.
       day = CASE WHEN starts_with(d.kind, 'account_') THEN EXCLUDED.day ELSE d.day END,
       state = CASE WHEN ${AGAIN} THEN 'open' ELSE d.state END,
       resolved_by = CASE WHEN ${AGAIN} THEN NULL ELSE d.resolved_by END,
       resolved_at = CASE WHEN ${AGAIN} THEN NULL ELSE d.resolved_at END,
       decision = CASE WHEN ${AGAIN} THEN NULL ELSE d.decision END,
       note = CASE WHEN ${AGAIN} THEN NULL ELSE d.note END
     RETURNING d.key, d.state`,
    [gateway, day, JSON.stringify(most), now],
  );
  await rows(
    manager,
    `UPDATE pay_difference SET state = 'resolved', decision = 'explained', resolved_by = 'system', resolved_at = $3
     WHERE gateway = $1 AND day = $2 AND state = 'open' AND key <> ALL ($4) AND out_trade_no <> ALL ($5)
       AND starts_with(kind, 'account_') = $6`,
    [gateway, day, now, [...all.keys()], [...unclear], ofStatement],
  );
  const left = await onlyRow<{ open: number }>(
    manager,
    `SELECT count(*) AS open FROM pay_difference WHERE gateway = $1 AND day = $2 AND state = 'open' AND starts_with(kind, 'account_') = $3`,
    [gateway, day, ofStatement],
  );
  const fresh = kept.filter(({ key, state }) => state === 'open' && before.get(key) !== null).length;
  return { fresh, ...left };
}

/** Once what was found is committed. */
export async function tellOfDifferences(
  alerts: Alerts<KernelAlert>,
  gateway: string,
  day: string,
  { fresh, open }: Kept,
): Promise<void> {
  if (fresh === 0) return;
  await alerts.raise('differences-found', `${gateway} ${day}: ${open} open, ${fresh} new`, {
    key: `difference:${gateway}:${day}`,
    params: { gateway, day },
  });
}
