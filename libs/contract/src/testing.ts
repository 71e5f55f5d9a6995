// For tests only: ajv is a development dependency.
import type { ErrorObject, ValidateFunction } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { ApiDocument, Content, Operation, Parameter, Schema } from './openapi.js';

export interface OperationInfo {
  /** In capitals. */
  method: string;
  /** As in the document, with `{parameters}`. */
  path: string;
  operationId: string;
  /** The security scheme asked for: `jwt`, `ticket`, `wechatSignature`; null where none is. */
  security: string | null;
  /** What the role must allow; null where a login is enough or none is needed. */
  permission: string | null;
  businessCodes: number[];
  parameters: Parameter[];
  /** The body's schema, itself not a reference (its properties may be); null without a body. */
  requestBody: Schema | null;
  requestBodyRequired: boolean;
}

/**
 * Throws an Error that says what differs when the answer is not what the document promises for this path.
 * @returns the operation's id; null for a path that the document does not have
 */
export type ResponseChecker = (
  method: string,
  /** The path that was asked for, with or without a query. */
  path: string,
  status: number,
  contentType: string | undefined,
  /** Parsed when JSON. */
  body: unknown,
) => string | null;

/** Every operation of the document, in its order. */
export function operations(document: ApiDocument): OperationInfo[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => {
      const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
      return {
        method: method.toUpperCase(),
        path,
        operationId: operation.operationId,
        security: operation.security.flatMap((each) => Object.keys(each))[0] ?? null,
        permission: operation['x-permission'] ?? null,
        businessCodes: operation['x-business-codes'] ?? [],
        parameters: operation.parameters ?? [],
        requestBody: body ? resolve(document, body) : null,
        requestBodyRequired: operation.requestBody?.required ?? false,
      };
    }),
  );
}

/**
 * Holds answers against the document: the status, the content type and every field of the body. A path that is not in
 * the document may only answer the plain 404. Schemas are compiled once, when first needed.
 */
export function responseChecker(document: ApiDocument): ResponseChecker {
  const routes = routesOf(document);
  const validate = compiler(document);
  return (method, path, status, contentType, body) => {
    const said = `${method.toUpperCase()} ${path} answered ${status}`;
    // A slash at the end makes no difference to the API.
    const bare = (path.split('?')[0] ?? path).replace(/(?<=.)\/$/, '');
    const route = routes.find((each) => fits(each.parts, bare) && method.toLowerCase() in each.item);
    if (!route) {
      if (status !== 404) throw new Error(`${said}, but the document has no such operation`);
      report(said, validate('#/components/schemas/Error404', body), body);
      return null;
    }
    const name = method.toLowerCase();
    const operation = route.item[name]!;
    const response = operation.responses[status];
    if (!response)
      throw new Error(`${said}, but ${operation.operationId} has ${statuses(operation)}: ${show(body)}`);
    const media = mediaType(`${said} to ${operation.operationId}`, response.content, contentType, body);
    const schema = media === null ? undefined : response.content?.[media]?.schema;
    if (media === null || !schema) return operation.operationId;
    const at = pointer('paths', route.path, name, 'responses', String(status), 'content', media, 'schema');
    report(`${said} to ${operation.operationId}`, validate(branch(document, schema, body) ?? at, body), body);
    return operation.operationId;
  };
}

/** Says what the document finds wrong with a JSON request body (query and path are not looked at); [] when nothing. */
export function requestChecker(document: ApiDocument): (operationId: string, body: unknown) => string[] {
  const validate = compiler(document);
  const known = Object.values(document.paths).flatMap((item) => Object.values(item));
  return (operationId, body) => {
    const content = known.find((each) => each.operationId === operationId)?.requestBody?.content;
    const ref = content?.['application/json']?.schema?.['$ref'];
    if (typeof ref !== 'string') throw new Error(`${operationId} takes no JSON body`);
    return validate(ref, body).map(say);
  };
}

