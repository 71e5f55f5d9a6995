import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { agree, eventually, type TestApi } from './api.js';

let serial = 0;

/** A number nobody else in this test file has. */
export function unique(): number {
  serial += 1;
  return serial;
}

export interface MadeCamp {
  id: number;
  start: string;
  end: string;
  checkinId: string;
  deposit: number;
}

/** A published camp that starts in `startsIn` days. */
export async function publishedCamp(
  api: TestApi,
  {
    startsIn = 3,
    days = 7,
    requiredDays = 3,
    deposit = 99,
    ...rest
  }: Partial<Camp.CreateCampRequest> & { startsIn?: number; days?: number } = {},
): Promise<MadeCamp> {
  const start = addDays(businessDate(api.clock.now()), startsIn);
  const checkinId = `1555541141${String(unique()).padStart(4, '0')}`;
  const created = await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', {
    name: `早起打卡训练营${unique()}`,
    posterUrl: 'https://cdn.example.com/poster.jpg',
    deposit,
    startDate: start,
    endDate: addDays(start, days),
    requiredDays,
    groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
    planetProjectId: checkinId,
    ...rest,
  });
  await api.admin('POST', `/api/admin/camps/${created.data.id}/publish`);
  return { id: created.data.id, start, end: addDays(start, days), checkinId, deposit };
}

export interface Person {
  planetUserId: string;
  nickname: string;
  openid: string;
}

export function person(): Person {
  const n = unique();
  return {
    planetUserId: `8845581545${String(n).padStart(5, '0')}`,
    nickname: `同学${n}`,
    openid: `oPayer${String(n).padStart(20, '0')}`,
  };
}

