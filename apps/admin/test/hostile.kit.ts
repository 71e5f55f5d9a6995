import { addDays } from '@yajin/core';
import { publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { asTaken, hostile, HOSTILE, NO_ADDRESSES } from '@yajin/testing/hostile';
import type { TestApi } from '@yajin/testing/api';

const AT_A_TIME = 8;

/** Does something for each of the texts, a few at a time. */
async function forEach(act: (text: string, index: number) => Promise<void>): Promise<void> {
  const queue = [...HOSTILE.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) await act(next[1], next[0]);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
}

function expectCode(what: string, code: number, wanted: number): void {
  if (code !== wanted) throw new Error(`${what}: ${code} where ${wanted} was to come`);
}

/** A camp by each of the names; what the API refuses comes from before it did. */
async function camps(api: TestApi): Promise<void> {
  const start = addDays(api.clock.now().toISOString().slice(0, 10), 20);
  await forEach(async (text, index) => {
    const taken = asTaken(text);
    const body = (name: string): object => ({
      name,
      description: [0, 1, 2].map((n) => asTaken(hostile(index + n)) ?? '').join('\n'),
      rules: [asTaken(hostile(index + 1)) ?? '规则'],
      posterUrl: 'https://cdn.example.com/poster.jpg',
      groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
      deposit: 99,
      startDate: start,
      endDate: addDays(start, 7),
      requiredDays: 3,
      planetProjectId: `1555541199${String(index).padStart(4, '0')}`,
    });
    const { code } = await api.admin('POST', '/api/admin/camps', body(text));
    expectCode(`a camp named ${JSON.stringify(text)}`, code, taken === null ? 400 : 200);
    if (taken === null) await api.admin('POST', '/api/admin/camps', body(`旧${index}`));
    if (taken !== text)
      await api.rows('UPDATE camp SET name = $1 WHERE name = $2', [text, taken ?? `旧${index}`]);
  });
  await api.rows(
    `UPDATE camp SET poster_url = ($1::text[])[1 + id % $2], group_qrcode_url = ($1::text[])[1 + (id + 5) % $2]`,
    [NO_ADDRESSES, NO_ADDRESSES.length],
  );
}

const planetId = (index: number): string => `99455815450${String(index).padStart(4, '0')}`;

/** Everybody enrols by a nickname of theirs, checks in with a text, and is a member whose deposit waits or was decided about. */
async function members(api: TestApi): Promise<MadeCamp> {
  const camp = await publishedCamp(api, { startsIn: 1, days: 3, requiredDays: 1, name: hostile(1) });
  await forEach(async (text, index) => {
    const [nickname, wechat] = [asTaken(text), asTaken(hostile(index + 1))];
    const { code } = await api.call('POST', '/api/h5/payments', {
      body: {
        campId: camp.id,
        planetUserId: planetId(index),
        planetNickname: text,
        wechatNickname: wechat ?? '微信',
      },
    });
    expectCode(`a nickname ${JSON.stringify(text)}`, code, nickname === null ? 400 : 200);
    if (nickname !== null) return;
    await api.call('POST', '/api/h5/payments', {
      body: {
        campId: camp.id,
        planetUserId: planetId(index),
        planetNickname: '旧',
        wechatNickname: wechat ?? '微信',
      },
    });
  });
  await api.moveClock(`${camp.start}T20:00:00`);
  const posts = HOSTILE.map((text, index) => ({
    userId: planetId(index),
    name: asTaken(hostile(index + 2)) ?? '旧',
    text,
    createTime: `${camp.start}T06:${String(index % 60).padStart(2, '0')}:00.${String(index).padStart(3, '0')}+0800`,
  }));
  await api.control('POST', '/control/planet/posts', { checkinId: camp.checkinId, posts });
  await api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);
  await api.quiet();
  await api.rows(
    `UPDATE pay_order SET status = 'paid', paid_at = now() WHERE id IN (SELECT order_id FROM camp_order WHERE camp_id = $1)`,
    [camp.id],
  );
  await api.rows(
    `INSERT INTO camp_member (camp_id, order_id, pay_fen, paid_at, filled_planet_user_id, filled_planet_nickname,
       filled_wechat_nickname, match_status, match_confidence, match_method, matched_at, planet_user_ref, checkin_count,
       created_at, updated_at)
     SELECT o.camp_id, o.order_id, 9900, now(), o.planet_user_id, ($2::text[])[1 + right(o.planet_user_id, 4)::int],
       ($2::text[])[1 + (right(o.planet_user_id, 4)::int + 1) % 200], 'matched', 90, 'smart_match', now(), p.id, 1, now(), now()
     FROM camp_order o JOIN planet_user p USING (planet_user_id) WHERE o.camp_id = $1`,
    [camp.id, HOSTILE],
  );
  await api.rows(
    `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, refund_status, match_confidence,
       match_method, checkin_count, required_days, reason, comment, auditor, audited_at, created_at)
     SELECT m.camp_id, m.id, m.order_id, 9900, (ARRAY['pending', 'rejected'])[1 + m.id % 2],
       (ARRAY['pending', 'rejected'])[1 + m.id % 2], 90, 'smart_match', 1, 1, m.filled_wechat_nickname, m.filled_planet_nickname,
       m.filled_planet_nickname, now(), now()
     FROM camp_member m WHERE m.camp_id = $1`,
    [camp.id],
  );
  return camp;
}

