/** What a day's bill and our books say of each other. Pure: it asks nobody, and decides nothing about money. */
import { addDays, businessDate, type Fen } from '@yajin/core';
import type { BillRow, RefundReport } from './gateway.js';
import type { RefundAttemptState } from './states.js';

/**
 * `unknown`: theirs, and nothing of ours. `missing`: ours, and in no bill. `twice`: in bills more than once, or paid by another
 * transaction than ours. `state`: the gateway says that it is done, and we could not book it. `date`: not at the same time. `fee`: not
 * what the rate says.
 */
export type DifferenceKind =
  | `payment_${'unknown' | 'missing' | 'amount' | 'state' | 'date' | 'twice'}`
  | `refund_${'unknown' | 'missing' | 'amount' | 'state' | 'twice'}`
  | 'fee'
  | AccountDifferenceKind;

/**
 * Of the merchant's account, by its statement. `missing`: in the trade bill, and it moved nothing. `unknown`: it moved, and nothing of
 * the bill's or ours stands for it. `amount`: another sum than reaches or leaves the account. `fee`: the day's fees are not the
 * bill's. `other`: neither a payment nor a refund, nor their fees. `gap`: the balance is not what it was, and what moved.
 */
export type AccountDifferenceKind =
  | `account_payment_${'missing' | 'unknown' | 'amount'}`
  | `account_refund_${'missing' | 'unknown' | 'amount'}`
  | `account_${'fee' | 'other' | 'gap'}`;

export interface Difference {
  kind: DifferenceKind;
  /** The same whenever it is found. */
  key: string;
  outTradeNo: string;
  outRefundNo: string | null;
  transactionId: string | null;
  oursFen: number | null;
  theirsFen: number | null;
  /** Of the movement of the account that it is about. */
  flowNo?: string;
}

export interface OurPayment {
  outTradeNo: string;
  transactionId: string | null;
  amountFen: Fen;
  /** Null unless it is paid. */
  paidAt: Date | null;
  /** What the gateway would keep by its rate; null while nobody has said. */
  feeFen: number | null;
  /** What has gone back of it, as our books say, under no number of ours. */
  byHandFen: number;
}

export interface OurRefund {
  outRefundNo: string;
  outTradeNo: string;
  amountFen: Fen;
  state: RefundAttemptState;
  /** False for what the gateway gave back by itself: our number of it is in no bill. */
  known: boolean;
  askedAt: Date;
  succeededAt: Date | null;
}

export type BilledRow = BillRow & { day: string };

/** What the gateway said of a refund when it was asked; `unclear` when it said nothing, or was not asked. */
export type Said = RefundReport['state'] | 'absent' | 'unclear';

export interface Facts {
  day: string;
  bill: readonly BilledRow[];
  /** Of other days' bills, what is about the same trades. */
  elsewhere: readonly BilledRow[];
  /** Those that the bill names, and those that were paid that day. */
  payments: readonly OurPayment[];
  /** Those that the bill names, and those that arrived that day. */
  refunds: readonly OurRefund[];
  /** Days whose bills have been read whole. */
  read: ReadonlySet<string>;
  /** By the refund's key. */
  said: ReadonlyMap<string, Said>;
}

/** So far apart may two clocks be: whoever is that near to midnight may stand in the next day's bill, or in that of the day before. */
export const SLACK_MS = 10 * 60_000;
/** Bills round fees in their own way. */
const FEE_SLACK_FEN = 1;

/** Names a refund by what the bill has of it. A bill that names neither number still has the moment. */
function refundKey(row: Pick<BillRow, 'outRefundNo' | 'gatewayRefundId' | 'outTradeNo' | 'at'>): string {
  return row.outRefundNo ?? row.gatewayRefundId ?? `${row.outTradeNo}@${row.at.toISOString()}`;
}

export function differences(facts: Facts): Difference[] {
  return [...paymentDifferences(facts), ...refundDifferences(facts)];
}

/** What the gateway is to be asked about before anything is called a difference. */
export interface Questions {
  /** Trades by their numbers: paid, say they, and not as we have them; or given back under no number at all. */
  trades: string[];
  refunds: { key: string; outTradeNo: string; outRefundNo: string; amountFen: Fen; ours: boolean }[];
}

