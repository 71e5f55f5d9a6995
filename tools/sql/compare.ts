/** What the code believes of a statement's rows and parameters against what PostgreSQL says. */
import ts from 'typescript';
import type { Description } from './describe.ts';
import type { Statement } from './statements.ts';

/** How values of a type of PostgreSQL arrive (libs/server/src/database.ts) and leave. */
type Kind = 'number' | 'string' | 'boolean' | 'Date' | 'object' | 'bytes' | 'any';

/** By the names that `format_type` gives. */
const KINDS: Readonly<Record<string, Kind>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  'double precision': 'number',
  real: 'number',
  numeric: 'string',
  text: 'string',
  'character varying': 'string',
  name: 'string',
  uuid: 'string',
  date: 'string',
  'time without time zone': 'string',
  interval: 'string',
  inet: 'string',
  boolean: 'boolean',
  'timestamp with time zone': 'Date',
  'timestamp without time zone': 'Date',
  json: 'object',
  jsonb: 'object',
  bytea: 'bytes',
  void: 'any',
};

export interface Types {
  /** The name of a type by its oid, without its modifier: `text`, `bigint[]`. */
  nameOf: (oid: number) => string;
  /** The name of a column of a table that may be null; null for others. */
  nullable: (table: number, number: number) => string | null;
  /** The only values that a column of a table can have; null where any are. */
  values: (table: number, number: number) => string[] | null;
}

const { Any, Unknown, Null, Undefined, Never, TypeParameter } = ts.TypeFlags;
const ANYTHING = Any | Unknown | Null | Undefined | Never | TypeParameter;

/** A line for each thing that is not as the code believes. */
export function differences(
  statement: Statement,
  text: string,
  description: Description,
  types: Types,
  checker: ts.TypeChecker,
): string[] {
  return [
    ...rowDifferences(statement.row, text, description, types, checker),
    ...parameterDifferences(statement.parameters, description, types, checker),
  ];
}

function rowDifferences(
  row: ts.Type | null,
  text: string,
  { columns }: Description,
  types: Types,
  checker: ts.TypeChecker,
): string[] {
  if (row === null || row.flags & ts.TypeFlags.TypeParameter) return [];
  const believed = checker.getPropertiesOfType(row);
  return believed.flatMap((property) => {
    const name = property.name;
    const column = columns.find((each) => each.name === name);
    const optional = (property.flags & ts.SymbolFlags.Optional) !== 0;
    if (!column) return optional ? [] : [`answers no "${name}"`];
    const type = checker.getTypeOfSymbol(property);
    const pgType = types.nameOf(column.type);
    const nullable = types.nullable(column.table, column.number);
    const admits = optional || admitsNull(type);
    const others = unexpected(type, types.values(column.table, column.number) ?? []);
    return [
      ...(fits(pgType, type, checker) ? [] : [`"${name}" is ${pgType}, not ${checker.typeToString(type)}`]),
      ...(nullable !== null && !admits && !isAsked(text, nullable) ? [`"${name}" may be null`] : []),
      ...(others.length > 0 ? [`"${name}" may be ${others.join(', ')}`] : []),
    ];
  });
}

function parameterDifferences(
  given: ts.Type[] | null,
  { parameters }: Description,
  types: Types,
  checker: ts.TypeChecker,
): string[] {
  if (given === null) return [];
  if (given.length !== parameters.length)
    return [`takes ${parameters.length} parameters, is given ${given.length}`];
  return parameters.flatMap((oid, index) => {
    const type = given[index];
    const pgType = types.nameOf(oid);
    return !type || fits(pgType, checker.getNonNullableType(type), checker, true)
      ? []
      : [`$${index + 1} is ${pgType}, is given ${checker.typeToString(type)}`];
  });
}

/** Those of the values that a type of a few texts leaves out. */
function unexpected(type: ts.Type, values: string[]): string[] {
  const parts = (type.isUnion() ? type.types : [type]).filter((part) => !(part.flags & Null));
  if (!parts.every((part) => part.isStringLiteral())) return [];
  const expected = new Set(parts.map((part) => part.value));
  return values.filter((value) => !expected.has(value));
}

/** Whether a statement asks for rows that have a value in `column`. */
function isAsked(text: string, column: string): boolean {
  return new RegExp(String.raw`\b${column} (IS NOT NULL|IN \(|= ANY|= \$)`).test(text);
}

function admitsNull(type: ts.Type): boolean {
  const parts = type.isUnion() ? type.types : [type];
  return parts.some(({ flags }) => flags & (ts.TypeFlags.Null | ts.TypeFlags.Any | ts.TypeFlags.Unknown));
}

function fits(pgType: string, type: ts.Type, checker: ts.TypeChecker, given = false): boolean {
  const bare = checker.getNonNullableType(type);
  const parts = bare.isUnion() ? bare.types : [bare];
  const fitting = parts.filter((part) => fitsOne(pgType, part, checker, given));
  // What may arrive is allowed to be less than what is believed; what is sent is not.
  return given ? fitting.length === parts.length : fitting.length > 0;
}

function fitsOne(pgType: string, type: ts.Type, checker: ts.TypeChecker, given: boolean): boolean {
  const { flags } = type;
  if (flags & ANYTHING || (type.isIntersection() && type.types.some((part) => part.flags & ANYTHING)))
    return true;
  if (pgType.endsWith('[]')) {
    const item = checker.getIndexTypeOfType(type, ts.IndexKind.Number);
    return item !== undefined && fits(pgType.slice(0, -2), item, checker, given);
  }
  const name = type.symbol?.name;
  switch (KINDS[pgType]) {
    case 'number':
      return (flags & ts.TypeFlags.NumberLike) !== 0 || isBranded(type, ts.TypeFlags.NumberLike);
    case 'string':
      return (
        (flags & ts.TypeFlags.StringLike) !== 0 ||
        isBranded(type, ts.TypeFlags.StringLike) ||
        // What is sent as text may be a number: it is written out.
        (given && (flags & ts.TypeFlags.NumberLike) !== 0 && pgType === 'numeric')
      );
    case 'boolean':
      return (flags & ts.TypeFlags.BooleanLike) !== 0;
    case 'Date':
      return name === 'Date' || (given && (flags & ts.TypeFlags.StringLike) !== 0);
    case 'object':
      return (flags & ts.TypeFlags.Object) !== 0 || (given && (flags & ts.TypeFlags.StringLike) !== 0);
    case 'bytes':
      return name === 'Buffer' || name === 'Uint8Array';
    case 'any':
      return true;
    default:
      return false;
  }
}

/** `number & { … }` */
function isBranded(type: ts.Type, flags: ts.TypeFlags): boolean {
  return type.isIntersection() && type.types.some((part) => part.flags & flags);
}
