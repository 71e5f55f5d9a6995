import { addDays, sentence } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { PlanetError, type PlanetSource, type TopicPage, type WalkOptions } from '@yajin/planet';
import { PLANET } from '../src/lines/camp/planet/planet.options.js';
import { checkIns, member, person, publishedCamp, type MadeCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
let planet: PlanetSource;
let real: PlanetSource['topicPages'];
beforeAll(async () => {
  api = await TestApi.start();
  planet = api.app.get<PlanetSource>(PLANET);
  real = planet.topicPages.bind(planet);
});
afterAll(() => api.stop());
afterEach(async () => {
  planet.topicPages = real;
  await api.control('POST', '/control/faults', { reset: true });
  await api.control('POST', '/control/settings', { planetRefusedPercent: 22 });
});

const sync = (camp: MadeCamp) => api.admin<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${camp.id}`);
const state = async (camp: MadeCamp) =>
  (await api.admin<Camp.SyncState>('GET', `/api/admin/checkins/sync/${camp.id}`)).data;
const daysOf = async (camp: MadeCamp): Promise<number[]> =>
  (
    await api.rows<{ checkin_count: number }>(
      'SELECT checkin_count FROM camp_member WHERE camp_id = $1 ORDER BY id',
      [camp.id],
    )
  ).map((row) => row.checkin_count);

/** zsxq falls silent after so many pages of a walk. @returns from where each walk began */
function silentAfter(pages: number): (string | null)[] {
  const walks: (string | null)[] = [];
  planet.topicPages = async function* (
    groupId: string,
    checkinId: string,
    options: WalkOptions = {},
  ): AsyncGenerator<TopicPage, void, undefined> {
    walks.push(options.from?.toISOString() ?? null);
    let left = pages;
    for await (const page of real(groupId, checkinId, options)) {
      if (left-- === 0) throw new PlanetError('unavailable', 'TIMEOUT', sentence('planet_unreachable'));
      yield page;
    }
  };
  return walks;
}

async function someCamp(posts: number): Promise<{ camp: MadeCamp; who: ReturnType<typeof person> }> {
  const camp = await publishedCamp(api, { days: 90, requiredDays: 1 });
  const who = person();
  await member(api, camp, who);
  await checkIns(api, camp, who, posts);
  return { camp, who };
}

describe('a run that ends early', () => {
  it('keeps and counts what it has, and the next one goes on from there, then looks for what is new', async () => {
    const { camp, who } = await someCamp(70);
    silentAfter(2);
    expect((await sync(camp)).code).toBe(1203);
    expect(await daysOf(camp)).toEqual([39]);
    const broken = await state(camp);
    expect(broken).toMatchObject({
      failCode: 1203,
      failReason: '无法连接知识星球',
      failReasonCode: 'planet_unreachable',
      failReasonParams: [],
    });
    expect(broken.resumeTime).toMatch(new RegExp(`^${addDays(camp.start, 31)}T`));
    await checkIns(api, camp, who, 75);
    const walks = silentAfter(100);
    expect((await sync(camp)).code).toBe(200);
    expect(walks).toEqual([expect.stringContaining('T'), null]);
    expect(await daysOf(camp)).toEqual([75]);
    expect(await state(camp)).toMatchObject({ failCode: null, failReason: null, resumeTime: null });
  });

  it('leaves no hole between its pages and those of the run before', async () => {
    const { camp, who } = await someCamp(10);
    await sync(camp);
    await checkIns(api, camp, who, 60);
    // Twenty of the fifty new ones are read; below them thirty are unknown, then ten known.
    silentAfter(1);
    expect((await sync(camp)).code).toBe(1203);
    expect(await daysOf(camp)).toEqual([30]);
    planet.topicPages = real;
    expect((await sync(camp)).code).toBe(200);
    expect(await daysOf(camp)).toEqual([60]);
  });

  it('reads on below a whole page of rows that are nobody’s check-in, where the run before ended above them', async () => {
    const camp = await publishedCamp(api, { days: 90, requiredDays: 1 });
    const who = person();
    await member(api, camp, who);
    const post = (from: number, days: number, kind: string): Promise<unknown> =>
      api.control('POST', '/control/planet/posts', {
        checkinId: camp.checkinId,
        posts: Array.from({ length: days }, (_, day) => ({
          userId: who.planetUserId,
          name: who.nickname,
          text: '打卡',
          createTime: `${addDays(camp.start, from + day)}T08:00:00.000+0800`,
          kind,
        })),
      });
    await post(0, 10, 'talk');
    await sync(camp);
    await post(10, 20, 'talk');
    await post(30, 19, 'deleted');
    await post(49, 20, 'talk');
    silentAfter(1);
    expect((await sync(camp)).code).toBe(1203);
    planet.topicPages = real;
    expect((await sync(camp)).code).toBe(200);
    expect(await daysOf(camp)).toEqual([50]);
  });

  it('goes on and on until a camp is read whole, a page at a time', async () => {
    const { camp } = await someCamp(64);
    let runs = 0;
    for (; runs < 10; runs += 1) {
      silentAfter(1);
      if ((await sync(camp)).code === 200) break;
    }
    planet.topicPages = real;
    expect((await sync(camp)).code).toBe(200);
    expect(await daysOf(camp)).toEqual([64]);
    expect(runs).toBeLessThan(10);
  });
});

describe('a page of zsxq', () => {
  it('with rows that are nobody’s check-in costs no camp its others, and they are counted', async () => {
    const camp = await publishedCamp(api, { days: 12, requiredDays: 1 });
    const who = person();
    await member(api, camp, who);
    const kinds = [
      'talk',
      'null',
      'deleted',
      'anonymous',
      'question',
      'task',
      'noTime',
      'utcTime',
      'pictures',
      'file',
    ];
    await api.control('POST', '/control/planet/posts', {
      checkinId: camp.checkinId,
      posts: kinds.map((kind, day) => ({
        userId: who.planetUserId,
        name: who.nickname,
        text: '<e type="hashtag" hid="1" title="%23%E6%97%A9%E8%B5%B7%23" /> 打卡',
        createTime: `${addDays(camp.start, day)}T08:00:00.000+0800`,
        kind,
      })),
    });
    const { data } = await sync(camp);
    expect(data).toMatchObject({ newCheckins: 4, skippedRows: 6 });
    expect(await daysOf(camp)).toEqual([4]);
    expect(await state(camp)).toMatchObject({ skippedRows: 6 });
    const found = await api.admin<Camp.CheckinRecordPage>(
      'GET',
      `/api/admin/checkins/records?campId=${camp.id}`,
    );
    expect(found.data.list.map(({ checkinContent }) => checkinContent)).toEqual([
      '',
      '',
      '#早起# 打卡',
      '#早起# 打卡',
    ]);
  });

  it('that refuses is shown in its own words, and alerted of once', async () => {
    const { camp } = await someCamp(3);
    await api.control('POST', '/control/settings', { planetRefusedPercent: 100 });
    expect((await sync(camp)).code).toBe(1203);
    expect((await sync(camp)).code).toBe(1203);
    expect((await state(camp)).failReason).toMatch(
      /^知识星球拒绝（1059）：不支持非官方工具访问，建议使用官方 Skill/,
    );
    const alerts = await api.rows<{ times: number; detail: string }>(
      'SELECT times, detail FROM sys_alert WHERE key = $1',
      [`planet.sync:${camp.id}:turned_away`],
    );
    expect(alerts).toEqual([{ times: 2, detail: expect.stringContaining('不支持非官方工具访问') as string }]);
  });

  it.each([
    'html',
    'empty',
    'accepted',
    'noContent',
    'redirect',
    'truncated',
    'wrongType',
    'garbage',
    'badGateway',
  ])('that is no answer (%s) is asked for three times, and nothing of it is kept', async (value) => {
    const { camp } = await someCamp(3);
    await api.control('POST', '/control/settings', { planetRefusedPercent: 0 });
    await api.control('POST', '/control/faults', { planetBroken: { value, times: 3 } });
    expect((await sync(camp)).code).toBe(1203);
    expect(await daysOf(camp)).toEqual([0]);
    // The three are used up.
    expect((await sync(camp)).data).toMatchObject({ newCheckins: 3 });
  });
});

it('the app’s header line is a login as well as the cookie', async () => {
  const { camp } = await someCamp(2);
  const token = api.sandbox.settings.PLANET_COOKIE;
  await api.admin('PUT', '/api/admin/config', { key: 'planet.cookie', value: `authorization: ${token}` });
  expect((await sync(camp)).data).toMatchObject({ newCheckins: 2 });
  await api.admin('PUT', '/api/admin/config', { key: 'planet.clientVersion', value: '1.10.0' });
  expect((await sync(camp)).code).toBe(1203);
  expect((await state(camp)).failReason).toContain('版本太旧');
  await api.admin('PUT', '/api/admin/config', { key: 'planet.clientVersion', value: '' });
  expect((await sync(camp)).code).toBe(200);
});
