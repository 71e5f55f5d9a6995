/** The refund list of a camp and the approval of a thousand records, each against the same SQL written by hand. */
import { Clock, type Alerts, type Database } from '@yajin/server';
import type { Gateways, SecondPerson } from '@yajin/payment';
import type pg from 'pg';
import type * as BatchApproval from '../apps/api/src/lines/camp/refund/batch-approval.ts';
import type * as RefundList from '../apps/api/src/lines/camp/refund/refund-list.ts';
import type * as RefundRequest from '../apps/api/src/lines/camp/refund/refund-request.ts';
import type * as Payment from '../libs/payment/src/refunds.ts';
import type { Postgres } from '../tools/postgres.ts';
import { built } from './built.ts';
import { CAMP, fillMembers } from './crowd.ts';
import { createDatabases, dataSource, settleServer, withClient } from './databases.ts';
import type { Result } from './report.ts';
import { compare } from './rounds.ts';

const REFUND = 'apps/api/dist/lines/camp/refund';
const { approveMany } = await built<typeof BatchApproval>(`${REFUND}/batch-approval.js`);
const { listEligible } = await built<typeof RefundList>(`${REFUND}/refund-list.js`);
const { requestAll } = await built<typeof RefundRequest>(`${REFUND}/refund-request.js`);
const { Refunds } = await built<typeof Payment>('libs/payment/dist/refunds.js');

const DATABASE = 'bench_refunds';

const MEMBERS = 100_000;
const LIST_ROUNDS = 5;
const APPROVED = 1000;
/** A turn approves so many thousands one after the other. */
const BATCHES = 10;
const APPROVAL_ROUNDS = 7;
const MIN_CONFIDENCE = 80;
const AUDITOR = 'admin';
const COMMENT = '批量通过';
const GOAL = 0.67;

/** Of who may be listed, by somebody who knows that the list is empty and nobody else is at it. */
const LIST_BY_HAND = `
  INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, match_method, checkin_count,
    required_days, name_differs, created_at)
  SELECT c.id, m.id, m.order_id, m.pay_fen, 'pending', m.match_confidence, m.match_method, m.checkin_count, c.required_days,
    o.identity = 'typed' AND m.match_method <> 'manual' AND m.filled_planet_user_id = p.planet_user_id AND p.name <> ''
      AND lower(trim(m.filled_planet_nickname)) <> lower(trim(p.name)) AND lower(trim(m.filled_planet_nickname)) <> lower(trim(p.alias)), $2
  FROM camp c JOIN camp_member m ON m.camp_id = c.id JOIN planet_user p ON p.id = m.planet_user_ref
    JOIN camp_order o ON o.order_id = m.order_id
  WHERE c.id = $1 AND m.checkin_count >= c.required_days`;

/** By somebody who knows that all of them may be approved. */
const APPROVAL_BY_HAND = `
  WITH approved AS (
    UPDATE camp_refund SET audit_status = 'approved', auditor = $2, audited_at = $3, comment = $4, source = 'camp_refund:' || id
    WHERE id = ANY($1) RETURNING source, order_id, amount_fen
  ), created AS (
    INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, check_at, created_at)
    SELECT w.source, 'camp', 'wechat-v3', w.order_id, o.paid_with, w.amount_fen, '训练营押金退还', $3, $3
    FROM approved w JOIN pay_order o ON o.id = w.order_id RETURNING id, out_trade_no, amount_fen
  ), reserved AS (
    UPDATE pay_attempt a SET reserved_fen = c.amount_fen FROM created c WHERE a.out_trade_no = c.out_trade_no
  ) INSERT INTO pay_refund_attempt (out_refund_no, refund_id, created_at)
    SELECT replace(gen_random_uuid()::text, '-', ''), id, $3 FROM created`;

/** What is paid has a payment; the members' table alone does without. */
const PAYMENTS = `
  INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, amount_fen, transaction_id, paid_at, held_in, created_at)
  SELECT paid_with, id, 'wechat-v3', 'native', 'paid', amount_fen, '42' || id, now(), 'deposit', now() FROM pay_order`;

type Say = (line: string) => void;
type Source = ReturnType<typeof dataSource>;

export async function benchRefunds(server: Postgres, say: Say): Promise<Result[]> {
  await createDatabases(server, [DATABASE]);
  const url = server.url(DATABASE);
  await fillMembers(url, MEMBERS);
  await withClient(url, (client) => client.query(PAYMENTS));
  const db = await dataSource(url).initialize();
  try {
    return await withClient(url, async (client) => {
      const list = await benchList(client, db, say);
      await requireOneStatement(url, 'the refund list', async (logged) => {
        await client.query('TRUNCATE camp_refund');
        await listEligible(logged, CAMP, new Date());
      });
      const approval = await benchApproval(client, db, say);
      await requireOneStatement(url, 'the approval', async (logged) => {
        await approveMany(logged, batchOf(await approvable(client, 0)));
      });
      say('  the refund list and the judging of the approval are one statement each, says the server');
      return [list, approval];
    });
  } finally {
    await db.destroy();
  }
}

