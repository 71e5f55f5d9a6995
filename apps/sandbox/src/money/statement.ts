import { addDays, fen, instantOf, yuanText } from '@yajin/core';
import { randomDigits } from '../random.js';
import type { World } from '../world.js';
import { entryOf, plannedChanges, type BilledTrade, type BillEntry } from './bill.js';
import { couponOf, settledFen } from './coupon.js';
import type { ChannelName, Refund, Trade } from './rows.js';

export const MOVEMENT_KINDS = [
  'payment',
  'fee',
  'refund',
  'fee_returned',
  'refund_closed',
  'withdrawal',
  'other',
] as const;
type MovementKind = (typeof MOVEMENT_KINDS)[number];

/** A movement of the merchant's account, before it is written in its gateway's way. Amounts in fen: what comes in is positive. */
export interface AccountMovement {
  kind: MovementKind;
  at: number;
  /** The merchant's number of what caused it, and the gateway's. */
  number: string;
  gatewayNo: string;
  /** The merchant's number of the trade; null where there is none. */
  outTradeNo: string | null;
  /** The transaction that it follows from; a number of its own where there is none. */
  flowNo: string;
  /** What is said of it; of `other` its word. */
  said: string;
  amountFen: number;
  /** After it. */
  balanceFen: number;
}

/** How a statement is made to differ from what moved; without a kind of what is no fee. */
export type StatementChange = { number: string; kind: MovementKind | null } & (
  | { change: 'omit' }
  | { change: 'amount'; fen: number }
  /** So much more in the balance from here on, of which no movement tells. */
  | { change: 'gap'; fen: number }
);

/** Money that moves without a trade: to the merchant's bank, or for a reason that nobody knows. */
export interface OtherMovement {
  kind: 'withdrawal' | 'other';
  number: string | null;
  said: string;
  fen: number;
  at: number;
}

/** @returns its number */
export function moveAccount(
  world: World,
  channel: ChannelName,
  { kind, said, ...given }: OtherMovement,
): string {
  const number = given.number ?? `${kind === 'withdrawal' ? 'W' : 'M'}${randomDigits(12)}`;
  const amountFen = kind === 'withdrawal' ? 0 - given.fen : given.fen;
  const sql =
    'INSERT INTO account_movement (channel, kind, number, said, amount_fen, at) VALUES (?, ?, ?, ?, ?, ?)';
  world.store.run(sql, channel, kind, number, said, amountFen, given.at);
  return number;
}

/**
 * What moved the merchant's account with a gateway on a day, with what the statement was made to say. A refund moves it when it is
 * accepted, and its fee comes back with it; one that is closed undoes both.
 */
export function accountStatement(
  world: World,
  channel: ChannelName,
  day: string,
): { openingFen: number; movements: AccountMovement[]; closingFen: number } {
  const [from, until] = [instantOf(day).getTime(), instantOf(addDays(day, 1)).getTime()];
  let balanceFen = 0;
  const all = [
    ...ofTrades(world, channel, until),
    ...ofRefunds(world, channel, until),
    ...others(world, channel),
  ]
    .filter(({ at }) => at < until)
    .sort((one, other) => one.at - other.at)
    .map((each) => ({ ...each, balanceFen: (balanceFen += each.amountFen) }));
  const truly = all.filter(({ at }) => at >= from);
  const openingFen = all.at(-truly.length - 1)?.balanceFen ?? 0;
  const changes = plannedChanges<StatementChange>(world, `${channel}/statement`);
  const movements = changes.reduce(changed, truly);
  return { openingFen, movements, closingFen: balanceFen };
}

type Moved = Omit<AccountMovement, 'balanceFen'>;