/** An order that is ready to be paid at the gateway. */
export async function openOrder(
  api: TestApi,
  camp: MadeCamp,
  who: Person,
  scene = 'native',
): Promise<Camp.CreatedPayment> {
  const order = await placedOrder(api, camp, who);
  const params = await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=${scene}`);
  if (params.code !== 200) throw new Error(`params: ${params.code} ${params.message}`);
  return order;
}

export async function placedOrder(api: TestApi, camp: MadeCamp, who: Person): Promise<Camp.CreatedPayment> {
  const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
  });
  if (placed.code !== 200) throw new Error(`payments: ${placed.code} ${placed.message}`);
  return placed.data;
}

export async function pay(
  api: TestApi,
  order: Camp.CreatedPayment,
  who: Person,
  paidAt?: string,
): Promise<void> {
  await api.control('POST', '/control/pay', {
    orderNo: order.orderNo,
    openid: who.openid,
    ...(paidAt ? { paidAt } : {}),
  });
}

export async function statusOf(
  api: TestApi,
  order: Camp.CreatedPayment,
  wait = 0,
): Promise<Camp.PaymentStatus> {
  const answer = await api.call<Camp.PaymentStatus>(
    'GET',
    `/api/h5/payments/${order.orderNo}/status?wait=${wait}`,
    {
      ticket: order.accessToken,
    },
  );
  return answer.data;
}

/** Waits until the order is no longer pending. */
export function decided(api: TestApi, order: Camp.CreatedPayment): Promise<Camp.PaymentStatus> {
  return eventually(async () => {
    const status = await statusOf(api, order, 3);
    return status.payStatus !== 'pending' && status;
  }, `order ${order.orderNo} to be decided`);
}

/** A paid member. */
export async function member(api: TestApi, camp: MadeCamp, who: Person): Promise<Camp.CreatedPayment> {
  const order = await openOrder(api, camp, who);
  await pay(api, order, who);
  await decided(api, order);
  return order;
}

/** Scans the camp's fixed code and pays. @param campId as the code's number says it */
export async function payByCode(
  api: TestApi,
  camp: { id: number },
  who: Person,
  amountFen = 9900,
): Promise<void> {
  await api.control('POST', '/control/fixed-qr-payment', { campId: camp.id, amountFen, openid: who.openid });
}

/** Posts one check-in on each of the camp's first `days` days. */
export async function checkIns(api: TestApi, camp: MadeCamp, who: Person, days: number): Promise<void> {
  const posts = Array.from({ length: days }, (_, day) => ({
    userId: who.planetUserId,
    name: who.nickname,
    text: `第${day + 1}天`,
    createTime: `${addDays(camp.start, day)}T06:${String(unique() % 60).padStart(2, '0')}:00.${String(unique() % 1000).padStart(3, '0')}+0800`,
  }));
  await api.control('POST', '/control/planet/posts', { checkinId: camp.checkinId, posts });
}

/** Ends the camp and waits for its refund list. */
export async function pendingRefunds(api: TestApi, camp: MadeCamp): Promise<Camp.PendingRefund[]> {
  await api.moveClock(`${camp.end}T03:00:10`);
  const page = await api.admin<Camp.PendingRefundPage>(
    'GET',
    `/api/admin/refunds/pending?campId=${camp.id}&pageSize=100`,
  );
  return page.data.list;
}

/** A finished camp whose `count` members all kept their promise and wait for their refunds. */
export async function finishedCamp(
  api: TestApi,
  count: number,
): Promise<{ camp: MadeCamp; orders: Camp.CreatedPayment[]; refundIds: number[] }> {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
  const orders: Camp.CreatedPayment[] = [];
  for (let index = 0; index < count; index += 1) {
    const who = person();
    orders.push(await member(api, camp, who));
    await checkIns(api, camp, who, 2);
  }
  const pending = await pendingRefunds(api, camp);
  if (pending.length !== count) throw new Error(`${pending.length} of ${count} refunds are listed`);
  return { camp, orders, refundIds: pending.map(({ id }) => id) };
}

export async function records(api: TestApi, camp: MadeCamp): Promise<Camp.RefundRecord[]> {
  const page = await api.admin<Camp.RefundRecordPage>(
    'GET',
    `/api/admin/refunds/records?campId=${camp.id}&pageSize=100`,
  );
  return page.data.list;
}

export interface GatewayTrade {
  outTradeNo: string;
  transactionId: string | null;
  amountFen: number;
  /** What reaches the merchant. */
  settledFen: number;
  state: string;
  openid: string | null;
}

export interface GatewayRefund {
  outRefundNo: string;
  outTradeNo: string;
  amountFen: number;
  /** What leaves the merchant. */
  settledFen: number;
  state: string;
  requests: number;
}

export const outTradeNo = (order: Camp.CreatedPayment): string => order.orderNo.slice(4).replaceAll('-', '');

/** Whose WeChat paid an order, as the gateway knows. */
export async function payerOf(api: TestApi, order: Camp.CreatedPayment): Promise<string> {
  const trades = await api.control<GatewayTrade[]>('GET', '/control/trades');
  const openid = trades.find((trade) => trade.outTradeNo === outTradeNo(order))?.openid;
  if (!openid) throw new Error(`nobody paid ${order.orderNo}`);
  return openid;
}

/** What the gateway refunded of one order, by its first number. */
export async function gatewayRefunds(api: TestApi, order: Camp.CreatedPayment): Promise<GatewayRefund[]> {
  const all = await api.control<GatewayRefund[]>('GET', '/control/refunds');
  return all.filter((refund) => refund.outTradeNo === outTradeNo(order));
}

/** The sum of every payment less every refund at the gateway must be what our books hold there. */
export async function expectBooksToAgree(api: TestApi): Promise<void> {
  await api.quiet();
  await agree(async () => {
    const trades = await api.control<GatewayTrade[]>('GET', '/control/trades');
    const refunds = await api.control<GatewayRefund[]>('GET', '/control/refunds');
    const paid = trades
      .filter((trade) => ['SUCCESS', 'REFUND'].includes(trade.state))
      .reduce((sum, trade) => sum + trade.settledFen, 0);
    const back = refunds
      .filter((refund) => refund.state === 'SUCCESS')
      .reduce((sum, refund) => sum + refund.settledFen, 0);
    const [clearing] = await api.rows<{ fen: string | null }>(
      `SELECT sum(CASE WHEN debit = 'clearing' THEN amount_fen ELSE -amount_fen END) AS fen FROM pay_ledger
       WHERE 'clearing' IN (debit, credit)`,
    );
    return [Number(clearing?.fen ?? 0), paid - back];
  });
}

/** A browser in which a payer has logged in with WeChat: its cookie, and the tickets that the login gave. */
export async function wechatLogin(
  api: TestApi,
  { openid }: Pick<Person, 'openid'>,
): Promise<{ cookie: string; tickets: Camp.OrderTicket[] }> {
  const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', { openid });
  const session = await api.call<Camp.WechatSession>('POST', '/api/h5/auth/wechat', { body: { code } });
  return { cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '', tickets: session.data.tickets };
}
