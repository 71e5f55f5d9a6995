import { onReplica } from '@yajin/server';
import { eventually, type TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { command } from './command.kit.js';
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

describe('the doctor', () => {
  async function said(replicaUrl: string, lag = '10'): Promise<string> {
    const env = {
      DATABASE_URL: stage.primaryUrl,
      DATABASE_REPLICA_URL: replicaUrl,
      DATABASE_REPLICA_LAG: lag,
    };
    return (await command('doctor.js', [], env)).said;
  }

  it('says of a replica how long it takes to have what the primary has', async () => {
    expect(await said(stage.standbyUrl)).toMatch(
      /^ok {4}DATABASE_REPLICA_URL: it follows, and has within \d+ ms what the primary had$/m,
    );
  });

  it('warns of one that is further behind than it may be, and of one that is away, for the primary answers', async () => {
    await stage.pause();
    try {
      await stage.primary.ask('CREATE TABLE unheard ()', 'DROP TABLE unheard');
      expect(await said(stage.standbyUrl, '1')).toMatch(
        /^warn {2}DATABASE_REPLICA_URL: it is more than 1 s behind\n {6}→ See pg_stat_replication/m,
      );
    } finally {
      await stage.resume();
    }
    expect(await said('postgres://me:hidden@127.0.0.1:1/none')).toMatch(
      /^warn {2}DATABASE_REPLICA_URL: .*ECONNREFUSED(?:(?!hidden).)*\n {6}→ Is it up/m,
    );
  });

  it('fails on what can never be read from: the primary itself, and another database', async () => {
    expect(await said(stage.primaryUrl)).toMatch(/^fail {2}DATABASE_REPLICA_URL: it follows nobody/m);
    expect(await said(stage.standby.url('yajin_app', 'postgres'))).toMatch(
      /^fail {2}DATABASE_REPLICA_URL: it is of another database/m,
    );
  });
});