function ofTrades(world: World, channel: ChannelName, until: number): Moved[] {
  const sql = `SELECT * FROM trade WHERE channel = ? AND state = 'SUCCESS' AND paid_at < ? ORDER BY paid_at`;
  return world.store.all<Trade & { paid_at: number }>(sql, channel, until).flatMap((trade) => {
    const entry = entryOf(trade, null, trade.paid_at, trade.amount_fen, couponOf(trade)?.fen);
    const { due, fee, numbers } = partsOf(entry);
    const said = `结算总金额 ${yuanText(fen(due))} 元;含手续费 ${yuanText(fen(fee))} 元`;
    return [
      { ...numbers, kind: 'payment', at: entry.at, said, amountFen: due },
      ...feeOf({ ...numbers, kind: 'fee', at: entry.at, said: '', amountFen: 0 - fee }),
    ];
  });
}

function ofRefunds(world: World, channel: ChannelName, until: number): Moved[] {
  const refunds = world.store.all<BilledTrade & Refund>(
    `SELECT t.transaction_id, t.trade_type, t.openid, t.description, t.attach, t.coupon, r.* FROM refund r JOIN trade t USING (out_trade_no)
     WHERE t.channel = ? AND r.created_at < ? ORDER BY r.created_at`,
    channel,
    until,
  );
  return refunds.flatMap((refund) => {
    const at = refund.created_at;
    const { due, fee, numbers } = partsOf(entryOf(refund, refund, at, refund.amount_fen, refund.coupon_fen));
    const said = `退款总金额${yuanText(fen(due))}元;含手续费${yuanText(fen(fee))}元`;
    const accepted: Moved[] = [
      { ...numbers, kind: 'refund', at, said, amountFen: 0 - due },
      ...feeOf({ ...numbers, kind: 'fee_returned', at, said: '', amountFen: fee }),
    ];
    if (refund.state !== 'CLOSED' || refund.settled_at === null) return accepted;
    return [
      ...accepted,
      { ...numbers, kind: 'refund_closed', at: refund.settled_at, said, amountFen: due },
      ...feeOf({ ...numbers, kind: 'fee', at: refund.settled_at, said: '', amountFen: 0 - fee }),
    ];
  });
}

function others(world: World, channel: ChannelName): Moved[] {
  type Row = Pick<Moved, 'kind' | 'at' | 'number' | 'said'> & { id: number; amount_fen: number };
  const sql = 'SELECT * FROM account_movement WHERE channel = ? ORDER BY at, id';
  return world.store.all<Row>(sql, channel).map(({ id, kind, at, number, said, amount_fen: amountFen }) => {
    const own = `30001${String(id).padStart(10, '0')}`;
    return { kind, at, number, gatewayNo: own, outTradeNo: null, flowNo: own, said, amountFen };
  });
}

function partsOf({ trade, refund, amountFen, couponFen, feeFen }: BillEntry) {
  const flowNo = trade.transaction_id ?? '';
  const numbers = {
    outTradeNo: trade.out_trade_no,
    number: refund?.out_refund_no ?? trade.out_trade_no,
    gatewayNo: refund?.refund_id ?? flowNo,
    flowNo,
  };
  return { due: settledFen(trade, amountFen, couponFen), fee: feeFen, numbers };
}

/** What rounds to nothing is no movement. */
function feeOf(fee: Moved): Moved[] {
  return fee.amountFen === 0 ? [] : [fee];
}

function changed(movements: AccountMovement[], given: StatementChange): AccountMovement[] {
  const at = movements.findIndex(
    ({ number, kind }) =>
      number === given.number && (given.kind === null ? !kind.startsWith('fee') : given.kind === kind),
  );
  if (at < 0) return movements;
  switch (given.change) {
    case 'omit':
      return movements.toSpliced(at, 1);
    case 'amount':
      return movements.map((each, index) =>
        index === at ? { ...each, amountFen: each.amountFen < 0 ? 0 - given.fen : given.fen } : each,
      );
    case 'gap':
      return movements.map((each, index) =>
        index < at ? each : { ...each, balanceFen: each.balanceFen + given.fen },
      );
  }
}
