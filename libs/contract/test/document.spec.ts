import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { consoleDocument } from '../src/console/index.js';
import { campDocument, campErrors } from '../src/index.js';
import { operations } from '../src/testing.js';

/** The 39 endpoints of the contract: method, path and what it asks for. */
const listed = `
  GET /api/h5/camps none
  GET /api/h5/camps/{id} none
  POST /api/h5/payments none
  GET /api/h5/payments/{id}/params none
  GET /api/h5/payments/{orderNo}/status ticket
  POST /api/h5/payments/bind ticket
  GET /api/h5/payments/{orderNo}/qrcode ticket
  GET /api/h5/progress/{memberId} ticket
  POST /api/admin/camps jwt
  GET /api/admin/camps jwt
  GET /api/admin/camps/{id} jwt
  PUT /api/admin/camps/{id} jwt
  DELETE /api/admin/camps/{id} jwt
  POST /api/admin/camps/{id}/publish jwt
  GET /api/admin/members jwt
  GET /api/admin/members/{id} jwt
  POST /api/admin/members/{id}/match jwt
  PUT /api/admin/members/{id}/join-group jwt
  GET /api/admin/members/export jwt
  POST /api/admin/checkins/sync jwt
  GET /api/admin/checkins/stats/{campId} jwt
  GET /api/admin/checkins/records jwt
  POST /api/admin/checkins/sync/{campId} jwt
  GET /api/admin/refunds/pending jwt
  POST /api/admin/refunds/{id}/approve jwt
  POST /api/admin/refunds/{id}/reject jwt
  POST /api/admin/refunds/batch-approve jwt
  POST /api/admin/refunds/{id}/retry jwt
  GET /api/admin/refunds/records jwt
  GET /api/admin/stats/overview jwt
  GET /api/admin/stats/camps/{id} jwt
  GET /api/admin/stats/export jwt
  POST /api/admin/auth/login none
  POST /api/admin/auth/logout jwt
  GET /api/admin/users jwt
  POST /api/admin/users jwt
  PUT /api/admin/config jwt
  POST /api/webhook/wechat/payment wechatSignature
  POST /api/webhook/wechat/refund wechatSignature
`
  .trim()
  .split('\n')
  .map((line) => line.trim());

const all = operations(campDocument);

test('the 39 contracted endpoints are documented with the authentication they ask for', () => {
  expect(listed).toHaveLength(39);
  const documented = all.map(({ method, path, security }) => `${method} ${path} ${security ?? 'none'}`);
  expect(documented).toEqual(expect.arrayContaining(listed));
});

test('the generated files follow from the hand-written ones, and the document is valid OpenAPI 3.1', () => {
  const script = join(__dirname, '../tools/generate.ts');
  expect(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' })).toBe('up to date\n');
});

test('operation ids are unique', () => {
  const ids = all.map((each) => each.operationId);
  expect(ids.length).toBeGreaterThan(39);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every path parameter is declared, and no other', () => {
  for (const { path, parameters } of all) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
    expect(parameters.filter((each) => each.in === 'path').map((each) => each.name)).toEqual(inPath);
  }
});

test('every administration endpoint behind a login names a permission that some role has, except one’s own session', () => {
  const granted = Object.values(campDocument['x-roles']).flat();
  const own = [
    'logout',
    'getCurrentUser',
    'changePassword',
    'proveFresh',
    'getTotp',
    'beginTotp',
    'confirmTotp',
    'endTotp',
    'renewRecoveryCodes',
    'listSessions',
    'endOtherSessions',
    'endSession',
  ];
  const checked = all.filter((each) => each.security === 'jwt' && !own.includes(each.operationId));
  expect(checked.length).toBeGreaterThan(25);
  for (const { operationId, permission } of checked) {
    const area = permission?.split(':')[0];
    expect([operationId, granted.includes(`${area}:*`) || granted.includes(permission!)]).toEqual([
      operationId,
      true,
    ]);
  }
});

test('the permissions of every role exist', () => {
  const asked = new Set([...all, ...operations(consoleDocument)].map((each) => each.permission));
  const areas = new Set([...asked].map((each) => each?.split(':')[0]));
  for (const permission of Object.values(campDocument['x-roles']).flat()) {
    const [area, action] = permission.split(':');
    expect(action === '*' ? areas.has(area) : asked.has(permission)).toBe(true);
  }
});

test('the document has the same error codes, messages and statuses as the code', () => {
  expect(campDocument['x-error-codes']).toEqual(campErrors);
  const schema = campDocument.components.schemas['CampCode'];
  expect(schema?.['enum']).toEqual(Object.keys(campErrors).map(Number));
});

test('a generic code is its own HTTP status, and a business code has an error status', () => {
  for (const [code, { status }] of Object.entries(campErrors)) {
    if (Number(code) < 1000) expect(status).toBe(Number(code));
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  }
});

test('every business code is documented for some operation at its HTTP status, or as why a refund failed', () => {
  const codes = campDocument.components.schemas['RefundFailCodeOrNull']?.['enum'] as unknown[];
  const why = codes.filter((code) => code !== null).map(String);
  expect(why).toEqual(['1303', '1304', '1305']);
  const seen = new Set<string>(why);
  for (const [, item] of Object.entries(campDocument.paths)) {
    for (const operation of Object.values(item)) {
      for (const code of operation['x-business-codes'] ?? []) {
        const status = campDocument['x-error-codes'][code]!.status;
        expect(JSON.stringify(operation.responses[status])).toContain(`#/components/schemas/Error${code}"`);
        seen.add(String(code));
      }
    }
  }
  expect([...seen].sort()).toEqual(Object.keys(campErrors).filter((code) => Number(code) >= 1000));
});

test('every object in an answer or a request refuses fields it does not name', () => {
  const foreign = [
    'WechatNotification',
    'WechatResource',
    'WechatPaymentResult',
    'WechatRefundResult',
    'HealthReport',
  ];
  const open = Object.entries(campDocument.components.schemas)
    .filter(([, schema]) => schema['type'] === 'object' && schema['additionalProperties'] !== false)
    .map(([name]) => name);
  expect(open.sort()).toEqual(foreign.sort());
});
