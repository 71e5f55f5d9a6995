import { setTimeout as sleep } from 'node:timers/promises';
import type { Violation } from './invariants/gateway.ts';
import { untilQuiet } from './quiet.ts';
import type { World } from './world.ts';

/** Gateways with bills. */
const BILLED = ['wechat-v3', 'wechat-v2', 'alipay'];
const READ_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 100;
const DAY_MS = 86_400_000;
const ZONE_MS = 8 * 3_600_000;

/** The business date, so many days on. */
function dateOf(now: Date, days = 0): string {
  return new Date(now.getTime() + ZONE_MS + days * DAY_MS).toISOString().slice(0, 10);
}

/** Tomorrow comes: the API reads every bill and statement by itself, and whatever they show is seen to. @returns what could not be read, or decided */
export async function untilReconciled(world: World): Promise<Violation[]> {
  const now = await world.now();
  const today = dateOf(now);
  await world.moveClock(`${dateOf(now, 1)}T11:00:00`, 'bills');
  const deadline = Date.now() + READ_WITHIN_MS;
  for (;;) {
    const unread = await unreadBills(world, today);
    if (unread.length === 0) break;
    if (Date.now() > deadline) return unread.map((detail) => ({ invariant: 'every bill is read', detail }));
    await sleep(LOOK_EVERY_MS);
    // What could not be fetched while wires were broken is due at once.
    for (const table of ['pay_bill', 'pay_statement'])
      await world.db.rows(
        `UPDATE ${table} SET check_at = now() WHERE state IN ('waiting', 'broken') AND check_at > now()`,
      );
    await world.moveClockBy(1, 'bills');
  }
  world.timeline.add('bills', 'all read');
  return (await untilQuiet(world)).undecided;
}

/** Of the last day, and of those before that any API has seen. */
async function unreadBills(world: World, today: string): Promise<string[]> {
  const read = await world.db.rows<{ gateway: string; day: string; state: string; reason: string | null }>(
    `SELECT gateway, day::text, state, reason FROM pay_bill WHERE day <= $1
     UNION ALL SELECT gateway || ' statement', day::text, state, reason FROM pay_statement WHERE day <= $1`,
    [today],
  );
  const late = read.filter(({ state }) => state === 'waiting' || state === 'broken');
  const missing = BILLED.flatMap((name) => [name, `${name} statement`]).filter(
    (name) => !read.some((bill) => bill.gateway === name && bill.day === today),
  );
  return [
    ...late.map(
      ({ gateway, day, state, reason }) => `${gateway} ${day} is ${state}: ${reason ?? 'not asked for'}`,
    ),
    ...missing.map((gateway) => `${gateway} ${today} was never asked for`),
  ];
}

/** What each gateway holds for the merchant as all its bills say it, in fen. */
export async function billed(world: World): Promise<ReadonlyMap<string, number>> {
  type Line = { outRefundNo: string | null; settledFen: number };
  const [first] = await world.db.rows<{ day: string }>(
    `SELECT (least(min(created_at), min(paid_at)) AT TIME ZONE 'Asia/Shanghai')::date::text AS day FROM pay_attempt`,
  );
  const sums = new Map(BILLED.map((channel) => [channel, 0]));
  const now = await world.now();
  for (let back = 0; first && dateOf(now, -back) >= first.day; back += 1)
    for (const channel of BILLED) {
      const lines = await world.control<Line[]>(`/bills?channel=${channel}&day=${dateOf(now, -back)}`);
      for (const { outRefundNo, settledFen } of lines)
        sums.set(channel, (sums.get(channel) ?? 0) + (outRefundNo === null ? settledFen : -settledFen));
    }
  return sums;
}
