import type { Delivery, Refund, Trade } from './money/rows.js';

export interface Letter {
  body: string;
  headers: Record<string, string>;
}

/** How one gateway speaks: what is the same for all of them happens in `money/`. */
export interface Channel {
  /** As payers know it. */
  title: string;
  transactionId(paidAt: Date): string;
  /** Records what the merchant is to be told, in the transaction that makes it happen. */
  announcePayment(trade: Trade): void;
  announceRefund(refund: Refund): void;
  /** The request of one send, as this send's faults want it. */
  letter(delivery: Delivery): Letter;
  /** Whether the merchant's answer means that it need not be sent again. */
  took(status: number, body: string): boolean;
  /** Milliseconds to wait after the first, second, … send that was not taken. */
  waits: readonly number[];
}
