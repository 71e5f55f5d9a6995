import type { Database } from '../database.ts';
import { isPaid, sumFen, type Believed, type Violation } from './gateway.ts';

/** Each side of each posting; what is owed or earned is positive. */
const SIDES = `
  SELECT debit AS account, -amount_fen AS owed_fen, gateway, line, order_id FROM pay_ledger
  UNION ALL
  SELECT credit, amount_fen, gateway, line, order_id FROM pay_ledger`;

/** Accounts that hold what is somebody's: of one order, or of one owner. */
export async function overdrawn(db: Database): Promise<Violation[]> {
  const found = await db.rows<{ account: string; whose: string; owed_fen: number }>(
    `SELECT account, 'order ' || order_id AS whose, sum(owed_fen) AS owed_fen FROM (${SIDES}) AS sides
     WHERE account IN ('deposit', 'surplus', 'unallocated', 'suspense') GROUP BY account, order_id HAVING sum(owed_fen) < 0
     UNION ALL
     SELECT account, 'line ' || line, sum(owed_fen) FROM (${SIDES}) AS sides
     WHERE strpos(account, ':') > 0 GROUP BY account, line HAVING sum(owed_fen) < 0`,
  );
  return found.map(({ account, whose, owed_fen }) => ({
    invariant: 'no account is overdrawn',
    detail: `${account} of ${whose} is at ${owed_fen} fen`,
  }));
}

export async function unbalanced(db: Database): Promise<Violation[]> {
  const [row] = await db.rows<{ fen: number | null }>(`SELECT sum(owed_fen) AS fen FROM (${SIDES}) AS sides`);
  const fen = row?.fen ?? 0;
  return fen === 0 ? [] : [{ invariant: 'the books are balanced', detail: `their sum is ${fen} fen` }];
}

/** Money that came by a fixed code and that nobody was ever told of. */
export interface Untold {
  trades: number;
  fen: number;
}

/** What the gateways took by a fixed code and nobody here knows of, for no notification of it was ever accepted. */
export async function untoldOf(db: Database, gateway: Believed): Promise<Untold> {
  const attempts = await db.rows<{ out_trade_no: string }>('SELECT out_trade_no FROM pay_attempt');
  const known = new Set(attempts.map((attempt) => attempt.out_trade_no));
  const untold = gateway.trades.filter(
    (trade) => isPaid(trade) && trade.outTradeNo.startsWith('FQ') && !known.has(trade.outTradeNo),
  );
  return { trades: untold.length, fen: sumFen(untold) };
}

/** Reconciliation has explained everything: nothing was planted. */
export async function openDifferences(db: Database): Promise<Violation[]> {
  const found = await db.rows<{ detail: string }>(
    `SELECT gateway || ' ' || day || ' ' || key || ': ours ' || coalesce(ours_fen::text, 'nothing') || ', theirs ' || coalesce(theirs_fen::text, 'nothing') AS detail
     FROM pay_difference WHERE state = 'open'`,
  );
  return found.map(({ detail }) => ({ invariant: 'bills and books agree', detail }));
}

/**
 * Money at the gateways is what the books say, to the fen, and what their bills say, where they have any.
 * @param billed by the gateway
 */
export async function compareBooks(
  db: Database,
  gateway: Believed,
  billed: ReadonlyMap<string, number>,
): Promise<Violation[]> {
  const attempts = await db.rows<{ out_trade_no: string; state: string; amount_fen: number }>(
    'SELECT out_trade_no, state, amount_fen FROM pay_attempt',
  );
  const known = new Map(attempts.map((attempt) => [attempt.out_trade_no, attempt]));
  const violations: Violation[] = [];
  for (const trade of gateway.trades.filter(isPaid)) {
    const ours = known.get(trade.outTradeNo);
    if (ours?.state === 'paid' && ours.amount_fen === trade.amountFen) continue;
    violations.push({
      invariant: 'whatever the gateway was paid is known here',
      detail: `${trade.channel} trade ${trade.outTradeNo} of ${trade.amountFen} fen is ${ours ? `${ours.state}, ${ours.amount_fen} fen` : 'unknown'} here`,
    });
  }
  const held = await db.rows<{ gateway: string | null; fen: number }>(
    `SELECT gateway, -sum(owed_fen) AS fen FROM (${SIDES}) AS sides WHERE account = 'clearing' GROUP BY gateway`,
  );
  const books = new Map(held.map((row) => [row.gateway ?? 'no gateway', row.fen]));
  const channels = new Set([...books.keys(), ...gateway.trades.map(({ channel }) => channel)]);
  for (const channel of channels) {
    const here = books.get(channel) ?? 0;
    const there = moneyAt(channel, gateway);
    if (there !== here)
      violations.push({
        invariant: 'the money at the gateway is what the books say',
        detail: `${channel}: ${there} fen there, ${here} fen in the books`,
      });
    const said = billed.get(channel);
    if (said !== undefined && said !== here)
      violations.push({
        invariant: 'the books are what all bills say',
        detail: `${channel}: ${said} fen by its bills, ${here} fen in the books`,
      });
  }
  return violations;
}

/** Paid, less what went back and what was paid out. */
function moneyAt(channel: string, { trades, refunds, transfers }: Believed): number {
  const ours = trades.filter((trade) => trade.channel === channel && isPaid(trade));
  const numbers = new Set(ours.map(({ outTradeNo }) => outTradeNo));
  const back = refunds.filter(({ outTradeNo, state }) => numbers.has(outTradeNo) && state === 'SUCCESS');
  const out = channel === 'shouqianba' ? transfers.filter(({ state }) => state === 'success') : [];
  return sumFen(ours) - sumFen(back) - sumFen(out);
}
