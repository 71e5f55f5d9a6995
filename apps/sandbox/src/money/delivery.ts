import { randomUUID } from 'node:crypto';
import type { Subject } from '../faults.js';
import type { World } from '../world.js';
import type { ChannelName, Delivery } from './rows.js';

/** What `notifySchedule: fast` waits at most. */
const FASTEST_MS = 5000;

/** Gateways wait this long for an answer. */
const ANSWER_WITHIN_MS = 5000;

/** How far apart reordered events are sent, so that the order is certain. */
const REORDER_GAP_MS = 100;

/** What an event says instead of `truth` while `wrongAmount` is on. */
export function saidAmount(world: World, subject: Subject, truth: number): number {
  const fault = world.faults.take('wrongAmount', subject);
  return fault === null ? truth : Number(fault.value) || truth + 1;
}

/** Records an event and when it is sent, in the transaction that made it happen. */
export function record(
  world: World,
  channel: ChannelName,
  type: string,
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
      `INSERT INTO delivery (channel, event_id, event_type, out_trade_no, out_refund_no, resource, url, created_at, state, next_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      channel,
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
  const channel = world.channel(delivery.channel);
  const { body, headers } = channel.letter(delivery);
  let result: string;
  let accepted = false;
  try {
    const response = await fetch(delivery.url, {
      method: 'POST',
      body,
      headers,
      redirect: 'manual',
      signal: AbortSignal.any([AbortSignal.timeout(ANSWER_WITHIN_MS), stop]),
    });
    accepted = channel.took(response.status, await response.text());
    result = String(response.status);
  } catch (error) {
    // Stopped while under way: nothing is known, so it is sent again after the next start.
    if (stop.aborted) return;
    result = reasonOf(error);
  }
  const fast = channel.waits.map((_, index) => Math.min(100 * 2 ** index, FASTEST_MS));
  const waits = world.preferences.notifySchedule === 'fast' ? fast : channel.waits;
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
