import { fenFromYuan, sentence, yuanFromFen } from '@yajin/core';
import { BusinessError, columnOf } from '@yajin/server';
import type { UpdateCampDto } from './camp.dto.js';
import type { CampEntity } from './camp.entity.js';
import { FIXED_AFTER_PUBLISH } from './camp.rules.js';
import { periodOf, type CampRow } from './camp.row.js';
import type { Given, Needed } from './draft.rules.js';

/** The fields of a request, as the table keeps those of their names. One that it has nothing for does not compile. */
type Kept<Fields, Table> = {
  [Field in keyof Fields]: Field extends keyof Table ? Table[Field] | undefined : never;
};
type Values = Partial<CampEntity>;

/** What is needed of a camp and is there, as a request has it. */
export function filledIn(row: CampRow): Given {
  const all: Needed = {
    name: row.name,
    posterUrl: row.poster_url,
    groupQrcodeUrl: row.group_qrcode_url,
    deposit: yuanFromFen(row.deposit_fen),
    ...periodOf(row),
    requiredDays: row.required_days,
    planetProjectId: row.planet_project_id,
  };
  return { ...all, ...Object.fromEntries(row.missing.map((need) => [need, null])) };
}

/** Without what only stands in place of something missing. */
export function filledOnly<Fields extends object>(
  fields: Fields,
  missing: readonly string[],
): Partial<Fields> {
  return Object.fromEntries(
    Object.entries(fields).filter(([name]) => !missing.includes(name)),
  ) as Partial<Fields>;
}

/** What a request gives the table; the staff has one of its own. */
export function valuesOf({ coachIds, volunteerIds, deposit, ...fields }: UpdateCampDto): Values {
  const kept: Kept<typeof fields, CampEntity> = fields;
  const values = { ...kept, depositFen: deposit === undefined ? undefined : fenFromYuan(deposit) };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

function propertiesOf(values: Values): (keyof CampEntity)[] {
  return Object.keys(values) as (keyof CampEntity)[];
}

export function columnsOf(values: Values): (keyof CampRow)[] {
  return propertiesOf(values).map(columnOf);
}

/** In the order of `columnsOf`. */
export function parametersOf(values: Values): unknown[] {
  return Object.values(values).map((value) => (Array.isArray(value) ? JSON.stringify(value) : value));
}

/** What is changed as it was, by the names of the fields. */
export function formerly(row: CampRow, values: Values): Record<string, unknown> {
  return Object.fromEntries(
    propertiesOf(values).map((property) =>
      property === 'depositFen'
        ? ['deposit', yuanFromFen(row.deposit_fen)]
        : [property, row[columnOf(property)]],
    ),
  );
}

export function refuseFixed(row: CampRow, values: Values): void {
  if (row.status === 'draft') return;
  const changed = FIXED_AFTER_PUBLISH.filter((field) => {
    const property = field === 'deposit' ? 'depositFen' : field;
    return property in values && values[property] !== row[columnOf(property)];
  });
  if (changed.length === 0) return;
  throw new BusinessError(1102, undefined, {
    errors: changed.map((field) => ({ field, ...sentence('fixed_once_published') })),
  });
}

export function definedOf(body: UpdateCampDto): {
  startDate?: string;
  endDate?: string;
  requiredDays?: number;
} {
  return {
    ...(body.startDate === undefined ? {} : { startDate: body.startDate }),
    ...(body.endDate === undefined ? {} : { endDate: body.endDate }),
    ...(body.requiredDays === undefined ? {} : { requiredDays: body.requiredDays }),
  };
}
