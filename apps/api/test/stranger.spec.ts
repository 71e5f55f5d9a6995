import { createConnection } from 'node:net';
import { JwtService } from '@nestjs/jwt';
import { campDocument, type ApiDocument } from '@yajin/contract';
import { consoleDocument } from '@yajin/contract/console';
import { operations, type OperationInfo } from '@yajin/contract/testing';
import { LINES } from '../src/lines/index.js';
import { HOST_KEY, hostToken, randomAddress, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

/** Null, or what is wrong with which field. */
const WRONG_FIELDS: unknown = {
  asymmetricMatch: (data: { errors?: unknown[] } | null) => data === null || Array.isArray(data.errors),
};

/** Bytes as they are, and what comes back. */
function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(api.url).port) });
    let answer = '';
    socket
      .on('data', (chunk) => (answer += chunk.toString()))
      .on('error', (error) => (answer === '' ? reject(error) : socket.destroy()));
    socket.on('close', () => resolve(answer));
    socket.end(text);
  });
}

describe('what is malformed is answered in the envelope', () => {
  const get = (path: string, headers = ''): string =>
    `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;
  const post = (headers: string, body = ''): string =>
    `POST /api/admin/auth/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
  it.each([
    ['half an escape in a path', get('/api/h5/camps/%E0%A4%A'), 400],
    ['a path that is no escape', get('/api/h5/camps/%zz'), 400],
    ['a NUL in a path', get('/api/h5/payments/a%00b/status'), 400],
    ['a NUL in a query', get('/api/h5/camps?status=%00'), 400],
    ['bytes that are no UTF-8 in a path', get('/api/h5/payments/%ff%fe/status'), 400],
    ['an address that goes up', get('/api/../../etc/passwd'), 404],
    ['an unknown method', 'BREW /api/h5/camps HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['a method nobody serves', get('/api/h5/camps').replace('GET', 'PROPFIND'), 404],
    ['no host', 'GET /api/h5/camps HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a header of 100 kB', get('/api/h5/camps', `X-A: ${'a'.repeat(100_000)}\r\n`), 431],
    ['a header with a control character', get('/api/h5/camps', 'X-A: a\u0001b\r\n'), 400],
    ['two lengths', post('Content-Type: application/json\r\nContent-Length: 3\r\n', '{}'), 400],
    ['a content type that is none', post('Content-Type: ;;;\r\n', '{}'), 415],
    ['a content type nobody takes', post('Content-Type: application/yaml\r\n', 'a: b'), 415],
    ['half a JSON', post('Content-Type: application/json\r\n', '{"username":'), 400],
    ['a JSON that is no object', post('Content-Type: application/json\r\n', '"x"'), 400],
    ['a prototype', post('Content-Type: application/json\r\n', '{"__proto__":{"a":1}}'), 400],
    ['an expectation', post('Content-Type: application/json\r\nExpect: cake\r\n', '{}'), 417],
    ['an unknown route', get('/api/nothing'), 404],
  ])('%s', async (_what, request, status) => {
    const answer = await raw(request);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    const said = JSON.parse(body.replace(/^[0-9a-f]+\r\n/, '').replace(/\r\n0$/, '')) as object;
    expect(said).toEqual({
      code: expect.any(Number),
      message: expect.any(String),
      data: WRONG_FIELDS,
      timestamp: expect.any(Number),
    });
  });
});

/** Who may call the operations of a document: its own users, or an operator. */
const DOCUMENTS: [name: string, document: ApiDocument, who: string][] = [
  ['camp', campDocument, 'admin'],
  ['console', consoleDocument, 'admin'],
  ...LINES.filter(({ tokenKey }) => tokenKey).map(({ name, document }): [string, ApiDocument, string] => [
    name,
    document as ApiDocument,
    name,
  ]),
];

/** What a gateway calls is verified before it is read, and signs what it likes; pictures are files. */
const GATEWAYS = /webhook|notify|callback|\/uploads/i;

interface Field {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
}
interface Fault {
  field: string;
}

describe.each(DOCUMENTS)('no route of %s takes or stumbles over', (_name, document, who) => {
  const schemas = document.components.schemas as Record<string, Field>;
  const resolved = (field: Field): Field => schemas[field.$ref?.split('/').at(-1) ?? ''] ?? field;
  const routes = operations(document).filter(({ path }) => !GATEWAYS.test(path));
  let token: string;
  beforeAll(async () => {
    token = who === 'admin' ? await api.adminToken() : hostToken(who, 7, 'admin');
  });

  const call = async (method: string, path: string, body?: unknown): Promise<[number, string[]]> => {
    const { status, body: said } = await api.exchange(method, path, {
      headers: {
        'content-type': 'application/json',
        authorization: `Bearer ${token}`,
        'x-forwarded-for': randomAddress(),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { data } = said as { data?: { errors?: Fault[] } | null };
    return [status, data?.errors?.map(({ field }) => field) ?? []];
  };

  const bodies = (fits: (field: Field) => boolean, onlyRequired = false): [OperationInfo, string][] =>
    routes.flatMap((route) => {
      const { properties = {}, required = [] } = (route.requestBody ?? {}) as {
        properties?: Record<string, Field>;
        required?: string[];
      };
      return Object.entries(properties)
        .filter(([name, field]) => fits(resolved(field)) && (!onlyRequired || required.includes(name)))
        .map(([name]): [OperationInfo, string] => [route, name]);
    });
  /** A password is hashed, never shown, stored or compared as text. */
  const isSecret = (name: string): boolean => /password/i.test(name);
  const isText = ({ type, format, enum: values }: Field): boolean =>
    [type].flat().includes('string') && values === undefined && format !== 'date';

  /** Each field that fits is given each value, and nothing else is right about the request. */
  async function refused(
    fields: [OperationInfo, string][],
    values: unknown[],
    named: boolean,
  ): Promise<void> {
    for (const [{ method, path }, field] of fields)
      for (const value of values) {
        const [status, faults] = await call(method, path.replace(/\{\w+\}/g, '1'), { [field]: value });
        expect({ method, path, field, value, status }).toEqual({ method, path, field, value, status: 400 });
        if (named && faults.length > 0) expect(faults).toContain(field);
      }
  }

  it('half a surrogate pair or a NUL, wherever in a body', () =>
    refused(bodies(isText), ['\ud83d', 'a\udc00b', 'a\u0000b'], false));

  it('a control character in a text', () =>
    refused(
      bodies(isText).filter(([, name]) => !isSecret(name)),
      ['a\u001bb', '\u0085'],
      true,
    ));

  // An empty `value` takes a setting away.
  it('a text that has to be there and of which nothing is seen', () =>
    refused(
      bodies(isText, true).filter(([, name]) => !isSecret(name) && name !== 'value'),
      ['\u200b\u2060', '\u3164', '\u202e \u00ad', '\ufe0f\u200d', '  '],
      true,
    ));

  it('a date that does not exist', () =>
    refused(
      bodies(({ format }) => format === 'date'),
      ['0000-01-01', '2026-02-30', '2026-13-01', '10000-01-01', '２０２６-01-01', ''],
      true,
    ));

  it('a number, a date or a text in a query that is none', async () => {
    const wrong = ({ type, format }: Field): string[] => {
      if (format === 'date') return ['0000-01-01', '2026-02-30', 'a', '%1b'];
      if ([type].flat().includes('integer'))
        return ['-1', '1.5', '1e3', '%EF%BC%99', '99999999999999999999', '%1b', '1&page=2&page=3'];
      return ['%1b', 'a%0bb', '%00'];
    };
    for (const { method, path, parameters } of routes.filter((route) => route.method === 'GET'))
      for (const { name, schema } of parameters.filter((parameter) => parameter.in === 'query'))
        for (const value of wrong(resolved(schema))) {
          const [status] = await call(method, `${path.replace(/\{\w+\}/g, '1')}?${name}=${value}`);
          expect({ path, name, value, status }).toEqual({ path, name, value, status: 400 });
        }
  });

  it('an id in a path that is none', async () => {
    for (const { method, path } of routes.filter((route) => route.path.includes('{')))
      for (const value of ['%1b', '%00', '%EF%BC%99', '1e3', 'x'.repeat(5000), '..%2f..']) {
        const [status] = await call(
          method,
          path.replace(/\{\w+\}/g, value),
          method === 'GET' ? undefined : {},
        );
        expect({ method, path, value: value.slice(0, 20), status }).toEqual({
          method,
          path,
          value: value.slice(0, 20),
          status: { asymmetricMatch: (code: number) => [400, 401, 403, 404].includes(code) },
        });
      }
  });
});

describe.each(DOCUMENTS.filter(([, , who]) => who !== 'admin'))(
  'a token of the platform around %s',
  (line, document) => {
    const reads = operations(document).filter(
      ({ method, path, security }) => method === 'GET' && security !== null && !path.includes('{'),
    );
    it.each([
      ['that is good for a year', { sub: '7', exp: 365 * 86_400 }],
      ['for somebody whose id has a control character', { sub: 'a\u0007b', exp: 600 }],
      ['for somebody whose id has half a character', { sub: '\ud83d', exp: 600 }],
      ['for somebody of whose id nothing is seen', { sub: '\u200b', exp: 600 }],
      ['for somebody whose id is endless', { sub: '7'.repeat(1000), exp: 600 }],
    ])('%s is refused', async (_what, { sub, exp }) => {
      const now = Math.floor(Date.now() / 1000);
      const token = new JwtService({}).sign(
        { sub, role: 'user', aud: line, exp: now + exp },
        { secret: HOST_KEY },
      );
      const { status } = await api.exchange('GET', reads[0]?.path ?? '', {
        headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': randomAddress() },
      });
      expect(status).toBe(401);
    });
  },
);
