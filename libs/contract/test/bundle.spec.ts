import { campErrors } from '../src/index.js';
import { bundle } from '../tools/bundle.ts';

const schemas = {
  Thing: { type: 'object', properties: { id: { type: 'integer' }, note: { type: 'string' } } },
  Change: { type: 'object', required: [], properties: { note: { type: 'string' } } },
};
const operation = {
  operationId: 'changeThing',
  security: [{ jwt: [] }],
  'x-returns': { data: 'Thing', message: '成功' },
};
const head = { 'x-envelope': { success: 200, timestamp: true }, components: { schemas } };
const bundled = (draft: object, path = '/things') => {
  const document = bundle([head, { paths: { [path]: { post: { ...operation, ...draft } } } }], campErrors);
  return document.paths[path]!['post']!;
};
const answers = (draft: object, path?: string) => Object.keys(bundled(draft, path).responses).map(Number);
const id = { name: 'id', in: 'path', required: true, schema: {} };

test('an object is closed and requires everything, unless it says otherwise', () => {
  const { components } = bundle([{ ...head, paths: {} }], campErrors);
  expect(components.schemas['Thing']).toMatchObject({
    additionalProperties: false,
    required: ['id', 'note'],
  });
  expect(components.schemas['Change']).not.toHaveProperty('required');
  expect(schemas.Thing).not.toHaveProperty('required');
});

test('two parts may share a path, not define the same thing', () => {
  const get = { paths: { '/things': { get: operation } } };
  const post = { paths: { '/things': { post: operation } } };
  expect(Object.keys(bundle([head, get, post], campErrors).paths['/things']!)).toEqual(['get', 'post']);
  expect(() => bundle([head, get, get], campErrors)).toThrow(/get is defined twice/);
  expect(() => bundle([head, { components: { schemas: { Thing: {} } }, paths: {} }], campErrors)).toThrow(
    /Thing/,
  );
});

test('error answers follow from the shape of the operation', () => {
  expect(answers({})).toEqual([200, 400, 401, 413, 415, 429, 500, 503]);
  expect(answers({ security: [] })).not.toContain(401);
  expect(answers({ 'x-permission': 'thing:write' })).toContain(403);
  expect(answers({ security: [{ ticket: [] }] })).toContain(403);
});

test('what does not exist is 404 once: by its business code where there is one, and never behind a ticket', () => {
  const schemaOf404 = (draft: object) =>
    bundled({ parameters: [id], ...draft }, '/things/{id}').responses[404];
  expect(JSON.stringify(schemaOf404({}))).toContain('Error404"');
  expect(JSON.stringify(schemaOf404({ 'x-business-codes': [1301] }))).not.toContain('Error404"');
  expect(schemaOf404({ security: [{ ticket: [] }] })).toBeUndefined();
});

test('codes with one HTTP status share its answer', () => {
  const { responses } = bundled({ 'x-business-codes': [1001, 1006], 'x-generic-codes': [409] });
  expect(responses[409]).toMatchObject({
    description: '409 请求与当前状态冲突；1001 您已报名该训练营，无需重复报名；1006 训练营不在报名期',
    content: {
      'application/json': {
        schema: {
          oneOf: ['409', '1001', '1006'].map((code) => ({ $ref: `#/components/schemas/Error${code}` })),
        },
      },
    },
  });
});

test('a reference to a parameter that does not exist is refused', () => {
  expect(() => bundled({ parameters: [{ $ref: '#/components/parameters/Nowhere' }] })).toThrow(/Nowhere/);
});

test('each line wraps its answers in its own way, or not at all', () => {
  const inside = (dialect: object) => {
    const parts = [{ ...head, 'x-envelope': dialect }, { paths: { '/things': { get: operation } } }];
    const { paths, components } = bundle(parts, campErrors);
    const schema = paths['/things']!['get']!.responses['200']!.content!['application/json']!.schema!;
    return { answer: schema, failure: Object.keys(components.schemas['Error400']!['properties']!) };
  };
  expect(inside({ success: 0, timestamp: true }).answer['properties']).toMatchObject({ code: { const: 0 } });
  const plain = inside({ success: 200, timestamp: false });
  expect(plain.answer['required']).toEqual(['code', 'message', 'data']);
  expect(plain.failure).toEqual(['code', 'message', 'data']);
  expect(inside({ success: null, timestamp: false }).answer).toEqual({ $ref: '#/components/schemas/Thing' });
});
