import { addDays, instantOf } from '@yajin/core';
import type { World } from '../world.js';
import { couponOf, settledFen } from './coupon.js';
import type { ChannelName, Refund, Trade } from './rows.js';

const FEE_PER_MILLE = 6;

export type BilledTrade = Pick<
  Trade,
  | 'out_trade_no'
  | 'transaction_id'
  | 'trade_type'
  | 'openid'
  | 'description'
  | 'attach'
  | 'coupon'
  | 'created_at'
>;

/** A line of a bill, before it is written in its gateway's way. Amounts in fen. */
export interface BillEntry {
  at: number;
  trade: BilledTrade;
  /** Null for the payment itself. */
  refund: Pick<Refund, 'out_refund_no' | 'refund_id'> | null;
  amountFen: number;
  /** What of it is the coupon's. */
  couponFen: number;
  /** What the gateway keeps of a payment, or gives back of it for a refund. */
  feeFen: number;
}

/** How a bill is made to differ from what happened; `number` is a trade's or a refund's. */
export type BillChange =
  | { change: 'omit' | 'twice' | 'transaction'; number: string }
  | { change: 'amount' | 'fee'; number: string; fen: number }
  /** Another day than its own moves the line into that day's bill. */
  | { change: 'time'; number: string; at: number }
  /** A payment that nobody made; of a refund when it says which. */
  | { change: 'add'; number: string; outRefundNo: string | null; fen: number; at: number };

export const BILL_FORMS = [
  'late',
  'empty',
  'cutOff',
  'repeated',
  'otherMerchant',
  'unknownColumn',
  'noBom',
  'bom',
  'lf',
  'fullWidth',
] as const;
/** What is wrong, or unusual, about a bill as a whole. */
export type BillForm = (typeof BILL_FORMS)[number];

/** What a gateway hands out of a day: its bill, or the statement of the merchant's account. */
export type Handed = ChannelName | `${ChannelName}/statement`;

export function planBill(world: World, handed: Handed, changes: { number: string }[]): void {
  for (const each of changes)
    world.store.run(
      'INSERT INTO bill_change (channel, number, change) VALUES (?, ?, ?)',
      handed,
      each.number,
      JSON.stringify(each),
    );
}

export function plannedChanges<Change>(world: World, handed: Handed): Change[] {
  const sql = 'SELECT change FROM bill_change WHERE channel = ? ORDER BY id';
  return world.store.all<{ change: string }>(sql, handed).map(({ change }) => JSON.parse(change) as Change);
}

export function saveBillForms(world: World, handed: Handed, day: string, forms: BillForm[]): void {
  world.store.run(
    'INSERT INTO bill_form VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET forms = excluded.forms',
    handed,
    day,
    JSON.stringify(forms),
  );
}

export function billForms(world: World, handed: Handed, day: string): ReadonlySet<BillForm> {
  const sql = 'SELECT forms FROM bill_form WHERE channel = ? AND day = ?';
  const kept = world.store.get<{ forms: string }>(sql, handed, day);
  return new Set(kept ? (JSON.parse(kept.forms) as BillForm[]) : []);
}

/** Bills tell what happened again. */
export function correctBills(world: World, handed: Handed): void {
  world.store.run('DELETE FROM bill_change WHERE channel = ?', handed);
  world.store.run('DELETE FROM bill_form WHERE channel = ?', handed);
}

/** What a day's bill lists, by its time, with what it was made to say. */
export function billEntries(world: World, channel: ChannelName, day: string): BillEntry[] {
  const [from, until] = [instantOf(day).getTime(), instantOf(addDays(day, 1)).getTime()];
  const changes = plannedChanges<BillChange>(world, channel);
  const moved = changes.filter(({ change }) => change === 'time').map(({ number }) => number);
  const added = changes.flatMap((each) => (each.change === 'add' ? [addedEntry(world, each)] : []));
  return [...happened(world, channel, [from, until], moved), ...added]
    .flatMap((entry) => changes.reduce((entries, each) => entries.flatMap(changed(each)), [entry]))
    .filter(({ at }) => at >= from && at < until)
    .sort((one, other) => one.at - other.at);
}

export function numberOf({ trade, refund }: BillEntry): string {
  return refund?.out_refund_no ?? trade.out_trade_no;
}

function changed(given: BillChange): (entry: BillEntry) => BillEntry[] {
  return (entry) => {
    if (given.number !== numberOf(entry)) return [entry];
    switch (given.change) {
      case 'omit':
        return [];
      case 'twice':
        return [entry, entry];
      case 'transaction':
        return [{ ...entry, trade: { ...entry.trade, transaction_id: '4200009999209901010000000000' } }];
      case 'amount':
        return [{ ...entry, amountFen: given.fen }];
      case 'fee':
        return [{ ...entry, feeFen: given.fen }];
      case 'time':
        return [{ ...entry, at: given.at }];
      case 'add':
        return [entry];
    }
  };
}

function happened(
  world: World,
  channel: ChannelName,
  [from, until]: [number, number],
  moved: string[],
): BillEntry[] {
  const numbers = JSON.stringify(moved);
  const payments = world.store.all<Trade & { paid_at: number }>(
    `SELECT * FROM trade WHERE channel = ? AND state = 'SUCCESS'
       AND (paid_at >= ? AND paid_at < ? OR out_trade_no IN (SELECT value FROM json_each(?))) ORDER BY paid_at`,
    channel,
    from,
    until,
    numbers,
  );
  const refunds = world.store.all<BilledTrade & Refund & { refunded_at: number }>(
    `SELECT t.transaction_id, t.trade_type, t.openid, t.description, t.attach, t.coupon, t.created_at, r.refund_id, r.out_refund_no,
       r.out_trade_no, r.amount_fen, r.coupon_fen, r.settled_at AS refunded_at FROM refund r JOIN trade t USING (out_trade_no)
     WHERE t.channel = ? AND r.state = 'SUCCESS'
       AND (r.settled_at >= ? AND r.settled_at < ? OR r.out_refund_no IN (SELECT value FROM json_each(?))) ORDER BY r.settled_at`,
    channel,
    from,
    until,
    numbers,
  );
  return [
    ...payments.map((trade) => entryOf(trade, null, trade.paid_at, trade.amount_fen, couponOf(trade)?.fen)),
    ...refunds.map((row) => entryOf(row, row, row.refunded_at, row.amount_fen, row.coupon_fen)),
  ];
}

function addedEntry(
  world: World,
  { number, outRefundNo, fen, at }: BillChange & { change: 'add' },
): BillEntry {
  const sql = 'SELECT * FROM trade WHERE out_trade_no = ?';
  const stranger: BilledTrade = {
    ...{ out_trade_no: number, transaction_id: `42000088${at}`, trade_type: 'JSAPI', openid: 'oSBstranger' },
    ...{ description: '别处的一笔', attach: '', coupon: null, created_at: at },
  };
  const known = world.store.get<Trade>(sql, number);
  const trade = known
    ? { ...known, transaction_id: known.transaction_id ?? stranger.transaction_id }
    : stranger;
  const refund = outRefundNo === null ? null : { out_refund_no: outRefundNo, refund_id: `50300088${at}` };
  return entryOf(trade, refund, at, fen);
}

export function entryOf(
  trade: BilledTrade,
  refund: BillEntry['refund'],
  at: number,
  amountFen: number,
  couponFen = 0,
): BillEntry {
  const feeFen = Math.floor((settledFen(trade, amountFen, couponFen) * FEE_PER_MILLE + 500) / 1000);
  return { at, trade, refund, amountFen, couponFen, feeFen };
}
