/** What a statement of the merchant's account says of itself, and of what the trade bills have. Pure: it decides nothing about money. */
import { addDays, businessDate, instantOf } from '@yajin/core';
import type { Movement } from './gateway.js';
import { chainOf } from './balance-chain.rules.js';
import { areRead, SLACK_MS, type AccountDifferenceKind, type Difference } from './match.rules.js';

export type StatedMovement = Movement & { day: string };

/** A line of a trade bill: what the account should have moved for. */
export interface Cause {
  kind: 'payment' | 'refund';
  /** Of the bill. */
  day: string;
  at: Date;
  /** The first business date whose statement may have it: a refund moves the account when it is accepted, and the bill has it when it arrives. */
  since: string;
  outTradeNo: string;
  transactionId: string;
  outRefundNo: string | null;
  gatewayRefundId: string | null;
  /** What of it reaches, or leaves, the account, in fen; null where nobody can say, such as for a coupon in what is not ours. */
  settledFen: number | null;
  /** What the gateway keeps of it, less than nothing for what it gives back; null where the bill does not say. */
  feeFen: number | null;
  /** Whether something of ours stands for it: else it is the bill's matter already. */
  ours: boolean;
}

export interface AccountFacts {
  day: string;
  /** In the statement's order. */
  statement: readonly StatedMovement[];
  /** Of other days' statements, what may be about the same. */
  elsewhere: readonly StatedMovement[];
  /** Of the day's bill, of those beside it, and of any that the day's movements are about. */
  causes: readonly Cause[];
  /** The flow numbers of the day's movements that something of ours stands for, whatever bills say. */
  ours: ReadonlySet<string>;
  /** Days whose bills, and whose statements, have been read whole. */
  bills: ReadonlySet<string>;
  statements: ReadonlySet<string>;
  /** From this day on, without a gap, the statements before the day have been read. */
  readSince: string;
  /** What the account held when the day began, by the statements before; null where one of them is not there. */
  beforeFen: number | null;
}

export function accountDifferences(facts: AccountFacts): Difference[] {
  const moved = assign(facts);
  return [
    ...causeDifferences(facts, moved.byCause),
    ...unknown(facts, moved.rest),
    ...feeDifferences(facts, moved),
    ...others(facts),
    ...gaps(facts),
  ];
}

/**
 * Who is named wins, by the gateway's number before ours; a refund may also name its trade alone, and then its sum tells, and the time:
 * whichever day is looked at, each is the same one's.
 */
function assign({ statement, elsewhere, causes }: AccountFacts): {
  byCause: Map<Cause, StatedMovement[]>;
  rest: StatedMovement[];
} {
  const byCause = new Map<Cause, StatedMovement[]>();
  const add = (cause: Cause, movement: StatedMovement): void => {
    byCause.set(cause, [...(byCause.get(cause) ?? []), movement]);
  };
  const named = new CausesByNumber(causes);
  const unnamed: StatedMovement[] = [];
  for (const movement of [...statement, ...elsewhere]) {
    if (movement.kind !== 'payment' && movement.kind !== 'refund') continue;
    const cause = named.of(movement.kind, movement);
    if (cause) add(cause, movement);
    else unnamed.push(movement);
  }
  const left = new Set(unnamed);
  for (const { movement, cause } of ofTrades(unnamed, named))
    if (!byCause.has(cause) && left.delete(movement)) add(cause, movement);
  return { byCause, rest: [...left] };
}

/** Refunds with what their trades gave back, as far as the sums are the same or nobody can say, in the order in which they are taken. */
function ofTrades(
  movements: readonly StatedMovement[],
  named: CausesByNumber,
): { movement: StatedMovement; cause: Cause }[] {
  return movements
    .filter(({ kind }) => kind === 'refund')
    .flatMap((movement) => named.refundsOfTrade(movement).map((cause) => ({ movement, cause })))
    .filter(
      ({ movement, cause: { settledFen } }) => settledFen === null || settledFen === -movement.amountFen,
    )
    .map((pair) => ({
      ...pair,
      unsure: pair.cause.settledFen === null ? 1 : 0,
      apart: Math.abs(pair.movement.at.getTime() - pair.cause.at.getTime()),
    }))
    .sort((one, other) => one.unsure - other.unsure || one.apart - other.apart);
}

/** Finds the lines of bills by the numbers that movements name. */
class CausesByNumber {
  private readonly theirs = new Map<string, Cause>();
  private readonly ours = new Map<string, Cause>();
  private readonly trades = new Map<string, Cause[]>();

