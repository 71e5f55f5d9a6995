import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { Deadlines } from '@yajin/server';
import {
  expectBooksToAgree,
  finishedCamp,
  gatewayRefunds,
  records,
  statusOf,
  type MadeCamp,
} from '@yajin/testing/factories';
import { operator, type AuditRow } from '@yajin/testing/operators';
import { eventually, TestApi } from '@yajin/testing/api';
import { approveAll, MINUTE, money, reject, set, undo, undoAll } from './refund-undo.kit.js';

/** After a decision about a refund there is time to take it back; the demo gives none unless somebody asks for it. */

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
beforeEach(() => set(api, 'refund.graceMinutes', '5'));

const approve = (id: number) =>
  api.admin<Camp.ApprovedRefund>('POST', `/api/admin/refunds/${id}/approve`, { comment: '核对过' });

/** Lets the time to undo go by, and does what is due then. */
async function over(minutes = 5): Promise<void> {
  api.pass(minutes * MINUTE + 1);
  await api.app.get(Deadlines).run({ routine: false });
  await api.quiet();
}

const only = async (camp: MadeCamp): Promise<Camp.RefundRecord> => (await records(api, camp))[0]!;

const audited = (id: number) =>
  api.auditEntries<AuditRow>(
    `SELECT * FROM sys_audit WHERE target_type = 'refund' AND target_id = $1::text ORDER BY id`,
    [id],
  );

describe('an approval', () => {
  it('waits for as long as a setting says, reserved and unsent, and says until when; then it is sent once', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    const { data } = await approve(refundIds[0]!);
    expect(data).toMatchObject({ auditStatus: 'approved', refundStatus: 'pending', canUndo: true });
    expect(Date.parse(data.executeAfter) - Date.parse(data.auditTime)).toBe(5 * MINUTE);
    api.pass(4 * MINUTE);
    await api.quiet();
    expect(await only(camp)).toMatchObject({
      refundStatus: 'pending',
      executeAfter: data.executeAfter,
      canUndo: true,
    });
    expect(await money(api, camp)).toEqual({ refunds: 1, reserved: 9900, income: 0 });
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    await over(1);
    await eventually(async () => (await only(camp)).refundStatus === 'success', 'the refund to arrive');
    expect(await only(camp)).toMatchObject({ canUndo: false, executeAfter: data.executeAfter });
    expect((await undo(api, refundIds[0]!)).code).toBe(1302);
    expect(await gatewayRefunds(api, orders[0]!)).toHaveLength(1);
    await expectBooksToAgree(api);
  });

  it('that is undone waits for a review again, with nothing reserved and nothing sent, and can be given again', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    const [id] = refundIds as [number];
    await approve(id);
    expect((await undo(api, id)).data).toEqual({
      refundId: id,
      auditStatus: 'pending',
      refundStatus: 'pending',
    });
    expect(await only(camp)).toMatchObject({
      auditStatus: 'pending',
      auditor: null,
      auditTime: null,
      comment: null,
      executeAfter: null,
      canUndo: false,
    });
    expect(await money(api, camp)).toEqual({ refunds: 0, reserved: 0, income: 0 });
    expect((await undo(api, id)).code).toBe(1302);
    await over();
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    const pending = await api.admin<Camp.PendingRefundPage>(
      'GET',
      `/api/admin/refunds/pending?campId=${camp.id}`,
    );
    expect(pending.data.list.map((row) => row.id)).toEqual([id]);
    expect(await audited(id)).toMatchObject([
      { action: 'refund.approve' },
      {
        action: 'refund.undo',
        username: 'admin',
        before: { auditStatus: 'approved', auditor: 'admin', reason: null },
        after: { auditStatus: 'pending' },
      },
    ]);
    await approve(id);
    await over();
    await eventually(async () => (await only(camp)).refundStatus === 'success', 'the refund to arrive');
    expect(await gatewayRefunds(api, orders[0]!)).toHaveLength(1);
    await expectBooksToAgree(api);
  });

  it('is not undone once the sender has its row, though its time is not over by another clock', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    await approve(refundIds[0]!);
    // As by a replica whose clock is ahead.
    await api.rows(`UPDATE pay_refund SET not_before = now(), check_at = now() WHERE source = $1`, [
      `camp_refund:${refundIds[0]}`,
    ]);
    await eventually(async () => (await gatewayRefunds(api, orders[0]!)).length === 1, 'it to be sent');
    expect((await undo(api, refundIds[0]!)).code).toBe(1302);
    expect((await only(camp)).auditStatus).toBe('approved');
  });

  it('tells the member nothing before its time is over', async () => {
    const { orders, camp, refundIds } = await finishedCamp(api, 1);
    const ticket = orders[0]!.accessToken;
    const told = async () => ({
      status: await statusOf(api, orders[0]!),
      held: (await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket })).data.refunds,
    });
    const before = await told();
    await approve(refundIds[0]!);
    expect(await told()).toEqual(before);
    await undo(api, refundIds[0]!);
    await reject(api, refundIds[0]!);
    expect(await told()).toEqual(before);
    const path = `/api/h5/progress/${before.status.memberId}`;
    const progress = async () =>
      (await api.call<Camp.MemberProgress>('GET', path, { ticket })).data.refundStatus;
    expect(await progress()).toBe('pending');
    await over();
    expect(await progress()).toBe('rejected');
    expect((await only(camp)).canUndo).toBe(false);
  });
});

