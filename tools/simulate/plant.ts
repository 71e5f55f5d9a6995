import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isPaid, type Believed } from './invariants/gateway.ts';
import type { World } from './world.ts';

/** A refund takes a moment at the gateway. */
const ARRIVES_MS = 300;

interface Plant {
  /** Which invariant must notice. */
  invariant: string;
  sql: string;
}

const ONE_ORDER = `SELECT o.id, o.line, o.subject, a.gateway FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id WHERE a.state = 'paid' ORDER BY a.gateway = 'wechat-v3' DESC LIMIT 1`;

/** Violations to plant, one of each kind, so that it is seen that they are seen. */
const PLANTS: readonly Plant[] = [
  {
    invariant: 'the money at the gateway is what the books say',
    sql: `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
          SELECT 'planted:clearing', 'clearing', 'income', 1, gateway, line, subject, id, now() FROM (${ONE_ORDER}) AS o RETURNING id`,
  },
  {
    invariant: 'bills and books agree',
    sql: `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at)
          VALUES ('wechat-v3', '2026-01-01', 'payment_unknown:planted', 'payment_unknown', 'planted', 1, now()) RETURNING id`,
  },
  {
    invariant: 'no account is overdrawn',
    sql: `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
          SELECT 'planted:deposit', 'deposit', 'income', 1000000, NULL, line, subject, id, now() FROM (${ONE_ORDER}) AS o RETURNING id`,
  },
  {
    invariant: 'a number dies only when the gateway says so',
    sql: `UPDATE pay_refund_attempt SET state = 'closed'
          WHERE out_refund_no = (SELECT out_refund_no FROM pay_refund_attempt WHERE state = 'success' LIMIT 1) RETURNING 1`,
  },
  {
    invariant: 'a payment has exactly one fate',
    sql: `UPDATE task_trade SET outcome = 'unwanted' WHERE outcome = 'counted' RETURNING id`,
  },
  {
    invariant: 'what was paid for is granted once',
    sql: 'UPDATE gym_member SET course_lessons = course_lessons + 10 RETURNING id',
  },
  {
    invariant: 'lines and kernel agree',
    sql: `UPDATE gym_payment SET status = 'failed' WHERE status = 'success' RETURNING id`,
  },
  {
    invariant: 'nothing stays in a middle state',
    sql: `UPDATE pay_order SET deliver_at = now() + interval '1 day' WHERE status = 'paid' RETURNING id`,
  },
];

/** @throws Error when there was nothing that a violation could be made of */
export async function plantViolations(world: World): Promise<void> {
  for (const { invariant, sql } of PLANTS) {
    const planted = await world.db.rows(sql);
    if (planted.length === 0) throw new Error(`nothing was there to break "${invariant}"`);
    world.timeline.add('plant', invariant);
  }
  await refundBehindOurBack(world);
}

/** Somebody with our keys gives money back at the gateway, and we know nothing of it. */
async function refundBehindOurBack(world: World): Promise<void> {
  const trades = await world.control<Believed['trades']>('/trades');
  const trade = trades.find(
    (each) => each.channel === 'shouqianba' && isPaid(each) && each.state === 'SUCCESS',
  );
  if (!trade) throw new Error('nothing was there to refund twice');
  const { SHOUQIANBA_TERMINAL_SN: sn, SHOUQIANBA_TERMINAL_KEY: key } = world.settings;
  const body = JSON.stringify({
    terminal_sn: sn,
    client_sn: trade.outTradeNo,
    refund_request_no: 'planted',
    refund_amount: '1',
    operator: 'somebody',
  });
  const sign = createHash('md5')
    .update(body + key)
    .digest('hex');
  const answer = await fetch(`${world.sandboxUrl}/upay/v2/refund`, {
    method: 'POST',
    headers: { authorization: `${sn} ${sign}`, 'content-type': 'application/json' },
    body,
  });
  const said = await answer.text();
  if (!said.includes('REFUND_')) throw new Error(`the gateway refused the planted refund: ${said}`);
  await sleep(ARRIVES_MS);
  world.timeline.add('plant', 'a refund that the books know nothing of');
}
