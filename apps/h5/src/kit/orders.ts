import type { Camp } from '@yajin/web';
import { useSyncExternalStore } from 'react';
import { queryClient } from './api.js';
import { forgetAll, load, save } from './storage.js';

/** An order this browser knows, with the ticket that opens it. */
export interface KnownOrder {
  orderNo: string;
  ticket: string;
  campId: number;
  campName: string;
  /** Last heard from the server. */
  payStatus: Camp.PayStatus;
  bindStatus: Camp.BindStatus;
  memberId: number | null;
  /** Why people have to look who it is; unknown until the server has been asked about it. */
  review?: Camp.IdentityReview;
  /** Unix milliseconds of when this browser first knew it. */
  at: number;
  /** Unix milliseconds of the server's last word. */
  heardAt: number;
  payTime: string | null;
  /** How far the money is on its way back; unknown until the server has been asked. */
  refund?: Camp.MemberRefund | null;
  /** Known for orders placed in this browser only. */
  placed?: {
    orderId: number;
    amount: number;
    /** Shanghai wall clock. */
    expireTime: string;
    planetUserId: string;
    planetNickname: string;
    sig?: string;
  };
}

type Orders = Record<string, KnownOrder>;

const NAME = 'orders';
const MOST = 60;
const listeners = new Set<() => void>();
let orders: Orders = load<Orders>(NAME) ?? {};

/** Those that one login brought were known at the same moment: what is heard of one must not move it. */
export function newestFirst(a: KnownOrder, b: KnownOrder): number {
  return (
    b.at - a.at || (b.payTime ?? '').localeCompare(a.payTime ?? '') || b.orderNo.localeCompare(a.orderNo)
  );
}

function replace(next: KnownOrder[]): void {
  const kept = next.sort(newestFirst).slice(0, MOST);
  orders = Object.fromEntries(kept.map((order) => [order.orderNo, order]));
  save(NAME, orders);
  for (const listener of listeners) listener();
}

export function keepOrder(order: KnownOrder): void {
  replace([...Object.values(orders).filter(({ orderNo }) => orderNo !== order.orderNo), order]);
}

/** Their person is erased at the server; here, too, with whatever else was looked at. */
export function dropOrders(orderNos: string[]): void {
  if (orderNos.length === 0) return;
  forgetAll();
  queryClient.removeQueries();
  replace(Object.values(orders).filter(({ orderNo }) => !orderNos.includes(orderNo)));
}

/** Writes down what the server says about an order. */
export function heardOf(orderNo: string, heard: Partial<KnownOrder>): void {
  const known = orders[orderNo];
  if (known) keepOrder({ ...known, ...heard, heardAt: Date.now() });
}

/** Takes the tickets that a login brought back. */
export function keepTickets(tickets: Camp.OrderTicket[]): void {
  const brought = tickets.map((ticket): KnownOrder => {
    const known = orders[ticket.orderNo];
    return {
      ...(known?.placed ? { placed: known.placed } : {}),
      ...(known?.refund ? { refund: known.refund } : {}),
      orderNo: ticket.orderNo,
      ticket: ticket.accessToken,
      campId: ticket.campId,
      campName: ticket.campName,
      payStatus: 'success',
      bindStatus: ticket.bindStatus,
      memberId: ticket.memberId,
      payTime: ticket.payTime,
      at: known?.at ?? Date.now(),
      heardAt: Date.now(),
    };
  });
  const numbers = new Set(brought.map(({ orderNo }) => orderNo));
  replace([...Object.values(orders).filter(({ orderNo }) => !numbers.has(orderNo)), ...brought]);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** All orders that this browser knows, as they change. */
export function useOrders(): Orders {
  return useSyncExternalStore(listen, () => orders);
}

// Another tab of the same browser may learn something first.
window.addEventListener('storage', () => {
  orders = load<Orders>(NAME) ?? orders;
  for (const listener of listeners) listener();
});
