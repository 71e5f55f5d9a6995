/** A JSON Schema 2020-12, as OpenAPI 3.1 uses it. */
export interface Schema {
  [keyword: string]: unknown;
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  description?: string;
  schema: Schema;
}

/** Bodies by content type; a type without a schema is a file. */
export type Content = Record<string, { schema?: Schema }>;

export interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description?: string;
  /** Any one of these; an empty list means that nothing is needed. */
  security: Record<string, string[]>[];
  /** What the operator's role must allow; absent where a login is enough or none is needed. */
  'x-permission'?: string;
  'x-business-codes'?: number[];
  /** The schema of what is inside the encrypted body. */
  'x-decrypted'?: string;
  parameters?: Parameter[];
  requestBody?: { required: boolean; content: Content };
  responses: Record<
    string,
    { description: string; headers?: Record<string, { schema: Schema }>; content?: Content }
  >;
}

/** One line's OpenAPI 3.1 document. Parameters and responses are written out; only schemas are referred to. */
export interface ApiDocument {
  openapi: string;
  jsonSchemaDialect: string;
  info: {
    title: string;
    version: string;
    description: string;
    license: { name: string; identifier: string };
  };
  servers: { url: string; description: string }[];
  tags: { name: string; description: string }[];
  /** The permissions of each role, `area:*` for all of an area. */
  'x-roles': Record<string, string[]>;
  'x-error-codes': Record<string, { message: string; status: number }>;
  paths: Record<string, Record<string, Operation>>;
  components: { securitySchemes: Record<string, Schema>; schemas: Record<string, Schema> };
}
