import type { Camp } from '@yajin/contract';
import { addDays } from '@yajin/core';
import {
  checkIns,
  finishedCamp,
  member,
  person,
  publishedCamp,
  records,
  unique,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { detail, poster, scanner } from '@yajin/testing/matching';
import { operator } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const lookUp = (projectId: string, query = '') =>
  api.admin<Camp.PlanetProject>('GET', `/api/admin/planet/projects/${projectId}${query}`);
const correct = (camp: { id: number }, planetProjectId: string, token?: string) =>
  api.call<Camp.CorrectedPlanetProject>('PUT', `/api/admin/camps/${camp.id}/planet-project`, {
    body: { planetProjectId },
    ...(token ? { token } : {}),
  });
const sync = (camp: MadeCamp) => api.admin<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${camp.id}`);
const daysOf = async (camp: MadeCamp): Promise<number[]> =>
  (
    await api.rows<{ checkin_count: number }>(
      'SELECT checkin_count FROM camp_member WHERE camp_id = $1 ORDER BY id',
      [camp.id],
    )
  ).map((row) => row.checkin_count);
const another = (): string => `2424424${String(unique()).padStart(3, '0')}`;

describe('before a camp is published its check-in project is looked up', () => {
  it('and zsxq says what the project is called and whether it is under way', async () => {
    const projectId = another();
    await api.control('POST', '/control/planet/checkins', { checkinId: projectId, title: '21 天早起' });
    expect((await lookUp(projectId)).data).toEqual({
      planetProjectId: projectId,
      planetGroupId: api.sandbox.settings.PLANET_GROUP_ID,
      title: '21 天早起',
      state: 'ongoing',
      problem: null,
    });
    await api.control('POST', '/control/planet/checkins', { checkinId: projectId, closed: true });
    expect((await lookUp(projectId)).data.state).toBe('closed');
  });

  it('and one that is not there, or is another planet’s, is told apart from zsxq not answering', async () => {
    expect((await lookUp('999')).data).toMatchObject({ title: null, state: null, problem: 'not_found' });
    const projectId = another();
    await api.control('POST', '/control/planet/checkins', { checkinId: projectId });
    expect((await lookUp(projectId, '?planetGroupId=1')).data.problem).toBe('not_found');
    await api.control('POST', '/control/faults', { planetBroken: { value: 'badGateway', times: 3 } });
    expect((await lookUp(projectId)).data.problem).toBe('unavailable');
  });
});

describe('a published camp whose check-in project is wrong', () => {
  it('is corrected by an admin alone, with an audit entry, and counts what the right project has from its first day', async () => {
    const camp = await publishedCamp(api, { days: 5, requiredDays: 2 });
    const [who, stranger] = [person(), person()];
    await member(api, camp, who);
    const right = { ...camp, checkinId: another() };
    await checkIns(api, camp, who, 1);
    await checkIns(api, camp, stranger, 3);
    await checkIns(api, right, who, 3);
    await api.moveClock(`${addDays(camp.start, 3)}T12:00:00`);
    await sync(camp);
    expect(await daysOf(camp)).toEqual([1]);

    const manager = await operator(api, 'manager');
    expect((await correct(camp, right.checkinId, manager.token)).code).toBe(403);
    const corrected = await correct(camp, right.checkinId, await api.adminToken());
    expect(corrected).toMatchObject({
      code: 200,
      data: { planetProjectId: right.checkinId, removedCheckins: 4 },
    });
    expect(await daysOf(camp)).toEqual([0]);
    const detail = await api.admin<Camp.CampDetail>('GET', `/api/admin/camps/${camp.id}`);
    expect(detail.data.planetProjectId).toBe(right.checkinId);

    const { data } = await sync(camp);
    expect(data.newCheckins).toBe(3);
    expect(await daysOf(camp)).toEqual([3]);
    const log = await api.admin<Camp.AuditLogPage>(
      'GET',
      '/api/admin/logs?action=camp.correct_project&pageSize=5',
    );
    expect(log.data.list[0]).toMatchObject({
      targetId: String(camp.id),
      before: { planetProjectId: camp.checkinId },
      after: { planetProjectId: right.checkinId, removedCheckins: 4 },
    });
  });

  it('has the matches that names made among the wrong people undone, not those that members made or proved', async () => {
    const camp = await publishedCamp(api, { days: 5, requiredDays: 1 });
    const bound = person();
    await member(api, camp, bound);
    await checkIns(api, camp, bound, 1);
    const id = await scanner(api, camp, { planetNickname: '晨跑的阿泽' });
    await poster(api, camp, '晨跑的阿泽', 1);
    const proved = await scanner(api, camp, { planetNickname: '夜读的小北' });
    await poster(api, camp, '夜读的小北', 1);
    await api.moveClock(`${addDays(camp.start, 2)}T12:00:00`);
    await sync(camp);
    expect((await detail(api, id)).matchInfo).toMatchObject({ status: 'matched', method: 'smart_match' });
    // Whoever shows the code that they were given proves whom a name only suggested; how they were matched stays.
    await api.rows('UPDATE camp_member SET proved_ref = planet_user_ref WHERE id = $1', [proved]);

    const right = { ...camp, checkinId: another() };
    await checkIns(api, right, bound, 2);
    expect((await correct(camp, right.checkinId, await api.adminToken())).code).toBe(200);
    const { matchInfo, paymentInfo, checkinInfo } = await detail(api, id);
    expect(matchInfo).toMatchObject({ status: 'pending', method: null, matchedPlanetUser: null });
    expect(paymentInfo).toMatchObject({ bindStatus: 'pending', bindMethod: null });
    expect(checkinInfo.count).toBe(0);
    const whom = await poster(api, right, '晨跑的阿泽', 2);
    await sync(camp);
    expect((await detail(api, id)).matchInfo.matchedPlanetUser?.planetUserId).toBe(whom.planetUserId);
    expect(await daysOf(camp)).toEqual([2, 2, 0]);
    expect((await detail(api, proved)).matchInfo).toMatchObject({ status: 'matched', method: 'smart_match' });
  });

  it('has its waiting refunds withdrawn, and listed anew by the right project’s days', async () => {
    const { camp, refundIds } = await finishedCamp(api, 2);
    const right = { ...camp, checkinId: another() };
    const members = await api.rows<{ filled_planet_user_id: string; filled_planet_nickname: string }>(
      'SELECT filled_planet_user_id, filled_planet_nickname FROM camp_member WHERE camp_id = $1 ORDER BY id',
      [camp.id],
    );
    const first = {
      planetUserId: members[0]!.filled_planet_user_id,
      nickname: members[0]!.filled_planet_nickname,
      openid: '',
    };
    await checkIns(api, right, first, 2);
    expect((await correct(camp, right.checkinId, await api.adminToken())).code).toBe(200);
    expect((await records(api, camp)).map(({ auditStatus }) => auditStatus)).toEqual([
      'rejected',
      'rejected',
    ]);
    await sync(camp);
    const listed = await eventually(async () => {
      const { data } = await api.admin<Camp.PendingRefundPage>(
        'GET',
        `/api/admin/refunds/pending?campId=${camp.id}`,
      );
      return data.list.length > 0 && data.list;
    }, 'the listing that follows the sync');
    expect(listed).toHaveLength(1);
    expect(refundIds).not.toContain(listed[0]!.id);
  });

  describe('while decisions can be undone', () => {
    const set = (minutes: string) =>
      api.admin('PUT', '/api/admin/config', { key: 'refund.graceMinutes', value: minutes });
    beforeEach(() => set('5'));
    afterEach(() => set('0'));
    const reject = (id: number, reason = '存在代打卡') =>
      api.admin('POST', `/api/admin/refunds/${id}/reject`, { reason, tellMember: true });
    const undo = (id: number, token: string) => api.call('POST', `/api/admin/refunds/${id}/undo`, { token });
    const correctedTo = async (camp: MadeCamp) => {
      const right = { ...camp, checkinId: another() };
      const corrected = await correct(camp, right.checkinId, await api.adminToken());
      return { right, corrected };
    };

    it('has rejections withdrawn, too, of which members read nothing, and lists them anew', async () => {
      const { camp, orders, refundIds } = await finishedCamp(api, 1);
      const [id] = refundIds as [number];
      await reject(id);
      const { right } = await correctedTo(camp);
      expect((await undo(id, await api.adminToken())).code).toBe(1302);
      const [record] = await records(api, camp);
      expect(record).toMatchObject({
        auditStatus: 'rejected',
        auditor: 'system',
        reasonCode: 'project_changed',
        canUndo: false,
      });
      const ticket = orders[0]!.accessToken;
      const path = `/api/h5/progress/${record!.memberId}`;
      const { data } = await api.call<Camp.MemberProgress>('GET', path, { ticket });
      expect(data).toMatchObject({ refund: null, refundStatus: null });
      const [{ filled_planet_user_id: planetUserId } = { filled_planet_user_id: '' }] = await api.rows<{
        filled_planet_user_id: string;
      }>('SELECT filled_planet_user_id FROM camp_member WHERE camp_id = $1', [camp.id]);
      await checkIns(api, right, { planetUserId, nickname: '一样的人', openid: '' }, 2);
      await sync(camp);
      await eventually(
        async () => (await records(api, camp)).some(({ auditStatus }) => auditStatus === 'pending'),
        'the listing that follows the sync',
      );
    });

    it('and undos race the correction, no record of the wrong days comes to wait again', async () => {
      const { camp, refundIds } = await finishedCamp(api, 6);
      for (const id of refundIds.slice(0, 3)) await reject(id);
      for (const id of refundIds.slice(3)) await api.admin('POST', `/api/admin/refunds/${id}/approve`, {});
      const token = await api.adminToken();
      const undos = refundIds.map((id) => undo(id, token));
      const codes = [(await correctedTo(camp)).corrected.code];
      const undone = await Promise.all(undos);
      for (const { code } of undone) expect([200, 1302]).toContain(code);
      if (codes[0] === 409) codes.push((await correctedTo(camp)).corrected.code);
      expect(codes.at(-1)).toBe(200);
      for (const record of await records(api, camp))
        expect(record).toMatchObject({ auditStatus: 'rejected', reasonCode: 'project_changed' });
    });
  });

  it('and who a person rejected for that very reason is not listed anew', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/reject`, { reason: '打卡项目更正' });
    await sync(camp);
    await api.quiet();
    expect((await records(api, camp)).map(({ id }) => id)).toEqual(refundIds);
  });

  it('stays as it is once a refund is approved, and a draft is simply changed', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
    const refused = await correct(camp, another(), await api.adminToken());
    expect(refused).toMatchObject({ code: 409, message: '已有退款通过审核，打卡项目不能再更正' });
    const kept = await api.rows('SELECT planet_project_id FROM camp WHERE id = $1', [camp.id]);
    expect(kept).toEqual([{ planet_project_id: camp.checkinId }]);
    expect(await daysOf(camp)).toEqual([2]);

    const start = addDays(camp.end, 30);
    const draft = await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', {
      name: '草稿',
      posterUrl: 'https://cdn.example.com/p.png',
      deposit: 1,
      startDate: start,
      endDate: addDays(start, 3),
      requiredDays: 1,
      groupQrcodeUrl: 'https://cdn.example.com/q.png',
      planetProjectId: '1',
    });
    expect((await correct(draft.data, another(), await api.adminToken())).code).toBe(1102);
  });

  it('and corrected while a sync of the wrong one runs, that sync keeps nothing more', async () => {
    const camp = await publishedCamp(api, { days: 5 });
    const who = person();
    await member(api, camp, who);
    const right = { ...camp, checkinId: another() };
    await checkIns(api, camp, who, 4);
    await checkIns(api, right, who, 1);
    await api.moveClock(`${addDays(camp.start, 4)}T12:00:00`);
    const [ran, corrected] = await Promise.all([
      api.call<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${camp.id}`, {
        token: await api.adminToken(),
      }),
      correct(camp, right.checkinId, await api.adminToken()),
    ]);
    expect(corrected.code).toBe(200);
    expect([200, 1201]).toContain(ran.code);
    await eventually(async () => {
      const again = await api.call('POST', `/api/admin/checkins/sync/${camp.id}`, {
        token: await api.adminToken(),
      });
      return again.code === 200;
    }, 'the next sync');
    expect(await daysOf(camp)).toEqual([1]);
  });
});
