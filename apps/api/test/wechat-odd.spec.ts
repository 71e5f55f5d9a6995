import type { Camp } from '@yajin/contract';
import {
  expectBooksToAgree,
  finishedCamp,
  gatewayRefunds,
  records,
  type GatewayRefund,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const fault = (faults: Record<string, unknown>): Promise<unknown> =>
  api.control('POST', '/control/faults', faults);
const approve = (refundIds: number[]): Promise<unknown> =>
  api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });

function arrived(camp: MadeCamp): Promise<Camp.RefundRecord> {
  return eventually(async () => {
    await api.hurry();
    const [record] = await records(api, camp);
    return record?.refundStatus === 'success' && record;
  }, 'the refund to arrive');
}

it('events of other products of the merchant’s are kept, acknowledged, and alert nobody', async () => {
  const before = api.alerts.length;
  const url = `${api.url}/api/webhook/wechat/payment`;
  for (const eventType of ['COUPON.USE', 'COUPON.USE', 'MCHTRANSFER.BILL.FINISHED'])
    await api.control('POST', '/control/notifications/other', { eventType, url });
  await eventually(async () => {
    const sent = await api.control<{ state: string }[]>('GET', '/control/notifications');
    return sent.length === 3 && sent.every(({ state }) => state === 'accepted');
  }, 'all of them to be taken');
  expect(
    await api.rows('SELECT event_type, state, reason FROM pay_notification ORDER BY event_type'),
  ).toEqual([
    ...['COUPON.USE', 'COUPON.USE', 'MCHTRANSFER.BILL.FINISHED'].map((type) => ({
      event_type: type,
      state: 'quarantined',
      reason: `event of another product: ${type}`,
    })),
  ]);
  expect(api.alerts.slice(before)).toEqual([]);
});

describe('a refund that WeChat closes', () => {
  const closedAfter = async (
    hours: number,
  ): Promise<{ camp: MadeCamp; numbers: () => Promise<GatewayRefund[]> }> => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await fault({ refundStuck: { times: 1 } });
    await approve(refundIds);
    const numbers = (): Promise<GatewayRefund[]> => gatewayRefunds(api, orders[0]!);
    const sent = await eventually(async () => (await numbers())[0], 'the request');
    await api.quiet();
    api.pass(hours * 3_600_000);
    await api.control('POST', '/control/refunds/settle', { outRefundNo: sent.outRefundNo, state: 'CLOSED' });
    return { camp, numbers };
  };

  it('after seven days without balance is told apart, alerts once, and is sent anew by itself', async () => {
    const { camp, numbers } = await closedAfter(7 * 24);
    const waiting = await eventually(async () => {
      const [record] = await records(api, camp);
      return record?.failCode === 1303 && record;
    }, 'the record to say so');
    expect(waiting).toMatchObject({
      refundStatus: 'processing',
      failReason: expect.stringContaining('换单号') as string,
    });
    expect(api.alerts.filter((title) => title.includes('余额长期不足'))).toHaveLength(1);
    expect(await arrived(camp)).toMatchObject({ failCode: null });
    expect((await numbers()).map(({ state }) => state).toSorted()).toEqual(['CLOSED', 'SUCCESS']);
    await expectBooksToAgree(api);
  });

  it('at once has failed as closed, and a person decides', async () => {
    const { camp } = await closedAfter(0);
    const failed = await eventually(async () => {
      const [record] = await records(api, camp);
      return record?.refundStatus === 'failed' && record;
    }, 'the failure');
    expect(failed).toMatchObject({ failCode: 1304 });
  });
});

it.each(['html', 'empty', 'accepted', 'noContent', 'redirect', 'truncated', 'plainText', 'garbage'])(
  'a refund that is answered with nonsense (%s) is asked about, keeps its number and is paid once',
  async (value) => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await fault({
      nonsense: { value, endpoints: ['refund', 'refundQuery'], times: 3 },
      dropNotifications: true,
    });
    await approve(refundIds);
    await arrived(camp);
    const refunds = await gatewayRefunds(api, orders[0]!);
    expect(refunds).toEqual([expect.objectContaining({ state: 'SUCCESS', requests: 1 })]);
    expect(
      await api.rows('SELECT 1 FROM pay_refund_attempt WHERE out_refund_no = $1', [refunds[0]?.outRefundNo]),
    ).toHaveLength(1);
    expect(api.alerts.filter((title) => title.includes('退款超过一天'))).toEqual([]);
    await expectBooksToAgree(api);
  },
);
