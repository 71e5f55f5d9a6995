import type { Database } from '../database.ts';
import type { Violation } from './gateway.ts';

/** Each finds records of a line that say something else than the kernel; one column `detail`. */
const DISAGREEMENTS: readonly string[] = [
  `SELECT 'camp refund ' || c.id || ' is ' || c.refund_status || ', the kernel''s ' || r.id || ' ' || r.status AS detail
   FROM camp_refund c JOIN pay_refund r ON r.source = c.source
   WHERE c.refund_status <> r.status OR c.amount_fen <> r.amount_fen`,
  `SELECT 'refund ' || r.id || ' (' || r.source || ') of a camp has no record' AS detail FROM pay_refund r
   WHERE r.line = 'camp' AND NOT EXISTS (SELECT FROM camp_refund c WHERE c.source = r.source)`,
  `SELECT 'camp member ' || m.id || ' has ' || m.refunded_fen || ' fen back, the kernel says ' || k.fen AS detail
   FROM camp_member m JOIN (
     SELECT o.id, coalesce(sum(r.amount_fen) FILTER (WHERE r.status = 'success'), 0) AS fen FROM pay_order o
     LEFT JOIN pay_refund r ON r.order_id = o.id AND r.out_trade_no = o.paid_with GROUP BY o.id
   ) AS k ON k.id = m.order_id WHERE m.refunded_fen <> k.fen`,
  `SELECT 'course refund ' || c.id || ' is ' || c.status || ', the kernel''s ' || r.id || ' ' || r.status AS detail
   FROM course_refund c JOIN pay_refund r ON r.source = c.source
   WHERE c.status <> CASE r.status WHEN 'success' THEN 'completed' ELSE r.status END OR c.amount_fen <> r.amount_fen`,
  `SELECT 'refund ' || r.id || ' (' || r.source || ') of a course has no record' AS detail FROM pay_refund r
   WHERE r.line = 'course' AND NOT EXISTS (SELECT FROM course_refund c WHERE c.source = r.source)`,
  `SELECT 'course payment ' || p.id || ' is ' || p.status || ', its order ' || o.status AS detail
   FROM course_payment p JOIN pay_order o ON o.id = p.order_id
   WHERE (p.status = 'completed') <> (o.status = 'paid') OR (p.status = 'pending') <> (o.status = 'pending')`,
  `SELECT 'gym payment ' || p.id || ' is ' || p.status || ', its order ' || o.status AS detail
   FROM gym_payment p JOIN pay_order o ON o.id = p.order_id
   WHERE (p.status = 'success') <> (o.status = 'paid') OR (p.status = 'pending') <> (o.status = 'pending')`,
  `SELECT 'trade ' || t.id || ' of a task has not heard of its payment' AS detail
   FROM task_trade t JOIN pay_order o ON o.id = t.order_id WHERE (t.outcome IS NOT NULL) <> (o.status = 'paid')`,
  `SELECT 'refund ' || r.id || ' (' || r.source || ') of a task has no record' AS detail FROM pay_refund r
   WHERE r.line = 'task' AND NOT EXISTS (SELECT FROM task_refund t WHERE t.source = r.source)`,
  `SELECT 'refund of work order ' || w.id || ' is ' || w.status || ', the kernel''s ' || r.id || ' ' || r.status AS detail
   FROM work_order_refund w JOIN pay_refund r ON r.id = w.pay_refund_id
   WHERE w.status <> CASE r.status WHEN 'success' THEN 'refunded' WHEN 'pending' THEN 'processing' ELSE r.status END`,
  `SELECT 'work order payment ' || p.payment_no || ' is ' || p.status || ', its order ' || o.status AS detail
   FROM work_order_payment p JOIN pay_order o ON o.id = p.pay_order_id
   WHERE (p.status IN ('success', 'refunded')) <> (o.status = 'paid') OR (p.status = 'pending') <> (o.status = 'pending')`,
  `SELECT 'payment ' || a.out_trade_no || ' has ' || a.refunded_fen || ' fen refunded and ' || a.reserved_fen ||
     ' reserved, its refunds say ' || coalesce(k.done, 0) || ' and ' || coalesce(k.open, 0) AS detail
   FROM pay_attempt a LEFT JOIN (
     SELECT out_trade_no, sum(amount_fen) FILTER (WHERE status = 'success') AS done,
       sum(amount_fen) FILTER (WHERE status <> 'success') AS open FROM pay_refund GROUP BY out_trade_no
   ) AS k ON k.out_trade_no = a.out_trade_no
   WHERE a.refunded_fen <> coalesce(k.done, 0) OR a.reserved_fen <> coalesce(k.open, 0)`,
];

