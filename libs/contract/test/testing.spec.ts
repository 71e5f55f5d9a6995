import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { campDocument, campErrors, type Camp } from '../src/index.js';
import { operations, requestChecker, responseChecker } from '../src/testing.js';

interface Answer {
  section: string;
  method: string;
  path: string;
  status: number;
  body: { code: number; message: string; data: Record<string, unknown> | null; timestamp: number };
}

// The answers the contract shows, with its older order numbers renewed and the fields of later decisions added.
const answers = JSON.parse(readFileSync(join(__dirname, 'specified-answers.json'), 'utf8')) as Answer[];
const check = responseChecker(campDocument);
const json = 'application/json; charset=utf-8';
const answerOf = (section: string): Answer => answers.find((each) => each.section === section)!;
const changed = (section: string, data: object) => {
  const { method, path, status, body } = answerOf(section);
  return () => check(method, path, status, json, { ...body, data: { ...body.data, ...data } });
};

test.each(answers.map((each) => [each.section, each.body.message, each] as const))(
  'the answer shown in %s (%s) fits the document',
  (_section, _message, { method, path, status, body }) => {
    expect(() => check(method, path, status, json, body)).not.toThrow();
  },
);

test('a leaked field is found, wherever it is', () => {
  expect(changed('3.5', { openid: 'o1' })).toThrow(/\/data must NOT have additional properties.*openid/);
  const [item] = answerOf('7.6').body.data!['list'] as object[];
  expect(changed('7.6', { list: [{ ...item, transactionId: '42' }] })).toThrow(
    /\/data\/list\/0 .*transactionId/,
  );
});

test('a missing field is found', () => {
  expect(changed('9.1', { token: undefined })).toThrow(/token/);
});

test('money with a third decimal, a date with a time and a time with a zone are found', () => {
  expect(changed('3.3', { amount: 99.001 })).toThrow(/\/data\/amount .*yuan/);
  expect(changed('3.3', { amount: 0.29 })).not.toThrow();
  expect(changed('3.8', { endDate: '2025-12-31T00:00:00' })).toThrow(/\/data\/endDate/);
  expect(changed('3.3', { expireTime: '2025-12-01T12:30:00Z' })).toThrow(/\/data\/expireTime/);
  expect(changed('3.3', { expireTime: '2025-02-30T12:30:00' })).toThrow(/\/data\/expireTime/);
});

test('an id beyond 2^53 and a number in place of a string are found', () => {
  expect(changed('3.3', { orderId: 2 ** 53 })).toThrow(/\/data\/orderId/);
  expect(changed('3.2', { prefillInfo: { planetUserId: 1, planetNickname: null, editable: true } })).toThrow(
    /string/,
  );
});

test('the bind deadline may be absent, but not null', () => {
  expect(changed('3.5', { bindDeadline: null })).toThrow(/bindDeadline/);
});

test('a business code must be documented for the operation, at its status, with its exact message and data', () => {
  const bind = (status: number, code: number, message: string, data: unknown = null) => {
    return () => check('POST', '/api/h5/payments/bind', status, json, { code, message, data, timestamp: 1 });
  };
  expect(bind(409, 1002, campErrors[1002].message)).not.toThrow();
  expect(bind(404, 1002, campErrors[1002].message)).toThrow();
  expect(bind(409, 1006, campErrors[1006].message)).toThrow();
  expect(bind(409, 1002, '已绑定')).toThrow(/message/);
  expect(bind(409, 1002, campErrors[1002].message, {})).toThrow(/data/);
  expect(bind(418, 1002, campErrors[1002].message)).toThrow(/has 200, 400/);
});

test('a refused field is named', () => {
  const refuse = (data: unknown) => () =>
    check('POST', '/api/admin/camps', 400, json, { code: 400, message: '请求参数错误', data, timestamp: 1 });
  expect(refuse({ errors: [{ field: 'deposit', message: '押金最多两位小数' }] })).not.toThrow();
  expect(refuse({ errors: ['deposit'] })).toThrow(/errors/);
});

test('an unknown path may only answer 404 in the envelope', () => {
  const nothing = { code: 404, message: '资源不存在', data: null, timestamp: 1 };
  expect(() => check('GET', '/api/h5/camp', 404, json, nothing)).not.toThrow();
  expect(() => check('GET', '/api/h5/camp', 404, json, { message: 'Not Found' })).toThrow(/code/);
  expect(() => check('GET', '/api/h5/camp', 200, json, nothing)).toThrow(/no such operation/);
  expect(() => check('PATCH', '/api/h5/camps', 200, json, nothing)).toThrow(/no such operation/);
});

test('a literal path goes before a parameter, and a query is not part of the path', () => {
  const xlsx = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
  expect(() =>
    check('GET', '/api/admin/members/export?campId=1', 200, xlsx, Buffer.from('PK')),
  ).not.toThrow();
  expect(() => check('GET', '/api/admin/members/export?campId=1', 200, json, {})).toThrow(/instead of/);
});

test('an answer without a body has none', () => {
  expect(() => check('GET', '/api/h5/camps', 304, undefined, '')).not.toThrow();
  expect(() => check('GET', '/api/h5/camps', 304, json, {})).toThrow(/no body/);
});

