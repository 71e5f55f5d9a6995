import pg from 'pg';

/** How many orders there are; each is a paid one of a member. */
export const CROWD = 200_000;
/** The camp with most members; it is over. */
export const POPULAR = 1;
const POPULAR_MEMBERS = 20_000;
const CAMPS = 40;
/** A camp that the planner's statistics know nothing of, however many have enrolled since. */
export const NEW_CAMP = CAMPS + 1;
const NEW_MEMBERS = 20_000;
const CHECKINS = 300_000;
const REFUNDS = 150_000;
const PAY_FEN = 9900;

const CAMP_OF = `CASE WHEN n <= ${POPULAR_MEMBERS} THEN ${POPULAR} ELSE 2 + n % ${CAMPS - 1} END`;
/** Half a minute lies between two orders, the last one a minute ago. */
const AT = `now() - (${CROWD} - n) * interval '30 seconds' - interval '1 minute'`;
const NUMBER = `'00000000000040008000' || lpad(n::text, 12, '0')`;
const ORDER_NO = `'ord_00000000-0000-4000-8000-' || lpad(n::text, 12, '0')`;

/** Of the crowd's orders a gateway's bills and statements have some thousands of lines a day. Before that, for years, nothing moved; */
const DAYS = 1_000;
/** but on one day, which is over, and has as many lines as this of each kind. */
export const QUIET_DAYS_AGO = 400;
const QUIET_LINES = 20;
const DAY = `((${AT}) AT TIME ZONE 'Asia/Shanghai')::date`;
const MOVEMENT = '(gateway, day, row_no, kind, said, at, flow_no, gateway_no, our_no, amount_fen)';
const BILL_ROW =
  '(gateway, day, row_no, entry, at, out_trade_no, transaction_id, out_refund_no, gateway_refund_id, amount_fen, fee_fen)';

/** SQL: lines of one kind, of the first so many orders. @param from what number of the day's the first has, less one */
const moved = (
  kind: 'payment' | 'refund',
  most: number,
  [day, from]: [day: string, from: number],
): string => {
  const [sum, no, theirs] =
    kind === 'payment' ? [PAY_FEN, NUMBER, `'42000' || n`] : [-PAY_FEN, `'r' || n`, `'5030' || n`];
  return `SELECT 'wechat-v3', ${day}, ${from} + n, '${kind}', '交易', ${AT}, '${kind}' || n, ${theirs}, ${no}, ${sum}
    FROM generate_series(1, ${most}) n`;
};
const billed = (kind: 'payment' | 'refund', most: number, [day, from]: [day: string, from: number]): string =>
  `SELECT 'wechat-v3', ${day}, ${from} + n, '${kind}', ${AT}, ${NUMBER}, '42000' || n,
     ${kind === 'refund' ? `'r' || n, '5030' || n` : 'NULL, NULL'}, ${PAY_FEN}, 0 FROM generate_series(1, ${most}) n`;
const QUIET = `current_date - ${QUIET_DAYS_AGO}`;
const each = (lines: typeof moved): string =>
  [
    lines('payment', CROWD, [DAY, 0]),
    lines('refund', REFUNDS, [DAY, CROWD]),
    lines('payment', QUIET_LINES, [QUIET, 0]),
    lines('refund', QUIET_LINES, [QUIET, QUIET_LINES]),
  ].join(' UNION ALL ');

/** Their rows come after everybody else's. */
const LATE = `FROM generate_series(${CROWD + 1}, ${CROWD + NEW_MEMBERS}) n`;
const PLANET_ID = '(90000000000 + n::bigint * 37)::text';
/** Row by row the checks of foreign keys take minutes. */
const UNCHECKED = 'SET session_replication_role = replica';

/** The name that zsxq knows the `n`th person by. */
export const planetUserOf = (n: number): string => String(90_000_000_000 + n * 37);