export function questions({ bill, elsewhere, payments, refunds }: Facts): Questions {
  const paid = new Map(payments.map((payment) => [payment.outTradeNo, payment]));
  const ours = new Map(refunds.map((refund) => [refund.outRefundNo, refund]));
  const unpaid = bill.filter((row) => {
    const payment = paid.get(row.outTradeNo);
    return isPayment(row) && (!payment || payment.paidAt === null || payment.amountFen !== row.amountFen);
  });
  const billed = byKey([...bill, ...elsewhere].filter(isRefund), refundKey);
  const rows = [...billed].flatMap(([key, [row]]) => (row === undefined ? [] : [{ key, row }]));
  const foreign = rows.filter(({ key, row }) => !ours.has(key) && paid.has(row.outTradeNo));
  const sums = new Map<string, number>();
  for (const { row } of foreign) sums.set(row.outTradeNo, (sums.get(row.outTradeNo) ?? 0) + row.amountFen);
  const open = foreign.filter(
    ({ row }) => (sums.get(row.outTradeNo) ?? 0) > (paid.get(row.outTradeNo)?.byHandFen ?? 0),
  );
  const mine = rows.filter(({ key }) => {
    const state = ours.get(key)?.state;
    return state !== undefined && state !== 'success' && state !== 'merchant';
  });
  const numbered = [...mine, ...open].flatMap(({ key, row: { outTradeNo, outRefundNo, amountFen } }) =>
    outRefundNo === null ? [] : [{ key, outTradeNo, outRefundNo, amountFen, ours: ours.has(key) }],
  );
  const unnumbered = open.filter(({ row }) => row.outRefundNo === null);
  const trades = [...unpaid, ...unnumbered.map(({ row }) => row)].map(({ outTradeNo }) => outTradeNo);
  return { trades: [...new Set(trades)], refunds: numbered };
}

function paymentDifferences({ day, bill, elsewhere, payments, read }: Facts): Difference[] {
  const ours = new Map(payments.map((payment) => [payment.outTradeNo, payment]));
  const theirs = byKey(bill.filter(isPayment), (row) => row.outTradeNo);
  const others = byKey(elsewhere.filter(isPayment), (row) => row.outTradeNo);
  const found = [...theirs].flatMap(([number, rows]) =>
    comparePayment(ours.get(number) ?? null, rows, (others.get(number) ?? []).length),
  );
  const missing = payments.filter(
    ({ outTradeNo, paidAt }) =>
      paidAt !== null &&
      businessDate(paidAt) === day &&
      !theirs.has(outTradeNo) &&
      !others.has(outTradeNo) &&
      areRead(read, paidAt, paidAt),
  );
  return [
    ...found,
    ...missing.map((payment) => differs('payment_missing', payment, null, payment.amountFen, null)),
  ];
}

function comparePayment(ours: OurPayment | null, rows: BilledRow[], elsewhere: number): Difference[] {
  const [row] = rows;
  if (row === undefined) return [];
  const is = (kind: DifferenceKind, oursFen: number | null = ours?.amountFen ?? null): Difference =>
    differs(kind, row, null, oursFen, row.amountFen);
  const repeated = rows.length + elsewhere > 1 ? [is('payment_twice')] : [];
  if (ours === null) return [is('payment_unknown'), ...repeated];
  if (ours.paidAt === null) return [is('payment_state'), ...repeated];
  const another = rows.some(({ transactionId }) => transactionId !== ours.transactionId);
  const far = Math.abs(ours.paidAt.getTime() - row.at.getTime()) > SLACK_MS;
  const fee =
    ours.feeFen !== null && row.feeFen !== null && Math.abs(ours.feeFen - row.feeFen) > FEE_SLACK_FEN;
  return [
    ...(repeated.length === 0 && another ? [is('payment_twice')] : repeated),
    ...(ours.amountFen === row.amountFen ? [] : [is('payment_amount')]),
    ...(far ? [is('payment_date')] : []),
    ...(fee ? [{ ...is('fee'), oursFen: ours.feeFen, theirsFen: row.feeFen }] : []),
  ];
}

