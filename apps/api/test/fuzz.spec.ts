import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { TestApi } from '@yajin/testing/api';
import { allOperations, requestTo, type GeneratedRequest, type Pools } from './requests.js';
import { makeWorld, ROLES, type CampWorld, type World } from './world.js';

/**
 * 20,000 requests made from the OpenAPI document. Each answer is held against it; none may be a 500. What fails is shown
 * with the seed; FUZZ_SEED=… npm test -- fuzz makes other ones.
 */
const REQUESTS = 20_000;
const AT_A_TIME = 8;
const seed = Number(process.env['FUZZ_SEED'] ?? 20_261_121);

/** Less often where one request costs far more than the others: hashing a password, drawing a PDF, a stream. */
const RARE: Record<string, number> = {
  login: 0.1,
  createUser: 0.2,
  changePassword: 0.1,
  updateUser: 0.3,
  exportStats: 0.1,
  exportMembers: 0.3,
  uploadImage: 0.5,
  streamSyncTask: 0.2,
  syncAllCamps: 0.1,
  syncCamp: 0.2,
  moveDemoClock: 0.1,
};

let api: TestApi;
let world: World;
beforeAll(async () => {
  api = await TestApi.start({ JOB_CONCURRENCY: '2' });
  world = await makeWorld(api);
});
afterAll(() => api.stop());

/** Ids that exist, more often than not, and some that cannot. Nobody who logs in here is among the users. */
function pools(path: string, spare: number): Pools {
  const { own, foreign } = world;
  const both = <Value>(of: (each: CampWorld) => Value[]): Value[] => [own, foreign].flatMap(of);
  const ids: Record<string, number[]> = {
    camps: [own.camp.id, foreign.camp.id],
    members: both(({ members }) => members),
    refunds: both(({ refunds }) => refunds),
    unallocated: world.unallocated,
    users: [spare],
    payments: both(({ orders }) => orders.map(({ orderId }) => orderId)),
  };
  const kind = /^\/api\/(?:admin|h5)\/(?:stats\/)?(\w+)/.exec(path)?.[1] ?? '';
  return {
    id: fc.constantFrom(...(ids[kind] ?? []), 987_654_321),
    campId: fc.constantFrom(own.camp.id, foreign.camp.id, 987_654_321),
    memberId: fc.constantFrom(...both(({ members }) => members)),
    refundIds: fc.uniqueArray(fc.constantFrom(...both(({ refunds }) => refunds), 987_654_321), {
      minLength: 1,
      maxLength: 2,
    }),
    orderNo: fc.constantFrom(...both(({ orders }) => orders.map(({ orderNo }) => orderNo))),
    taskId: fc.constantFrom(world.task, 'sync_0'),
    userId: fc.constantFrom(...Object.values(world.users)),
    coachIds: fc.constantFrom([world.users.coach], [], [987_654_321]),
    volunteerIds: fc.constantFrom([world.users.volunteer], []),
    key: fc.constantFrom('planet.groupId', 'wechat.refundTemplateId', 'wecom.robotUrl', 'unknown.key'),
    // A long poll would only wait.
    wait: fc.constantFrom(0, 1, 26, -1),
    // Not so far that every deadline passes.
    now: fc.constantFrom('2000-01-01T00:00:00', '2026-13-01T00:00:00', 'tomorrow', 5),
  };
}

interface Step {
  operationId: string;
  method: string;
  request: GeneratedRequest;
  who: string;
  token: string | null;
  ticket: string | null;
}

