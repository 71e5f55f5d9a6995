import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { SmartMatch } from '../src/lines/camp/member/smart-match.service.js';
import { expectBooksToAgree, payByCode, person, publishedCamp } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  detail,
  finish,
  match,
  pendingOf,
  poster,
  refOf,
  scanner,
  sync,
  unmatch,
} from '@yajin/testing/matching';
import { waitingAt } from '@yajin/testing/gates';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const smartMatch = (): SmartMatch => api.app.get(SmartMatch, { strict: false });

describe('smart match after a sync', () => {
  it('finds the planet user by the nickname, completes the binding and counts the check-ins', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp, { planetNickname: '晨跑的阿泽', wechatNickname: '阿泽' });
    const who = await poster(api, camp, '晨跑的阿泽', 3);
    await poster(api, camp, '路人甲', 3);
    await sync(api, camp);
    const member = await detail(api, id);
    expect(member.matchInfo).toMatchObject({
      status: 'matched',
      confidence: 95,
      method: 'smart_match',
      matchedPlanetUser: { planetUserId: who.planetUserId, planetNickname: '晨跑的阿泽' },
      nicknameMismatch: false,
    });
    expect(member.checkinInfo).toMatchObject({ count: 3, eligible: true });
    expect(member.paymentInfo).toMatchObject({ bindStatus: 'completed', bindMethod: 'smart_match' });
  });

  it('also when the seven days to bind are over', async () => {
    const camp = await publishedCamp(api, { startsIn: 10, days: 5 });
    const id = await scanner(api, camp, { wechatNickname: '林间小鹿' });
    await api.moveClock(`${camp.start}T12:00:00`);
    expect((await detail(api, id)).paymentInfo.bindStatus).toBe('expired');
    await poster(api, camp, '林间小鹿');
    await sync(api, camp);
    const { matchInfo, paymentInfo } = await detail(api, id);
    expect(matchInfo).toMatchObject({ status: 'matched', confidence: 74 });
    expect(paymentInfo.bindStatus).toBe('completed');
  });

  it('believes a typed planet id, but marks it when its owner goes by another name', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
    const who = await poster(api, camp, '晨光熹微');
    const id = await scanner(api, camp, { planetUserId: who.planetUserId, planetNickname: '夜猫子' });
    await finish(api, camp);
    expect((await detail(api, id)).matchInfo).toMatchObject({
      confidence: 100,
      method: 'smart_match',
      nicknameMismatch: true,
    });
    const [refund] = await pendingOf(api, camp);
    const batch = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
      refundIds: [refund?.id],
    });
    expect(batch.data.skippedDetails).toEqual([
      {
        refundId: refund?.id,
        reason: '昵称不一致',
        reasonCode: 'refund_other_name',
        reasonParams: [],
      },
    ]);
  });

  it('leaves whoever filled in nothing to people: pending, with the binding open', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp);
    await poster(api, camp, '豆浆油条');
    await sync(api, camp);
    const { matchInfo, paymentInfo } = await detail(api, id);
    expect(matchInfo).toMatchObject({ status: 'pending', confidence: 0, method: null, matchTime: null });
    expect(paymentInfo).toMatchObject({ bindStatus: 'pending', bindMethod: null });
  });

  it('matches whom a manager assigned money to with a nickname only', async () => {
    const camp = await publishedCamp(api);
    await payByCode(api, { id: 987_654_321 }, person());
    const money = await eventually(
      async () =>
        (await api.admin<Camp.UnallocatedPage>('GET', '/api/admin/unallocated?status=pending')).data.list[0],
      'the money',
    );
    const assigned = await api.admin<Camp.AssignedPayment>(
      'POST',
      `/api/admin/unallocated/${money.id}/assign`,
      {
        campId: camp.id,
        planetNickname: '江南烟雨',
      },
    );
    await poster(api, camp, '江南烟雨 第3期');
    await sync(api, camp);
    expect((await detail(api, assigned.data.memberId)).matchInfo).toMatchObject({
      status: 'matched',
      confidence: 84,
    });
  });

  it('fails below 50, lists nobody of those, and tries them again at the next sync', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
    const id = await scanner(api, camp, { planetNickname: '海边捡贝壳的人' });
    await poster(api, camp, '竹影清风');
    await sync(api, camp);
    expect((await detail(api, id)).matchInfo).toMatchObject({
      status: 'failed',
      confidence: 0,
      method: null,
    });
    await finish(api, camp);
    expect(await pendingOf(api, camp)).toEqual([]);
    await poster(api, camp, '海边捡贝壳的人');
    await sync(api, camp);
    expect((await detail(api, id)).matchInfo).toMatchObject({ status: 'matched', confidence: 95 });
    // Listed although the camp's list was made long before, and owed again.
    expect(await pendingOf(api, camp)).toEqual([
      expect.objectContaining({
        memberId: id,
        matchMethod: 'smart_match',
        matchConfidence: 95,
        checkinCount: 2,
      }),
    ]);
    await expectBooksToAgree(api);
  });

  it('at 50–79 is for review: listed with its confidence, skipped by a batch, approved by a person', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const id = await scanner(api, camp, { planetNickname: '早起读书小鱼儿' });
    await poster(api, camp, '早起读书的小鱼儿', 3);
    await finish(api, camp);
    const [refund] = await pendingOf(api, camp);
    expect(refund).toMatchObject({
      memberId: id,
      matchMethod: 'smart_match',
      matchConfidence: 69,
      checkinCount: 3,
    });
    const batch = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
      refundIds: [refund?.id],
    });
    expect(batch.data).toMatchObject({
      approved: 0,
      skippedDetails: [{ refundId: refund?.id, reason: '置信度(69)低于阈值(80)' }],
    });
    const approved = await api.admin('POST', `/api/admin/refunds/${refund?.id}/approve`, {
      comment: '已核对打卡内容',
    });
    expect(approved.code).toBe(200);
  });

  it('does not choose between two of one name', async () => {
    const camp = await publishedCamp(api);
    const ids = [
      await scanner(api, camp, { planetNickname: '远山' }),
      await scanner(api, camp, { planetNickname: '平凡之路' }),
      await scanner(api, camp, { planetNickname: '平凡之路' }),
    ];
    await poster(api, camp, '远山');
    await poster(api, camp, '远山', 4);
    await poster(api, camp, '平凡之路');
    await sync(api, camp);
    for (const id of ids) {
      const { matchInfo } = await detail(api, id);
      expect(matchInfo).toMatchObject({ status: 'failed', confidence: 45, matchedPlanetUser: null });
    }
  });

  it('takes no planet user from a member, and none that a manager took away', async () => {
    const camp = await publishedCamp(api);
    const [first, second] = [
      await scanner(api, camp, { planetNickname: '半夏微凉' }),
      await scanner(api, camp, { planetNickname: '半夏微凉' }),
    ];
    const who = await poster(api, camp, '半夏微凉');
    await sync(api, camp);
    await match(api, first, await refOf(api, who));
    await sync(api, camp);
    expect((await detail(api, second)).matchInfo.status).toBe('failed');
    await unmatch(api, first);
    await sync(api, camp);
    expect((await detail(api, first)).matchInfo.status).toBe('failed');
    expect((await detail(api, second)).matchInfo).toMatchObject({ status: 'matched', confidence: 95 });
  });

  it('changes nothing when nothing is new', async () => {
    const camp = await publishedCamp(api);
    await scanner(api, camp, { planetNickname: '糖炒栗子' });
    await scanner(api, camp, { planetNickname: '北岛以北' });
    await poster(api, camp, '糖炒栗子');
    await sync(api, camp);
    const members = (): Promise<unknown[]> =>
      api.rows('SELECT *, xmin FROM camp_member WHERE camp_id = $1 ORDER BY id', [camp.id]);
    const before = await members();
    await sync(api, camp);
    expect(await members()).toEqual(before);
  });

  it('counts whom somebody bound while the sync was reading', async () => {
    const camp = await publishedCamp(api);
    const id = await scanner(api, camp);
    const who = await poster(api, camp, '静水流深', 3);
    await sync(api, camp);
    await match(api, id, await refOf(api, who));
    // As if the binding had counted before the check-ins came, and the sync before it saw the binding.
    await api.rows('UPDATE camp_member SET checkin_count = 1 WHERE id = $1', [id]);
    await sync(api, camp);
    expect((await detail(api, id)).checkinInfo.count).toBe(3);
  });
});

