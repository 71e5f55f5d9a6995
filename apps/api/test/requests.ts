import { campDocument } from '@yajin/contract';
import { consoleDocument } from '@yajin/contract/console';
import { operations, type OperationInfo } from '@yajin/contract/testing';
import fc from 'fast-check';

/** Requests made from the OpenAPI document: right ones, nearly right ones and hostile ones. */

type Schema = Record<string, unknown>;

/** Values for fields and parameters of some name, so that requests meet what is there. */
export type Pools = Record<string, fc.Arbitrary<unknown>>;

export interface GeneratedRequest {
  path: string;
  headers: Record<string, string>;
  body: string | undefined;
}

const schemas = {
  ...consoleDocument.components.schemas,
  ...campDocument.components.schemas,
} as Record<string, Schema>;

const NASTY = [
  '',
  ' ',
  '0',
  '-1',
  '1.5',
  '1e3',
  'NaN',
  'null',
  '99999999999999999999',
  '９',
  '😀👩‍👩‍👧',
  "'; DROP TABLE camp;--",
  '%',
  '%00',
  '_',
  '\u0000',
  '\u0007',
  '\u202e',
  '\ud83d',
  'x\udc00',
  '\u200b\u2060\u3164',
  '../../etc/passwd',
  '<script>alert(1)</script>',
  '=1+1',
  '{{7*7}}',
  '__proto__',
  'constructor',
  '0000-00-00',
  '0000-01-01',
  '0001-01-01',
  '2026-02-30',
  '9999-12-31',
  '2026-01-01T00:00:00Z',
  'x'.repeat(3000),
];
const OFF_NUMBERS = [0, -1, 1.5, 0.001, 1e21, -1e21, 2 ** 31, 2 ** 53, 2 ** 63, Number.MIN_VALUE];

const nastyText = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NASTY) },
  fc.string({ unit: 'binary', maxLength: 30 }),
);

/** Anything JSON can say. */
const anything: fc.Arbitrary<unknown> = fc.oneof(
  nastyText,
  fc.constantFrom<unknown>(...OFF_NUMBERS, null, true, false, [], {}, [[[[]]]], { __proto__: null, a: 1 }),
  fc.jsonValue({ maxDepth: 3 }),
);

function resolve(schema: Schema): Schema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const { $ref: _, ...rest } = schema;
  return { ...schemas[ref.split('/').at(-1) ?? ''], ...rest };
}

/** What a schema allows. Rules that reach beyond one field are not known here. */
export function valid(given: Schema, pools: Pools, name = ''): fc.Arbitrary<unknown> {
  const schema = resolve(given);
  const pool = pools[name];
  if (pool) return pool;
  if ('const' in schema) return fc.constant(schema['const']);
  if (Array.isArray(schema['enum'])) return fc.constantFrom(...(schema['enum'] as unknown[]));
  const union = (schema['anyOf'] ?? schema['oneOf']) as Schema[] | undefined;
  if (union) return fc.oneof(...union.map((each) => valid(each, pools, name)));
  const types = Array.isArray(schema['type']) ? (schema['type'] as string[]) : [schema['type'] as string];
  return fc.oneof(...types.map((type) => ofType(type, schema, pools, name)));
}

function ofType(type: string, schema: Schema, pools: Pools, name: string): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.oneof(
        {
          weight: 9,
          arbitrary: fc.integer({
            min: numberOf(schema, 'minimum', 0),
            max: Math.min(numberOf(schema, 'maximum', 100), 100),
          }),
        },
        { weight: 1, arbitrary: fc.constant(numberOf(schema, 'maximum', 2 ** 31)) },
      );
    case 'number':
      return fc.integer({ min: 1, max: 20_000 }).map((fen) => fen / 100);
    case 'string':
      return text(schema);
    case 'array': {
      const item = valid(schema['items'] as Schema, pools, name);
      const size = { minLength: numberOf(schema, 'minItems', 0), maxLength: 5 };
      return schema['uniqueItems'] === true ? fc.uniqueArray(item, size) : fc.array(item, size);
    }
    case 'object':
      return object(schema, pools);
    default:
      throw new Error(`no requests for the type ${type}`);
  }
}

function text(schema: Schema): fc.Arbitrary<string> {
  const pattern = schema['pattern'];
  switch (schema['format']) {
    case 'date':
      return fc
        .integer({ min: 0, max: 400 })
        .map((day) => new Date(1.78e12 + day * 86_400_000).toISOString().slice(0, 10));
    case 'uri':
      return fc.constantFrom('https://cdn.example.com/a.jpg', 'http://127.0.0.1/图.png');
    case 'uuid':
      return fc.uuid();
  }
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const maxLength = Math.min(numberOf(schema, 'maxLength', 40), 40);
  return fc.oneof(
    fc.constantFrom('小明同学', "O'Brien 😀", '２１天', 'a'),
    fc.string({ minLength: numberOf(schema, 'minLength', 0), maxLength }),
  );
}