async function steps(): Promise<fc.Arbitrary<Step>> {
  const [spare] = await api.rows<{ id: number }>(
    `INSERT INTO sys_user (username, password_hash, real_name, role, created_at) VALUES ('spare', 'x', '备用', 'admin', now()) RETURNING id`,
  );
  const tokens = await Promise.all(
    ROLES.map(async (role) => ({ who: role, token: await world.token(role) })),
  );
  const callers = fc.oneof(
    { weight: 8, arbitrary: fc.constantFrom(...tokens) },
    {
      weight: 1,
      arbitrary: fc.constantFrom({ who: 'nobody', token: null }, { who: 'forger', token: 'e30.e30.e30' }),
    },
  );
  const tickets = [...world.own.orders, ...world.foreign.orders].map(({ accessToken }) => accessToken);
  const ticket = fc.oneof(fc.constantFrom(...tickets), fc.constantFrom(null, 'tk_', `tk_${'0'.repeat(36)}`));
  const weighed = allOperations
    .filter(({ operationId }) => operationId !== 'logout')
    .map((operation) => ({
      weight: Math.round(20 * (RARE[operation.operationId] ?? 1)),
      arbitrary: fc
        .record({ request: requestTo(operation, pools(operation.path, spare!.id)), caller: callers, ticket })
        .map(({ request, caller, ticket: bearer }) => ({
          operationId: operation.operationId,
          method: operation.method,
          request,
          ...caller,
          ticket: operation.security === 'ticket' ? bearer : null,
        })),
    }));
  return fc.oneof(...weighed);
}

/** How each operation answered, by status. */
const tally = new Map<string, Map<number, number>>();

async function send({ operationId, method, request, who, token, ticket }: Step): Promise<void> {
  const { path, headers, body } = request;
  try {
    const answer = await api.exchange(method, path, {
      headers: {
        'x-forwarded-for': `10.${[...randomBytes(3)].join('.')}`,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...(ticket ? { 'x-access-token': ticket } : {}),
        ...headers,
      },
      ...(body === undefined ? {} : { body }),
    });
    if (answer.status === 500) throw new Error(`answered 500, trace ${answer.headers.get('x-trace-id')}`);
    for (const message of messagesIn(answer.body)) {
      if (!/\p{Script=Han}/u.test(message)) throw new Error(`said ${JSON.stringify(message)}`);
    }
    const counts = tally.get(operationId) ?? new Map<number, number>();
    tally.set(operationId, counts.set(answer.status, (counts.get(answer.status) ?? 0) + 1));
  } catch (error) {
    throw new Error(
      `seed ${seed}: ${who} ${method} ${path.slice(0, 300)} ${JSON.stringify(headers)} ${(body ?? '').slice(0, 500)}`,
      { cause: error },
    );
  }
}

/** What an answer says to people: its message, and of a refusal what is wrong with which field. */
function messagesIn(body: unknown): string[] {
  const { message, data } = (Buffer.isBuffer(body) || typeof body !== 'object' ? {} : (body ?? {})) as {
    message?: string;
    data?: { errors?: { message: string }[] } | null;
  };
  const errors = data?.errors?.map((error) => error.message) ?? [];
  return message === undefined ? [] : [message, ...errors];
}

it(`${REQUESTS} generated requests get documented answers in Chinese, and never a 500`, async () => {
  const arbitrary = await steps();
  const failures: unknown[] = [];
  const batch = 1000;
  for (let done = 0; done < REQUESTS && failures.length === 0; done += batch) {
    const queue = fc.sample(arbitrary, { numRuns: batch, seed: seed + done });
    const workers = Array.from({ length: AT_A_TIME }, async () => {
      for (let next = queue.pop(); next && failures.length < 5; next = queue.pop()) {
        await send(next).catch((error: unknown) => failures.push(error));
      }
    });
    await Promise.all(workers);
  }
  for (const failure of failures) console.error(failure);
  expect(failures).toEqual([]);
});

it('every operation was asked, and those that may succeed on their own did', () => {
  const asked = [...tally.values()]
    .flatMap((counts) => [...counts.values()])
    .reduce((sum, count) => sum + count, 0);
  expect(asked).toBe(REQUESTS);
  const outside = new Set(['logout', 'handlePaymentNotification', 'handleRefundNotification']);
  const never = allOperations
    .map(({ operationId }) => operationId)
    .filter((operationId) => !outside.has(operationId) && !tally.has(operationId));
  expect(never).toEqual([]);
  const succeeded = [...tally].filter(([, counts]) => counts.has(200)).map(([operationId]) => operationId);
  expect(succeeded.length).toBeGreaterThan(35);
});
