import { Injectable } from '@nestjs/common';
import { BusinessError } from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { DataSource } from 'typeorm';
import { Audit, type Operator } from '../../system/index.js';
import { PublicCampService } from '../h5/public-camp.service.js';
import { CampService } from './camp.service.js';

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
   * Whoever opens a link enrols as its planet user without a further question: who made it is on record.
   * @throws BusinessError 404 when the camp is not there for this operator, 1102 for a draft
   */
  async handOut(operator: Operator, campId: number, planetUserIds: string[]): Promise<Camp.PersonalLinks> {
    const camp = await this.camps.visible(operator, campId);
    if (camp.status === 'draft') throw new BusinessError(1102);
    await this.db.transaction((manager) =>
      this.audit.record(manager, operator, {
        action: 'camp.links',
        target: ['camp', campId],
        after: { planetUserIds },
      }),
    );
    return {
      campId,
      list: planetUserIds.map((planetUserId) => ({
        planetUserId,
        url: this.publicCamps.personalLink(campId, planetUserId),
      })),
    };
  }
}