/** What the product would have left behind after 200,000 members, by one INSERT … SELECT a table. */
const TABLES: Record<string, string> = {
  camp: `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id,
      status, published_at, refunds_listed_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
    SELECT n, '大营' || n, 'https://example.com/p.png', ${PAY_FEN}, current_date - 40, current_date - 20, 7, 'https://example.com/q.png', '1',
      'finished', now() - n * interval '1 day', now(), now(), now() FROM generate_series(1, ${CAMPS}) n`,
  planet_user: `INSERT INTO planet_user (id, planet_user_id, name, updated_at)
    SELECT n, ${PLANET_ID}, '学员' || n, now() FROM generate_series(1, ${CROWD + NEW_MEMBERS}) n`,
  pay_order: `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, payer_id, payer_index, expires_at, paid_at,
      paid_with, created_at, close_at)
    SELECT n, ${ORDER_NO}, 'camp', (${CAMP_OF})::text, ${PAY_FEN}, '押金', 'paid', 'sealed' || n, md5(n::text), ${AT}, ${AT}, ${NUMBER},
      ${AT}, ${AT} FROM generate_series(1, ${CROWD}) n`,
  pay_attempt: `INSERT INTO pay_attempt (out_trade_no, order_id, gateway, scene, state, payer_id, payer_index, amount_fen, transaction_id, paid_at, held_in,
      refunded_fen, created_at)
    SELECT ${NUMBER}, n, 'wechat-v3', 'native', 'paid', 'sealed' || n, md5(n::text), ${PAY_FEN}, '42000' || n, ${AT}, 'deposit',
      CASE WHEN n <= ${REFUNDS} THEN ${PAY_FEN} ELSE 0 END, ${AT} FROM generate_series(1, ${CROWD}) n`,
  pay_notification: `INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, payload, received_at)
    SELECT 'wechat-v3', 'event' || n, 'TRANSACTION.SUCCESS', ${NUMBER}, 'applied', '{}', ${AT} FROM generate_series(1, ${CROWD}) n`,
  pay_ledger: `INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at, effective_at, day)
    SELECT 'payment:' || n, 'gateway', 'deposit', ${PAY_FEN}, 'wechat-v3', 'camp', (${CAMP_OF})::text, n, ${AT}, ${AT}, (${AT})::date
    FROM generate_series(1, ${CROWD}) n`,
  pay_refund: `INSERT INTO pay_refund (source, line, order_id, out_trade_no, amount_fen, reason, status, gateway_refund_id, succeeded_at,
      check_at, created_at, gateway, sent_at)
    SELECT 'camp_refund:' || n, 'camp', n, ${NUMBER}, ${PAY_FEN}, 'camp_promise_kept', 'success', '5030' || n, ${AT}, ${AT}, ${AT}, 'wechat-v3',
      ${AT} FROM generate_series(1, ${REFUNDS}) n`,
  pay_refund_attempt: `INSERT INTO pay_refund_attempt (out_refund_no, refund_id, state, created_at)
    SELECT 'r' || n, n, 'success', now() FROM generate_series(1, ${REFUNDS}) n`,
  camp_order: `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, identity, bind_status, bind_method, outcome,
      created_at)
    SELECT n, ${CAMP_OF}, ${PLANET_ID}, '学员' || n, 'typed', 'completed', 'user_fill', 'member', ${AT}
    FROM generate_series(1, ${CROWD}) n`,
  camp_member: `INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname, match_status,
      match_confidence, match_method, matched_at, planet_user_ref, joined_group, joined_at, checkin_count, refunded_fen, created_at, updated_at)
    SELECT n, ${CAMP_OF}, n, ${PAY_FEN}, ${AT}, ${PLANET_ID}, '学员' || n, 'matched', 100, 'user_fill', ${AT}, n, true,
      ${AT}, CASE WHEN n <= ${POPULAR_MEMBERS} THEN 10 ELSE 5 END, CASE WHEN n <= ${REFUNDS} THEN ${PAY_FEN} ELSE 0 END, ${AT}, ${AT}
    FROM generate_series(1, ${CROWD}) n`,
  camp_refund: `INSERT INTO camp_refund (camp_id, member_id, order_id, source, amount_fen, audit_status, refund_status, match_confidence,
      match_method, checkin_count, required_days, auditor, audited_at, executed_at, created_at)
    SELECT ${CAMP_OF}, n, n, 'camp_refund:' || n, ${PAY_FEN}, 'approved', 'success', 100, 'user_fill', 10, 7, 'admin', ${AT}, ${AT}, ${AT}
    FROM generate_series(1, ${REFUNDS}) n`,
  camp_checkin: `INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at)
    SELECT m.camp, (8000000000000 + n)::text, m.ref, current_date - 40 + n / ${CHECKINS / 15}, now() - interval '40 days' + n * interval '6 seconds',
      '第几天打卡：今天读了二十页书。', now()
    FROM generate_series(0, ${CHECKINS - 1}) n, LATERAL (SELECT CASE WHEN n % 3 < 2 THEN ${POPULAR} ELSE 2 END AS camp,
      CASE WHEN n % 3 < 2 THEN 1 + n % ${POPULAR_MEMBERS} ELSE ${POPULAR_MEMBERS} + 1 + n % ${POPULAR_MEMBERS} END AS ref) m`,
  camp_ticket: `INSERT INTO camp_ticket (token_hash, order_id, expires_at)
    SELECT sha256(n::text::bytea), n, now() + interval '30 days' FROM generate_series(1, ${CROWD}) n`,
  pay_movement: `INSERT INTO pay_movement ${MOVEMENT} ${each(moved)}`,
  pay_bill_row: `INSERT INTO pay_bill_row ${BILL_ROW} ${each(billed)}`,
  pay_statement: `INSERT INTO pay_statement (gateway, day, state, hash, row_count, opening_fen, closing_fen, reads, read_at)
    SELECT 'wechat-v3', current_date - n, CASE WHEN n < 70 OR n = ${QUIET_DAYS_AGO} THEN 'complete' ELSE 'none' END, 'h',
      CASE WHEN n < 70 OR n = ${QUIET_DAYS_AGO} THEN 1 ELSE 0 END, 0, 0, 5, now() FROM generate_series(0, ${DAYS}) n`,
  pay_bill: `INSERT INTO pay_bill (gateway, day, state, hash, row_count, reads, read_at, matched_at)
    SELECT 'wechat-v3', current_date - n, CASE WHEN n < 70 OR n = ${QUIET_DAYS_AGO} THEN 'complete' ELSE 'none' END, 'h',
      CASE WHEN n < 70 OR n = ${QUIET_DAYS_AGO} THEN 1 ELSE 0 END, 5, now(), now() FROM generate_series(0, ${DAYS}) n`,
  pay_withdrawal: `INSERT INTO pay_withdrawal (gateway, flow_no, day, at, said, amount_fen, state, decided_by, decided_at)
    SELECT 'wechat-v3', 'w' || n, current_date - n, now() - n * interval '1 day', '提现', 100000, 'arrived', 'admin', now()
    FROM generate_series(1, ${DAYS}) n`,
};
/** A row a day, or one in all: read whole they are soon read. */
const SMALL = ['camp', 'pay_statement', 'pay_bill', 'pay_withdrawal'];

