import { addDays } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  gatewayRefunds,
  member,
  pay,
  payByCode,
  person,
  publishedCamp,
  records,
  unique,
  type MadeCamp,
  type Person,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { detail, finish, match, pendingOf, poster, refOf, sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const approve = (id: number, comment?: string) =>
  api.admin<Camp.ApprovedRefund>('POST', `/api/admin/refunds/${id}/approve`, comment ? { comment } : {});
const reject = (id: number, reason: string) =>
  api.admin<Camp.RejectedRefund>('POST', `/api/admin/refunds/${id}/reject`, { reason });

function ended(camp: MadeCamp, memberId: number, status: Camp.RefundStatus): Promise<Camp.RefundRecord> {
  return eventually(
    async () =>
      (await records(api, camp)).find((each) => each.memberId === memberId && each.refundStatus === status),
    `the refund of member ${memberId} to be ${status}`,
  );
}

/** Somebody who paid by code outside of every camp and told the manager a nickname only. @returns the member's id */
async function nicknamed(camp: MadeCamp, nickname: string): Promise<number> {
  const who = person();
  await payByCode(api, { id: 987_654_321 }, who, Math.round(camp.deposit * 100));
  const money = await eventually(async () => {
    const page = await api.admin<Camp.UnallocatedPage>('GET', '/api/admin/unallocated?status=pending');
    return page.data.list[0];
  }, 'the payment to be listed');
  const body = { campId: camp.id, planetNickname: nickname };
  return (await api.admin<Camp.AssignedPayment>('POST', `/api/admin/unallocated/${money.id}/assign`, body))
    .data.memberId;
}

describe('§11.1 enrolment and payment', () => {
  it('leads from the camp’s page over the payment to the group code', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const page = await api.call<Camp.PublicCampDetail>('GET', `/api/h5/camps/${camp.id}`);
    expect(page.data).toMatchObject({ id: camp.id, status: 'enrolling', deposit: 99, groupQrcodeUrl: null });
    const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
    });
    expect(placed.data).toMatchObject({ amount: 99, status: 'pending' });
    const params = await api.call<Camp.PaymentParams>('GET', placed.data.payUrl);
    expect(params.data).toMatchObject({
      amount: 99,
      payParams: null,
      qrcodeUrl: expect.stringMatching(/^weixin:/),
    });
    const path = `/api/h5/payments/${placed.data.orderNo}`;
    const ticket = placed.data.accessToken;
    // Polling goes on while the payer pays; the webhook's word ends it.
    const waiting = api.call<Camp.PaymentStatus>('GET', `${path}/status?wait=8`, { ticket });
    await pay(api, placed.data, who);
    expect((await waiting).data).toMatchObject({
      payStatus: 'success',
      bindStatus: 'completed',
      showQrcode: true,
    });
    const inbox = await api.admin<Camp.NotificationPage>('GET', '/api/admin/notifications?status=applied');
    expect(inbox.data.list[0]).toMatchObject({ orderNo: placed.data.orderNo });
    const code = await api.call<Camp.GroupQrcode>('GET', `${path}/qrcode`, { ticket });
    expect(code.data).toMatchObject({
      groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
      memberInfo: { amount: 99 },
    });
  });
});

