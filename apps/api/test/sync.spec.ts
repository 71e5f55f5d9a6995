import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  member,
  pendingRefunds,
  person,
  publishedCamp,
  records,
  unique,
  type MadeCamp,
} from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

/** A dead cookie is never used again: operators put in a new one. */
async function renewCookie(): Promise<void> {
  const value = `cookie-${unique()}`;
  await api.control('POST', '/control/planet/cookie', { state: 'valid', cookie: value });
  await api.admin('PUT', '/api/admin/config', { key: 'planet.cookie', value });
}

const sync = (camp: MadeCamp) => api.admin<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${camp.id}`);

async function countOf(camp: MadeCamp): Promise<number> {
  const [row] = await api.rows<{ checkin_count: number }>(
    'SELECT checkin_count FROM camp_member WHERE camp_id = $1',
    [camp.id],
  );
  return row?.checkin_count ?? -1;
}

async function post(camp: MadeCamp, userId: string, times: string[]): Promise<void> {
  const posts = times.map((createTime) => ({
    userId,
    name: '早起的鸟',
    text: "打卡 🌞 Robert'); DROP TABLE camp;--",
    createTime,
  }));
  await api.control('POST', '/control/planet/posts', { checkinId: camp.checkinId, posts });
}

describe('a sync', () => {
  it('counts Shanghai days inside the camp, each once', async () => {
    const camp = await publishedCamp(api, { days: 5 });
    const who = person();
    await member(api, camp, who);
    await post(camp, who.planetUserId, [
      `${addDays(camp.start, -1)}T23:59:59.999+0800`,
      `${camp.start}T00:00:00.000+0800`,
      `${camp.start}T23:59:59.999+0800`,
      `${addDays(camp.start, 1)}T12:00:00.000+0800`,
      `${addDays(camp.end, -1)}T23:59:59.998+0800`,
      `${camp.end}T00:00:00.000+0800`,
    ]);
    await api.moveClock(`${addDays(camp.start, 1)}T20:00:00`);
    const result = await sync(camp);
    expect(result.message).toBe('同步成功');
    expect(await countOf(camp)).toBe(3);
  });

  it('changes nothing when nothing is new', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 4);
    await sync(camp);
    const before = await api.rows('SELECT *, xmin FROM camp_checkin WHERE camp_id = $1 ORDER BY id', [
      camp.id,
    ]);
    const members = await api.rows('SELECT *, xmin FROM camp_member WHERE camp_id = $1', [camp.id]);
    expect((await sync(camp)).data).toMatchObject({ newCheckins: 0, updatedMembers: 0 });
    expect(
      await api.rows('SELECT *, xmin FROM camp_checkin WHERE camp_id = $1 ORDER BY id', [camp.id]),
    ).toEqual(before);
    expect(await api.rows('SELECT *, xmin FROM camp_member WHERE camp_id = $1', [camp.id])).toEqual(members);
  });

  it('that broke off leaves no hole: the next one goes all the way', async () => {
    const camp = await publishedCamp(api, { days: 40, requiredDays: 30 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 35);
    await sync(camp);
    expect(await countOf(camp)).toBe(35);
    // As after a crash behind the first page: the newest posts are known, older ones are not.
    await api.rows('DELETE FROM camp_checkin WHERE camp_id = $1 AND checkin_date < $2', [
      camp.id,
      addDays(camp.start, 20),
    ]);
    await api.rows('UPDATE camp_sync SET partial = true WHERE camp_id = $1', [camp.id]);
    await api.rows('UPDATE camp_member SET checkin_count = 0 WHERE camp_id = $1', [camp.id]);
    await sync(camp);
    expect(await countOf(camp)).toBe(35);
  });

  it('runs once at a time (1201)', async () => {
    const camp = await publishedCamp(api);
    await api.rows(`INSERT INTO camp_sync (camp_id, lease_until) VALUES ($1, now() + interval '1 minute')`, [
      camp.id,
    ]);
    expect((await sync(camp)).code).toBe(1201);
  });

  it('says that the cookie has expired (1202), alerts, and does not call again with it', async () => {
    const camp = await publishedCamp(api);
    await checkIns(api, camp, person(), 1);
    await api.control('POST', '/control/planet/cookie', { state: 'expired' });
    expect((await sync(camp)).code).toBe(1202);
    expect(api.alerts).toContain('知识星球Cookie已过期，请更新');
    await renewCookie();
    expect((await sync(camp)).code).toBe(200);
  });

  it('follows a user who renames', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 1);
    await checkIns(api, camp, { ...who, nickname: '改名的同学' }, 2);
    await sync(camp);
    const [user] = await api.rows<{ name: string }>(
      'SELECT name FROM planet_user WHERE planet_user_id = $1',
      [who.planetUserId],
    );
    expect(user?.name).toBe('改名的同学');
  });
});

describe('the refund list of 03:00', () => {
  it('waits for a sync that succeeds after the last camp day, then lists and books what is forfeited', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2, deposit: 50 });
    const [keeper, quitter] = [person(), person()];
    await member(api, camp, keeper);
    await member(api, camp, quitter);
    await checkIns(api, camp, keeper, 2);
    await checkIns(api, camp, quitter, 1);
    await api.control('POST', '/control/planet/cookie', { state: 'expired' });
    await api.moveClock(`${camp.end}T03:00:10`);
    expect(
      (await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`)).data
        .list,
    ).toEqual([]);
    await renewCookie();
    await api.moveClock(`${camp.end}T03:20:00`);
    const { list: pending } = (
      await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`)
    ).data;
    expect(pending).toHaveLength(1);
    expect(pending[0]).toMatchObject({ checkinCount: 2, refundAmount: 50 });
    const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
    expect(Object.fromEntries(ledger.data.balances.map((row) => [row.account, row.balance]))).toEqual({
      clearing: 100,
      deposit: -50,
      income: -50,
    });
    await api.admin('POST', `/api/admin/refunds/${pending[0]?.id}/reject`, { reason: '内容抄袭' });
    const after = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
    expect(Object.fromEntries(after.data.balances.map((row) => [row.account, row.balance]))).toMatchObject({
      deposit: 0,
      income: -100,
    });
    expect((await records(api, camp))[0]).toMatchObject({
      auditStatus: 'rejected',
      refundStatus: 'rejected',
      reason: '内容抄袭',
    });
  });

  it('marks a typed planet id whose owner goes by another name, and batch approval skips it', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 1 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, { ...who, nickname: '完全不同的人' }, 2);
    const [refund] = await pendingRefunds(api, camp);
    expect(refund).toMatchObject({ nicknameMismatch: true });
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

  it('is joined later by whoever a later sync finds to qualify, and the books follow', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 2, deposit: 30 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 1);
    expect(await pendingRefunds(api, camp)).toEqual([]);
    await checkIns(api, camp, who, 3);
    await sync(camp);
    await api.quiet();
    const { list } = (
      await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`)
    ).data;
    expect(list).toHaveLength(1);
    const ledger = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?campId=${camp.id}`);
    const books = Object.fromEntries(ledger.data.balances.map((row) => [row.account, row.balance]));
    expect(books).toEqual({ clearing: 30, deposit: -30, income: 0 });
  });

  it('does not list again whom an operator rejected, until there is something new', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 1 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 1);
    const [refund] = await pendingRefunds(api, camp);
    await api.admin('POST', `/api/admin/refunds/${refund?.id}/reject`, { reason: '内容抄袭' });
    await sync(camp);
    await api.quiet();
    const pending = (): Promise<{ data: Camp.PendingRefundPage }> =>
      api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?campId=${camp.id}`);
    expect((await pending()).data.list).toEqual([]);
    await checkIns(api, camp, who, 3);
    await sync(camp);
    await api.quiet();
    expect((await pending()).data.list).toHaveLength(1);
  });

  it('syncs once more when the last sync began before the camp was over', async () => {
    const camp = await publishedCamp(api, { days: 3, requiredDays: 3 });
    const who = person();
    await member(api, camp, who);
    await checkIns(api, camp, who, 2);
    await api.moveClock(`${addDays(camp.end, -1)}T23:50:00`);
    await sync(camp);
    await post(camp, who.planetUserId, [`${addDays(camp.end, -1)}T23:55:00.000+0800`]);
    const [row] = await api.rows<{ synced_at: Date; tried_at: Date }>(
      'SELECT synced_at, tried_at FROM camp_sync WHERE camp_id = $1',
      [camp.id],
    );
    expect(Math.abs((row?.synced_at.getTime() ?? 0) - (row?.tried_at.getTime() ?? 1e9))).toBeLessThan(1000);
    expect(await pendingRefunds(api, camp)).toEqual([expect.objectContaining({ checkinCount: 3 })]);
  });
});
