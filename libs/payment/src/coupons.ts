import type { Fen } from '@yajin/core';

/**
 * SQL: a sum in the two parts that its money is booked in, `part (account, ending, fen)`: what is at the gateway, and what a
 * coupon of the merchant's stands in for, of which the gateway holds nothing.
 */
export function partsOf(amount: string, coupon: string): string {
  return `(SELECT * FROM (VALUES ('clearing', '', ${amount} - ${coupon}), ('coupon', ':coupon', ${coupon})) AS parts (account, ending, fen)
    WHERE fen > 0) AS part`;
}

/** What of a sum never reaches, or never leaves, the gateway. In fen. */
export function couponFen({ amountFen, settledFen }: { amountFen: Fen | null; settledFen?: Fen }): number {
  return settledFen === undefined || amountFen === null ? 0 : amountFen - settledFen;
}
