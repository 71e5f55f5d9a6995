/** Whether an operator sees the member `m`; `?` is the `campScope`. */
export const IN_SCOPE = 'EXISTS (SELECT FROM camp_staff s WHERE s.camp_id = m.camp_id AND s.user_id = ?)';

/** What the planet user `p` goes by; null while no sync has told. */
export const PLANET_NAME = `coalesce(nullif(p.name, ''), nullif(p.alias, ''))`;

/** The member `m` as a `Claim`. */
export const CLAIM = `m.id AS "memberId", m.filled_planet_user_id AS "planetUserId", m.filled_planet_nickname AS "planetNickname",
  m.filled_wechat_nickname AS "wechatNickname", to_json(m.unmatched_refs) AS refused`;

/** Days each planet user checked in at the camp `$1`. */
export const CHECKIN_DAYS =
  'SELECT planet_user_ref, count(DISTINCT checkin_date) AS days FROM camp_checkin WHERE camp_id = $1 GROUP BY planet_user_ref';