/** The tables that are large. */
export const CROWDED = Object.keys(TABLES).filter((table) => !SMALL.includes(table));

/** Who has enrolled since the planner looked: the new camp, its orders and its members. */
const SINCE = [
  `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id, status,
     published_at, created_at, updated_at) OVERRIDING SYSTEM VALUE
   VALUES (${NEW_CAMP}, '新营', 'https://example.com/p.png', ${PAY_FEN}, current_date + 5, current_date + 25, 7, 'https://example.com/q.png',
     '1', 'enrolling', now(), now(), now())`,
  `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, expires_at, paid_at, paid_with, created_at)
   SELECT n, ${ORDER_NO}, 'camp', '${NEW_CAMP}', ${PAY_FEN}, '押金', 'paid', now(), now(), ${NUMBER}, now() ${LATE}`,
  `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, identity, bind_status, bind_method, outcome, created_at)
   SELECT n, ${NEW_CAMP}, ${PLANET_ID}, '学员' || n, 'typed', 'completed', 'user_fill', 'member', now() ${LATE}`,
  `INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname, match_status,
     match_confidence, match_method, matched_at, planet_user_ref, created_at, updated_at)
   SELECT n, ${NEW_CAMP}, n, ${PAY_FEN}, now(), ${PLANET_ID}, '学员' || n, 'matched', 100, 'user_fill', now(), n, now(), now() ${LATE}`,
];

/** Fills a migrated database, and tells the planner of it; the new camp comes after that. */
export async function fillCrowd(ownerUrl: string): Promise<void> {
  await Promise.all(Object.values(TABLES).map((sql) => run(ownerUrl, [UNCHECKED, sql])));
  const names = Object.keys(TABLES);
  await run(ownerUrl, [
    `VACUUM (ANALYZE) ${names.join(', ')}`,
    UNCHECKED,
    ...SINCE,
    ...['camp', 'planet_user', 'camp_member'].map(
      (table) => `SELECT setval(pg_get_serial_sequence('${table}', 'id'), (SELECT max(id) FROM ${table}))`,
    ),
  ]);
}

async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
