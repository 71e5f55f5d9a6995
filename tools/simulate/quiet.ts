import { setTimeout as sleep } from 'node:timers/promises';
import { exchange, type Ask } from './client.ts';
import { middleStates } from './invariants/lines.ts';
import type { Violation } from './invariants/gateway.ts';
import { NOT_ABNORMAL } from './plan.ts';
import type { World } from './world.ts';

/** How long the product may take to decide everything once nothing is broken and no deadline is far. */
const QUIET_WITHIN_MS = 120_000;
/** Longer than any order may be paid. */
const BEYOND_EXPIRY_MS = 3 * 3_600_000;
const NUDGE_MS = 1_000;
/** What waits for its next try in business time waits ten minutes: now and then they go by. */
const LEAP_MS = 11 * 60_000;
const LEAP_EVERY = 5;
const LOOK_EVERY_MS = 150;
/** How often operators try again what failed. */
const MOST_RETRIES = 3;

/** Deadlines that are rows, in real time: whichever of them a table has. Bills and statements are read at hours of business time, again and again. */
const HURRY = `
DO $$
DECLARE deadline record;
BEGIN
  SET LOCAL lock_timeout = '1s';
  FOR deadline IN
    SELECT c.table_name AS of, c.column_name AS name FROM information_schema.columns c
    JOIN information_schema.tables t USING (table_schema, table_name)
    WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'timestamp with time zone'
      AND c.column_name IN ('query_at', 'check_at', 'deliver_at', 'close_at', 'ask_at', 'send_at', 'retry_at', 'try_at', 'next_at', 'due_at',
                            'run_at', 'work_at', 'look_at', 'until', 'lease_until')
      AND c.table_name NOT IN ('pay_bill', 'pay_statement')
  LOOP
    EXECUTE format('UPDATE %I SET %I = now() WHERE %I > now()', deadline.of, deadline.name, deadline.name);
  END LOOP;
  IF to_regclass('graphile_worker._private_jobs') IS NOT NULL THEN
    UPDATE graphile_worker._private_jobs SET run_at = now() WHERE run_at > now() AND locked_at IS NULL;
  END IF;
END $$`;

/** What a living process does for a dead one within a minute. */
const UNLOCK = `
SELECT graphile_worker.force_unlock_workers(array_agg(DISTINCT j.locked_by)) FROM graphile_worker._private_jobs j
WHERE j.locked_at < now() - interval '1 minute'
  AND NOT EXISTS (SELECT FROM job_worker w WHERE w.worker_id = j.locked_by AND w.seen_at > now() - interval '1 minute')
HAVING count(*) > 0`;

/** Time goes by: what waits for its moment is due now. A row that is busy is due the next time. */
async function hurry(world: World): Promise<void> {
  await world.db.rows(HURRY).catch(() => undefined);
  await world.db.rows(UNLOCK).catch(() => undefined);
}

export interface Quiet {
  ms: number;
  /** What never got decided. */
  undecided: Violation[];
}

/**
 * After the faults: waits until nothing is in a middle state any more, with everything that only needs time hurried, and
 * operators who try again what failed.
 */
export async function untilQuiet(world: World): Promise<Quiet> {
  const began = Date.now();
  const ends = [...world.plan.stuckEnds];
  await Promise.all(world.apis.map((api) => api.ready()));
  await world.minutePasses().catch(() => undefined);
  await tellAfterClose(world);
  await world.moveClockBy(BEYOND_EXPIRY_MS, 'quiet');
  const retried = new Map<string, number>();
  let still = 0;
  for (let round = 1; ; round += 1) {
    await hurry(world);
    // Also what was accepted only now, while it would still get stuck.
    await settleStuck(world, ends);
    await resendFixedCodes(world);
    const forward = round % LEAP_EVERY === 0 ? LEAP_MS : NUDGE_MS;
    await Promise.race([world.moveClockBy(forward, 'quiet'), sleep(NUDGE_MS)]);
    const [undecided, moving] = await Promise.all([
      middleStates(world.db, await world.now()).catch((error: unknown) => [unreadable(error)]),
      waitingJobs(world).catch(() => 1),
    ]);
    const tried = undecided.length + moving === 0 ? await retryFailed(world, retried) : 0;
    still = undecided.length + moving + tried === 0 ? still + 1 : 0;
    if (still >= 2) return { ms: Date.now() - began, undecided: [] };
    if (Date.now() - began > QUIET_WITHIN_MS) return { ms: Date.now() - began, undecided };
    await sleep(LOOK_EVERY_MS);
  }
}

function unreadable(error: unknown): Violation {
  return { invariant: 'nothing stays in a middle state', detail: `cannot be read: ${String(error)}` };
}

/** Jobs that still may run. */
async function waitingJobs(world: World): Promise<number> {
  const [row] = await world.db.rows<{ jobs: number }>(
    'SELECT count(*) AS jobs FROM graphile_worker._private_jobs WHERE attempts < max_attempts OR locked_at IS NOT NULL',
  );
  return row?.jobs ?? 0;
}

