import type { Camp } from '@yajin/web';

/** What the form holds; everything may still be missing. */
export interface CampValues {
  name: string;
  posterUrl: string;
  groupQrcodeUrl: string;
  description: string;
  /** Yuan. */
  deposit: number | null;
  startDate: string;
  endDate: string;
  requiredDays: number | null;
  planetProjectId: string;
  planetGroupId: string;
  rules: string[];
  coachIds: number[];
  volunteerIds: number[];
}

export const MAX_DEPOSIT = 50_000;
export const MIN_DEPOSIT = 0.01;

export const EMPTY: CampValues = {
  name: '',
  posterUrl: '',
  groupQrcodeUrl: '',
  description: '',
  deposit: null,
  startDate: '',
  endDate: '',
  requiredDays: null,
  planetProjectId: '',
  planetGroupId: '',
  rules: [],
  coachIds: [],
  volunteerIds: [],
};

export function valuesOf(camp: Camp.CampDetail): CampValues {
  // What only stands in place of something missing is not shown.
  const lacking = Object.fromEntries(camp.missing.map((need) => [need, EMPTY[need]]));
  return {
    name: camp.name,
    posterUrl: camp.posterUrl,
    groupQrcodeUrl: camp.groupQrcodeUrl,
    description: camp.description ?? '',
    deposit: camp.deposit,
    startDate: camp.startDate,
    endDate: camp.endDate,
    requiredDays: camp.requiredDays,
    planetProjectId: camp.planetProjectId,
    planetGroupId: camp.planetGroupId ?? '',
    rules: camp.rules,
    coachIds: camp.coaches.map(({ id }) => id),
    volunteerIds: camp.volunteers.map(({ id }) => id),
    ...lacking,
  };
}

/** Days of the camp; the end date is none. 0 while the dates are missing or the wrong way round. */
export function totalDays({ startDate, endDate }: Pick<CampValues, 'startDate' | 'endDate'>): number {
  if (!startDate || !endDate) return 0;
  return Math.max(0, Math.round((Date.parse(endDate) - Date.parse(startDate)) / 86_400_000));
}

/** @param withStaff whether the operator may choose staff */
function requestOf(values: CampValues, withStaff: boolean): Camp.CreateCampRequest {
  const { coachIds, volunteerIds, ...rest } = values;
  const all: Required<Omit<Camp.CreateCampRequest, 'coachIds' | 'volunteerIds'>> = {
    ...rest,
    deposit: values.deposit ?? 0,
    requiredDays: values.requiredDays ?? 0,
    description: values.description.trim() || null,
    planetGroupId: values.planetGroupId.trim() || null,
    rules: values.rules.map((rule) => rule.trim()),
  };
  return withStaff ? { ...all, coachIds, volunteerIds } : all;
}

/** All of a draft, whatever of it is there. @param withStaff whether the operator may choose staff */
export function draftOf(values: CampValues, withStaff: boolean): Camp.CampDraftRequest {
  const { posterUrl, groupQrcodeUrl, startDate, endDate, rules, ...rest } = requestOf(values, withStaff);
  return {
    ...rest,
    posterUrl: posterUrl || null,
    groupQrcodeUrl: groupQrcodeUrl || null,
    startDate: startDate || null,
    endDate: endDate || null,
    deposit: values.deposit,
    requiredDays: values.requiredDays,
    rules: (rules ?? []).filter(Boolean),
  };
}

/** The fields that are no longer what they were. */
export function changesOf(before: CampValues, after: CampValues, withStaff: boolean): Camp.UpdateCampRequest {
  const old = requestOf(before, withStaff);
  const changed = Object.entries(requestOf(after, withStaff)).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(old[field as keyof typeof old]),
  );
  return Object.fromEntries(changed);
}
