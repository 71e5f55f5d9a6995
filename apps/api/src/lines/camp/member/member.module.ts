import { Module } from '@nestjs/common';
import { CandidateQueries } from './candidate.queries.js';
import { Claims } from './claims.js';
import { Joining } from './joining.js';
import { MemberActions } from './member.actions.js';
import { MemberController } from './member.controller.js';
import { MemberQueries } from './member.queries.js';
import { OwnCorrection } from './own-correction.js';
import { Proofs } from './proofs.js';
import { ReviewActions } from './review.actions.js';
import { SmartMatch } from './smart-match.service.js';

/** Who has paid, and which planet user each of them is. */
@Module({
  controllers: [MemberController],
  providers: [
    CandidateQueries,
    Claims,
    Joining,
    MemberActions,
    MemberQueries,
    OwnCorrection,
    Proofs,
    ReviewActions,
    SmartMatch,
  ],
  exports: [Claims, Joining, OwnCorrection, Proofs, SmartMatch],
})
export class MemberModule {}
