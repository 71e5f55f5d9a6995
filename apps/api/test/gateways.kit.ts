import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fen } from '@yajin/core';
import {
  Gateways,
  Inbox,
  Lines,
  Payments,
  Refunds,
  type Gateway,
  type LineHandler,
  type NewOrder,
  type Order,
  type Refund,
  type Scene,
  type Verdict,
} from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';

/** A line of business with nothing behind it: what the kernel and a gateway do between themselves. */
class PlainLine implements LineHandler {
  readonly line = 'plain';

  notifyPaths(gateway: string) {
    return { payment: `/api/webhook/plain/${gateway}`, refund: `/api/webhook/plain/${gateway}` };
  }

  // What it is told of is looked up in the kernel.

  paid(): Promise<Verdict> {
    return Promise.resolve('acknowledged');
  }

  async closed(): Promise<void> {}

  async refunded(): Promise<void> {}
}

export const SCENES: Record<string, Scene> = {
  'wechat-v3': 'native',
  'wechat-v2': 'native',
  alipay: 'native',
  shouqianba: 'native',
  'bank-card': 'page',
};
export const NAMES = Object.keys(SCENES);

export let api: TestApi;

/**
 * The API with a plain line on all gateways, before all tests of a file and away after them.
 * @param overrides what of the environment leads elsewhere, known by then
 * @param dayFiles whether bills and statements are read when their hours come
 */
export function useGateways(
  overrides: () => Promise<Record<string, string>> = async () => ({}),
  dayFiles = false,
): void {
  beforeAll(async () => {
    const prepare = async (app: NestFastifyApplication): Promise<void> => {
      app.get(Lines).register(new PlainLine());
      const fastify = app.getHttpAdapter().getInstance();
      fastify.post<{ Params: { gateway: string } }>('/api/webhook/plain/:gateway', async (request, reply) => {
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const answered = await app.get(Inbox).answer(request.params.gateway, request.headers, body);
        const { status, contentType, body: text } = answered.reply;
        return reply.status(status).type(contentType).send(text);
      });
    };
    api = await TestApi.start(await overrides(), prepare, { dayFiles });
    await api.control('POST', '/control/settings', { notifySchedule: 'fast' });
  });
  afterAll(() => api.stop());
  afterEach(async () => {
    await api.control('POST', '/control/faults', { reset: true });
  });
}

export const gatewayOf = (name: string): Gateway => api.app.get(Gateways).get(name);

export async function place(gateway: string, change: Partial<NewOrder> = {}): Promise<Order> {
  const order: NewOrder = {
    line: 'plain',
    subject: '1',
    gateway,
    amountFen: fen(1990),
    description: '一次付款',
    attach: '',
    expiresAt: new Date(Date.now() + 1_800_000),
    ...change,
  };
  return api.db.transaction((manager) => api.app.get(Payments).create(manager, order));
}

export async function present(order: Order, gateway: string): Promise<string> {
  await api.app.get(Payments).present(order.id, SCENES[gateway] ?? 'native', { id: null, ip: '127.0.0.1' });
  return attemptOf(order);
}

export async function attemptOf(order: Order): Promise<string> {
  const sql = `SELECT out_trade_no FROM pay_attempt WHERE order_id = $1 AND state IN ('created', 'open', 'paid')`;
  const [row] = await api.rows<{ out_trade_no: string }>(sql, [order.id]);
  return row?.out_trade_no ?? '';
}

export const pay = (outTradeNo: string) => api.control('POST', '/control/pay', { outTradeNo });
export const fault = (faults: Record<string, unknown>) => api.control('POST', '/control/faults', faults);

export async function statusOf(order: Order): Promise<string> {
  return (await api.app.get(Payments).find(api.db, order.id))?.status ?? 'gone';
}

export const paid = (order: Order) =>
  eventually(async () => (await statusOf(order)) === 'paid', `order ${order.id} to be paid`);

export async function paidOrder(gateway: string, change: Partial<NewOrder> = {}): Promise<Order> {
  const order = await place(gateway, change);
  await pay(await present(order, gateway));
  await paid(order);
  return order;
}

export function refund(order: Order, amountFen: number): Promise<Refund> {
  const wanted = { source: randomUUID(), orderId: order.id, amountFen: fen(amountFen), reason: '退款' };
  return api.db.transaction((manager) => api.app.get(Refunds).request(manager, wanted));
}

export const refundIs = (refundId: number, status: string) =>
  eventually(async () => {
    const found = await api.app.get(Refunds).find(api.db, refundId);
    return found?.status === status && found;
  }, `refund ${refundId} to be ${status}`);

interface Note {
  state: string;
  reason: string | null;
  deliveries: number;
}

export const notesOf = (number: string): Promise<Note[]> =>
  api.rows<Note>('SELECT state, reason, deliveries FROM pay_notification WHERE subject_no = $1', [number]);

export const postings = (order: Order) =>
  api.rows<{ source: string; amount_fen: number }>(
    'SELECT source, amount_fen FROM pay_ledger WHERE order_id = $1 ORDER BY id',
    [order.id],
  );

/** Sends something to the webhook as anybody could. */
export async function send(gateway: string, body: string, type = 'application/json'): Promise<number> {
  const init = { method: 'POST', headers: { 'content-type': type }, body };
  return (await fetch(`${api.url}/api/webhook/plain/${gateway}`, init)).status;
}
