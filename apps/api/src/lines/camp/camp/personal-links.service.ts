import { Injectable } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit, type Operator } from '../../../system/index.js';
import { PublicCampService } from './public-camp.service.js';
import { CampService } from './camp.service.js';

/** 72 of a signature's 256 bits: enough to tell links apart, too little to make one. */
const MARK_LENGTH = 12;

/** The signed links that operators hand out, one for each planet user. */
@Injectable()
export class PersonalLinks {
  constructor(
    private readonly db: DataSource,
    private readonly camps: CampService,
    private readonly publicCamps: PublicCampService,
    private readonly audit: Audit,
  ) {}

  /**
   * Whoever opens a link enrols as its planet user without a further question: who made it is on record, by the beginning of
   * its signature. By that a link at hand is found there, and nobody's planet id stays in a log that cannot forget.
   * @throws BusinessError 404 when the camp is not there for this operator, 1102 for a draft
   */
  async handOut(operator: Operator, campId: number, planetUserIds: string[]): Promise<Camp.PersonalLinks> {
    const camp = await this.camps.visible(operator, campId);
    if (camp.status === 'draft') throw new BusinessError(1102);
    const list = planetUserIds.map((planetUserId) => ({
      planetUserId,
      url: this.publicCamps.personalLink(campId, planetUserId),
    }));
    const signatures = list.map(({ url }) => new URL(url).searchParams.get('sig')?.slice(0, MARK_LENGTH));
    await this.db.transaction((manager) =>
      this.audit.record(manager, operator, {
        action: 'camp.links',
        target: ['camp', campId],
        after: { signatures },
      }),
    );
    return { campId, list };
  }
}
