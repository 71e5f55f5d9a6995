import { randomUUID } from 'node:crypto';
import type { ApiDocument } from '@yajin/contract';
import { testDatabase } from '@yajin/testing/database';
import { randomAddress, TestApi, type Exchange } from '@yajin/testing/api';
import { Wire } from './wire.kit.js';

/** A request that can be made once. */
export interface Asked {
  path: string;
  token?: string;
  headers?: Record<string, string>;
  body: object;
  /** The same request with other content. */
  other: object;
}

/** An operation that makes something. */
export interface Creation {
  /** Where it adds one row. */
  table: string;
  /** SQL: what is counted; the table, unless its rows go on elsewhere. */
  counted?: string;
  request: (api: TestApi) => Promise<Asked>;
  /** Whether a gateway is told after the commit. */
  tells?: boolean;
}

interface Contract {
  document: ApiDocument;
  /** Only the operations below this path. */
  below?: string;
}

/**
 * The tests that an `Idempotency-Key` makes each creating operation happen once.
 * @param contracts every POST in them must be known here: as one of `creations`, or as one of `steps`
 * @param steps POSTs that make nothing of their own: they move what is there from where it stands, or are asked by gateways
 */
export function createOnce(
  contracts: Contract[],
  creations: Record<string, Creation>,
  steps: string[],
): void {
  let wire: Wire;
  let api: TestApi;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await testDatabase();
    drop = database.drop;
    wire = await Wire.to(database.appUrl);
    api = await TestApi.start({ DATABASE_URL: wire.url });
  });
  afterAll(async () => {
    await api.stop();
    await wire.stop();
    await drop();
  });
  afterEach(() => api.control('POST', '/control/faults', { reset: true }));

  const send = ({ path, token, headers, body }: Asked, key: string): Promise<Exchange> =>
    api.exchange('POST', path, {
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': randomAddress(),
        'idempotency-key': key,
        ...(token ? { authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  const count = async (counted: string): Promise<number> =>
    (await api.rows(`SELECT 1 FROM ${counted}`)).length;

  it('every operation that makes something takes a key, and is tested here', () => {
    const posts = contracts.flatMap(({ document, below = '' }) =>
      Object.entries(document.paths).flatMap(([path, { post }]) =>
        post && path.startsWith(below) ? [post] : [],
      ),
    );
    const keyed = posts.filter(({ parameters = [] }) =>
      parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    const names = (all: typeof posts): string[] => all.map(({ operationId }) => operationId).sort();
    expect(names(keyed)).toEqual(Object.keys(creations).sort());
    expect(names(posts.filter((post) => !keyed.includes(post)))).toEqual([...steps].sort());
  });

  describe.each(Object.entries(creations))(
    '%s under a key',
    (_, { table, counted = table, request, tells }) => {
      /** The request, ready to be made, and what there is before it. */
      const prepared = async (): Promise<{ asked: Asked; key: string; before: number }> => {
        const asked = await request(api);
        await api.quiet();
        return { asked, key: randomUUID(), before: await count(counted) };
      };

      it('has its effect once, though the answer was lost with the connection after the commit', async () => {
        const { asked, key, before } = await prepared();
        // News of what other requests have begun may write to the same table meanwhile.
        wire.cutAfterCommit(`INSERT INTO ${table} `, key);
        expect((await send(asked, key)).status).toBe(503);
        expect(wire.isCut).toBe(true);
        expect(await count(counted)).toBe(before + 1);
        await api.rows(`UPDATE sys_idempotency SET created_at = created_at - interval '2 minutes'`);
        const [later, again] = [await send(asked, key), await send(asked, key)];
        expect([later.status, content(again)]).toEqual([200, content(later)]);
        expect(await count(counted)).toBe(before + 1);
      });

      it('has its effect once and one answer, however many come at the same moment', async () => {
        const { asked, key, before } = await prepared();
        const answers = await Promise.all(Array.from({ length: 4 }, () => send(asked, key)));
        for (const answer of answers)
          expect([answer.status, content(answer)]).toEqual([200, content(answers[0]!)]);
        expect(await count(counted)).toBe(before + 1);
      });

      it('is refused with other content', async () => {
        const { asked, key, before } = await prepared();
        expect((await send(asked, key)).status).toBe(200);
        const other = await send({ ...asked, body: asked.other }, key);
        expect([other.status, other.body]).toMatchObject([409, { message: '该幂等键已用于其他内容' }]);
        expect(await count(counted)).toBe(before + 1);
      });

      if (tells)
        it.each(['failBefore', 'failAfter'])(
          'goes on where it stood when its gateway failed (%s)',
          async (fault) => {
            const { asked, key, before } = await prepared();
            await api.control('POST', '/control/faults', { [fault]: { endpoints: ['create'], times: 1 } });
            expect((await send(asked, key)).status).toBe(503);
            const numbers = await registered();
            expect((await send(asked, key)).status).toBe(200);
            expect(await registered()).toEqual(numbers);
            expect(await count(counted)).toBe(before + 1);
          },
        );
    },
  );

  /** The numbers of ours at gateways. */
  const registered = (): Promise<unknown[]> =>
    api.rows('SELECT out_trade_no FROM pay_attempt ORDER BY out_trade_no');
}

/** What is said, without what differs each time: the moment, and a ticket that is a secret. */
function content({ body }: Exchange): unknown {
  const { timestamp: _, ...said } = body as { timestamp?: unknown; data?: unknown };
  if (typeof said.data !== 'object' || said.data === null || !('accessToken' in said.data)) return said;
  return { ...said, data: { ...said.data, accessToken: typeof said.data.accessToken } };
}
