import type { Camp } from '@yajin/contract';
import { campOfAllLanes } from '@yajin/testing/lanes';
import { contested } from '@yajin/testing/identity';
import { finish } from '@yajin/testing/matching';
import { checkIns } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

/** What the console says of refunds that wait for a review, against what a batch does with them. */

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const LANES: Camp.ReviewLane[] = ['ready', 'check', 'low'];
const page = async (query: string): Promise<Camp.PendingRefundPage> =>
  (await api.admin<Camp.PendingRefundPage>('GET', `/api/admin/refunds/pending?pageSize=100&${query}`)).data;
const ids = (list: Camp.PendingRefund[]): number[] => list.map(({ id }) => id).toSorted();

it('refunds to review are in three lanes whose counts and amounts are their rows, and a batch approves the first lane and nothing else', async () => {
  const disputed = await contested(api, { days: 4, requiredDays: 1 });
  await checkIns(api, disputed.camp, disputed.owner, 2);
  await finish(api, disputed.camp);
  const { camp } = await campOfAllLanes(api);
  const all = await page('');
  const { lanes } = all.summary;
  const byLane = new Map<Camp.ReviewLane, Camp.PendingRefund[]>();
  for (const lane of LANES) {
    const { list, total, summary } = await page(`lane=${lane}`);
    byLane.set(lane, list);
    expect(new Set(list.map((row) => row.lane))).toEqual(new Set([lane]));
    expect(ids(list)).toEqual(ids(all.list.filter((row) => row.lane === lane)));
    const amount = list.reduce((sum, { refundAmount }) => sum + refundAmount, 0);
    expect({ total, amount: summary.totalAmount }).toEqual({ total: list.length, amount });
    // Whatever lane is looked at, the others keep their figures.
    expect(summary.lanes).toEqual(lanes);
    expect(lanes[lane]).toEqual({ count: list.length, amount });
  }
  expect(LANES.map((lane) => [lane, byLane.get(lane)!.length])).toEqual([
    ['ready', 2],
    ['check', 3],
    ['low', 1],
  ]);
  expect((await page(`campId=${camp.id}`)).summary.lanes).toMatchObject({
    ready: { count: 2 },
    check: { count: 2 },
  });
  const { data } = await api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', {
    refundIds: all.list.map(({ id }) => id),
    minConfidence: 80,
    includeUnproved: false,
  });
  const skipped = new Map(data.skippedDetails.map(({ refundId, reasonCode }) => [refundId, reasonCode]));
  const approved = all.list.map(({ id }) => id).filter((id) => !skipped.has(id));
  expect(approved.toSorted()).toEqual(ids(byLane.get('ready')!));
  expect(byLane.get('low')!.map(({ id }) => skipped.get(id))).toEqual(['refund_unsure']);
  expect(
    byLane
      .get('check')!
      .map(({ id }) => skipped.get(id))
      .toSorted(),
  ).toEqual(['refund_id_disputed', 'refund_other_name', 'refund_unproved']);
  const after = await page('');
  expect(after.summary.lanes).toMatchObject({
    ready: { count: 0, amount: 0 },
    check: lanes.check,
    low: lanes.low,
  });
});

it('a member whose refund waits for its review is said to wait for it in the list of members, too', async () => {
  const { camp } = await campOfAllLanes(api);
  const { data } = await api.admin<Camp.MemberPage>('GET', `/api/admin/members?campId=${camp.id}`);
  const states = data.list.map(({ refundStatus, refundAuditStatus }) => [refundStatus, refundAuditStatus]);
  expect(states).toEqual(Array.from({ length: data.total }, () => ['pending', 'pending']));
});