  constructor(causes: readonly Cause[]) {
    for (const cause of causes) {
      const refund = cause.kind === 'refund';
      const put = (map: Map<string, Cause>, number: string | null): void => {
        const key = `${cause.kind} ${number}`;
        if (number !== null && !map.has(key)) map.set(key, cause);
      };
      put(this.theirs, refund ? cause.gatewayRefundId : cause.transactionId);
      put(this.ours, refund ? cause.outRefundNo : cause.outTradeNo);
      if (refund)
        for (const number of new Set([cause.transactionId, cause.outTradeNo]))
          this.trades.set(number, [...(this.trades.get(number) ?? []), cause]);
    }
  }

  of(kind: Cause['kind'], { gatewayNo, ourNo }: Pick<Movement, 'gatewayNo' | 'ourNo'>): Cause | undefined {
    return this.theirs.get(`${kind} ${gatewayNo}`) ?? this.ours.get(`${kind} ${ourNo}`);
  }

  refundsOfTrade({ gatewayNo, ourNo }: Pick<Movement, 'gatewayNo' | 'ourNo'>): Cause[] {
    const found = [gatewayNo, ourNo].flatMap((number) =>
      number === null ? [] : (this.trades.get(number) ?? []),
    );
    return [...new Set(found)].sort((one, other) => one.at.getTime() - other.at.getTime());
  }

  /**
   * The line whose fee it is; one that comes back is that of a refund: the last one before it, or else, as a bill may have it later, the next.
   * Where a refund that no bill has moved under that number, it may be that one's, and is nobody's as yet.
   */
  ofFee(movement: StatedMovement, isOfUnbilled: boolean): Cause | undefined {
    if (movement.kind === 'fee') return this.of('payment', movement);
    const until = movement.at.getTime() + SLACK_MS;
    const refunds = this.refundsOfTrade(movement);
    const before = refunds.filter(({ at }) => at.getTime() <= until);
    const ofRefund = this.of('refund', movement) ?? before.at(-1) ?? refunds[0];
    return ofRefund ?? (isOfUnbilled ? undefined : this.of('payment', movement));
  }
}

function causeDifferences(facts: AccountFacts, byCause: ReadonlyMap<Cause, StatedMovement[]>): Difference[] {
  const { day, statements, readSince } = facts;
  // The same twice in a bill is the bill's matter.
  const causes = new Map(
    facts.causes.toReversed().map((cause) => [`${cause.kind} ${numberOf(cause)}`, cause]),
  );
  return [...causes.values()].flatMap((cause) => {
    const { kind, since, settledFen } = cause;
    const moved = byCause.get(cause) ?? [];
    const last = moved.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1);
    if (last === undefined) {
      const moment = momentOf(cause);
      const isRead = readSince <= since && areRead(statements, moment, moment);
      return isRead && cause.ours && cause.day === day && settledFen !== 0
        ? [ofCause(`account_${kind}_missing`, cause, settledFen, null)]
        : [];
    }
    const sum = moved.reduce((total, { amountFen }) => total + amountFen, 0);
    const theirs = kind === 'payment' ? sum : -sum;
    const differs = last.day === day && settledFen !== null && settledFen !== theirs;
    return differs ? [ofCause(`account_${kind}_amount`, cause, settledFen, theirs, last.flowNo)] : [];
  });
}

/** When it happened, within the day of its bill: nothing keeps a bill from having a refund with the time of another day. */
function momentOf({ day, at }: Cause): Date {
  if (businessDate(at) === day) return at;
  return at < instantOf(day) ? instantOf(day) : new Date(instantOf(addDays(day, 1)).getTime() - 1);
}

function numberOf({ kind, transactionId, gatewayRefundId, outRefundNo, outTradeNo, at }: Cause): string {
  if (kind === 'payment') return transactionId;
  return gatewayRefundId ?? outRefundNo ?? `${outTradeNo}@${at.toISOString()}`;
}

function ofCause(
  kind: AccountDifferenceKind,
  cause: Cause,
  oursFen: number | null,
  theirsFen: number | null,
  flowNo?: string,
): Difference {
  return {
    kind,
    key: `${kind}:${numberOf(cause)}`,
    outTradeNo: cause.outTradeNo,
    outRefundNo: cause.outRefundNo ?? cause.gatewayRefundId,
    transactionId: cause.transactionId,
    ...{ oursFen, theirsFen },
    ...(flowNo !== undefined && { flowNo }),
  };
}

/** Those of the day; near midnight a bill that has them may not be read yet. */
function unknown({ day, ours, bills }: AccountFacts, rest: readonly StatedMovement[]): Difference[] {
  return rest
    .filter((movement) => movement.day === day && !ours.has(movement.flowNo))
    .filter(({ at }) => areRead(bills, at, at))
    .map((movement) =>
      movement.kind === 'refund'
        ? ofMovement('account_refund_unknown', movement, -movement.amountFen)
        : ofMovement('account_payment_unknown', movement, movement.amountFen),
    );
}

