import type { Database } from '../database.ts';
import type { Believed, Violation } from './gateway.ts';

/**
 * Every payment that was taken, with the one thing that became of it. What counts for its line may go back later because
 * somebody asked: that is no second fate. What does not count must have gone back wholly, or be held until somebody decides.
 */
const FATES = `
SELECT a.out_trade_no, o.line, o.order_no, a.held_in, a.amount_fen, a.refunded_fen, a.out_trade_no = o.paid_with AS first,
  CASE o.line
    WHEN 'camp' THEN EXISTS (SELECT FROM camp_member m WHERE m.order_id = o.id)
    WHEN 'course' THEN EXISTS (SELECT FROM course_payment p JOIN course_booking b ON b.paid_with = p.id
                               WHERE p.order_id = o.id AND p.status = 'completed' AND b.status IN ('paid', 'refunded'))
    WHEN 'gym' THEN EXISTS (SELECT FROM gym_payment p WHERE p.order_id = o.id AND p.status = 'success')
    WHEN 'task' THEN EXISTS (SELECT FROM task_trade t WHERE t.order_id = o.id AND t.outcome = 'counted')
    WHEN 'work-order' THEN EXISTS (
      SELECT FROM work_order_payment p WHERE p.pay_order_id = o.id AND p.status IN ('success', 'refunded')
        AND NOT EXISTS (SELECT FROM work_order_refund f WHERE f.payment_id = p.id AND f.automatic))
  END AS counts,
  ARRAY(
    SELECT k.out_refund_no FROM pay_refund r JOIN pay_refund_attempt k ON k.refund_id = r.id AND k.state <> 'closed'
    WHERE r.out_trade_no = a.out_trade_no AND r.status <> 'success'
  ) AS refunds_open,
  EXISTS (
    SELECT FROM pay_refund r LEFT JOIN work_order_refund f ON f.pay_refund_id = r.id
    WHERE r.out_trade_no = a.out_trade_no AND (r.source LIKE 'surplus:%' OR r.source LIKE 'unwanted:%' OR r.source LIKE 'camp_duplicate:%' OR
      r.source LIKE 'course_payment:%' OR f.automatic)
  ) AS given_back_unasked
FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id WHERE a.state = 'paid'`;

interface Fate {
  out_trade_no: string;
  line: string;
  order_no: string;
  held_in: string;
  amount_fen: number;
  refunded_fen: number;
  /** Whether it is the payment that the order is paid with. */
  first: boolean;
  counts: boolean;
  /** The living numbers of what has not arrived. */
  refunds_open: string[];
  given_back_unasked: boolean;
}

export async function fateViolations(db: Database, gateway: Believed): Promise<Violation[]> {
  const all = await db.rows<Fate>(FATES);
  const abnormal = gateway.refunds.filter(({ state }) => state === 'ABNORMAL');
  const theirs = new Set(abnormal.map(({ outRefundNo }) => outRefundNo));
  return all.flatMap((payment) => {
    const problem = problemOf(payment, theirs);
    if (problem === null) return [];
    const detail = `${payment.line} payment ${payment.out_trade_no} (${payment.order_no}, ${payment.held_in}): ${problem}`;
    return [{ invariant: 'a payment has exactly one fate', detail }];
  });
}

/** @param theirs refund numbers that wait for a person at the gateway: we can only ask */
function problemOf(payment: Fate, theirs: ReadonlySet<string>): string | null {
  const counts = payment.first && payment.counts;
  const back = payment.refunded_fen === payment.amount_fen;
  const held = payment.held_in === 'unallocated' || payment.held_in === 'suspense';
  if (counts && payment.given_back_unasked) return 'it counts, and went back unasked';
  if (counts && held) return 'it counts, and is held as nobody’s';
  if (counts || back || held) return null;
  const open = payment.refunds_open;
  if (open.length > 0 && open.every((no) => theirs.has(no))) return null;
  if (open.length > 0) return 'it counts for nothing, and its refund has not arrived';
  return 'it counts for nothing, and nothing gives it back';
}

/** What gym members were granted is what they paid for, once. */
export async function grantViolations(db: Database): Promise<Violation[]> {
  const wrong = await db.rows<{
    id: number;
    course: number;
    private: number;
    course_due: number;
    private_due: number;
  }>(
    `SELECT * FROM (
       SELECT m.id, m.course_lessons AS course, m.private_lessons AS private,
         coalesce(sum(f.quantity) FILTER (WHERE p.type = 'course'), 0) AS course_due,
         coalesce(sum(f.quantity) FILTER (WHERE p.type = 'private'), 0) AS private_due
       FROM gym_member m LEFT JOIN gym_payment p ON p.member_id = m.id AND p.status = 'success'
       LEFT JOIN gym_offer f ON f.id = p.offer_id GROUP BY m.id
     ) AS granted WHERE course <> course_due OR private <> private_due`,
  );
  return wrong.map((row) => ({
    invariant: 'what was paid for is granted once',
    detail: `gym member ${row.id} has ${row.course} and ${row.private} lessons, and paid for ${row.course_due} and ${row.private_due}`,
  }));
}
