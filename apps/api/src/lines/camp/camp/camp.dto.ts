import {
  DatedPageQuery,
  DateText,
  Distinct,
  FlagText,
  Ids,
  IdText,
  OneOf,
  Optional,
  PlanetId,
  Text,
  WebAddress,
  Whole,
  Yuan,
  says,
} from '@yajin/server';
import type { Camp } from '@yajin/contract';
import { ArrayMaxSize, ArrayMinSize, IsArray, ValidateIf } from 'class-validator';
import { MAX_DEPOSIT_FEN, MIN_DEPOSIT_FEN, type CampStatus } from './camp.rules.js';

const DEPOSIT = { minFen: MIN_DEPOSIT_FEN, maxFen: MAX_DEPOSIT_FEN };
const given = (_: object, value: unknown): boolean => value !== undefined;

class CampExtras {
  @Optional()
  @Text({ max: 5000, min: 0 })
  description?: string | null;

  @Optional()
  @Text({ max: 64 })
  planetGroupId?: string | null;

  @ValidateIf((object: CampExtras) => given(object, object.coachIds))
  @Ids(100)
  coachIds?: number[];

  @ValidateIf((object: CampExtras) => given(object, object.volunteerIds))
  @Ids(100)
  volunteerIds?: number[];

  @ValidateIf((object: CampExtras) => given(object, object.rules))
  @IsArray(says('not_array'))
  @ArrayMaxSize(50, says('too_many', 50))
  @Text({ max: 200, each: true })
  rules?: string[];
}

export class CreateCampDto extends CampExtras implements Camp.CreateCampRequest {
  @Text({ max: 100 })
  name: string;

  @WebAddress()
  posterUrl: string;

  @Yuan(DEPOSIT)
  deposit: number;

  @DateText()
  startDate: string;

  @DateText()
  endDate: string;

  @Whole({ min: 1, max: 3660 })
  requiredDays: number;

  @WebAddress()
  groupQrcodeUrl: string;

  @Text({ max: 64 })
  planetProjectId: string;
}

export class UpdateCampDto extends CampExtras implements Camp.UpdateCampRequest {
  @ValidateIf((object: UpdateCampDto) => given(object, object.name))
  @Text({ max: 100 })
  name?: string;

  @ValidateIf((object: UpdateCampDto) => given(object, object.posterUrl))
  @WebAddress()
  posterUrl?: string;

  @ValidateIf((object: UpdateCampDto) => given(object, object.deposit))
  @Yuan(DEPOSIT)
  deposit?: number;

  @ValidateIf((object: UpdateCampDto) => given(object, object.startDate))
  @DateText()
  startDate?: string;

  @ValidateIf((object: UpdateCampDto) => given(object, object.endDate))
  @DateText()
  endDate?: string;

  @ValidateIf((object: UpdateCampDto) => given(object, object.requiredDays))
  @Whole({ min: 1, max: 3660 })
  requiredDays?: number;

  @ValidateIf((object: UpdateCampDto) => given(object, object.groupQrcodeUrl))
  @WebAddress()
  groupQrcodeUrl?: string;

  @ValidateIf((object: UpdateCampDto) => given(object, object.planetProjectId))
  @Text({ max: 64 })
  planetProjectId?: string;
}

/** A draft as a whole: what is null, blank or not given is yet to be filled in. */
export class CampDraftDto extends CampExtras implements Camp.CampDraftRequest {
  @Optional()
  @Text({ max: 100, min: 0 })
  name?: string | null;

  @Optional()
  @WebAddress()
  posterUrl?: string | null;

  @Optional()
  @Yuan(DEPOSIT)
  deposit?: number | null;

  @Optional()
  @DateText()
  startDate?: string | null;

  @Optional()
  @DateText()
  endDate?: string | null;

  @Optional()
  @Whole({ min: 1, max: 3660 })
  requiredDays?: number | null;

  @Optional()
  @WebAddress()
  groupQrcodeUrl?: string | null;

  @Optional()
  @Text({ max: 64, min: 0 })
  planetProjectId?: string | null;
}

export class CampListQuery extends DatedPageQuery(20) {
  @Optional()
  @OneOf(['draft', 'enrolling', 'ongoing', 'finished'])
  status?: CampStatus;

  @Optional()
  @Text({ max: 100, min: 0 })
  keyword?: string;

  @Optional()
  @DateText()
  endsFrom?: string;

  @Optional()
  @DateText()
  endsTo?: string;

  @Optional()
  @FlagText()
  withMoney?: boolean;
}

export class CampIdParam {
  @IdText()
  id: number;
}

export class CreatePersonalLinksDto implements Camp.CreatePersonalLinksRequest {
  // Read as enrolling reads it: a signature over a blank more would fit nobody.
  @PlanetId({ each: true })
  @IsArray(says('not_array'))
  @ArrayMinSize(1, says('none_given'))
  @ArrayMaxSize(200, says('too_many', 200))
  @Distinct()
  planetUserIds: string[];
}
