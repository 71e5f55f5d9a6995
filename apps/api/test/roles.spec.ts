import { campDocument } from '@yajin/contract';
import fc from 'fast-check';
import { TestApi, type Exchange } from '@yajin/testing/api';
import { allOperations, valid } from './requests.js';
import { makeWorld, ROLES, type CampWorld, type Role, type World } from './world.js';

/** Made from the OpenAPI document: a new endpoint is tested here without a word. */

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await TestApi.start();
  world = await makeWorld(api);
});
afterAll(() => api.stop());

const guarded = allOperations.filter(({ security }) => security === 'jwt');
const ABSENT = 987_654_321;

function mayDo(role: Role, permission: string | null): boolean {
  if (permission === null) return true;
  const granted = campDocument['x-roles'][role] ?? [];
  return granted.includes(permission) || granted.includes(`${permission.split(':')[0]}:*`);
}

type Operation = (typeof allOperations)[number];

/** Which thing of a camp an operation is about; null when it is about none. */
function subjectOf({ path, parameters }: Operation, of: CampWorld | null): number | null {
  const kind = /^\/api\/admin\/(camps|members|refunds|checkins|stats)\b/.exec(path)?.[1];
  const named = /\{(id|campId)\}/.test(path) || parameters.some((each) => each.name === 'campId');
  if (!kind || !named) return null;
  if (!of) return ABSENT;
  if (path.includes('/members/{id}')) return of.members[0]!;
  if (path.includes('/refunds/{id}')) return of.refunds[0]!;
  return of.camp.id;
}

async function ask(operation: Operation, token: string | null, subject: number): Promise<Exchange> {
  const path = operation.path.replace(/\{taskId\}/, world.task).replace(/\{\w+\}/, String(subject));
  const query = operation.parameters
    .filter((each) => each.in === 'query' && (each.required || each.name === 'campId'))
    .map((each) => `${each.name}=${subject}`)
    .join('&');
  const body = operation.requestBody
    ? fc.sample(valid(operation.requestBody, { planetUserId: fc.constant(501) }), { numRuns: 1, seed: 11 })[0]
    : undefined;
  const multipart = operation.operationId === 'uploadImage';
  return api.exchange(operation.method, query ? `${path}?${query}` : path, {
    headers: {
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(body === undefined || multipart ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined || multipart ? {} : { body: JSON.stringify(body) }),
  });
}

const codeOf = ({ body }: Exchange): unknown => (body as { code?: number }).code;

test('there is something to guard', () => {
  expect(guarded.length).toBeGreaterThan(40);
});

describe.each(guarded.map((operation) => [operation.operationId, operation] as const))(
  '%s',
  (_, operation) => {
    it('answers nobody who is not logged in, whatever is asked for', async () => {
      for (const subject of [subjectOf(operation, world.foreign) ?? ABSENT, ABSENT]) {
        expect(codeOf(await ask(operation, null, subject))).toBe(401);
      }
    });

    it.each(ROLES)('lets a %s do what the role may and nothing else', async (role) => {
      const subject = subjectOf(operation, world.own) ?? ABSENT;
      if (mayDo(role, operation.permission)) {
        const answer = await ask(operation, await world.token(role), subject);
        expect([401, 403]).not.toContain(codeOf(answer));
        return;
      }
      for (const any of [subject, ABSENT]) {
        expect(codeOf(await ask(operation, await world.token(role), any))).toBe(403);
      }
    });
  },
);

const ofCamps = guarded.filter((operation) => subjectOf(operation, null) !== null);

it.each(ofCamps.map((operation) => [operation.operationId, operation] as const))(
  '%s of something that is not there finds nothing',
  async (_, operation) => {
    const answer = await ask(operation, await world.token('admin'), ABSENT);
    if (answer.status === 200) expect(totalOf(answer)).toBe(0);
    else expect(answer.status).toBe(404);
  },
);

const byStaff = ofCamps.flatMap((operation) =>
  (['coach', 'volunteer'] as const)
    .filter((role) => mayDo(role, operation.permission))
    .map((role) => [operation.operationId, role, operation] as const),
);

it.each(byStaff)('%s of another camp’s reads to a %s as if it did not exist', async (_, role, operation) => {
  const token = await world.token(role);
  const foreign = await ask(operation, token, subjectOf(operation, world.foreign)!);
  const absent = await ask(operation, token, ABSENT);
  expect(foreign.status).toBe(absent.status);
  expect(withoutTime(foreign)).toEqual(withoutTime(absent));
  if (foreign.status === 200) expect(totalOf(foreign)).toBe(0);
  else expect(foreign.status).toBe(404);
});

function totalOf({ body }: Exchange): unknown {
  return (body as { data: { total: unknown } }).data.total;
}

function withoutTime({ body }: Exchange): object {
  return { ...(body as object), timestamp: 0 };
}
