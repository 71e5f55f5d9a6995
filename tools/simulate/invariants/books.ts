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

/** Money that came by a fixed code and that nobody was ever told of: it is at the gateway alone. */
export interface Untold {
  trades: number;
  fen: number;
}

/** Money at the gateways is what the books say, but for fixed codes' payments whose notification was lost for good. */
export async function compareBooks(
  db: Database,
  gateway: Believed,
): Promise<{ violations: Violation[]; untold: Untold }> {
  const attempts = await db.rows<{ out_trade_no: string; state: string; amount_fen: number }>(
    'SELECT out_trade_no, state, amount_fen FROM pay_attempt',
  );
  const known = new Map(attempts.map((attempt) => [attempt.out_trade_no, attempt]));
  const paid = gateway.trades.filter(isPaid);
  const untold = paid.filter(
    (trade) =>
      trade.outTradeNo.startsWith('FQ') &&
      !known.has(trade.outTradeNo) &&
      !wasTaken(trade.outTradeNo, gateway),
  );
  const violations: Violation[] = [];
  for (const trade of paid) {
    if (untold.includes(trade)) continue;
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
    const there = moneyAt(channel, gateway) - sumFen(untold.filter((trade) => trade.channel === channel));
    const here = books.get(channel) ?? 0;
    if (there === here) continue;
    violations.push({
      invariant: 'the money at the gateway is what the books say',
      detail: `${channel}: ${there} fen there, ${here} fen in the books`,
    });
  }
  return { violations, untold: { trades: untold.length, fen: sumFen(untold) } };
}

function wasTaken(outTradeNo: string, { notifications }: Believed): boolean {
  return notifications.some((row) => row.outTradeNo === outTradeNo && row.state === 'accepted');
}

/** Paid, less what went back and what was paid out. */
function moneyAt(channel: string, { trades, refunds, transfers }: Believed): number {
  const ours = trades.filter((trade) => trade.channel === channel && isPaid(trade));
  const numbers = new Set(ours.map(({ outTradeNo }) => outTradeNo));
  const back = refunds.filter(({ outTradeNo, state }) => numbers.has(outTradeNo) && state === 'SUCCESS');
  const out = channel === 'shouqianba' ? transfers.filter(({ state }) => state === 'success') : [];
  return sumFen(ours) - sumFen(back) - sumFen(out);
}
