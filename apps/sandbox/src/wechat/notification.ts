import { randomUUID } from 'node:crypto';
import { rfc3339 } from '../clock.js';
import type { Subject } from '../faults.js';
import type { World } from '../world.js';
import type { Refund, Trade } from './rows.js';
import { chooseKey, encrypt, signatureHeaders } from './signing.js';

type EventType = 'TRANSACTION.SUCCESS' | 'REFUND.SUCCESS' | 'REFUND.ABNORMAL' | 'REFUND.CLOSED';

/** One send of an event and its repeats. `resource` is the plain text that gets encrypted afresh each time. */
interface Delivery {
  id: number;
  event_id: string;
  event_type: EventType;
  out_trade_no: string;
  out_refund_no: string | null;
  resource: string;
  url: string;
  created_at: number;
  /** `held` waits for others (reordering), `dropped` is lost; both can be resent through the control API. */
  state: 'pending' | 'held' | 'dropped' | 'accepted' | 'abandoned';
  attempts: number;
  next_at: number | null;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/**
 * The waits after a first, second, … send that was not accepted
 * (https://pay.weixin.qq.com/doc/v3/merchant/4012791861). After the last one the event is given up.
 */
const REAL_WAITS_MS = [
  15 * SECOND,
  15 * SECOND,
  30 * SECOND,
  3 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  30 * MINUTE,
  60 * MINUTE,
  3 * HOUR,
  3 * HOUR,
  3 * HOUR,
  6 * HOUR,
  6 * HOUR,
];
const FAST_WAITS_MS = REAL_WAITS_MS.map((_, index) => Math.min(100 * 2 ** index, 5 * SECOND));

/** WeChat waits this long for an answer. */
const ANSWER_WITHIN_MS = 5 * SECOND;

/** How far apart reordered events are sent, so that the order is certain. */
const REORDER_GAP_MS = 100;

const SUMMARY: Record<EventType, string> = {
  'TRANSACTION.SUCCESS': '支付成功',
  'REFUND.SUCCESS': '退款成功',
  'REFUND.ABNORMAL': '退款异常',
  'REFUND.CLOSED': '退款关闭',
};

export function announcePayment(world: World, trade: Trade, body: Record<string, unknown>): void {
  const { faults } = world;
  const subject = { outTradeNo: trade.out_trade_no };
  const content = { ...body, trade_state: 'SUCCESS', trade_state_desc: SUMMARY['TRANSACTION.SUCCESS'] };
  const amount = faults.take('wrongAmount', subject);
  const wrong = {
    ...(amount && { amount: wrongAmount(trade.amount_fen, Number(amount.value)) }),
    ...(faults.take('wrongAppId', subject) && { appid: 'wx0000000000000000' }),
    ...(faults.take('wrongMchId', subject) && { mchid: '1600000000' }),
    ...(faults.take('wrongPayer', subject) && { payer: { openid: 'oSBsomebody_else_entirely_00' } }),
  };
  announce(world, 'TRANSACTION.SUCCESS', subject, { ...content, ...wrong }, trade.notify_url);
}

function wrongAmount(truth: number, said: number): Record<string, unknown> {
  const total = said === 0 ? truth + 1 : said;
  return { total, payer_total: total, currency: 'CNY', payer_currency: 'CNY' };
}

export function announceRefund(world: World, refund: Refund, body: Record<string, unknown>): void {
  if (!refund.notify_url || refund.state === 'PROCESSING') return;
  const { faults } = world;
  const subject = { outTradeNo: refund.out_trade_no, outRefundNo: refund.out_refund_no };
  const amount = faults.take('wrongAmount', subject);
  const said = amount && (Number(amount.value) || refund.amount_fen + 1);
  const wrong = {
    ...(said && {
      amount: { total: refund.total_fen, refund: said, payer_total: refund.total_fen, payer_refund: said },
    }),
    ...(faults.take('wrongMchId', subject) && { mchid: '1600000000' }),
  };
  announce(world, `REFUND.${refund.state}`, subject, { ...body, ...wrong }, refund.notify_url);
}

/** Records an event and when it is sent, in the transaction that made it happen. */
function announce(
  world: World,
  type: EventType,
  subject: Subject,
  content: Record<string, unknown>,
  url: string,
): void {
  const { faults, store } = world;
  const now = Date.now();
  const drop = faults.take('dropNotifications', subject);
  const hold = drop ? null : faults.take('reorderNotifications', subject);
  const first = now + Number(faults.take('delayNotificationsMs', subject)?.value ?? 0);
  const copies = drop ? null : faults.take('duplicateNotifications', subject);
  const event = randomUUID();
  for (let copy = 0; copy <= Number(copies?.value ?? 0); copy += 1) {
    store.run(
      `INSERT INTO delivery (event_id, event_type, out_trade_no, out_refund_no, resource, url, created_at, state, next_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      event,
      type,
      subject.outTradeNo ?? '',
      subject.outRefundNo ?? null,
      JSON.stringify(content),
      url,
      world.clock.now().getTime(),
      drop ? 'dropped' : hold ? 'held' : 'pending',
      drop || hold ? null : first + copy * (copies?.gapMs ?? 0),
    );
  }
  if (drop) world.log(`${type} of ${subject.outTradeNo} dropped by a fault`);
  if (hold) releaseHeld(world, Number(hold.value));
}

function releaseHeld(world: World, enough: number): void {
  const held = world.store.all<{ id: number }>(
    "SELECT id FROM delivery WHERE state = 'held' ORDER BY id DESC",
  );
  if (held.length < enough) return;
  const sql = "UPDATE delivery SET state = 'pending', next_at = ? WHERE id = ?";
  held.forEach(({ id }, index) => world.store.run(sql, Date.now() + index * REORDER_GAP_MS, id));
}

/** Sends again now whatever was said about a trade or a refund (or everything). Returns how many sends are due. */
export function resend(
  world: World,
  wanted: { outTradeNo?: string; outRefundNo?: string; all?: boolean },
): number {
  const due = `UPDATE delivery SET state = 'pending', attempts = 0, next_at = ? WHERE id IN
    (SELECT max(id) FROM delivery WHERE `;
  const group = ' GROUP BY event_id)';
  const { store } = world;
  const now = Date.now();
  const count = wanted.all
    ? store.run(`${due}1${group}`, now)
    : wanted.outRefundNo
      ? store.run(`${due}out_refund_no = ?${group}`, now, wanted.outRefundNo)
      : store.run(`${due}out_trade_no = ? AND out_refund_no IS NULL${group}`, now, wanted.outTradeNo ?? '');
  world.wake();
  return count;
}

/** What is to be sent at `now` (real milliseconds), the longest overdue first. */
export function dueDeliveries(world: World, now: number, limit: number): Delivery[] {
  const sql = 'SELECT * FROM delivery WHERE next_at <= ? ORDER BY next_at, id LIMIT ?';
  return world.store.all<Delivery>(sql, now, limit);
}

/** Sends once and records what came back. Never throws. */
export async function deliver(world: World, delivery: Delivery, stop: AbortSignal): Promise<void> {
  const { body, headers } = letter(world, delivery);
  let result: string;
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), stop]),
    });
    await response.body?.cancel();
    result = String(response.status);
  } catch (error) {
    // Stopped while under way: nothing is known, so it is sent again after the next start.
    if (stop.aborted) return;
    result = reasonOf(error);
  }
  const accepted = result === '200' || result === '204';
  const waits = world.preferences.notifySchedule === 'fast' ? FAST_WAITS_MS : REAL_WAITS_MS;
  const wait = waits[delivery.attempts];
  const state = accepted ? 'accepted' : wait === undefined ? 'abandoned' : 'pending';
  const next = state === 'pending' && wait !== undefined ? Date.now() + wait : null;
  const sql =
    'UPDATE delivery SET state = ?, attempts = attempts + 1, next_at = ?, last_result = ? WHERE id = ?';
  world.store.run(sql, state, next, result, delivery.id);
  world.log(`${delivery.event_type} of ${delivery.out_refund_no ?? delivery.out_trade_no}: ${result}`);
}

/** `ECONNREFUSED`, `TimeoutError` and the like. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  const { cause } = error;
  return typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code) : error.name;
}

/** The request body with its signature, as this send's faults want them. */
function letter(world: World, delivery: Delivery): { body: string; headers: Record<string, string> } {
  const { faults } = world;
  const subject = { outTradeNo: delivery.out_trade_no, outRefundNo: delivery.out_refund_no };
  const broken = faults.take('unparsable', subject)?.value;
  const original = delivery.event_type === 'TRANSACTION.SUCCESS' ? 'transaction' : 'refund';
  const resource = encrypt(world.keys.apiV3, broken === 'content' ? 'not JSON' : delivery.resource, original);
  if (broken === 'cipher') resource.ciphertext = Buffer.alloc(64, 'x').toString('base64');
  const json = JSON.stringify({
    id: delivery.event_id,
    create_time: rfc3339(delivery.created_at),
    resource_type: 'encrypt-resource',
    event_type: delivery.event_type,
    summary: SUMMARY[delivery.event_type],
    resource: { original_type: original, ...resource },
  });
  const body = broken === 'body' ? json.slice(0, -2) : json;
  const stale = faults.take('staleTimestamp', subject);
  const headers = signatureHeaders(chooseKey(world), body, {
    forged: faults.take('badSignature', subject) !== null,
    probe: faults.take('signTest', subject) !== null,
    ...(stale && { timestamp: Math.floor(Date.now() / 1000) - 360 }),
  });
  return { body, headers: { 'Content-Type': 'application/json', 'User-Agent': 'Mozilla/4.0', ...headers } };
}
