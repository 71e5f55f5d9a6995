import type { Camp } from '@yajin/contract';
import { DateText, IdText, Optional, PageQuery, Text } from '@yajin/server';

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
  @Text({ max: 64 })
  planetProjectId: string;

  @Optional()
  @Text({ max: 64 })
  planetGroupId?: string | null;
}