describe('§11.2 refund review', () => {
  let camp: MadeCamp;
  const people: Record<'bound' | 'likely' | 'doubtful' | 'unknown' | 'lazy', number> = {
    bound: 0,
    likely: 0,
    doubtful: 0,
    unknown: 0,
    lazy: 0,
  };
  let owner: Person;

  it('lists who kept the promise, with the confidence of how they were recognised', async () => {
    camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const [bound, lazy] = [person(), person()];
    await member(api, camp, bound);
    await member(api, camp, lazy);
    people.likely = await nicknamed(camp, '山间晨雾第3期');
    people.doubtful = await nicknamed(camp, '晚风吹过稻田');
    people.unknown = await nicknamed(camp, '改过名字的人');
    await checkIns(api, camp, bound, 3);
    await checkIns(api, camp, lazy, 1);
    await poster(api, camp, '山间晨雾', 2);
    await poster(api, camp, '晚风吹过田野', 2);
    owner = await poster(api, camp, '完全不同的昵称', 2);
    await finish(api, camp);
    const listed = await pendingOf(api, camp);
    const byMember = new Map(listed.map((each) => [each.memberId, each]));
    const narrowed = async (query: string): Promise<number[]> =>
      (
        await api.admin<Camp.PendingRefundPage>(
          'GET',
          `/api/admin/refunds/pending?campId=${camp.id}&${query}`,
        )
      ).data.list.map(({ id }) => id);
    const unsure = listed.filter(({ matchConfidence }) => matchConfidence < 80).map(({ id }) => id);
    expect(unsure).toHaveLength(1);
    expect(await narrowed('maxConfidence=79')).toEqual(unsure);
    expect(await narrowed('minConfidence=80')).toEqual(
      listed.map(({ id }) => id).filter((id) => !unsure.includes(id)),
    );
    expect(await narrowed(`ids=${unsure.join(',')},999999`)).toEqual(unsure);
    // As many at once as a batch takes, and no more.
    expect(await narrowed('pageSize=1000')).toHaveLength(listed.length);
    for (const wrong of ['pageSize=1001', `ids=${Array.from({ length: 401 }, (_, at) => at + 1).join(',')}`])
      expect((await api.admin('GET', `/api/admin/refunds/pending?${wrong}`)).status).toBe(400);
    const some = await api.admin<Camp.RefundRecordPage>(
      'GET',
      `/api/admin/refunds/records?ids=${unsure.join(',')}`,
    );
    expect(some.data).toMatchObject({ total: 1, list: [{ id: unsure[0] }], summary: { pendingCount: 1 } });
    const members = await api.admin<Camp.MemberPage>('GET', `/api/admin/members?campId=${camp.id}`);
    people.bound = members.data.list.find((each) => each.filledPlanetUserId === bound.planetUserId)!.id;
    people.lazy = members.data.list.find((each) => each.filledPlanetUserId === lazy.planetUserId)!.id;
    expect(byMember.get(people.bound)).toMatchObject({ matchConfidence: 100, matchMethod: 'dynamic_qrcode' });
    expect(byMember.get(people.likely)?.matchConfidence).toBeGreaterThanOrEqual(80);
    expect(byMember.get(people.likely)?.matchMethod).toBe('smart_match');
    const doubtful = byMember.get(people.doubtful)?.matchConfidence;
    expect(doubtful).toBeGreaterThanOrEqual(50);
    expect(doubtful).toBeLessThan(80);
    expect([byMember.has(people.unknown), byMember.has(people.lazy)]).toEqual([false, false]);
    expect((await detail(api, people.unknown)).matchInfo.status).toBe('failed');
  });

  it('lists whom a person matches by hand, and refuses what nobody may approve', async () => {
    expect((await match(api, people.unknown, await refOf(api, owner))).message).toBe('匹配成功');
    const listed = await pendingOf(api, camp);
    expect(listed.find((each) => each.memberId === people.unknown)).toMatchObject({
      matchConfidence: 100,
      matchMethod: 'manual',
    });
    expect((await approve(987_654_321)).code).toBe(1301);
  });

  it('pays what is approved, tells the member, and writes down why something was not', async () => {
    await api.admin('PUT', '/api/admin/config', {
      key: 'wechat.refundTemplateId',
      value: 'DEMO_REFUND_TEMPLATE',
    });
    const listed = new Map((await pendingOf(api, camp)).map((each) => [each.memberId, each.id]));
    expect((await approve(listed.get(people.bound)!)).message).toBe('审核通过');
    const paid = await ended(camp, people.bound, 'success');
    const told = await eventually(
      async () => (await records(api, camp)).find((each) => each.id === paid.id && each.notified),
      'the member to be told',
    );
    expect(told).toMatchObject({
      auditor: 'admin',
      wechatRefundId: expect.any(String),
      notifyTime: expect.any(String),
    });
    const refused = await reject(listed.get(people.doubtful)!, '身份匹配置信度过低，需人工核实');
    expect(refused.data).toMatchObject({
      auditStatus: 'rejected',
      refundStatus: 'rejected',
      reason: '身份匹配置信度过低，需人工核实',
    });
    expect((await approve(listed.get(people.doubtful)!)).code).toBe(1302);
    expect((await reject(listed.get(people.bound)!, '晚了')).code).toBe(1302);
  });

  it('tries three times by itself, then waits for a person', async () => {
    const listed = new Map((await pendingOf(api, camp)).map((each) => [each.memberId, each.id]));
    await api.control('POST', '/control/faults', { refuseRefund: true });
    await approve(listed.get(people.unknown)!);
    for (let tries = 0; tries < 3; tries += 1) await api.hurry();
    const failed = await ended(camp, people.unknown, 'failed');
    expect(failed.failCode).toBe(1304);
    await api.control('POST', '/control/faults', { reset: true });
    const retried = await api.admin<Camp.RetriedRefund>('POST', `/api/admin/refunds/${failed.id}/retry`);
    expect(retried).toMatchObject({
      message: '已加入重试队列',
      data: { refundStatus: 'processing', retryCount: 1 },
    });
    await ended(camp, people.unknown, 'success');
    await expectBooksToAgree(api);
  });
});

