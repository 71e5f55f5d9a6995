/**
 * - `deposit`: a deposit whose payer has kept the promise
 * - `manual`: a refund that an operator decided about by hand
 * - `request`: a refund that a platform asked for
 * - `transfer`: money to somebody else than who paid it
 */
export type DecisionKind = 'deposit' | 'manual' | 'request' | 'transfer';

/** Which limit a payout is above: its own sum, its decider's total of the day, or its kind. */
export type Exceeded = 'single' | 'day' | 'kind';

/** What people of a role may let go alone; null is no limit. Sums in fen. */
export interface Limits {
  singleFen: number | null;
  dayFen: number | null;
  /** Kinds that nobody of the role decides about alone. */
  kinds: ReadonlySet<string>;
}

/**
 * Which of payouts, in their order, are above a limit. What waits for a second person does not count for its decider's day.
 * @param doneFen what they have let go alone today
 * @returns for each the limit, null where it may go; and what they will have let go
 */
export function judge(
  limits: Limits,
  kind: DecisionKind,
  amountsFen: number[],
  doneFen: number,
): { exceeded: (Exceeded | null)[]; doneFen: number } {
  let done = doneFen;
  const exceeded = amountsFen.map((amountFen): Exceeded | null => {
    if (limits.kinds.has(kind)) return 'kind';
    if (limits.singleFen !== null && amountFen > limits.singleFen) return 'single';
    if (limits.dayFen !== null && done + amountFen > limits.dayFen) return 'day';
    done += amountFen;
    return null;
  });
  return { exceeded, doneFen: done };
}
