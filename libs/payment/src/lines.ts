import { Injectable } from '@nestjs/common';
import type { Fen } from '@yajin/core';
import type { EntityManager } from 'typeorm';
import type { PaidTrade } from './gateway.js';
import type { KeptPayer } from './payer-ids.js';
import type { OrderStatus, RefundStatus, TransferStatus } from './states.js';

export interface Order {
  id: number;
  orderNo: string;
  line: string;
  /** The line's own key for what is paid for. */
  subject: string;
  amountFen: Fen;
  description: string;
  status: OrderStatus;
  payer: KeptPayer;
  expiresAt: Date;
  paidAt: Date | null;
  /** True for money that came by a trade begun outside, such as a fixed code. */
  claimed: boolean;
  createdAt: Date;
}

export interface Refund {
  id: number;
  source: string;
  orderId: number;
  amountFen: Fen;
  reason: string;
  status: RefundStatus;
  /** INSUFFICIENT (also while one that starved for days is sent anew), REFUSED, CLOSED, ABNORMAL or MERCHANT; the gateway's own words are in the message. */
  failCode: string | null;
  failMessage: string | null;
  retries: number;
  /** The gateway's number of the refund. */
  gatewayRefundId: string | null;
  succeededAt: Date | null;
}

/** Money of ours on its way to somebody. */
export interface Transfer {
  id: number;
  source: string;
  line: string;
  subject: string;
  /** The order whose books it is in. */
  orderId: number;
  /** Whose balance it is. */
  owner: string;
  amountFen: Fen;
  status: TransferStatus;
  /** INSUFFICIENT or REFUSED, or FAILED when it was accepted first; the gateway's own words are in the message. */
  failCode: string | null;
  failMessage: string | null;
  retries: number;
  /** The gateway's number of the transfer. */
  gatewayTransferId: string | null;
  succeededAt: Date | null;
}

/** Where a refund stands, those that the kernel began by itself too. */
export interface RefundChange {
  order: Order;
  refund: Refund;
}

/**
 * What a line makes of a payment. `acknowledged`: it counts, or the line itself has seen to it. Otherwise the line has no use for
 * it: `giveBack` returns what is left of it, `suspend` keeps it for a person to decide.
 */
export type Verdict = 'acknowledged' | { giveBack: string } | { suspend: string };

/** Paths under the public URL. */
export interface NotifyPaths {
  payment: string;
  refund: string;
  /** Where gateways report transfers; with the payments when it is left out. */
  transfer?: string;
}

/**
 * A line of business as the kernel sees it. Events come at least once, in no promised order, each in a
 * transaction of the line's own; throwing makes the event come again and leaves the money as it is.
 */
export interface LineHandler {
  readonly line: string;
  /** Where its gateways send their notifications; one answer for all of them, or one for each by its name. */
  readonly notifyPaths: NotifyPaths | ((gateway: string) => NotifyPaths);
  /**
   * Recognises a trade that was begun outside by its gateway and the form of its number, and names its subject. Null
   * when it is not this line's.
   */
  claim?(gateway: string, outTradeNo: string): { subject: string; description: string } | null;
  /**
   * Recognises a payment of its own whose order is gone, as after a restore, by what the gateway says of it, and names its
   * subject as far as that tells. It comes as a trade does that was begun outside. Null when it is not this line's.
   */
  recall?(gateway: string, trade: PaidTrade): { subject: string; description: string } | null;
  /** Money for an order has arrived, in whatever state the line believes it to be. */
  paid(order: Order, manager: EntityManager): Promise<Verdict>;
  /** An order is over and was not paid. */
  closed(order: Order, manager: EntityManager): Promise<void>;
  /** Refunds, as they stand now; often many at once. */
  refunded(changes: RefundChange[], manager: EntityManager): Promise<void>;
  /** Every change of a transfer, delivered as the others are; for lines that pay out. */
  transferred?(transfer: Transfer, manager: EntityManager): Promise<void>;
  /**
   * Takes out, in the caller's transaction and waiting for no lock, what it keeps of orders that were closed long ago and never paid. The
   * orders of a line without it stay.
   * @returns the ids of which nothing is left
   */
  letGo?(orderIds: number[], manager: EntityManager): Promise<number[]>;
}

@Injectable()
export class Lines {
  private readonly handlers = new Map<string, LineHandler>();

  register(handler: LineHandler): void {
    if (this.handlers.has(handler.line)) throw new Error(`line ${handler.line} is registered twice`);
    this.handlers.set(handler.line, handler);
  }

  get all(): LineHandler[] {
    return [...this.handlers.values()];
  }

  get(line: string): LineHandler {
    const handler = this.handlers.get(line);
    if (!handler) throw new Error(`no line ${line} is registered`);
    return handler;
  }

  notifyPaths(line: string, gateway: string): NotifyPaths {
    const { notifyPaths } = this.get(line);
    return typeof notifyPaths === 'function' ? notifyPaths(gateway) : notifyPaths;
  }

  claim(gateway: string, outTradeNo: string): { line: string; subject: string; description: string } | null {
    for (const handler of this.handlers.values()) {
      const claimed = handler.claim?.(gateway, outTradeNo);
      if (claimed) return { line: handler.line, ...claimed };
    }
    return null;
  }

  recall(gateway: string, trade: PaidTrade): { line: string; subject: string; description: string } | null {
    for (const handler of this.handlers.values()) {
      const recalled = handler.recall?.(gateway, trade);
      if (recalled) return { line: handler.line, ...recalled };
    }
    return null;
  }
}