/** What has been said in other places, by whoever could write there: [table, column]. */
const COLUMNS = [
  ['planet_user', 'name'],
  ['planet_user', 'alias'],
  ['camp_refund', 'fail_message'],
  ['sys_user', 'real_name'],
  ['pay_order', 'description'],
  ['pay_refund', 'reason'],
  ['pay_refund', 'fail_message'],
  ['pay_suspense', 'detail'],
  ['pay_stop', 'reason'],
  ['pay_stop', 'note'],
  ['pay_bill', 'reason'],
  ['pay_bill_row', 'transaction_id'],
  ['pay_difference', 'out_trade_no'],
  ['pay_difference', 'note'],
  ['pay_difference', 'owner'],
  ['pay_notification', 'reason'],
  ['sys_alert', 'title'],
  ['sys_alert', 'detail'],
  ['gym_member', 'name'],
  ['gym_offer', 'name'],
  ['gym_payment', 'description'],
  ['course_course', 'title'],
  ['course_booking', 'title'],
  ['course_booking', 'user_id'],
  ['work_order_service_type', 'name'],
  ['work_order_service_type', 'note'],
  ['work_order', 'description'],
  ['work_order_refund', 'reason'],
  ['task_task', 'title'],
  ['task_task', 'description'],
] as const;

async function everywhere(api: TestApi): Promise<void> {
  for (const [place, [table, column]] of COLUMNS.entries())
    await api.rows(
      `UPDATE ${table} t SET ${column} = ($1::text[])[1 + (x.n + $2) % $3]
       FROM (SELECT ctid, row_number() OVER () - 1 AS n FROM ${table}) x WHERE t.ctid = x.ctid`,
      [HOSTILE, place * 8, HOSTILE.length],
    );
}

/** Operators of each name, and a deed by each of them. */
async function operators(api: TestApi): Promise<void> {
  await api.rows(
    `INSERT INTO sys_user (username, password_hash, real_name, role, created_at)
     SELECT 'operator' || n, '-', t, 'manager', now() FROM unnest($1::text[]) WITH ORDINALITY AS x (t, n)`,
    [HOSTILE],
  );
  await api.rows(
    `INSERT INTO sys_audit_entry (at, user_id, username, action, target_type, target_id, before, after, ip)
     SELECT now(), 1, t, 'camp.update', 'camp', t, jsonb_build_object('name', t), jsonb_build_object('name', 'x' || t, t, t), t
     FROM unnest($1::text[]) AS x (t)`,
    [HOSTILE],
  );
  await api.auditEntries('SELECT 1');
  // Who looks at all this.
  await api.rows('UPDATE sys_user SET real_name = $1 WHERE id = 1', ['W'.repeat(100)]);
}

/** Puts the texts into everything that people, planets and gateways can write. @returns the camp that everybody is in */
export async function plant(api: TestApi): Promise<MadeCamp> {
  const camp = await members(api);
  await camps(api);
  await everywhere(api);
  await operators(api);
  return camp;
}