function ofMovement(kind: AccountDifferenceKind, movement: StatedMovement, theirsFen: number): Difference {
  const { flowNo, ourNo, gatewayNo } = movement;
  const ofPayment = movement.kind === 'payment';
  return {
    ...{ kind, key: `${kind}:${movement.day}:${flowNo}`, flowNo },
    outTradeNo: (ofPayment ? ourNo : null) ?? '',
    outRefundNo: movement.kind === 'refund' ? (ourNo ?? gatewayNo) : null,
    transactionId: gatewayNo,
    oursFen: null,
    theirsFen,
  };
}

/**
 * A fee belongs to the day of what it is kept of, also over midnight. Of a line of the bill for which nothing moved at all no fee is
 * kept either, and what no bill has keeps its fee out of this, too: that is one difference, not two. The fee that a closed refund takes again is of
 * no day's bill.
 */
function feeDifferences(facts: AccountFacts, { byCause, rest }: ReturnType<typeof assign>): Difference[] {
  const { day, statement, elsewhere, causes, bills, statements } = facts;
  const billedToday = causes.filter((cause) => cause.day === day);
  const [first, ...more] = [...billedToday.map(momentOf), ...statement.map(({ at }) => at)];
  if (first === undefined) return [];
  const [from, until] = more.reduce<[Date, Date]>(
    ([from, until], at) => [at < from ? at : from, at > until ? at : until],
    [first, first],
  );
  if (!areRead(bills, from, until) || !areRead(statements, from, until)) return [];
  const named = new CausesByNumber(causes);
  const unbilled = new Set(rest.flatMap(({ gatewayNo, ourNo }) => [gatewayNo ?? '', ourNo ?? '']));
  const isOfUnbilled = ({ gatewayNo, ourNo }: StatedMovement): boolean =>
    (gatewayNo !== null && unbilled.has(gatewayNo)) || (ourNo !== null && unbilled.has(ourNo));
  const causeOf = (fee: StatedMovement): Cause | undefined => named.ofFee(fee, isOfUnbilled(fee));
  const kept = [...statement, ...elsewhere]
    .filter(({ kind }) => kind === 'fee' || kind === 'fee_returned')
    .filter((fee) => causeOf(fee) ?? !(named.of('refund', fee) ?? isOfUnbilled(fee)))
    .map((movement) => ({ fen: -movement.amountFen, cause: causeOf(movement), day: movement.day }))
    .filter(({ cause, ...fee }) => (cause?.day ?? fee.day) === day);
  const charged = new Set(kept.map(({ cause }) => cause));
  const billed = billedToday
    .filter((cause) => byCause.has(cause) || charged.has(cause))
    .map(({ feeFen }) => feeFen);
  if (billed.includes(null)) return [];
  const ours = billed.reduce<number>((sum, fen) => sum + (fen ?? 0), 0);
  const theirs = kept.reduce((sum, { fen }) => sum + fen, 0);
  return ours === theirs ? [] : [ofDay('account_fee', day, ours, theirs)];
}

function ofDay(kind: AccountDifferenceKind, day: string, oursFen: number, theirsFen: number): Difference {
  return {
    ...{ kind, key: `${kind}:${day}`, outTradeNo: '', outRefundNo: null, transactionId: null },
    ...{ oursFen, theirsFen },
  };
}

/** What no trade moved, and no payout of ours: somebody did it by hand. A withdrawal is followed to the bank; one that came back is said here. */
function others({ statement, ours }: AccountFacts): Difference[] {
  return statement
    .filter(({ kind, amountFen }) => kind === 'other' || (kind === 'withdrawal' && amountFen > 0))
    .filter(({ flowNo }) => !ours.has(flowNo))
    .map((movement) => ofMovement('account_other', movement, movement.amountFen));
}

function gaps({ day, statement, beforeFen }: AccountFacts): Difference[] {
  const chain = chainOf(statement);
  const within = chain.gaps.map(({ flowNo, expectedFen, saidFen }) => ({
    ...ofDay('account_gap', day, expectedFen, saidFen),
    ...{ key: `account_gap:${day}:${flowNo}`, flowNo },
  }));
  const overnight =
    beforeFen !== null && chain.openingFen !== null && beforeFen !== chain.openingFen
      ? [ofDay('account_gap', day, beforeFen, chain.openingFen)]
      : [];
  return [...overnight, ...within];
}