describe('smart match at the same moment as people', () => {
  it('overwrites no match by hand, and neither one fails the other', async () => {
    const camp = await publishedCamp(api, { startsIn: 3 });
    const names = Array.from({ length: 12 }, (_, n) => `番茄炒蛋${'甲乙丙丁戊己庚辛壬癸子丑'[n]}号位`);
    const people = await Promise.all(names.map((name) => poster(api, camp, name)));
    await sync(api, camp);
    const refs = await Promise.all(people.map((who) => refOf(api, who)));
    const named: number[] = [];
    for (const planetNickname of names) named.push(await scanner(api, camp, { planetNickname }));
    const strangers: number[] = [];
    while (strangers.length < names.length) strangers.push(await scanner(api, camp));
    // Every stranger wants what smart match has in mind for somebody else, half of them a moment later.
    const [matched, ...answers] = await Promise.all([
      smartMatch().run(camp.id),
      ...strangers.map(async (id, n) => {
        await new Promise((resolve) => setTimeout(resolve, n * 2));
        return match(api, id, refs[n] ?? 0);
      }),
    ]);
    const won = answers.filter(({ code }) => code === 200).length;
    expect(answers.map(({ code }) => code).filter((code) => code !== 200 && code !== 409)).toEqual([]);
    const members = await api.rows<{
      id: number;
      planet_user_ref: number | null;
      match_method: string | null;
    }>('SELECT id, planet_user_ref, match_method FROM camp_member WHERE camp_id = $1', [camp.id]);
    expect(members.filter(({ match_method }) => match_method === 'manual')).toHaveLength(won);
    expect(members.filter(({ match_method }) => match_method === 'smart_match')).toHaveLength(matched);
    expect(new Set(members.flatMap((row) => row.planet_user_ref ?? [])).size).toBe(won + matched);
    for (const [n, { code }] of answers.entries()) {
      const { matchInfo } = await detail(api, strangers[n] ?? 0);
      expect(matchInfo.method).toBe(code === 200 ? 'manual' : null);
    }
    expect(won + matched).toBe(names.length);
  });

  it('waits for a match under way, and leaves its member and its planet user alone', async () => {
    const camp = await publishedCamp(api);
    const [mine, theirs] = [
      await scanner(api, camp, { planetNickname: '一只慢吞吞的蜗牛' }),
      await scanner(api, camp),
    ];
    const who = await poster(api, camp, '一只慢吞吞的蜗牛');
    await api.rows(`UPDATE camp_member SET filled_planet_nickname = NULL WHERE id = $1`, [mine]);
    await sync(api, camp);
    await api.rows(`UPDATE camp_member SET filled_planet_nickname = '一只慢吞吞的蜗牛' WHERE id = $1`, [
      mine,
    ]);
    const ref = await refOf(api, who);
    const runner = api.db.createQueryRunner();
    await runner.startTransaction();
    await runner.query('SELECT 1 FROM camp WHERE id = $1 FOR KEY SHARE', [camp.id]);
    await runner.query(
      `UPDATE camp_member SET match_status = 'matched', match_method = 'manual', match_confidence = 100, planet_user_ref = $2 WHERE id = $1`,
      [theirs, ref],
    );
    const run = smartMatch().run(camp.id);
    await waitingAt(api, 'FROM camp WHERE id = $1 FOR UPDATE');
    await runner.commitTransaction();
    await runner.release();
    expect(await run).toBe(0);
    expect((await detail(api, theirs)).matchInfo.method).toBe('manual');
    expect((await detail(api, mine)).matchInfo.status).not.toBe('matched');
  });
});

it('gives back neither whom a manager took away nor whom a person put aside', async () => {
  const camp = await publishedCamp(api, { startsIn: 3, days: 20 });
  const id = await scanner(api, camp, { planetNickname: '素年锦时' });
  const [wrong, right] = [await poster(api, camp, '糯米团子'), await poster(api, camp, '素年锦时～')];
  await sync(api, camp);
  expect((await detail(api, id)).matchInfo.matchedPlanetUser?.planetUserId).toBe(right.planetUserId);
  await match(api, id, await refOf(api, wrong));
  await unmatch(api, id);
  await api.moveClock(`${addDays(camp.start, 2)}T12:00:00`);
  await sync(api, camp);
  expect((await detail(api, id)).matchInfo.status).toBe('failed');
});