test('the webhooks speak WeChat’s form, not the envelope', () => {
  const path = '/api/webhook/wechat/payment';
  expect(() => check('POST', path, 200, json, { code: 'SUCCESS', message: '成功' })).not.toThrow();
  expect(() => check('POST', path, 401, json, { code: 'FAIL', message: '签名验证失败' })).not.toThrow();
  expect(() => check('POST', path, 401, json, answerOf('9.1').body)).toThrow();
});

test('every documented JSON answer has a schema that compiles', () => {
  for (const { method, path } of operations(campDocument)) {
    const operation = campDocument.paths[path]![method.toLowerCase()]!;
    for (const [status, { content }] of Object.entries(operation.responses)) {
      if (!content?.['application/json']) continue;
      expect(() => check(method, path.replace(/\{\w+\}/g, '1'), Number(status), json, 'x')).toThrow(
        /must be object/,
      );
    }
  }
});

const requestErrors = requestChecker(campDocument);
const camp = {
  name: '21天早起打卡训练营',
  posterUrl: 'https://cdn.example.com/posters/camp1.jpg',
  deposit: 99.0,
  startDate: '2025-12-10',
  endDate: '2025-12-31',
  requiredDays: 15,
  groupQrcodeUrl: 'https://cdn.example.com/qrcodes/group1.jpg',
  planetProjectId: '15555411412112',
};

test.each([
  [
    'createPayment',
    { campId: 1, planetUserId: '123456789', planetNickname: '小明同学', wechatNickname: '小明' },
  ],
  [
    'bindPayment',
    { orderNo: 'CAMP_1730000000_ABC123', planetUserId: '123456789', planetNickname: '小明同学' },
  ],
  [
    'createCamp',
    { ...camp, description: '每天早上6点前打卡', coachIds: [2, 3], volunteerIds: [4], rules: [] },
  ],
  ['updateCamp', { name: '21天早起打卡训练营（第2期）' }],
  ['matchMember', { planetUserId: 501 }],
  ['approveRefund', {}],
  ['rejectRefund', { reason: '身份匹配置信度过低，需人工核实' }],
  ['batchApproveRefunds', { refundIds: [5001, 5003], minConfidence: 80, comment: '批量审核通过' }],
  ['login', { username: 'admin', password: 'admin123' }],
  ['createUser', { username: 'coach1', password: 'coach123', realName: '李教练', role: 'coach' }],
  ['updateConfig', { key: 'planet.cookie', value: 'new_cookie_value_here' }],
  ['moveDemoClock', { now: '2026-12-31T03:00:00' }],
])('the request %s takes is accepted, with an unknown field more it is not', (operationId, body) => {
  expect(requestErrors(operationId, body)).toEqual([]);
  expect(requestErrors(operationId, { ...body, role_: 'admin' }).join()).toContain('role_');
});

test.each([
  ['createCamp', { ...camp, deposit: 0 }, '/deposit'],
  ['createCamp', { ...camp, deposit: 50000.01 }, '/deposit'],
  ['createCamp', { ...camp, deposit: 99.999 }, '/deposit'],
  ['createCamp', { ...camp, deposit: '99' }, '/deposit'],
  ['createCamp', { ...camp, posterUrl: 'javascript:alert(1)' }, '/posterUrl'],
  ['createCamp', { ...camp, name: '' }, '/name'],
  ['createCamp', { ...camp, endDate: '2025-02-30' }, '/endDate'],
  ['updateCamp', {}, 'the body'],
  ['batchApproveRefunds', { refundIds: [1], minConfidence: 49 }, '/minConfidence'],
  ['batchApproveRefunds', { refundIds: [] }, '/refundIds'],
  ['batchApproveRefunds', { refundIds: Array.from({ length: 1001 }, (_, i) => i + 1) }, '/refundIds'],
  ['createUser', { username: 'coach1', password: 'coach123', realName: '李', role: 'owner' }, '/role'],
])('%s refuses what the contract forbids, naming it', (operationId, body, field) => {
  expect(requestErrors(operationId, body).join()).toContain(field);
});

test('every JSON request body has a schema that compiles', () => {
  const taking = operations(campDocument).filter(
    (each) => each.requestBody && each.operationId !== 'uploadImage',
  );
  expect(taking.length).toBeGreaterThan(15);
  for (const { operationId } of taking) expect(requestErrors(operationId, 'x')).not.toEqual([]);
});

test('operations tell what a caller must send', () => {
  const create = operations(campDocument).find((each) => each.operationId === 'createCamp');
  expect(create).toMatchObject({
    method: 'POST',
    path: '/api/admin/camps',
    security: 'jwt',
    permission: 'camp:write',
  });
  expect(create?.requestBody?.['required']).toContain('deposit');
  expect(create?.parameters.map((each) => each.name)).toEqual(['Idempotency-Key']);
});

test('the generated types have the contract’s names', () => {
  const request: Camp.CreatePaymentRequest = { campId: 1, planetUserId: '1', planetNickname: '小明' };
  const scene: NonNullable<Camp.GetPaymentParamsData['query']>['scene'] = 'jsapi';
  expect([request.campId, scene]).toEqual([1, 'jsapi']);
});
