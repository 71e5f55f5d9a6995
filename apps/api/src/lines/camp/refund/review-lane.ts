import { CONFIDENT } from '../member/match.rules.js';
import { GRADE } from '../member/member.row.js';

/**
 * SQL: in which lane the pending refund `r` is reviewed. In the order in which a batch refuses (`approveMany`): what is `ready` a batch
 * approves that takes nobody whose planet id was only typed.
 */
export const LANE = `CASE WHEN r.match_confidence < ${CONFIDENT} THEN 'low'
  WHEN r.name_differs OR EXISTS (
    SELECT FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id LEFT JOIN planet_user p ON p.id = m.planet_user_ref
    WHERE m.id = r.member_id AND ${GRADE} = 'typed') THEN 'check'
  ELSE 'ready' END`;