/** The gateways end what they had left undecided, one way or the other: as planned, and well once the plan is used up. */
async function settleStuck(world: World, ends: World['plan']['stuckEnds']): Promise<void> {
  const refunds =
    await world.control<{ outRefundNo: string; outTradeNo: string; state: string }[]>('/refunds');
  const trades = await world.control<{ outTradeNo: string; channel: string }[]>('/trades');
  for (const { outRefundNo, outTradeNo } of refunds.filter(({ state }) => state === 'PROCESSING')) {
    const channel = trades.find((trade) => trade.outTradeNo === outTradeNo)?.channel;
    // What a cancel gives back has no number of ours by which anybody could see to it.
    const ofCancel = channel === 'shouqianba' && outRefundNo.startsWith('cancel-');
    const state = ofCancel ? 'SUCCESS' : endOf(channel, ends);
    await world.control('/refunds/settle', { outRefundNo, state }).catch(() => undefined);
    world.timeline.add('gateway', `refund ${outRefundNo} ends as ${state}`);
  }
  const transfers = await world.control<{ outTransferNo: string; state: string }[]>('/transfers');
  for (const { outTransferNo } of transfers.filter(({ state }) => state === 'processing')) {
    const state = (ends.shift() ?? 'SUCCESS') === 'SUCCESS' ? 'success' : 'failed';
    await world.control('/transfers/settle', { outTransferNo, state }).catch(() => undefined);
    world.timeline.add('gateway', `transfer ${outTransferNo} ends as ${state}`);
  }
}

/** As planned, as far as the gateway has a word for it: the plan speaks WeChat Pay's. */
function endOf(channel: string | undefined, ends: World['plan']['stuckEnds']): string {
  // Alipay knows no refund that failed after it was accepted.
  if (channel === 'alipay') return 'SUCCESS';
  const planned = ends.shift() ?? 'SUCCESS';
  return planned === 'ABNORMAL' && NOT_ABNORMAL.includes(channel ?? '') ? 'SUCCESS' : planned;
}

/** A gateway that takes money for what it had called closed tells of it at last: nobody asks about such a number again. */
async function tellAfterClose(world: World): Promise<void> {
  for (const outTradeNo of world.paidAfterClose)
    await world.control('/notifications/resend', { outTradeNo }).catch(() => undefined);
}

/** Nobody asks about a fixed code's payment: what the gateway would still send later, it sends now. */
async function resendFixedCodes(world: World): Promise<void> {
  const all = await world.control<{ outTradeNo: string; state: string }[]>('/notifications');
  const waiting = new Set(
    all
      .filter(({ outTradeNo, state }) => outTradeNo.startsWith('FQ') && state === 'pending')
      .map((row) => row.outTradeNo),
  );
  for (const outTradeNo of waiting)
    await world.control('/notifications/resend', { outTradeNo }).catch(() => undefined);
}

const FAILED = `
SELECT 'POST /api/admin/refunds/' || id || '/retry' AS ask FROM camp_refund WHERE refund_status = 'failed'
UNION ALL SELECT 'POST /api/admin/pay/refunds/' || id || '/retry' FROM pay_refund WHERE status = 'failed' AND source ~ '^(surplus|unwanted|suspense):'
UNION ALL SELECT 'POST /api/admin/course/refunds/' || id || '/retry' FROM course_refund WHERE status = 'failed'
UNION ALL SELECT 'POST /api/admin/task/refunds/' || t.id || '/retry' FROM task_refund t JOIN pay_refund r USING (source) WHERE r.status = 'failed'
UNION ALL SELECT 'POST /api/admin/task/transfers/' || id || '/retry' FROM pay_transfer WHERE status = 'failed'
UNION ALL SELECT 'PUT /api/admin/work-order/refunds/' || id FROM work_order_refund WHERE status = 'failed'`;

/** Two operators try again whatever waits for a person, both at once. @returns how much there was to try */
async function retryFailed(world: World, retried: Map<string, number>): Promise<number> {
  const failed = await world.db.rows<{ ask: string }>(FAILED);
  const due = failed.filter(({ ask }) => (retried.get(ask) ?? 0) < MOST_RETRIES);
  for (const { ask } of due) {
    retried.set(ask, (retried.get(ask) ?? 0) + 1);
    const [method = '', path = ''] = ask.split(' ');
    const answers = await Promise.all(
      world.operators.map((token, index) => {
        const request = { method, path, token, ...(method === 'PUT' ? { body: { action: 'approve' } } : {}) };
        return exchange(world.origins(index)[0] ?? '', request as Ask);
      }),
    );
    world.timeline.add(
      'operators',
      `${ask}: ${answers.map((answer) => answer?.status ?? 'no answer').join(', ')}`,
    );
  }
  return due.length;
}
