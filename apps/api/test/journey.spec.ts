import { addDays, businessDate } from '@yajin/core';
import { balances } from '@yajin/payment';
import type { Camp } from '@yajin/contract';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

describe('§12.1 the dynamic link, end to end', () => {
  let camp: Camp.CreatedCamp;
  let order: Camp.CreatedPayment;
  let start: string;

  it('creates and publishes a camp', async () => {
    start = addDays(businessDate(api.clock.now()), 3);
    const created = await api.admin<Camp.CreatedCamp>('POST', '/api/admin/camps', {
      name: '7天早起打卡训练营',
      posterUrl: 'https://cdn.example.com/poster.jpg',
      deposit: 99.9,
      startDate: start,
      endDate: addDays(start, 7),
      requiredDays: 5,
      groupQrcodeUrl: 'https://cdn.example.com/group.jpg',
      planetProjectId: '15555411412112',
    });
    expect(created.message).toBe('创建成功');
    camp = created.data;
    const published = await api.admin<Camp.PublishedCamp>('POST', `/api/admin/camps/${camp.id}/publish`);
    expect(published.data.enrollUrl).toBe(`${api.url}/enroll/${camp.id}`);
  });

  it('enrols, pays, and shows the group code', async () => {
    const listed = await api.call<Camp.PublicCampPage>('GET', '/api/h5/camps');
    expect(listed.data.list.map((row) => row.id)).toContain(camp.id);
    const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: {
        campId: camp.id,
        planetUserId: '88455815452182',
        planetNickname: '小明同学',
        wechatNickname: '小明',
      },
    });
    order = placed.data;
    expect(order.amount).toBe(99.9);
    const params = await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=native`);
    expect(params.data.qrcodeUrl).toMatch(/^weixin:/);
    await api.control('POST', '/control/pay', {
      orderNo: order.orderNo,
      openid: 'oTestPayer00000000000000001',
    });
    const status = await eventually(async () => {
      const answer = await api.call<Camp.PaymentStatus>(
        'GET',
        `/api/h5/payments/${order.orderNo}/status?wait=5`,
        {
          ticket: order.accessToken,
        },
      );
      return answer.data.payStatus === 'success' && answer.data;
    }, 'the payment');
    expect(status).toMatchObject({ bindStatus: 'completed', bindMethod: 'dynamic_qrcode', showQrcode: true });
    const code = await api.call<Camp.GroupQrcode>('GET', `/api/h5/payments/${order.orderNo}/qrcode`, {
      ticket: order.accessToken,
    });
    expect(code.data.groupQrcodeUrl).toBe('https://cdn.example.com/group.jpg');
  });

  it('counts check-ins, lists the refund at 03:00 of the end date and pays it back', async () => {
    const posts = [0, 0, 1, 2, 3, 5].map((day, index) => ({
      userId: '88455815452182',
      name: '小明同学',
      text: `第${day}天`,
      createTime: `${addDays(start, day)}T06:0${index}:00.000+0800`,
    }));
    await api.control('POST', '/control/planet/posts', { checkinId: '15555411412112', posts });
    await api.moveClock(`${addDays(start, 7)}T03:00:05`);
    const pending = await api.admin<Camp.PendingRefundPage>('GET', '/api/admin/refunds/pending');
    expect(pending.data.list).toHaveLength(1);
    expect(pending.data.list[0]).toMatchObject({
      checkinCount: 5,
      requiredDays: 5,
      matchConfidence: 100,
      refundAmount: 99.9,
    });
    const refundIds = pending.data.list.map((row) => row.id);
    const batch = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
      refundIds,
    });
    expect(batch.data).toMatchObject({ total: 1, approved: 1, skipped: 0 });
    const record = await eventually(async () => {
      const records = await api.admin<Camp.RefundRecordPage>('GET', '/api/admin/refunds/records');
      return records.data.list.find((row) => row.refundStatus === 'success');
    }, 'the refund');
    expect(record).toMatchObject({ auditor: 'admin', refundAmount: 99.9 });
    const stats = await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${camp.id}`);
    expect(stats.data.finance).toEqual({
      totalPaid: 99.9,
      totalRefunded: 99.9,
      netIncome: 0,
      refundRate: 100,
    });
    const books = await balances(api.db, 'camp');
    expect([books.get('clearing'), books.get('deposit')]).toEqual([0, 0]);
    const refunds = await api.control<{ amountFen: number; state: string; requests: number }[]>(
      'GET',
      '/control/refunds',
    );
    expect(refunds).toEqual([expect.objectContaining({ amountFen: 9990, state: 'SUCCESS', requests: 1 })]);
  });
});
