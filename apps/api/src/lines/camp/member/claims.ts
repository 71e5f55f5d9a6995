import { Injectable } from '@nestjs/common';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import { rows, type Database, type Row } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { GRADE, IN_REVIEW, inCamp } from './member.row.js';
import type { CampOrder } from '../h5/camp-order.entity.js';

/** Who asks, as far as their browser shows. */
export interface Asker {
  /** Its `browserMark`; null where it is not to count. */
  browser: string | null;
  /** Proved by WeChat; null for who has not logged in. */
  openid: string | null;
}

/** A paid member who claims to be a planet user. */
type Claim = KeptPayer &
  Row<CampOrder, 'orderId' | 'browser'> & {
    member_id: number;
    grade: Camp.IdentityOrNull;
    /** The one who has it; at the others people have to look. */
    holds: boolean;
  };

/** Who claims a planet user in a camp, and who may be told so: a planet id is public, and whether it is enrolled is not. */
@Injectable()
export class Claims {
  constructor(private readonly payers: PayerIds) {}

  of(db: Database, campId: number, planetUserId: string): Promise<Claim[]> {
    return rows<Claim>(
      db,
      `SELECT m.id AS member_id, m.order_id, o.browser, pay.payer_id, pay.payer_index, ${GRADE} AS grade, m.planet_user_ref IS NOT NULL AS holds
       FROM camp_member m JOIN camp_order o ON o.order_id = m.order_id JOIN pay_order_view pay ON pay.id = m.order_id
       LEFT JOIN planet_user p ON p.id = m.planet_user_ref
       WHERE ${inCamp('$1')} AND (m.planet_user_ref = (SELECT u.id FROM planet_user u WHERE u.planet_user_id = $2)
         OR (${IN_REVIEW} AND m.filled_planet_user_id = $2))`,
      [campId, planetUserId],
    );
  }

  /** Whether a claim is the asker's own. Whoever shows no cookie is one browser with all who show none. */
  isOf(claim: Claim, { browser, openid }: Asker): boolean {
    return (
      (browser !== null && claim.browser === browser) || (openid !== null && this.payers.is(claim, openid))
    );
  }

  /** @returns null where one of both is not known */
  samePayer(claim: Claim, payer: KeptPayer): boolean | null {
    const id = this.payers.open(payer);
    return id === null || claim.payer_id === null ? null : this.payers.is(claim, id);
  }
}
