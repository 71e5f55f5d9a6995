import type { ApiDocument, Content, Operation, Parameter, Schema } from '../src/openapi.ts';

type Node = Record<string, unknown>;
type ErrorTable = ApiDocument['x-error-codes'];

/** An operation as it is written by hand. */
interface Draft extends Omit<Operation, 'parameters' | 'responses'> {
  parameters?: (Parameter | { $ref: string })[];
  responses?: Operation['responses'];
  'x-returns'?: { data: string | null; message: string };
  'x-generic-codes'?: number[];
}

/** How a line wraps its answers. */
interface Dialect {
  /** The `code` of a success; null where answers are bare. */
  success: number | null;
  /** Whether an envelope carries the time. */
  timestamp: boolean;
}

const methods = ['get', 'post', 'put', 'delete'];
const schemaRef = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Joins the parts of a hand-written document and writes its shorthands out (openapi.yaml explains them).
 * Throws where two parts define the same thing or a reference leads nowhere.
 */
export function bundle(parts: Node[], errors: ErrorTable): ApiDocument {
  const draft: Node = {};
  for (const part of parts) merge(draft, structuredClone(part), '');
  const components = draft['components'] as Record<string, Record<string, Schema>>;
  const parameters = (components['parameters'] ?? {}) as unknown as Record<string, Parameter>;
  const dialect = draft['x-envelope'] as Dialect;
  const schemas = {
    ...components['schemas'],
    ...errorSchemas(errors, (draft['x-error-data'] ?? {}) as Node, dialect),
  };
  Object.values(schemas).forEach(closeObjects);

  const paths: ApiDocument['paths'] = {};
  for (const [path, item] of Object.entries(draft['paths'] as Record<string, Node>)) {
    const shared = (item['parameters'] ?? []) as Draft['parameters'] & object;
    paths[path] = {};
    for (const method of methods) {
      if (!(method in item)) continue;
      const operation = item[method] as Draft;
      const own = [...shared, ...(operation.parameters ?? [])].map((each) =>
        '$ref' in each ? lookUp(parameters, each.$ref) : each,
      );
      paths[path][method] = complete(method, operation, own, errors, dialect);
    }
  }
  const {
    paths: _paths,
    components: _components,
    'x-error-data': _data,
    'x-envelope': _envelope,
    ...head
  } = draft;
  return {
    ...(head as Omit<ApiDocument, 'paths' | 'components' | 'x-error-codes'>),
    'x-error-codes': { ...errors },
    paths,
    components: { securitySchemes: components['securitySchemes'] ?? {}, schemas },
  };
}

function merge(target: Node, source: Node, at: string): void {
  for (const [key, value] of Object.entries(source)) {
    const present = target[key];
    if (present === undefined) target[key] = value;
    else if (isNode(present) && isNode(value) && at.split('/').length < 3)
      merge(present, value, `${at}/${key}`);
    else throw new Error(`${at}/${key} is defined twice`);
  }
}

function lookUp(parameters: Record<string, Parameter>, ref: string): Parameter {
  const found = parameters[ref.replace('#/components/parameters/', '')];
  if (!found) throw new Error(`no such parameter: ${ref}`);
  return found;
}

/** An object schema is closed and requires all of its properties, unless it says otherwise. */
function closeObjects(schema: unknown): void {
  if (Array.isArray(schema)) schema.forEach(closeObjects);
  if (!isNode(schema)) return;
  Object.values(schema).forEach(closeObjects);
  if (schema['type'] !== 'object' || !isNode(schema['properties'])) return;
  schema['additionalProperties'] ??= false;
  schema['required'] ??= Object.keys(schema['properties']);
  if (Array.isArray(schema['required']) && schema['required'].length === 0) delete schema['required'];
}

/** Which sentence of ours the message of a refusal is; our own console says it in the language of who reads. */
const SENTENCE: Node = {
  messageCode: {
    type: 'string',
    description: '文字不是错误码自己的说明时，该句的代码，见 docs/error-codes.md',
  },
  messageParams: {
    type: 'array',
    items: { type: ['string', 'number'] },
    description: '句中的数字与名称，按出现的顺序；仅随 messageCode',
  },
};

