import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { checkIns, member, person, publishedCamp, unique, type MadeCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const stats = async (camp: MadeCamp): Promise<Camp.CheckinStats> =>
  (await api.admin<Camp.CheckinStats>('GET', `/api/admin/checkins/stats/${camp.id}`)).data;
const records = async (camp: MadeCamp, query = ''): Promise<Camp.CheckinRecordPage> =>
  (await api.admin<Camp.CheckinRecordPage>('GET', `/api/admin/checkins/records?campId=${camp.id}${query}`))
    .data;
const startAll = () => api.admin<Camp.StartedSync>('POST', '/api/admin/checkins/sync');
const task = async (id: string): Promise<Camp.SyncTask> =>
  (await api.admin<Camp.SyncTask>('GET', `/api/admin/checkins/sync-tasks/${id}`)).data;
const ended = (id: string): Promise<Camp.SyncTask> =>
  eventually(async () => {
    const found = await task(id);
    return found.endTime !== null && found;
  }, 'the task to end');

describe('check-in statistics', () => {
  it('count members by days, by day and by what is required', async () => {
    const camp = await publishedCamp(api, { days: 7, requiredDays: 3 });
    const [keen, lazy, absent] = [person(), person(), person()];
    for (const who of [keen, lazy, absent]) await member(api, camp, who);
    await checkIns(api, camp, keen, 4);
    await checkIns(api, camp, lazy, 1);
    await checkIns(api, camp, person(), 4); // on the planet, but no member
    await api.moveClock(`${addDays(camp.start, 3)}T20:00:00`);
    await sync(api, camp);
    expect(await stats(camp)).toMatchObject({
      campId: camp.id,
      currentDay: 4,
      totalDays: 7,
      totalMembers: 3,
      todayCheckins: 1,
      todayCheckinRate: 33.33,
      avgCheckinRate: 41.67,
      eligibleCount: 1,
      eligibleRate: 33.33,
      distribution: [{ checkinDays: '0-7', count: 3 }],
      dailyStats: [
        { date: camp.start, checkinCount: 2, rate: 66.67 },
        { date: addDays(camp.start, 1), checkinCount: 1, rate: 33.33 },
        { date: addDays(camp.start, 2), checkinCount: 1, rate: 33.33 },
        { date: addDays(camp.start, 3), checkinCount: 1, rate: 33.33 },
      ],
      lastSyncTime: expect.stringMatching(new RegExp(`^${addDays(camp.start, 3)}T20:00`)),
    });
  });

  it('are empty before the camp begins, and say so without dividing by nothing', async () => {
    const camp = await publishedCamp(api);
    expect(await stats(camp)).toMatchObject({
      currentDay: 0,
      totalMembers: 0,
      avgCheckinRate: 0,
      eligibleRate: 0,
      todayCheckinRate: 0,
      dailyStats: [],
      lastSyncTime: null,
    });
  });
});

describe('check-in records', () => {
  it('come newest first by when they were posted, and narrow to a member or a day', async () => {
    const camp = await publishedCamp(api);
    const [first, second] = [person(), person()];
    await member(api, camp, first);
    await checkIns(api, camp, first, 3);
    await checkIns(api, camp, second, 2);
    await api.moveClock(`${addDays(camp.start, 3)}T00:00:00`);
    await sync(api, camp);
    const all = await records(camp);
    expect(all.total).toBe(5);
    const times = all.list.map(({ checkinTime }) => checkinTime);
    expect(times).toEqual(times.toSorted().reverse());
    const mine = all.list.filter(({ memberId }) => memberId !== null);
    expect(mine).toHaveLength(3);
    expect(mine[0]).toMatchObject({ planetNickname: first.nickname, checkinContent: '第3天' });
    expect(await records(camp, `&memberId=${mine[0]!.memberId}`)).toMatchObject({ total: 3 });
    expect(await records(camp, `&date=${camp.start}`)).toMatchObject({ total: 2 });
    expect(await records(camp, `&date=${camp.start}&memberId=${mine[0]!.memberId}`)).toMatchObject({
      total: 1,
    });
    expect(await records(camp, '&memberId=999999')).toMatchObject({ total: 0, list: [] });
    expect((await records(camp, '&page=2&pageSize=3')).list.map(({ id }) => id)).toEqual(
      all.list.slice(3).map(({ id }) => id),
    );
  });

  it('of a camp that is not there are 404, and without a camp 400', async () => {
    expect((await api.admin('GET', '/api/admin/checkins/records?campId=987654321')).status).toBe(404);
    expect((await api.admin('GET', '/api/admin/checkins/records')).status).toBe(400);
    expect((await api.admin('GET', '/api/admin/checkins/stats/987654321')).status).toBe(404);
  });
});

describe('a sync of all camps', () => {
  it('reads every running camp, tells how far it is, and only one runs at a time (1201)', async () => {
    const camp = await publishedCamp(api, { startsIn: 1 });
    const other = await publishedCamp(api, { startsIn: 1 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 2);
    await api.moveClock(`${addDays(camp.start, 1)}T12:00:00`);
    await checkIns(api, other, person(), 2);
    const started = await Promise.all([startAll(), startAll()]);
    const [one, refused] = started.sort((a, b) => a.code - b.code);
    expect(one).toMatchObject({ code: 200, message: '批量同步已启动', data: { status: 'processing' } });
    expect(refused).toMatchObject({ code: 1201, message: '同步进行中，请稍后再试' });
    const result = await ended(one.data.taskId);
    expect(result).toMatchObject({ status: 'completed', campCount: one.data.campCount });
    expect(result.finishedCount).toBe(result.campCount);
    expect(result.camps.find(({ campId }) => campId === other.id)).toMatchObject({
      status: 'completed',
      newCheckins: 2,
      failCode: null,
    });
    const again = await startAll();
    expect(again.code).toBe(200);
    await api.quiet();
    const { data } = await api.admin<Camp.SyncTaskList>('GET', '/api/admin/checkins/sync-tasks');
    expect(data.list.map(({ taskId }) => taskId)).toEqual([again.data.taskId, one.data.taskId]);
    expect(data.list[1]).toEqual(result);
  });

  it('leaves behind how each camp stands: under way, when it last worked, why it failed', async () => {
    const camp = await publishedCamp(api);
    const state = async (): Promise<Camp.SyncState> =>
      (await api.admin<Camp.SyncState>('GET', `/api/admin/checkins/sync/${camp.id}`)).data;
    const why = { failReason: null, failReasonCode: null, failReasonParams: [] };
    const fine = { failCode: null, ...why, resumeTime: null, skippedRows: 0 };
    const never = { campId: camp.id, running: false, lastTryTime: null, lastSyncTime: null, ...fine };
    expect(await state()).toEqual(never);
    await checkIns(api, camp, person(), 1);
    await sync(api, camp);
    const { lastSyncTime, ...rest } = await state();
    expect(lastSyncTime).not.toBeNull();
    expect(rest).toMatchObject({ running: false, lastTryTime: lastSyncTime, failCode: null });
    await api.control('POST', '/control/faults', { planetThrottled: true });
    await expect(sync(api, camp)).rejects.toThrow('1203');
    expect(await state()).toMatchObject({ running: false, lastSyncTime, failCode: 1203 });
    await api.rows(`UPDATE camp_sync SET lease_until = now() + interval '1 minute' WHERE camp_id = $1`, [
      camp.id,
    ]);
    expect(await state()).toMatchObject({ running: true, lastSyncTime, failCode: null });
  });

  it('can be watched: a progress event at each change, the last one ended', async () => {
    const { data } = await startAll();
    const stream = await api.fetch(`/api/admin/checkins/sync-tasks/${data.taskId}/events`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const events = String(stream.body)
      .split('\n\n')
      .filter((part) => part.startsWith('event: progress'));
    const tasks = events.map((event) => JSON.parse(event.split('\ndata: ')[1]!) as Camp.SyncTask);
    expect(tasks.at(-1)).toEqual(await task(data.taskId));
    expect(tasks.at(-1)?.endTime).not.toBeNull();
    expect((await api.admin('GET', '/api/admin/checkins/sync-tasks/sync_0/events')).status).toBe(404);
    expect((await api.admin('GET', '/api/admin/checkins/sync-tasks/sync_0')).status).toBe(404);
  });

  it('goes on past a camp that fails, and says why (1202)', async () => {
    await api.control('POST', '/control/planet/cookie', { state: 'expired' });
    const { data } = await startAll();
    const result = await ended(data.taskId);
    expect(result.status).toBe('failed');
    expect(result.camps.map(({ failCode }) => failCode)).toEqual(result.camps.map(() => 1202));
    expect(result.camps[0]?.failReason).toContain('已过期');
    const value = `cookie-${unique()}`;
    await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: value });
    await api.admin('PUT', '/api/admin/config', { key: 'planet.cookie', value });
    expect((await ended((await startAll()).data.taskId)).status).toBe('completed');
  });

  it('without a running camp is over at once', async () => {
    const empty = await TestApi.start();
    try {
      const { data } = await empty.admin<Camp.StartedSync>('POST', '/api/admin/checkins/sync');
      expect(data.campCount).toBe(0);
      const found = await empty.admin<Camp.SyncTask>('GET', `/api/admin/checkins/sync-tasks/${data.taskId}`);
      expect(found.data).toMatchObject({ status: 'completed', camps: [] });
    } finally {
      await empty.stop();
    }
  });

  it('whose job was lost ends as failed instead of blocking the next one for ever', async () => {
    await api.rows(`INSERT INTO camp_sync_task (id, started_at) VALUES ('sync_lost', now())`);
    await api.rows(
      `INSERT INTO camp_sync_task_camp (task_id, camp_id, status) SELECT 'sync_lost', min(id), 'processing' FROM camp`,
    );
    expect((await startAll()).code).toBe(1201);
    const lost = await ended('sync_lost');
    expect(lost).toMatchObject({ status: 'failed', camps: [{ status: 'failed', failCode: 500 }] });
  });
});