function refundDifferences(facts: Facts): Difference[] {
  const { day, bill, elsewhere, refunds, read } = facts;
  const ours = new Map(refunds.map((refund) => [refund.outRefundNo, refund]));
  const theirs = byKey(bill.filter(isRefund), refundKey);
  const others = byKey(elsewhere.filter(isRefund), refundKey);
  const found = [...theirs].flatMap(([key, rows]) => {
    const [row] = rows;
    if (row === undefined) return [];
    const refund = ours.get(key);
    const repeated = rows.length + (others.get(key) ?? []).length > 1;
    return [
      ...(repeated ? [differs('refund_twice', row, key, refund?.amountFen ?? null, row.amountFen)] : []),
      ...(refund ? compareRefund(refund, row, facts.said.get(key) ?? 'unclear') : []),
    ];
  });
  const missing = refunds.filter(
    ({ outRefundNo, known, state, askedAt, succeededAt }) =>
      known &&
      state === 'success' &&
      succeededAt !== null &&
      businessDate(succeededAt) === day &&
      !theirs.has(outRefundNo) &&
      !others.has(outRefundNo) &&
      // Some bills have a refund on the day that it was accepted, some when it arrived.
      areRead(read, askedAt, succeededAt),
  );
  return [
    ...found,
    ...strangers(facts, ours),
    ...missing.map((refund) => differs('refund_missing', refund, refund.outRefundNo, refund.amountFen, null)),
  ];
}

/** A bill shows that a refund was accepted; whether it arrived, only asking tells. */
function compareRefund(ours: OurRefund, row: BilledRow, said: Said): Difference[] {
  const is = (kind: DifferenceKind) => [differs(kind, row, ours.outRefundNo, ours.amountFen, row.amountFen)];
  if (ours.amountFen !== row.amountFen || ours.outTradeNo !== row.outTradeNo) return is('refund_amount');
  const done = ours.state === 'success' || ours.state === 'merchant';
  return !done && (said === 'success' || said === 'absent') ? is('refund_state') : [];
}

/** Refunds under no number of ours, as far as nothing in our books stands for them. */
function strangers(
  { bill, elsewhere, payments, said }: Facts,
  ours: ReadonlyMap<string, OurRefund>,
): Difference[] {
  const booked = new Map(payments.map((payment) => [payment.outTradeNo, payment.byHandFen]));
  const billed = new Set(bill.filter(isRefund).map(refundKey));
  const all = byKey([...elsewhere, ...bill].filter(isRefund), refundKey);
  const found: Difference[] = [];
  const foreign = [...all]
    .flatMap(([key, [row]]) => (row === undefined || ours.has(key) ? [] : [{ key, row }]))
    .filter(({ key }) => moved(said.get(key)))
    .sort((one, other) => one.row.at.getTime() - other.row.at.getTime());
  for (const { key, row } of foreign) {
    const left = booked.get(row.outTradeNo) ?? 0;
    if (row.amountFen <= left) booked.set(row.outTradeNo, left - row.amountFen);
    else if (billed.has(key)) found.push(differs('refund_unknown', row, key, null, row.amountFen));
  }
  return found;
}

/** Whether it has arrived, or there is nobody to ask. */
function moved(said: Said | undefined): boolean {
  return said === undefined || said === 'success' || said === 'absent';
}

/** Whether each bill is read that what happened between the two can stand in. */
export function areRead(read: ReadonlySet<string>, from: Date, until: Date): boolean {
  const last = businessDate(new Date(until.getTime() + SLACK_MS));
  for (let day = businessDate(new Date(from.getTime() - SLACK_MS)); day <= last; day = addDays(day, 1))
    if (!read.has(day)) return false;
  return true;
}

function differs(
  kind: DifferenceKind,
  { outTradeNo, transactionId = null }: { outTradeNo: string; transactionId?: string | null },
  outRefundNo: string | null,
  oursFen: number | null,
  theirsFen: number | null,
): Difference {
  return {
    kind,
    key: `${kind}:${outRefundNo ?? outTradeNo}`,
    outTradeNo,
    outRefundNo,
    transactionId,
    oursFen,
    theirsFen,
  };
}

const isPayment = (row: BillRow): boolean => row.kind === 'payment';
const isRefund = (row: BillRow): boolean => row.kind === 'refund';

function byKey(rows: readonly BilledRow[], keyOf: (row: BilledRow) => string): Map<string, BilledRow[]> {
  const groups = new Map<string, BilledRow[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}
