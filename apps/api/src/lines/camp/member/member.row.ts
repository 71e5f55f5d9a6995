import { creditedDays } from '../checkin/credited-days.js';

/** Whether an operator sees the member `m`; `?` is the `campScope`. */
export const IN_SCOPE = 'EXISTS (SELECT FROM camp_staff s WHERE s.camp_id = m.camp_id AND s.user_id = ?)';

/**
 * Whether the member `m` is of the camp; `camp` is SQL. For what is looked for by person: of a camp that the planner knows nothing of
 * yet it believes that hardly anybody is in it, and reads all its members. A sum it cannot look up.
 */
export const inCamp = (camp: string): string => `m.camp_id + 0 = ${camp}`;

/** What the planet user `p` goes by; null while no sync has told. */
export const PLANET_NAME = `coalesce(nullif(p.name, ''), nullif(p.alias, ''))`;

/** The member `m` as a `Claim`. */
export const CLAIM = `m.id AS "memberId", m.filled_planet_user_id AS "planetUserId", m.filled_planet_nickname AS "planetNickname",
  m.filled_wechat_nickname AS "wechatNickname", to_json(m.unmatched_refs) AS refused`;

/** Days each planet user checked in at the camp `$1`. */
export const CHECKIN_DAYS = creditedDays('camp_id = $1');

/**
 * How surely the member `m` of the `camp_order` `o` is the planet user `p`: by our signed link, by its code, or by nothing but what
 * was typed. Null while it is nobody, and where an operator matched it by hand.
 */
export const GRADE = `CASE WHEN m.planet_user_ref IS NULL THEN NULL
  WHEN o.identity = 'signed' AND o.planet_user_id = p.planet_user_id THEN 'signed'
  WHEN m.proved_ref = m.planet_user_ref THEN 'proved'
  WHEN m.match_method = 'manual' THEN NULL ELSE 'typed' END`;

/** Whether people have to look who the member `m` is: until they have, the deposit waits. */
export const IN_REVIEW = `m.review IN ('contested', 'displaced', 'rival')`;

/** The planet user that the member `m` names, or that was taken away from it while people look; null for who names none that is kept. */
export const CLAIMED = `coalesce(m.planet_user_ref, CASE WHEN m.review = 'displaced'
    THEN (SELECT u.id FROM planet_user u WHERE u.id = m.unmatched_refs[cardinality(m.unmatched_refs)])
  WHEN ${IN_REVIEW} THEN (SELECT u.id FROM planet_user u WHERE u.planet_user_id = m.filled_planet_user_id) END)`;

/** Whether the planet user `p`, which the member of the refund `r` only typed, is claimed by another payer, too. */
export const DISPUTED = `coalesce(${GRADE} = 'typed'
  AND EXISTS (SELECT FROM camp_member m WHERE m.camp_id = r.camp_id AND ${IN_REVIEW} AND ${CLAIMED} = p.id), false)`;

/** Whether nothing but typing says that the member `m` is its planet user. */
export const ONLY_TYPED = `coalesce((SELECT ${GRADE} = 'typed' FROM camp_order o JOIN planet_user p ON p.id = m.planet_user_ref
  WHERE o.order_id = m.order_id), false)`;

/** Whether the planet user of the member `m` is claimed by another in the camp, at whom people have to look. */
export const CLAIMED_BY_ANOTHER = `EXISTS (SELECT FROM (SELECT m.id, m.camp_id, ${CLAIMED} AS claimed FROM camp_member m WHERE ${IN_REVIEW}) AS w
  WHERE w.camp_id = m.camp_id AND w.id <> m.id AND w.claimed = m.planet_user_ref)`;