/** One schema per error code: `Error1001` and so on. Only a generic code's message may vary. */
function errorSchemas(errors: ErrorTable, dataOf: Node, { timestamp }: Dialect): Record<string, Schema> {
  const schemas: Record<string, Schema> = {};
  for (const [code, { message }] of Object.entries(errors)) {
    const data = dataOf[code];
    const said = timestamp && Number(code) < 1000;
    schemas[`Error${code}`] = {
      type: 'object',
      description: message,
      properties: {
        code: { type: 'integer', const: Number(code) },
        message: Number(code) < 1000 ? { type: 'string', minLength: 1 } : { type: 'string', const: message },
        data: typeof data === 'string' ? schemaRef(data) : { type: 'null' },
        ...(timestamp ? { timestamp: schemaRef('Timestamp') } : {}),
        ...(said ? SENTENCE : {}),
      },
      ...(said ? { required: ['code', 'message', 'data', 'timestamp'] } : {}),
    };
  }
  return schemas;
}

function complete(
  method: string,
  draft: Draft,
  parameters: Parameter[],
  errors: ErrorTable,
  dialect: Dialect,
): Operation {
  const { 'x-returns': returns, 'x-generic-codes': generic = [], responses = {}, ...rest } = draft;
  const all = { ...responses };
  if (returns) all['200'] = { description: returns.message, content: json(envelope(returns, dialect)) };
  // An operation with neither an envelope nor generic codes writes all of its answers itself.
  const speaksEnvelope = returns !== undefined || draft['x-permission'] !== undefined;
  const codes = speaksEnvelope ? errorCodes(method, draft, parameters, generic, errors) : [];
  for (const code of codes) {
    const { message, status } = errors[code]!;
    const present = all[status];
    all[status] = {
      description: present ? `${present.description}；${code} ${message}` : `${code} ${message}`,
      ...(status === 429
        ? { headers: { 'Retry-After': { schema: { type: 'integer', description: '秒' } } } }
        : {}),
      content: json(oneMore(present?.content, schemaRef(`Error${code}`))),
    };
  }
  if (parameters.length > 0) rest.parameters = parameters;
  return { ...(rest as Omit<Operation, 'responses'>), responses: all };
}

const json = (schema: Schema): Content => ({ 'application/json': { schema } });

function oneMore(present: Content | undefined, added: Schema): Schema {
  const schema = present?.['application/json']?.schema;
  if (!schema) return added;
  const alternatives = schema['oneOf'] as Schema[] | undefined;
  return { oneOf: [...(alternatives ?? [schema]), added] };
}

function envelope(
  { data, message }: { data: string | null; message: string },
  { success, timestamp }: Dialect,
): Schema {
  const content: Schema = data === null ? { type: 'null' } : schemaRef(data);
  if (success === null) return content;
  const properties = {
    code: { type: 'integer', const: success },
    message: { type: 'string', const: message },
    data: content,
    ...(timestamp ? { timestamp: schemaRef('Timestamp') } : {}),
  };
  return { type: 'object', additionalProperties: false, required: Object.keys(properties), properties };
}

/** The error codes that follow from the shape of the operation, and its own, in ascending order. */
function errorCodes(
  method: string,
  draft: Draft,
  parameters: Parameter[],
  generic: number[],
  errors: ErrorTable,
): number[] {
  const business = draft['x-business-codes'] ?? [];
  const schemes = draft.security.flatMap((each) => Object.keys(each));
  // A DELETE needs none, but whatever comes along is read, and refused when it cannot be.
  const takesBody = method !== 'get';
  const codes = new Set([...generic, ...business, 429, 500, 503]);
  if (parameters.length > 0 || takesBody) codes.add(400);
  if (schemes.length > 0) codes.add(401);
  if (draft['x-permission'] !== undefined || schemes.includes('ticket')) codes.add(403);
  const missing = business.some((code) => errors[code]?.status === 404) || schemes.includes('ticket');
  if (parameters.some((each) => each.in === 'path') && !missing) codes.add(404);
  if (parameters.some((each) => each.name === 'Idempotency-Key')) codes.add(409);
  if (takesBody) codes.add(413).add(415);
  return [...codes].sort((a, b) => a - b);
}
