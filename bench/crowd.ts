/** Fills a database with people by INSERT … SELECT, as the product would have left them. */
import type pg from 'pg';
import { withClient } from './databases.ts';

/** The camp that nearly everybody is in. It is over, and asked for fewer days than anybody checked in on. */
export const CAMP = 1;
/** Beside every so many members of the camp there is one of another, so that its rows do not lie side by side. */
const GROUP = 50;
const OTHER_CAMPS = 4;
const REQUIRED_DAYS = 7;
const CHECKIN_DAYS = 10;
const KEEN = 100_000;
const PAY_FEN = 9900;

/** Check-ins that `fillCheckins` writes. */
export const CHECKINS = KEEN * CHECKIN_DAYS;

const CAMP_OF = `CASE WHEN n % ${GROUP + 1} = 0 THEN 2 + n / ${GROUP + 1} % ${OTHER_CAMPS} ELSE ${CAMP} END`;
/** The number of the camp's member at a place, from 0. */
const MEMBER_AT = (place: string): string =>
  `(${place}) / ${GROUP} * ${GROUP + 1} + (${place}) % ${GROUP} + 1`;
const PLANET_USER_ID = '(90000000000 + n * 37)::text';

/**
 * @param members of the camp, a multiple of 50; the first 100,000 have checked in on ten days. A few are known by another
 * name than the one they typed, and they were matched in every way there is.
 * @returns how many there are, those of the other camps included
 */
export async function fillMembers(url: string, members: number): Promise<number> {
  const everybody = (members / GROUP) * (GROUP + 1);
  const from = `FROM generate_series(1, ${everybody}) AS n`;
  await fill(
    url,
    ['camp', 'pay_order', 'planet_user', 'camp_order', 'camp_member'],
    [
      `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url,
       planet_project_id, status, published_at, created_at, updated_at)
     OVERRIDING SYSTEM VALUE
     SELECT id, '压测' || id, 'https://example.com/p.png', ${PAY_FEN}, current_date - 30, current_date - 9, ${REQUIRED_DAYS},
       'https://example.com/q.png', '1', 'finished', now() - id * interval '1 day', now(), now()
     FROM generate_series(1, ${OTHER_CAMPS + 1}) AS id`,
      `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, payer_id, expires_at, paid_at, paid_with,
       created_at)
     SELECT n, 'ord_' || lpad(n::text, 32, '0'), 'camp', (${CAMP_OF})::text, ${PAY_FEN}, '压测押金', 'paid', 'o' || lpad(n::text, 27, '0'),
       now(), now(), lpad(n::text, 32, '0'), now() ${from}`,
      `INSERT INTO planet_user (id, planet_user_id, name, alias, updated_at)
     SELECT n, ${PLANET_USER_ID}, CASE n % 7 WHEN 0 THEN '改名' || n WHEN 1 THEN '' ELSE '学员' || n END,
       CASE WHEN n % 14 = 0 THEN '学员' || n ELSE '' END, now() ${from}`,
      `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, wechat_nickname, identity, bind_status, bind_method,
       outcome, created_at)
     SELECT n, ${CAMP_OF}, ${PLANET_USER_ID}, '学员' || n, '微信' || n, CASE n % 10 WHEN 1 THEN 'signed' ELSE 'typed' END, 'completed',
       'user_fill', 'member', now() ${from}`,
      `INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname,
       filled_wechat_nickname, match_status, match_confidence, match_method, matched_at, planet_user_ref, joined_group, joined_at,
       checkin_count, last_checkin_at, created_at, updated_at)
     SELECT n, ${CAMP_OF}, n, ${PAY_FEN}, now() - (${everybody} - n) * interval '30 seconds',
       ${PLANET_USER_ID}, '学员' || n, '微信' || n, 'matched', CASE n % 10 WHEN 2 THEN 85 ELSE 100 END,
       CASE n % 10 WHEN 0 THEN 'manual' WHEN 1 THEN 'dynamic_qrcode' WHEN 2 THEN 'smart_match' ELSE 'user_fill' END, now(), n,
       true, now(), CASE WHEN n <= ${(KEEN / GROUP) * (GROUP + 1)} THEN ${CHECKIN_DAYS} ELSE 0 END, now(), now(), now() ${from}`,
    ],
  );
  return everybody;
}