describe('approvals above the limit of one', () => {
  afterEach(async () => {
    await set(api, 'approval.singleFen', '');
    await set(api, 'approval.dayFen', '');
  });

  it('wait for both, the second person and their time; an undo calls the second person off, too', async () => {
    const second = await operator(api, 'manager');
    await set(api, 'approval.singleFen', 'admin=5000');
    const { camp, orders, refundIds } = await finishedCamp(api, 2);
    await approveAll(api, refundIds);
    const open = async () =>
      (await api.admin<Console.PayApprovalPage>('GET', '/api/admin/pay/approvals?state=open')).data.list;
    expect(await open()).toHaveLength(2);
    const first = (await open()).find(({ orderNo }) => orderNo === orders[0]!.orderNo)!;
    const decided = await api.call('POST', `/api/admin/pay/approvals/${first.id}/confirm`, {
      token: second.token,
    });
    expect(decided.code).toBe(200);
    await api.quiet();
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    const other = (await records(api, camp)).find(({ orderNo }) => orderNo === orders[1]!.orderNo)!;
    expect(other.hold).toMatchObject({ kind: 'second_person' });
    expect((await undo(api, other.id)).code).toBe(200);
    expect(await open()).toEqual([]);
    await over();
    await eventually(
      async () => (await gatewayRefunds(api, orders[0]!)).length === 1,
      'the confirmed one to be sent',
    );
    expect(await gatewayRefunds(api, orders[1]!)).toEqual([]);
  });

  it('count for the day of who gave them only while they stand', async () => {
    await set(api, 'approval.dayFen', 'admin=15000');
    await api.rows('DELETE FROM pay_approved');
    const { camp, refundIds } = await finishedCamp(api, 1);
    for (let times = 0; times < 3; times += 1) {
      await approve(refundIds[0]!);
      expect((await only(camp)).hold).toBeNull();
      expect((await undo(api, refundIds[0]!)).code).toBe(200);
    }
    expect(await api.rows('SELECT amount_fen FROM pay_approved')).toEqual([{ amount_fen: 0 }]);
  });

  it('that are stopped can be undone in their time, and are not sent when the stop is released before it is over', async () => {
    const { orders, refundIds } = await finishedCamp(api, 2);
    await approveAll(api, refundIds);
    const body = { scope: 'line', target: 'camp', reason: '先停' };
    const stop = await api.admin<Console.PayStop>('POST', '/api/admin/pay/stops', body);
    await api.rows(`UPDATE pay_refund SET check_at = now() WHERE status = 'pending'`);
    await api.quiet();
    expect((await undo(api, refundIds[0]!)).code).toBe(200);
    await api.admin('POST', `/api/admin/pay/stops/${stop.data.id}/release`, { note: '已核实' });
    await api.quiet();
    for (const order of orders) expect(await gatewayRefunds(api, order)).toEqual([]);
    await over();
    await eventually(
      async () => (await Promise.all(orders.map((order) => gatewayRefunds(api, order)))).flat().length === 1,
      'the other one to be sent',
    );
  });
});

