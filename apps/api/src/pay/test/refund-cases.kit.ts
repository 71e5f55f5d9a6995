import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import {
  finishedCamp,
  gatewayRefunds,
  outTradeNo,
  records,
  type GatewayRefund,
} from '@yajin/testing/factories';
import { eventually, type Answer, type TestApi } from '@yajin/testing/api';

export const CARD = {
  to: 'payer',
  bankType: 'ICBC_DEBIT',
  account: '6222020200001234567',
  name: '林小满',
} as const;
export const EVIDENCE = { evidence: '2026-11-28 网银转账 99 元，流水号 20261128001' };

export interface Case {
  id: number;
  order: Camp.CreatedPayment;
  records: () => Promise<Camp.RefundRecord[]>;
  refund: () => Promise<Console.PayRefund>;
  gateway: () => Promise<GatewayRefund[]>;
}

/** A refund that has been approved, with what the gateway is to make of it. */
export async function approved(api: TestApi, faults: object): Promise<Case> {
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  const order = orders[0]!;
  await api.control('POST', '/control/faults', faults);
  await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  const refund = async (): Promise<Console.PayRefund> => {
    const story = await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`);
    return story.data.refunds[0]!;
  };
  const { id } = await eventually(async () => {
    const found = await refund();
    return found?.status !== 'pending' && found;
  }, 'the refund to be sent');
  return { id, order, refund, records: () => records(api, camp), gateway: () => gatewayRefunds(api, order) };
}

/** The payer's account could not take it. */
export async function abnormal(api: TestApi): Promise<Case> {
  const made = await approved(api, { refundResult: { value: 'ABNORMAL', times: 1 } });
  await eventually(async () => (await made.refund()).status === 'failed', 'the refund to be abnormal');
  await api.quiet();
  return made;
}

/** The gateway has taken it and says no more. */
export async function stuck(api: TestApi): Promise<Case> {
  const made = await approved(api, { refundStuck: { times: 1 } });
  await eventually(
    async () => (await made.refund()).gatewayState === 'accepted',
    'the refund to be accepted',
  );
  return made;
}

export const sentHoursAgo = (api: TestApi, id: number, hours: number): Promise<unknown> =>
  api.rows('UPDATE pay_refund SET sent_at = now() - make_interval(hours => $2) WHERE id = $1', [id, hours]);

export const act = (
  api: TestApi,
  method: string,
  id: number,
  what: string,
  body?: object,
  token?: string,
): Promise<Answer<Console.PayRefund>> => {
  const path = `/api/admin/pay/refunds/${id}/${what}`;
  return token ? api.call(method, path, { token, body }) : api.admin(method, path, body);
};
export const redirect = (api: TestApi, id: number, body: object = CARD) =>
  act(api, 'POST', id, 'redirect', body);
export const propose = (api: TestApi, id: number, body: object = EVIDENCE) =>
  act(api, 'POST', id, 'outside', body);
export const confirm = (api: TestApi, id: number, token?: string) =>
  act(api, 'POST', id, 'outside/confirm', undefined, token);
export const withdraw = (api: TestApi, id: number) => act(api, 'DELETE', id, 'outside');

export async function payment(
  api: TestApi,
  order: Camp.CreatedPayment,
): Promise<{ refunded_fen: number; reserved_fen: number }> {
  const found = await api.rows<{ refunded_fen: number; reserved_fen: number }>(
    'SELECT refunded_fen, reserved_fen FROM pay_attempt WHERE out_trade_no = $1',
    [outTradeNo(order)],
  );
  return found[0]!;
}

export async function postings(
  api: TestApi,
  order: Camp.CreatedPayment,
): Promise<[string, string, string][]> {
  const { data } = await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`);
  return data.postings.map(({ kind, debit, credit }) => [kind, debit, credit]);
}