/** Members a second. Each turn writes the whole list anew. */
async function benchList(client: pg.Client, db: Database, say: Say): Promise<Result> {
  const now = new Date();
  const seen = new Set<string>();
  const turn = async (write: () => Promise<number | null>): Promise<number> => {
    await client.query('TRUNCATE camp_refund');
    await settleServer(client, ['camp_refund']);
    const began = performance.now();
    const written = await write();
    const seconds = (performance.now() - began) / 1000;
    if (written !== MEMBERS) throw new Error(`${written} were listed, not ${MEMBERS}`);
    // Everything but the id, which goes on counting.
    const { rows } = await client.query<{ sum: string }>(
      `SELECT count(*) || ' ' || md5(string_agg((to_jsonb(r) - 'id')::text, ',' ORDER BY member_id)) AS sum FROM camp_refund r`,
    );
    seen.add(rows[0]?.sum ?? '');
    if (seen.size !== 1) throw new Error('the product and the floor listed different things');
    return MEMBERS / seconds;
  };
  return compare(
    {
      what: 'refund list of 100,000 members',
      rounds: LIST_ROUNDS,
      goal: GOAL,
      product: () => turn(() => listEligible(db, CAMP, now)),
      floor: () => turn(async () => (await client.query(LIST_BY_HAND, [CAMP, now])).rowCount),
    },
    say,
  );
}

/** Records a second. After each turn they wait for approval again. */
async function benchApproval(client: pg.Client, db: Source, say: Say): Promise<Result> {
  const now = new Date();
  const turn = async (write: (ids: number[]) => Promise<number>): Promise<number> => {
    const batches: number[][] = [];
    for (let at = 0; at < BATCHES; at++) batches.push(await approvable(client, at));
    await client.query('TRUNCATE pay_refund, pay_refund_attempt CASCADE');
    await client.query('UPDATE pay_attempt SET reserved_fen = 0 WHERE reserved_fen > 0');
    await settleServer(client, ['camp_refund', 'pay_refund', 'pay_refund_attempt', 'pay_attempt']);
    const began = performance.now();
    let approved = 0;
    for (const ids of batches) approved += await write(ids);
    const seconds = (performance.now() - began) / 1000;
    await requireApproved(client, batches.flat(), approved);
    await client.query(
      `UPDATE camp_refund SET audit_status = 'pending', auditor = NULL, audited_at = NULL, comment = NULL, source = NULL
       WHERE audit_status = 'approved'`,
    );
    return approved / seconds;
  };
  return compare(
    {
      what: 'approval of 1,000 refunds',
      rounds: APPROVAL_ROUNDS,
      goal: GOAL,
      product: () => turn((ids) => approve(db, ids)),
      floor: () =>
        turn(async (ids) => {
          return (await client.query(APPROVAL_BY_HAND, [ids, AUDITOR, now, COMMENT])).rowCount ?? 0;
        }),
    },
    say,
  );
}

// Nobody is named who decides, so nobody is asked a second time.
const refunds = new Refunds(
  new Clock(),
  { refundLengths: () => '{"wechat-v3":64}' } as Gateways,
  {} as SecondPerson,
);
const alerts = {
  raise: () => Promise.reject(new Error('too little is left of a payment')),
} as unknown as Alerts;

const batchOf = (refundIds: number[]): BatchApproval.BatchApproval => ({
  refundIds,
  minConfidence: MIN_CONFIDENCE,
  includeUnproved: true,
  auditor: AUDITOR,
  comment: COMMENT,
  now: new Date(),
  grace: { executeAfter: new Date(), undoUntil: null },
});

/** As the product does it, but for the operator's entry in the audit log. */
function approve(db: Source, refundIds: number[]): Promise<number> {
  return db.transaction(async (manager) => {
    const judged = await approveMany(manager, batchOf(refundIds));
    const approved = judged.filter(({ refusal }) => refusal === null).map(({ id }) => id);
    return (await requestAll(manager, refunds, alerts, approved)).length;
  });
}

/** The `at`th thousand of the records that may be approved, the newest first, as an operator selects them. */
async function approvable(client: pg.Client, at: number): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM camp_refund WHERE audit_status = 'pending' AND match_confidence >= ${MIN_CONFIDENCE} AND NOT name_differs
     ORDER BY id DESC LIMIT ${APPROVED} OFFSET ${at * APPROVED}`,
  );
  if (rows.length !== APPROVED) throw new Error('too few refunds are left to be approved');
  return rows.map((row) => Number(row.id));
}

/** All of them, with their money reserved and their numbers written. */
async function requireApproved(client: pg.Client, ids: number[], told: number): Promise<void> {
  const { rows } = await client.query<{ approved: string }>(
    `SELECT count(*) AS approved FROM camp_refund r JOIN pay_refund k ON k.source = r.source JOIN pay_refund_attempt n ON n.refund_id = k.id
     JOIN pay_attempt a ON a.out_trade_no = k.out_trade_no AND a.reserved_fen = r.amount_fen
     WHERE r.id = ANY($1) AND r.audit_status = 'approved' AND r.source = 'camp_refund:' || r.id
       AND r.auditor = $2 AND r.comment = $3 AND r.audited_at IS NOT NULL`,
    [ids, AUDITOR, COMMENT],
  );
  const expected = String(ids.length);
  if (String(told) !== expected || rows[0]?.approved !== expected)
    throw new Error(`of ${expected}, ${told} were told, ${JSON.stringify(rows[0])} are in the database`);
}

/** Counts the statements that the server says it was sent: it can be told to tell its client. */
async function requireOneStatement(
  url: string,
  what: string,
  use: (db: Database) => Promise<void>,
): Promise<void> {
  const options = encodeURIComponent('-c log_statement=all -c client_min_messages=log');
  const db = await dataSource(`${url}?options=${options}`).initialize();
  const told: string[] = [];
  const listen = ({ message }: { message?: string }): void => {
    if (/^(statement|execute [^:]*): /.test(message ?? '')) told.push(message ?? '');
  };
  const { master } = db.driver as unknown as { master: pg.Pool };
  master.on('acquire', (client) => client.on('notice', listen));
  master.on('release', (_, client) => client.off('notice', listen));
  try {
    await use(db);
  } finally {
    await db.destroy();
  }
  if (told.length !== 1) throw new Error(`${what} took ${told.length} statements:\n${told.join('\n')}`);
}