describe('a rejection', () => {
  it('keeps the deposit owed until its time is over, and can be undone until then', async () => {
    const { camp, refundIds } = await finishedCamp(api, 2);
    const [kept, back] = refundIds as [number, number];
    expect((await reject(api, kept)).data).toMatchObject({ auditStatus: 'rejected', canUndo: true });
    await reject(api, back);
    await api.quiet();
    expect(await money(api, camp)).toEqual({ refunds: 0, reserved: 0, income: 0 });
    expect((await undo(api, back)).code).toBe(200);
    expect(await audited(back)).toMatchObject([
      { action: 'refund.reject' },
      { action: 'refund.undo', before: { auditStatus: 'rejected', reason: '存在代打卡' } },
    ]);
    await over();
    await eventually(async () => (await money(api, camp)).income === 9900, 'the deposit to be kept');
    expect((await undo(api, kept)).code).toBe(1302);
    // Nobody is listed anew on the same grounds.
    const states = (await records(api, camp)).map(({ id, auditStatus }) => `${id} ${auditStatus}`);
    expect(states.sort()).toEqual([`${back} pending`, `${kept} rejected`].sort());
    await approve(back);
    await over();
    await eventually(
      async () => (await records(api, camp)).some(({ refundStatus }) => refundStatus === 'success'),
      'the other one to arrive',
    );
    await expectBooksToAgree(api);
  });

  it('of somebody whose match is gone meanwhile cannot be undone: the record is void as such', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await reject(api, refundIds[0]!);
    const { memberId } = await only(camp);
    const unmatched = await api.admin('POST', `/api/admin/members/${memberId}/unmatch`, { reason: '认错人' });
    expect(unmatched.code).toBe(200);
    expect((await undo(api, refundIds[0]!)).code).toBe(1302);
    expect(await only(camp)).toMatchObject({
      auditStatus: 'rejected',
      auditor: 'system',
      reasonCode: 'match_changed',
      canUndo: false,
    });
  });
});

it('many are undone together, and what cannot be is said one by one', async () => {
  const { camp, refundIds } = await finishedCamp(api, 3);
  await approveAll(api, refundIds.slice(0, 2));
  await set(api, 'refund.graceMinutes', '0');
  expect((await reject(api, refundIds[2]!)).data).toMatchObject({ canUndo: false });
  const { data } = await undoAll(api, [...refundIds, 987_654_321]);
  expect(data).toEqual({
    total: 4,
    undone: 2,
    skipped: 2,
    skippedDetails: [
      {
        refundId: refundIds[2],
        reason: '审核已生效，不能撤回',
        reasonCode: 'refund_stands',
        reasonParams: [],
      },
      { refundId: 987_654_321, reason: '退款记录不存在', reasonCode: 'refund_unknown', reasonParams: [] },
    ],
  });
  expect((await money(api, camp)).reserved).toBe(0);
  const [entry] = await api.auditEntries<AuditRow>(
    `SELECT * FROM sys_audit WHERE action = 'refund.batch_undo' ORDER BY id DESC LIMIT 1`,
  );
  expect(entry?.after).toEqual({ undone: refundIds.slice(0, 2).sort((a, b) => a - b) });
});

it('nobody undoes who may not approve', async () => {
  const { refundIds } = await finishedCamp(api, 1);
  await approve(refundIds[0]!);
  for (const role of ['coach', 'finance'] as const) {
    const { token } = await operator(api, role);
    const answer = await api.call('POST', `/api/admin/refunds/${refundIds[0]}/undo`, { token });
    expect(answer.status).toBe(403);
  }
  expect((await undo(api, 987_654_321)).code).toBe(1301);
});

it('a setting of minutes says how long, and without one the demo waits for nothing', async () => {
  for (const value of ['61', '-1', '1.5'])
    await expect(set(api, 'refund.graceMinutes', value)).rejects.toThrow('refund.graceMinutes');
  await set(api, 'refund.graceMinutes', '');
  const { camp, refundIds } = await finishedCamp(api, 1);
  const { data } = await approve(refundIds[0]!);
  expect(data).toMatchObject({ canUndo: false, executeAfter: data.auditTime });
  await eventually(async () => (await only(camp)).refundStatus === 'success', 'the refund to arrive');
});