const statuses = (operation: Operation): string => Object.keys(operation.responses).join(', ');
const show = (body: unknown): string => (JSON.stringify(body) ?? 'no body').slice(0, 2000);
const escape = (key: string): string => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'));
const pointer = (...keys: string[]): string => `#/${keys.map(escape).join('/')}`;

/** Literal paths come before those with parameters: `/members/export` is not a member. */
function routesOf(document: ApiDocument) {
  return Object.entries(document.paths)
    .map(([path, item]) => ({ path, item, parts: path.split('/') }))
    .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
}

function fits(parts: string[], path: string): boolean {
  const given = path.split('/');
  return (
    parts.length === given.length &&
    parts.every((part, i) => part === given[i] || (part[0] === '{' && !!given[i]))
  );
}

/** The documented type of the body, or null where the answer has none. */
function mediaType(said: string, content: Content | undefined, given: string | undefined, body: unknown) {
  const media = given?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (content && media in content) return media;
  if (!content && (body === undefined || body === null || body === '')) return null;
  const expected = content ? Object.keys(content).join(' or ') : 'no body';
  throw new Error(`${said} with ${media || 'no content type'} instead of ${expected}: ${show(body)}`);
}

/** Of several error schemas the one for the body's code, so that what is reported is what differs. */
function branch(document: ApiDocument, schema: Schema, body: unknown): string | undefined {
  const branches = (schema['oneOf'] ?? []) as { $ref: string }[];
  const code = (body as { code?: unknown } | null | undefined)?.code;
  return branches.find((each) => {
    const properties = resolve(document, each)['properties'] as Record<string, Schema> | undefined;
    return properties?.['code']?.['const'] === code;
  })?.$ref;
}

function resolve(document: ApiDocument, schema: Schema): Schema {
  const ref = schema['$ref'];
  if (typeof ref !== 'string') return schema;
  const found = document.components.schemas[ref.replace('#/components/schemas/', '')];
  if (!found) throw new Error(`no such schema: ${ref}`);
  return found;
}

let shared: Ajv2020 | undefined;

/** One for all documents: making one takes as long as loading the API does. */
function ajv(): Ajv2020 {
  if (shared) return shared;
  shared = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
  formats.default(shared, ['date', 'uri', 'uuid']);
  const twoDecimals = {
    type: 'number',
    validate: (value: number) => Number(value.toFixed(2)) === value,
  } as const;
  shared.addFormat('yuan', twoDecimals);
  shared.addFormat('percent', twoDecimals);
  shared.addFormat('local-date-time', (value: string) => {
    const time = Date.parse(`${value}Z`);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
  });
  return shared;
}

let documents = 0;
const documentWords = new Set<string>();

/** Validates against the schema at a place in the document; returns what differs. Nothing is made before it is needed. */
function compiler(document: ApiDocument): (at: string, body: unknown) => ErrorObject[] {
  const name = `document-${(documents += 1)}`;
  const compiled = new Map<string, ValidateFunction>();
  const known = (): Ajv2020 => {
    if (ajv().schemas[name]) return ajv();
    // The document is not a schema itself; its own words are no keywords to be strict about.
    for (const word of Object.keys(document).filter((each) => !documentWords.has(each))) {
      ajv().addKeyword(word);
      documentWords.add(word);
    }
    return ajv().addSchema(document, name);
  };
  return (at, body) => {
    const validator = compiled.get(at) ?? known().getSchema(`${name}${at}`);
    if (!validator) throw new Error(`the document has nothing at ${at}`);
    compiled.set(at, validator);
    return validator(body) ? [] : (validator.errors ?? []);
  };
}

function say({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`;
}

function report(said: string, errors: ErrorObject[], body: unknown): void {
  if (errors.length === 0) return;
  const lines = errors.slice(0, 10).map((error) => `  ${say(error)}\n`);
  throw new Error(`${said}, which does not fit:\n${lines.join('')}  ${show(body)}`);
}
