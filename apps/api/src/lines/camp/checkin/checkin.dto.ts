import type { Camp } from '@yajin/contract';
import { PLANET_ID } from '@yajin/core';
import { DateText, IdText, Optional, PageQuery, says, Text } from '@yajin/server';
import { Matches } from 'class-validator';

export class CampParam {
  @IdText()
  campId: number;
}

export class SyncTaskParam {
  @Text({ max: 64 })
  taskId: string;
}

export class CheckinRecordQuery extends PageQuery(20) {
  @IdText()
  campId: number;

  @Optional()
  @IdText()
  memberId?: number;

  @Optional()
  @DateText()
  date?: string;
}

export class CorrectProjectDto implements Camp.CorrectPlanetProjectRequest {
  @Matches(PLANET_ID, says('not_number'))
  planetProjectId: string;

  @Optional()
  @Text({ max: 64 })
  planetGroupId?: string | null;
}
