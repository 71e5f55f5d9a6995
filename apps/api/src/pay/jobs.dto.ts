import { OneOf, Optional, PageQuery, says, Text } from '@yajin/server';
import type { Console } from '@yajin/contract/console';
import { ArrayMaxSize, ArrayMinSize, IsArray, Matches } from 'class-validator';

const MOST = 100;
export const JOB_STATES = ['waiting', 'running', 'failed', 'exhausted'] as const satisfies Console.JobState[];
export const JOB_ID = /^(job|order|refund|transfer)-([1-9]\d{0,15})$/;

export class JobQuery extends PageQuery(20) {
  @Optional()
  @OneOf(JOB_STATES)
  state?: Console.JobState;

  @Optional()
  @Text({ max: 100 })
  name?: string;
}

export class RetryJobsDto implements Console.RetryJobs {
  @IsArray(says('not_array'))
  @ArrayMinSize(1, says('blank'))
  @ArrayMaxSize(MOST, says('too_many', MOST))
  @Matches(JOB_ID, { each: true, ...says('not_id') })
  ids: string[];
}

export class DropJobsDto extends RetryJobsDto implements Console.DropJobs {
  @Text({ max: 500 })
  reason: string;
}
