import { IdText, OneOf, Optional, PageQuery, Text } from '@yajin/server';
import type { Camp } from '@yajin/contract';

export class PublicCampQuery extends PageQuery(10) {
  @Optional()
  @OneOf(['enrolling', 'ongoing', 'finished'])
  status: Camp.PublicCampStatus = 'enrolling';
}

export class PublicCampParam {
  @IdText()
  id: number;
}

export class PersonalLinkQuery {
  @Optional()
  @Text({ max: 64 })
  planetUserId?: string;

  @Optional()
  @Text({ max: 128 })
  sig?: string;
}
