import { DefaultNamingStrategy } from 'typeorm';

type Snake<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `_${Lowercase<First>}`}${Snake<Rest>}`
  : '';

/**
 * The columns of an entity's table as a statement answers them: `Row<CampMember, 'id' | 'payFen'>` is `{ id: number; pay_fen: Fen }`,
 * and `Row<CampMember>` what `SELECT *` answers.
 */
export type Row<Entity, Key extends keyof Entity = keyof Entity> = {
  [Name in Key as Snake<Name & string>]: Entity[Name];
};

/** The column of a property: `payFen` is `pay_fen`. */
export function columnOf<Name extends string>(property: Name): Snake<Name> {
  return property.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`) as Snake<Name>;
}

/** Columns are called after their properties, as `Row` says. Tables are named where they are declared. */
export class SnakeCase extends DefaultNamingStrategy {
  override columnName(property: string, given: string | undefined): string {
    return given ?? columnOf(property);
  }
}
