import { Injectable } from '@nestjs/common';
import { rows, type Database } from '@yajin/server';
import { LineOrders, type DescribedOrder } from '../../system/index.js';
import { LINE } from './camp.options.js';

/** What enrolled people and planet users are looked for in: as `camp_order_called` and `planet_user_called` have it. */
const FILLED = `coalesce(o.planet_nickname, '') || chr(10) || coalesce(o.wechat_nickname, '')`;
const KNOWN = `p.name || chr(10) || p.alias`;

/** Names the members and camps of orders on the money pages. */
@Injectable()
export class CampOrders extends LineOrders {
  protected readonly line = LINE;

  describe(db: Database, orderIds: number[]): Promise<DescribedOrder[]> {
    return rows<DescribedOrder>(
      db,
      `SELECT o.order_id AS "orderId",
         coalesce(nullif(p.name, ''), nullif(p.alias, ''), m.filled_planet_nickname, o.planet_nickname, o.wechat_nickname) AS name,
         coalesce(p.planet_user_id, m.filled_planet_user_id, o.planet_user_id) AS "userId", m.id AS "memberId", c.name AS about,
         c.id::text AS "aboutId"
       FROM camp_order o JOIN camp c ON c.id = o.camp_id LEFT JOIN camp_member m ON m.order_id = o.order_id
       LEFT JOIN planet_user p ON p.id = m.planet_user_ref WHERE o.order_id = ANY($1)
       UNION ALL
       SELECT u.order_id, NULL, NULL, NULL, c.name, c.id::text FROM camp_unallocated u JOIN camp c ON c.id = u.camp_id
       WHERE u.order_id = ANY($1) AND NOT EXISTS (SELECT FROM camp_order o WHERE o.order_id = u.order_id)`,
      [orderIds],
    );
  }

  async called(name: string, most: number): Promise<number[]> {
    const found = await rows<{ id: number }>(
      this.db,
      `(SELECT o.order_id AS id FROM camp_order o
        WHERE grams(${FILLED}) @> grams($1) AND strpos(folded(${FILLED}), folded($1)) > 0 LIMIT ${most})
       UNION
       -- Members are counted, not people: zsxq knows many that are nobody's member.
       (SELECT m.order_id FROM planet_user p JOIN camp_member m ON m.planet_user_ref = p.id
        WHERE grams(${KNOWN}) @> grams($1) AND strpos(folded(${KNOWN}), folded($1)) > 0 LIMIT ${most})
       UNION
       (SELECT m.order_id FROM planet_user p JOIN camp_member m ON m.planet_user_ref = p.id WHERE p.planet_user_id = $1 LIMIT ${most})
       LIMIT ${most}`,
      [name],
    );
    return found.map(({ id }) => id);
  }
}