function object(schema: Schema, pools: Pools): fc.Arbitrary<unknown> {
  const properties = (schema['properties'] ?? {}) as Record<string, Schema>;
  const required = (schema['required'] ?? []) as string[];
  const fields = Object.entries(properties).map(([name, each]) => [name, valid(each, pools, name)] as const);
  return fc.record(Object.fromEntries(fields), { requiredKeys: required });
}

function numberOf(schema: Schema, keyword: string, fallback: number): number {
  const value = schema[keyword];
  return typeof value === 'number' ? value : fallback;
}

/** A right body with something wrong about it. */
function nearly(body: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  return fc
    .tuple(body, fc.nat(), anything, fc.constantFrom('change', 'drop', 'add'))
    .map(([given, which, value, how]) => {
      if (typeof given !== 'object' || given === null || Array.isArray(given)) return value;
      const names = Object.keys(given);
      const name = names[which % Math.max(names.length, 1)] ?? 'field';
      if (how === 'add') return { ...given, surprise: value };
      const rest = Object.fromEntries(Object.entries(given).filter(([each]) => each !== name));
      return how === 'drop' ? rest : { ...rest, [name]: value };
    });
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

function parameter(schema: Schema, name: string, pools: Pools): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 9, arbitrary: valid(schema, pools, name).map(asText) },
    { weight: 1, arbitrary: nastyText },
  );
}

/** One request to an operation, more often right than wrong. */
export function requestTo(operation: OperationInfo, pools: Pools): fc.Arbitrary<GeneratedRequest> {
  const of = (place: string) =>
    Object.fromEntries(
      operation.parameters
        .filter((each) => each.in === place)
        .map((each) => [each.name, parameter(each.schema, each.name, pools)]),
    );
  const optional = operation.parameters.filter((each) => each.required).map((each) => each.name);
  return fc
    .record({
      path: fc.record(of('path')),
      query: fc.record(of('query'), { requiredKeys: optional.filter((name) => name in of('query')) }),
      extra: fc.option(fc.tuple(fc.constantFrom('surprise', 'page', 'sort', '__proto__'), nastyText), {
        freq: 12,
      }),
      headers: fc.record(of('header'), { requiredKeys: [] }),
      body: bodyOf(operation, pools),
    })
    .map(({ path, query, extra, headers, body }) => {
      const filled = operation.path.replace(/\{(\w+)\}/g, (_, name: string) => encode(path[name] || ' '));
      const pairs = [...Object.entries(query), ...(extra ? [extra] : [])];
      const search = pairs.map(([name, value]) => `${name}=${encode(value ?? '')}`).join('&');
      const safe = Object.entries(headers).flatMap(([name, value]) =>
        value !== undefined && /^[\x21-\x7e]*$/.test(value) ? [[name, value] as const] : [],
      );
      return {
        path: search ? `${filled}?${search}` : filled,
        headers: { ...Object.fromEntries(safe), ...body.headers },
        body: body.text,
      };
    });
}

function encode(value: string): string {
  // A lone surrogate cannot be sent at all.
  return encodeURIComponent(value.toWellFormed());
}

interface Body {
  text: string | undefined;
  headers: Record<string, string>;
}

function bodyOf(operation: OperationInfo, pools: Pools): fc.Arbitrary<Body> {
  const json = { 'content-type': 'application/json' };
  const none: Body = { text: undefined, headers: {} };
  if (operation.method === 'GET') return fc.constant(none);
  if (!operation.requestBody) {
    return fc.oneof(
      { weight: 4, arbitrary: fc.constant(none) },
      anything.map((value) => ({ text: JSON.stringify(value), headers: json })),
    );
  }
  const right = valid(operation.requestBody, pools);
  const raw = fc.constantFrom(
    '',
    '{',
    '[1',
    '{"a":1,}',
    '"',
    '\u0000',
    '{"__proto__":{"a":1}}',
    '['.repeat(5000),
  );
  const type = fc.constantFrom(
    'text/plain',
    'application/xml',
    'application/json; charset=x',
    'multipart/form-data',
  );
  return fc.oneof(
    { weight: 8, arbitrary: right.map((value) => ({ text: JSON.stringify(value), headers: json })) },
    { weight: 4, arbitrary: nearly(right).map((value) => ({ text: JSON.stringify(value), headers: json })) },
    { weight: 1, arbitrary: anything.map((value) => ({ text: JSON.stringify(value), headers: json })) },
    { weight: 1, arbitrary: raw.map((value) => ({ text: value, headers: json })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(raw, type)
        .map(([value, mime]) => ({ text: value, headers: { 'content-type': mime } })),
    },
  );
}

/** Every operation that the API answers in any mode but the gateway's own. */
export const allOperations: OperationInfo[] = operations(campDocument);
/** The same of the payments area of the console. */
export const consoleOperations: OperationInfo[] = operations(consoleDocument);