/** What the lines have written down is what the kernel knows. */
export async function disagreements(db: Database): Promise<Violation[]> {
  const found = await Promise.all(DISAGREEMENTS.map((sql) => db.rows<{ detail: string }>(sql)));
  return found.flat().map(({ detail }) => ({ invariant: 'lines and kernel agree', detail }));
}

/** Each finds what is still in a middle state; `$1` is business time. */
const MIDDLE = [
  `SELECT 'order ' || order_no || ' (' || line || ') waits past its end' AS detail FROM pay_order
   WHERE status = 'pending' AND expires_at <= $1`,
  `SELECT 'number ' || a.out_trade_no || ' is ' || a.state || ' beside an order that is ' || o.status AS detail
   FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id WHERE a.state IN ('created', 'open') AND o.status <> 'pending'`,
  `SELECT 'refund ' || r.id || ' (' || r.source || ', ' || r.gateway || ') is ' || r.status || ', its number ' || coalesce(k.state, 'none') ||
     ' after ' || coalesce(k.requests, 0) || ' requests and ' || coalesce(k.queries, 0) || ' queries, due in ' ||
     round(extract(epoch FROM r.check_at - now())) || ' s' ||
     CASE WHEN EXISTS (SELECT FROM pay_refund_pause p WHERE p.gateway = r.gateway) THEN ', its gateway paused' ELSE '' END AS detail
   FROM pay_refund r LEFT JOIN pay_refund_attempt k ON k.refund_id = r.id AND k.state <> 'closed' WHERE r.status IN ('pending', 'processing')`,
  `SELECT 'transfer ' || id || ' is ' || status AS detail FROM pay_transfer WHERE status IN ('pending', 'processing')`,
  `SELECT 'line ' || line || ' has not taken note of ' || what AS detail FROM (
     SELECT line, 'order ' || order_no AS what FROM pay_order WHERE deliver_at IS NOT NULL
     UNION ALL SELECT line, 'refund ' || id FROM pay_refund WHERE deliver_at IS NOT NULL
     UNION ALL SELECT line, 'transfer ' || id FROM pay_transfer WHERE deliver_at IS NOT NULL
   ) AS untold`,
  `SELECT 'camp refund ' || id || ' is approved and ' || refund_status AS detail FROM camp_refund
   WHERE audit_status = 'approved' AND refund_status IN ('pending', 'processing')`,
  `SELECT 'course refund ' || id || ' is ' || status AS detail FROM course_refund WHERE status IN ('pending', 'processing')`,
  `SELECT 'refund of work order ' || id || ' is processing' AS detail FROM work_order_refund WHERE status = 'processing'`,
  `SELECT 'camp ' || id || ' is over and has no refund list' AS detail FROM camp
   WHERE status = 'finished' AND refunds_listed_at IS NULL AND (end_date + time '03:00') AT TIME ZONE 'Asia/Shanghai' <= $1`,
];

/** What is not decided yet. Empty at quiet. */
export async function middleStates(db: Database, now: Date): Promise<Violation[]> {
  const found = await Promise.all(
    MIDDLE.map((sql) => db.rows<{ detail: string }>(sql, sql.includes('$1') ? [now] : [])),
  );
  return found.flat().map(({ detail }) => ({ invariant: 'nothing stays in a middle state', detail }));
}
