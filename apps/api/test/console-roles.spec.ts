import { randomBytes } from 'node:crypto';
import { consoleDocument } from '@yajin/contract/console';
import fc from 'fast-check';
import { hostToken, TestApi, type Exchange } from '@yajin/testing/api';
import { operator, ROLES } from '@yajin/testing/operators';
import { consoleOperations, requestTo, valid, type Pools } from './requests.js';

/** Made from the OpenAPI document of the payments area: a new endpoint is tested here without a word. */

const REQUESTS = 3000;
const AT_A_TIME = 6;
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_128);
const ABSENT = { id: '987654321', uuid: '00000000-0000-4000-8000-000000000000' };

let api: TestApi;
const tokens = new Map<string, string>();
beforeAll(async () => {
  api = await TestApi.start({ JOB_CONCURRENCY: '2' });
  await fillLines();
  for (const role of ROLES) tokens.set(role, (await operator(api, role)).token);
});
afterAll(() => api.stop());

/** Something that requests can meet. */
async function fillLines(): Promise<void> {
  const offer = { type: 'membership', name: '月卡', amount: 199, quantity: 30 };
  await api.admin('POST', '/api/admin/gym/offers', offer);
  const guest = { userId: 'guest', name: '林小满' };
  const { data: member } = await api.admin<{ id: number }>('POST', '/api/admin/gym/members', guest);
  await api.call('POST', '/api/v1/payments', {
    token: hostToken('gym', guest.userId),
    body: { member_id: member.id, amount: offer.amount, type: offer.type },
  });
  const course = { title: 'Go 网络编程实战', price: 299 };
  const { data: made } = await api.admin<{ id: string }>('POST', '/api/admin/course/courses', course);
  await api.admin('POST', '/api/admin/course/enrolments', { courseId: made.id, userId: 'student' });
}

type Operation = (typeof consoleOperations)[number];

/** A right request about something that is not there. */
function ask(operation: Operation, token: string | null): Promise<Exchange> {
  const uuid = operation.parameters.some(({ schema }) => JSON.stringify(schema).includes('Uuid'));
  const path = operation.path.replace(/\{\w+\}/g, uuid ? ABSENT.uuid : ABSENT.id);
  const body = operation.requestBody
    ? JSON.stringify(fc.sample(valid(operation.requestBody, {}), { numRuns: 1, seed: 11 })[0])
    : undefined;
  return api.exchange(operation.method, path, {
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  });
}

describe.each(consoleOperations.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_, operation) => {
    it('answers nobody who is not logged in', async () => {
      expect((await ask(operation, null)).status).toBe(401);
    });

    it.each(ROLES)('lets a %s do what the role may and nothing else', async (role) => {
      const [area] = (operation.permission ?? '').split(':');
      const granted = consoleDocument['x-roles'][role] ?? [];
      const may = granted.includes(operation.permission ?? '') || granted.includes(`${area}:*`);
      const { status } = await ask(operation, tokens.get(role) ?? null);
      if (may) expect([401, 403]).not.toContain(status);
      else expect(status).toBe(403);
    });
  },
);

/** Ids that exist, more often than not. */
async function pools(): Promise<Pools> {
  const ids = await api.rows<{ id: number }>(
    `SELECT id FROM gym_payment UNION SELECT id FROM gym_offer UNION SELECT id FROM gym_member UNION SELECT id FROM work_order`,
  );
  const uuids = await api.rows<{ id: string }>(
    'SELECT id FROM course_booking UNION SELECT id FROM course_course',
  );
  const orders = await api.rows<{ no: string }>('SELECT order_no AS no FROM pay_order');
  return {
    id: fc.constantFrom(...ids.map(({ id }) => id), ...uuids.map(({ id }) => id), ABSENT.id),
    courseId: fc.constantFrom(...uuids.map(({ id }) => id), ABSENT.uuid),
    orderNo: fc.constantFrom(...orders.map(({ no }) => no), 'ord_nothing'),
  };
}

it(`${REQUESTS} generated requests get documented answers in Chinese, and never a 500`, async () => {
  const known = await pools();
  const arbitrary = fc.oneof(
    ...consoleOperations.map((operation) =>
      requestTo(operation, known).map((request) => ({ method: operation.method, ...request })),
    ),
  );
  const token = tokens.get('admin') ?? '';
  const queue = fc.sample(arbitrary, { numRuns: REQUESTS, seed });
  const failures: string[] = [];
  const work = async (): Promise<void> => {
    for (let next = queue.pop(); next && failures.length < 5; next = queue.pop()) {
      const { method, path, headers, body } = next;
      const said = `seed ${seed}: ${method} ${path.slice(0, 300)} ${(body ?? '').slice(0, 500)}`;
      try {
        const answer = await api.exchange(method, path, {
          headers: {
            'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}`,
            authorization: `Bearer ${token}`,
            ...headers,
          },
          ...(body === undefined ? {} : { body }),
        });
        const { message } = answer.body as { message?: string };
        if (answer.status === 500 || !/\p{Script=Han}/u.test(message ?? ''))
          failures.push(`${said}: ${answer.status} ${message}`);
      } catch (error) {
        failures.push(`${said}: ${String(error)}`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, work));
  expect(failures).toEqual([]);
});
