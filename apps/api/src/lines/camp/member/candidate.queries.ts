import { sentence, type Sentence } from '@yajin/core';
import { Injectable } from '@nestjs/common';
import { BusinessError, conditions, maybeRow, rows } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { campScope, type Operator } from '../../../system/index.js';
import { readCandidate, readClaim, scoreOf, type Candidate, type Claim } from './match.rules.js';
import { CHECKIN_DAYS, CLAIM, IN_SCOPE } from './member.row.js';

const MOST = 50;

interface CandidateRow extends Candidate {
  member_id: number | null;
  wechat_nickname: string | null;
}

/** For people who match by hand: who a member may be, and why. */
@Injectable()
export class CandidateQueries {
  constructor(private readonly db: DataSource) {}

  /**
   * The camp's planet users, the most likely first; those that are somebody's already are told by their member.
   * @throws BusinessError 404 when the member is not there for this operator
   */
  async of(operator: Operator, memberId: number, keyword: string | undefined): Promise<Camp.MatchCandidates> {
    const { where, parameters } = conditions([
      ['m.id = ?', memberId],
      [IN_SCOPE, campScope(operator)],
    ]);
    const claim = await maybeRow<Claim & { campId: number }>(
      this.db,
      `SELECT ${CLAIM}, m.camp_id AS "campId" FROM camp_member m WHERE ${where}`,
      parameters,
    );
    if (!claim) throw new BusinessError(404);
    const read = readClaim(claim);
    const scored = (await this.planetUsers(claim, keyword || null)).map((row) => ({
      row,
      ...scoreOf(read, readCandidate(row)),
    }));
    scored.sort((a, b) => b.points - a.points || b.row.days - a.row.days || a.row.id - b.row.id);
    return {
      memberId,
      list: scored.slice(0, MOST).map(({ row, points, evidence }) => ({
        id: row.id,
        planetUserId: row.planetUserId,
        planetNickname: row.name || row.alias,
        wechatNickname: row.wechat_nickname,
        score: points,
        ...shownEvidence(
          claim.refused.includes(row.id) ? [...evidence, sentence('unmatched_before')] : evidence,
        ),
        checkinCount: row.days,
        matchedMemberId: row.member_id,
      })),
    };
  }

  private planetUsers(claim: Claim & { campId: number }, keyword: string | null): Promise<CandidateRow[]> {
    return rows<CandidateRow>(
      this.db,
      `SELECT p.id, p.planet_user_id AS "planetUserId", p.name, p.alias, coalesce(k.days, 0) AS days,
         owner.id AS member_id, owner.filled_wechat_nickname AS wechat_nickname
       FROM (${CHECKIN_DAYS}) AS k FULL JOIN (SELECT id FROM planet_user WHERE planet_user_id = $2) AS told ON told.id = k.planet_user_ref
       JOIN planet_user p ON p.id = coalesce(k.planet_user_ref, told.id)
       LEFT JOIN camp_member owner ON owner.camp_id = $1 AND owner.planet_user_ref = p.id
       WHERE $3::text IS NULL OR strpos(folded(concat_ws(chr(10), p.name, p.alias, p.planet_user_id)), folded($3)) > 0`,
      [claim.campId, claim.planetUserId, keyword],
    );
  }
}

function shownEvidence(findings: Sentence[]): Pick<Camp.MatchCandidate, 'evidence' | 'findings'> {
  return { evidence: findings.map(({ message }) => message), findings };
}
