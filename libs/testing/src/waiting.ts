/** What a row of these has more than the rows of the product: nobody's id reaches it. */
const FROM = 50_000_000;
const DAYS = 7;

/**
 * SQL that leaves `count` refunds waiting for review, of members of one camp that is over, as the product would have left them: all with
 * a personal link, matched surely, with their check-ins. For a database of one's own.
 */
export function waitingRefunds(count: number): string[] {
  const from = `FROM generate_series(1, ${count}) AS n`;
  const id = `${FROM} + n`;
  return [
    `INSERT INTO camp (id, name, poster_url, deposit_fen, start_date, end_date, required_days, group_qrcode_url, planet_project_id, status,
       published_at, created_at, updated_at)
     OVERRIDING SYSTEM VALUE
     VALUES (${FROM}, '千人早起训练营', 'https://example.com/p.png', 9900, current_date - 30, current_date - 9, ${DAYS},
       'https://example.com/q.png', '1', 'finished', now(), now(), now())`,
    `INSERT INTO pay_order (id, order_no, line, subject, amount_fen, description, status, payer_id, expires_at, paid_at, paid_with,
       created_at)
     SELECT ${id}, 'ord_' || lpad((${id})::text, 32, '0'), 'camp', '${FROM}', 9900, '训练营押金', 'paid', 'o' || lpad((${id})::text, 27, '0'),
       now(), now(), lpad((${id})::text, 32, '0'), now() ${from}`,
    `INSERT INTO planet_user (id, planet_user_id, name, alias, updated_at)
     SELECT ${id}, (90000000000 + n * 37)::text, '学员' || n, '', now() ${from}`,
    `INSERT INTO camp_order (order_id, camp_id, planet_user_id, planet_nickname, wechat_nickname, identity, bind_status, bind_method,
       outcome, created_at)
     SELECT ${id}, ${FROM}, (90000000000 + n * 37)::text, '学员' || n, '微信' || n, 'signed', 'completed', 'user_fill', 'member', now() ${from}`,
    `INSERT INTO camp_member (id, camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname,
       filled_wechat_nickname, match_status, match_confidence, match_method, matched_at, planet_user_ref, joined_group, joined_at,
       checkin_count, last_checkin_at, created_at, updated_at)
     SELECT ${id}, ${FROM}, ${id}, 9900, now(), (90000000000 + n * 37)::text, '学员' || n, '微信' || n, 'matched', 100, 'dynamic_qrcode',
       now(), ${id}, true, now(), ${DAYS}, now(), now(), now() ${from}`,
    `INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at)
     SELECT ${FROM}, (${id})::text || day, ${id}, current_date - 30 + day, now() - (30 - day) * interval '1 day', '今天早起读书', now()
     ${from}, generate_series(1, ${DAYS}) AS day`,
    `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, match_method, checkin_count,
       required_days, created_at)
     SELECT ${FROM}, ${id}, ${id}, 9900, 'pending', 100, 'dynamic_qrcode', ${DAYS}, ${DAYS}, now() ${from}`,
  ];
}