/** What the counts of `fillMembers` are the counts of: the oldest day first, on each day everybody in another order. */
export async function fillCheckins(url: string): Promise<void> {
  await fill(
    url,
    ['camp_checkin'],
    [
      `INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at)
     SELECT ${CAMP}, (8000000000000 + n)::text, ${MEMBER_AT(`(n::bigint * 7919 + n / ${KEEN}) % ${KEEN}`)}, day.at,
       day.at::timestamp AT TIME ZONE 'Asia/Shanghai' + n % ${KEEN} * interval '0.8 seconds',
       '第 ' || n / ${KEEN} + 1 || ' 天打卡：今天读了二十页书，写了一段笔记，跑步五公里，早睡早起，继续坚持。', now()
     FROM generate_series(0, ${CHECKINS - 1}) AS n, LATERAL (SELECT current_date - 30 + n / ${KEEN} AS at) AS day`,
    ],
  );
}

/** A refund record for each of the first `count` members of the camp, most of them paid out. */
export async function fillRefunds(url: string, count: number): Promise<void> {
  await fill(
    url,
    ['camp_refund'],
    [
      `INSERT INTO camp_refund (camp_id, member_id, order_id, source, amount_fen, audit_status, refund_status, match_confidence,
       match_method, checkin_count, required_days, auditor, audited_at, executed_at, gateway_refund_id, created_at)
     SELECT ${CAMP}, m.n, m.n, CASE WHEN s.audit = 'approved' THEN 'camp_refund:' || place END, ${PAY_FEN}, s.audit, s.refund, 100,
       'user_fill', ${CHECKIN_DAYS}, ${REQUIRED_DAYS}, CASE WHEN s.audit <> 'pending' THEN 'admin' END,
       CASE WHEN s.audit <> 'pending' THEN now() END, CASE WHEN s.refund = 'success' THEN now() END,
       CASE WHEN s.refund = 'success' THEN '5030' || place END, now()
     FROM generate_series(0, ${count - 1}) AS place, LATERAL (SELECT ${MEMBER_AT('place')} AS n) AS m, LATERAL (
       SELECT CASE place % 20 WHEN 0 THEN 'pending' WHEN 1 THEN 'rejected' ELSE 'approved' END AS audit,
         CASE place % 20 WHEN 0 THEN 'pending' WHEN 1 THEN 'rejected' WHEN 2 THEN 'failed' ELSE 'success' END AS refund) AS s`,
    ],
  );
}

/** All statements at once, on as many connections. Foreign keys are checked afterwards: row by row takes minutes. */
async function fill(url: string, tables: string[], statements: string[]): Promise<void> {
  await Promise.all(
    statements.map((statement) =>
      withClient(url, async (client) => {
        await client.query('SET session_replication_role = replica');
        await client.query(statement);
      }),
    ),
  );
  await withClient(url, async (client) => {
    await client.query(`VACUUM (ANALYZE) ${tables.join(', ')}`);
    await requireReferences(client, tables);
  });
}

/** Whatever a row refers to is there. */
async function requireReferences(client: pg.Client, tables: string[]): Promise<void> {
  const references = await client.query<{ name: string; orphans: string }>(
    `SELECT conname AS name, format('SELECT count(*) AS count FROM %s c WHERE c.%I IS NOT NULL AND NOT EXISTS (SELECT FROM %s p WHERE p.%I = c.%I)',
       conrelid::regclass, child.attname, confrelid::regclass, parent.attname, child.attname) AS orphans
     FROM pg_constraint JOIN pg_attribute child ON child.attrelid = conrelid AND child.attnum = conkey[1]
     JOIN pg_attribute parent ON parent.attrelid = confrelid AND parent.attnum = confkey[1]
     WHERE contype = 'f' AND conrelid = ANY($1::regclass[])`,
    [tables],
  );
  for (const { name, orphans } of references.rows) {
    const { rows } = await client.query<{ count: string }>(orphans);
    if (rows[0]?.count !== '0') throw new Error(`${name} is broken by ${rows[0]?.count} rows`);
  }
}
