import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';

/** What a camp cannot be published without. */
export type CampNeed = Camp.CampNeed;

/** In the order of the form. */
const NEEDS = [
  'name',
  'posterUrl',
  'groupQrcodeUrl',
  'deposit',
  'startDate',
  'endDate',
  'requiredDays',
  'planetProjectId',
] as const satisfies readonly CampNeed[];

export type Needed = Required<Pick<Camp.CreateCampRequest, CampNeed>>;
export type Given = { [Need in CampNeed]?: Needed[Need] | null | undefined };

/** No picture and nobody's address (RFC 6761): the contract has an address there. */
const NO_PICTURE = 'https://unset.invalid/';
const NO_NAME = '（未命名）';

/** The camp that a draft is, with what stands in place of what nobody has filled in, and the names of that. */
export interface Draft {
  values: Needed;
  missing: CampNeed[];
}

/** @param today a business date, around which dates are put that are missing */
export function draftOf(given: Given, today: string): Draft {
  const missing = NEEDS.filter((need) => (given[need] ?? '') === '');
  const requiredDays = given.requiredDays ?? 1;
  const startDate = given.startDate || (given.endDate ? addDays(given.endDate, -requiredDays) : today);
  return {
    values: {
      name: given.name || NO_NAME,
      posterUrl: given.posterUrl || NO_PICTURE,
      groupQrcodeUrl: given.groupQrcodeUrl || NO_PICTURE,
      deposit: given.deposit ?? 0.01,
      startDate,
      endDate: given.endDate || addDays(startDate, requiredDays),
      requiredDays,
      planetProjectId: given.planetProjectId || '',
    },
    missing,
  };
}

/** Of a request or a row, what is needed. */
export function neededOf(fields: Given): Given {
  return Object.fromEntries(
    NEEDS.filter((need) => fields[need] !== undefined).map((need) => [need, fields[need]]),
  );
}