describe('§11.3 check-in sync', () => {
  it('reads every running camp, updates records and members, and works out who is eligible', async () => {
    const camps = [
      await publishedCamp(api, { requiredDays: 2 }),
      await publishedCamp(api, { requiredDays: 2 }),
    ];
    for (const camp of camps) {
      const who = person();
      await member(api, camp, who);
      await checkIns(api, camp, who, 2);
    }
    // 01:00 has passed: the scheduled syncs run.
    await api.moveClock(`${addDays(camps[0]!.start, 2)}T01:00:10`);
    await api.quiet();
    for (const camp of camps) {
      const stats = await api.admin<Camp.CheckinStats>('GET', `/api/admin/checkins/stats/${camp.id}`);
      expect(stats.data).toMatchObject({
        totalMembers: 1,
        eligibleCount: 1,
        lastSyncTime: expect.any(String),
      });
    }
  });

  it('tries again when zsxq fails now and then', async () => {
    const camp = await publishedCamp(api);
    await checkIns(api, camp, person(), 1);
    await api.control('POST', '/control/faults', { planetThrottled: { times: 2 } });
    const answer = await api.admin<Camp.SyncResult>('POST', `/api/admin/checkins/sync/${camp.id}`);
    expect(answer).toMatchObject({ code: 200, message: '同步成功', data: { newCheckins: 1 } });
  });

  it('gives up in the end (1203) and alerts', async () => {
    const camp = await publishedCamp(api);
    await checkIns(api, camp, person(), 1);
    await api.control('POST', '/control/faults', { planetThrottled: true });
    const answer = await api.admin('POST', `/api/admin/checkins/sync/${camp.id}`);
    expect(answer).toMatchObject({ code: 1203, message: '知识星球API调用失败' });
    expect(api.alerts).toContain('知识星球同步失败');
    await api.control('POST', '/control/faults', { reset: true });
    await sync(api, camp);
  });
});

describe('§12.3 batch refund review', () => {
  it('approves the sure ones in one go, leaves the doubtful to people, and every deposit arrives once', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const orders: Camp.CreatedPayment[] = [];
    for (let index = 0; index < 5; index += 1) {
      const who = person();
      orders.push(await member(api, camp, who));
      await checkIns(api, camp, who, 2);
    }
    const unsure = await nicknamed(camp, `晚风吹过稻田${unique()}`);
    await poster(api, camp, '晚风吹过田野里', 2);
    await finish(api, camp);
    const page = await api.admin<Camp.PendingRefundPage>(
      'GET',
      `/api/admin/refunds/pending?campId=${camp.id}`,
    );
    const doubtful = page.data.list.filter(({ matchConfidence }) => matchConfidence < 80);
    expect(page.data.summary).toMatchObject({
      totalAmount: 99 * page.data.total,
      highConfidenceCount: 5,
      lowConfidenceCount: doubtful.length,
    });
    const refundIds = page.data.list.map(({ id }) => id);
    const batch = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
      refundIds,
      minConfidence: 80,
      comment: '批量审核通过',
    });
    expect(batch).toMatchObject({
      message: '批量审核完成',
      data: { approved: 5, skipped: doubtful.length, auditor: 'admin' },
    });
    for (const { reason } of batch.data.skippedDetails)
      expect(reason).toMatch(/^置信度\(\d+\)低于阈值\(80\)$/);
    const again = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
      refundIds,
    });
    expect(again.data.approved).toBe(0);
    await eventually(
      async () =>
        (await records(api, camp)).filter(({ refundStatus }) => refundStatus === 'success').length === 5,
      'the refunds',
    );
    for (const order of orders) {
      expect(await gatewayRefunds(api, order)).toEqual([
        expect.objectContaining({ amountFen: 9900, state: 'SUCCESS' }),
      ]);
    }
    for (const { id, memberId } of doubtful) {
      expect(memberId).toBe(unsure);
      expect((await approve(id, '已与本人核对')).code).toBe(200);
      await ended(camp, memberId, 'success');
    }
    await expectBooksToAgree(api);
  });
});
