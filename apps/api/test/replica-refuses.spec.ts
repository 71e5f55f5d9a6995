import { onReplica } from '@yajin/server';
import { eventually, type TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { DATABASE, FOREVER_SECONDS, members, replicaOf, ReplicaStage, used } from './replica.kit.js';

let stage: ReplicaStage;
beforeAll(async () => {
  stage = await ReplicaStage.start();
});
afterAll(() => stage.stop());

describe('with a replica that has too many connections', () => {
  const READER = 'yajin_reader';
  let api: TestApi;
  let camp: MadeCamp;
  beforeAll(async () => {
    await stage.primary.ask(`CREATE ROLE ${READER} LOGIN IN ROLE yajin_app`);
    await stage.caughtUp();
    api = await stage.startApi(stage.standby.url(READER, DATABASE), FOREVER_SECONDS);
    camp = await publishedCamp(api);
    await member(api, camp, person());
    await stage.caughtUp();
    await used(api);
  });
  afterAll(async () => {
    await allowed(-1);
    await api.stop();
  });

  /** As many connections as somebody may have there; -1: any number. */
  async function allowed(connections: number): Promise<void> {
    await stage.primary.ask(`ALTER ROLE ${READER} CONNECTION LIMIT ${connections}`);
    await stage.caughtUp();
  }

  const connections = async (): Promise<number[]> => {
    const row = await stage.standby.ask(
      `SELECT coalesce(array_agg(pid ORDER BY pid), '{}') AS pids FROM pg_stat_activity WHERE usename = '${READER}'`,
    );
    return row?.['pids'] as number[];
  };

  /** Reads on the replica, in one transaction, until it is ended. */
  function holding(): { begun: Promise<void>; end: () => void; answer: Promise<unknown> } {
    let begin = (): void => undefined;
    let end = (): void => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const ended = new Promise<void>((resolve) => (end = resolve));
    const answer = onReplica(() =>
      api.db.transaction(async (manager) => {
        await manager.query('SELECT 1');
        begin();
        await ended;
        return manager.query<unknown>('SELECT pg_is_in_recovery() AS there');
      }),
    );
    return { begun, end, answer };
  }

  it('one read that gets none is the primary’s, and those that have one go on; refused for a second on end, it is left until it gives one again', async () => {
    const held = holding();
    await held.begun;
    const before = await connections();
    await allowed(1);
    const { fallbacks } = replicaOf(api).now;
    expect(await members(api, camp)).toBe(1);
    expect(replicaOf(api).now.fallbacks).toBeGreaterThan(fallbacks);
    expect(replicaOf(api).usable).toBe(true);
    expect(await connections()).toEqual(before);

    await eventually(async () => {
      expect(await members(api, camp)).toBe(1);
      return !replicaOf(api).usable;
    }, 'the replica to be left');
    await eventually(
      () => Promise.resolve(/too many connections/.test(replicaOf(api).now.why ?? '')),
      'the reason',
    );
    held.end();
    expect(await held.answer).toEqual([{ there: true }]);
    await allowed(-1);
    await used(api);
    const asked = jest.spyOn(replicaOf(api), 'connect');
    expect(await members(api, camp)).toBe(1);
    expect(asked).toHaveBeenCalled();
    asked.mockRestore();
  });
});
