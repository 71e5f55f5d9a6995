/**
 * The gateway's side of a refund day, and of payers who wait, a process of its own: knows of no payment yet, accepts refunds up to its quota, leaves some requests without
 * an answer although it took them, and tells of each a moment later, again and again until somebody takes it.
 */
import { createPrivateKey } from 'node:crypto';
import { Agent, createServer, request as httpRequest, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { refundedNotification, signed, type Platform, type RefundFacts } from './notifications.ts';

const ARRIVES_MS = 50;
const TELLS_AGAIN_MS = 500;
const settings = process.env;
const perSecond = Number(settings['QUOTA']);
/** Of a hundred requests, so many are never answered. */
const silent = Number(settings['SILENT_PERCENT']);
const platform: Platform = {
  privateKey: createPrivateKey(settings['PLATFORM_KEY'] ?? ''),
  serial: settings['SERIAL'] ?? '',
  apiV3Key: settings['API_V3_KEY'] ?? '',
  appId: settings['APP_ID'] ?? '',
  mchId: settings['MCH_ID'] ?? '',
};
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const known = new Map<string, RefundFacts & { arrived: boolean }>();
const counts = { requests: 0, refused: 0, silent: 0 };
let left = perSecond;
setInterval(() => (left = Math.min(perSecond, left + perSecond / 20)), 50).unref();

interface RefundBody {
  out_trade_no: string;
  out_refund_no: string;
  notify_url: string;
  amount: { refund: number; total: number };
}

function answer(response: ServerResponse, status: number, content: object): void {
  const body = JSON.stringify(content);
  response.writeHead(status, { 'content-type': 'application/json', ...signed(platform, body) });
  response.end(body);
}

function shown(refund: RefundFacts, status: string): object {
  const { outTradeNo, outRefundNo, refundId, amountFen, totalFen } = refund;
  return {
    refund_id: refundId,
    out_refund_no: outRefundNo,
    transaction_id: `42${outTradeNo.slice(0, 26)}`,
    out_trade_no: outTradeNo,
    channel: 'ORIGINAL',
    user_received_account: '支付用户零钱',
    create_time: '2026-01-01T00:00:00+08:00',
    ...(status === 'SUCCESS' && { success_time: '2026-01-01T00:00:00+08:00' }),
    status,
    amount: {
      total: totalFen,
      refund: amountFen,
      payer_total: totalFen,
      payer_refund: amountFen,
      currency: 'CNY',
    },
  };
}

function tell(refund: RefundFacts & { arrived: boolean }, url: string): void {
  refund.arrived = true;
  const { headers, body } = refundedNotification(platform, refund);
  const again = (): void => void setTimeout(() => tell(refund, url), TELLS_AGAIN_MS);
  const sent = httpRequest(
    url,
    {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), ...headers },
    },
    (response) => {
      response.resume();
      if (response.statusCode !== 200) again();
    },
  );
  sent.on('error', again);
  sent.end(body);
}

function refund(body: RefundBody, response: ServerResponse): void {
  counts.requests += 1;
  if (left < 1) {
    counts.refused += 1;
    return answer(response, 429, { code: 'FREQUENCY_LIMITED', message: '频率超限' });
  }
  left -= 1;
  let facts = known.get(body.out_refund_no);
  if (!facts) {
    facts = {
      outTradeNo: body.out_trade_no,
      outRefundNo: body.out_refund_no,
      refundId: `50${body.out_refund_no.slice(0, 26)}`,
      amountFen: body.amount.refund,
      totalFen: body.amount.total,
      arrived: false,
    };
    known.set(body.out_refund_no, facts);
    const told = facts;
    setTimeout(() => tell(told, body.notify_url), ARRIVES_MS);
  }
  if (known.size % 100 < silent) {
    counts.silent += 1;
    return;
  }
  answer(response, 200, shown(facts, 'PROCESSING'));
}

/** Nobody has paid yet. */
function unpaid(pathname: string, response: ServerResponse): void {
  answer(response, 200, {
    appid: platform.appId,
    mchid: platform.mchId,
    out_trade_no: decodeURIComponent(pathname.split('/').at(-1) ?? ''),
    trade_state: 'NOTPAY',
    trade_state_desc: '订单未支付',
  });
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST')
      return refund(JSON.parse(Buffer.concat(chunks).toString()) as RefundBody, response);
    const { pathname } = new URL(request.url ?? '', 'http://gateway');
    if (pathname.includes('/pay/transactions/')) return unpaid(pathname, response);
    const facts = known.get(decodeURIComponent(pathname.split('/').at(-1) ?? ''));
    if (!facts) return answer(response, 404, { code: 'RESOURCE_NOT_EXISTS', message: '退款单不存在' });
    return answer(response, 200, shown(facts, facts.arrived ? 'SUCCESS' : 'PROCESSING'));
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => {
  process.send?.({ ...counts, refunds: known.size });
  known.clear();
  Object.assign(counts, { requests: 0, refused: 0, silent: 0 });
});
process.on('disconnect', () => process.exit(0));
