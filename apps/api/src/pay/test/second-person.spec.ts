import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { fen } from '@yajin/core';
import { ownedMoney, SecondPerson } from '@yajin/payment';
import { expectBooksToAgree, finishedCamp, gatewayRefunds, records, unique } from '@yajin/testing/factories';
import { login, operator, type AuditRow, type MadeOperator } from '@yajin/testing/operators';
import { eventually } from '@yajin/testing/api';
import { PayoutApi } from '../../../test/transfers.kit.js';

let payout: PayoutApi;
let api: PayoutApi['api'];
let second: MadeOperator;
beforeAll(async () => {
  payout = await PayoutApi.start();
  ({ api } = payout);
  second = await operator(api, 'manager');
});
afterAll(() => api.stop());
afterEach(async () => {
  for (const key of ['approval.singleFen', 'approval.dayFen', 'approval.kinds']) await set(key, '');
  await api.rows('DELETE FROM pay_approved');
});

async function set(key: string, value: string): Promise<void> {
  const { code, message } = await api.admin('PUT', '/api/admin/config', { key, value });
  if (code !== 200) throw new Error(`${key}: ${message}`);
}

const approve = (refundIds: number[]) =>
  api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', { refundIds });

const open = async () =>
  (
    await api.call<Console.PayApprovalPage>('GET', '/api/admin/pay/approvals?state=open', {
      token: await fresh(),
    })
  ).data.list;

/** As the second person, who has just logged in: time goes by. */
const fresh = async () => (await login(api, second.username, second.password)).data.token;

const decide = (what: 'confirm' | 'refuse', id: number, token: string) =>
  api.call<Console.PayApproval>('POST', `/api/admin/pay/approvals/${id}/${what}`, {
    token,
    ...(what === 'refuse' ? { body: { note: '金额不对' } } : {}),
  });

describe('a refund above the limit of one', () => {
  it('waits, as pending, for a second person who is not the first, and is then sent once', async () => {
    await set('approval.singleFen', 'admin=5000,manager=5000');
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    const approved = await api.admin<Camp.ApprovedRefund>(
      'POST',
      `/api/admin/refunds/${refundIds[0]}/approve`,
      {},
    );
    expect(approved.data).toMatchObject({ auditStatus: 'approved', refundStatus: 'pending' });
    await api.hurry();
    expect((await records(api, camp))[0]).toMatchObject({
      refundStatus: 'pending',
      hold: { kind: 'second_person', by: 'admin', exceeds: 'single', reason: null },
    });
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    expect(api.alerts).toContain('有退款或转账待第二人确认');

    const [waiting] = await open();
    expect(waiting).toMatchObject({
      what: 'refund',
      kind: 'deposit',
      amount: 99,
      askedBy: 'admin',
      canDecide: true,
      orderNo: orders[0]!.orderNo,
    });
    // Not who asked, from whatever session, nor who may not decide at all.
    const own = await api.call<{ token: string }>('POST', '/api/admin/auth/login', {
      body: { username: 'admin', password: api.env.adminPassword ?? 'admin123' },
    });
    for (const token of [await api.adminToken(), own.data.token]) {
      const refused = await decide('confirm', waiting!.id, token);
      expect([refused.code, refused.message]).toEqual([403, '须由申请人以外的人确认']);
    }
    expect((await decide('refuse', waiting!.id, own.data.token)).code).toBe(403);
    const coach = await operator(api, 'coach');
    expect((await decide('confirm', waiting!.id, coach.token)).status).toBe(403);

    // Two second persons at the same moment decide once.
    const third = await operator(api, 'admin');
    const outcomes = await Promise.all(
      [await fresh(), third.token, await fresh(), third.token].map((token) =>
        decide('confirm', waiting!.id, token),
      ),
    );
    expect(outcomes.map(({ code }) => code).sort()).toEqual([200, 409, 409, 409]);
    await eventually(
      async () => (await records(api, camp))[0]?.refundStatus === 'success',
      'the refund to arrive',
    );
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([expect.objectContaining({ requests: 1 })]);
    const log = await api.auditEntries<AuditRow>(
      `SELECT * FROM sys_audit WHERE target_type = 'payout_approval' AND target_id = $1`,
      [String(waiting!.id)],
    );
    expect(log).toEqual([
      expect.objectContaining({
        action: 'payout_approval.confirm',
        after: expect.objectContaining({ askedBy: 'admin', amount: 99 }),
      }),
    ]);
    await expectBooksToAgree(api);
  });

  it('fails when the second person refuses it, says by whom and why, and waits anew when it is tried again', async () => {
    await set('approval.singleFen', 'admin=0');
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    await approve(refundIds);
    const [waiting] = await open();
    expect((await decide('refuse', waiting!.id, await fresh())).data).toMatchObject({
      state: 'refused',
      decidedBy: second.username,
      note: '金额不对',
    });
    await eventually(async () => (await records(api, camp))[0]?.refundStatus === 'failed', 'it to fail');
    const [failed] = await records(api, camp);
    expect(failed).toMatchObject({ hold: null, canRetry: true });
    expect(failed?.failReason).toBe(`第二人（${second.username}）未同意：金额不对`);
    expect((await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/retry`)).code).toBe(200);
    await api.hurry();
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    const [again] = await open();
    expect(again).toMatchObject({ id: waiting!.id, state: 'open', decidedBy: null });
    expect((await decide('confirm', again!.id, await fresh())).code).toBe(200);
    await eventually(async () => (await records(api, camp))[0]?.refundStatus === 'success', 'it to arrive');
  });

  it('and refused while it could be undone, can be undone no more and does not say that it can', async () => {
    await set('approval.singleFen', 'admin=5000');
    await set('refund.graceMinutes', '5');
    const { camp, refundIds } = await finishedCamp(api, 1);
    await approve(refundIds);
    await set('refund.graceMinutes', '0');
    expect((await records(api, camp))[0]).toMatchObject({ canUndo: true });
    const asked = async () =>
      (await api.admin<Console.PayRefundPage>('GET', '/api/admin/pay/refunds')).data.list[0];
    expect(await asked()).toMatchObject({ executeAfter: expect.any(String) as string });
    // Held beyond its time, it can be taken back no more, whatever it still waits for.
    await api.rows(`UPDATE pay_refund SET not_before = now() - interval '1 second' WHERE id = $1`, [
      (await asked())!.id,
    ]);
    expect(await asked()).toMatchObject({ status: 'pending', executeAfter: null });
    await api.rows(`UPDATE pay_refund SET not_before = now() + interval '5 minutes' WHERE id = $1`, [
      (await asked())!.id,
    ]);
    expect((await decide('refuse', (await open())[0]!.id, await fresh())).code).toBe(200);
    await eventually(
      async () => (await records(api, camp))[0]?.refundStatus === 'failed',
      'the record to hear of it',
    );
    expect((await records(api, camp))[0]).toMatchObject({ canUndo: false });
    expect((await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/undo`)).code).toBe(1302);
  });
});

describe('the limit of a day', () => {
  it('lets a batch go as far as it reaches, and each approval once, however many come at the same moment', async () => {
    await set('approval.dayFen', 'admin=30000');
    const { camp, refundIds } = await finishedCamp(api, 5);
    const answers = await Promise.all([
      approve(refundIds.slice(0, 2)),
      approve(refundIds.slice(2, 4)),
      approve(refundIds.slice(4)),
    ]);
    expect(answers.map(({ data }) => data.approved)).toEqual([2, 2, 1]);
    await eventually(
      async () => (await records(api, camp)).filter((row) => row.refundStatus === 'success').length === 3,
      'three to arrive',
    );
    const waiting = await open();
    expect(waiting.map(({ exceeds, amount }) => [exceeds, amount])).toEqual([
      ['day', 99],
      ['day', 99],
    ]);
    const token = await fresh();
    for (const { id } of waiting) expect((await decide('confirm', id, token)).code).toBe(200);
    await eventually(
      async () => (await records(api, camp)).every((row) => row.refundStatus === 'success'),
      'all to arrive',
    );
    // What a second person confirmed counts for nobody's day.
    expect(await api.rows('SELECT who, amount_fen FROM pay_approved')).toEqual([
      { who: 'admin', amount_fen: 29_700 },
    ]);
  });
});

describe('a transfer', () => {
  it('of a kind that takes two waits, and refused its money is its owner’s again until it is tried anew', async () => {
    await set('approval.kinds', 'host=transfer');
    const orderId = await payout.paidOrder(5000);
    const owner = `owner-${unique()}`;
    const transfer = await api.db.transaction((manager) =>
      payout.transfers.request(manager, {
        source: `payout:${unique()}`,
        orderId,
        gateway: 'shouqianba',
        payeeId: owner,
        owner,
        from: [{ account: 'deposit', orderId, amountFen: fen(5000) }],
        remark: '任务结算',
        decided: { by: 'host:payout', role: 'host', kind: 'transfer' },
      }),
    );
    await api.hurry();
    expect(await payout.kept(transfer.id)).toMatchObject({ state: 'created', status: 'pending' });
    const [row] = await api.rows<{ id: number }>('SELECT id FROM pay_approval WHERE transfer_id = $1', [
      transfer.id,
    ]);
    const people = api.app.get(SecondPerson);
    await expect(
      api.db.transaction((manager) => people.confirm(manager, row!.id, 'host:payout')),
    ).rejects.toThrow('same person');
    await api.db.transaction((manager) => people.refuse(manager, row!.id, second.username, '金额不对'));
    await payout.reaches(transfer.id, 'failed');
    expect(await ownedMoney(api.db, 'payout', owner)).toMatchObject({ availableFen: 5000, frozenFen: 0 });
    await payout.retry(transfer.id);
    await api.hurry();
    expect(await payout.kept(transfer.id)).toMatchObject({ state: 'created', status: 'pending' });
    await api.db.transaction((manager) => people.confirm(manager, row!.id, second.username));
    await payout.reaches(transfer.id, 'success');
    expect(await ownedMoney(api.db, 'payout', owner)).toMatchObject({ availableFen: 0, frozenFen: 0 });
  });
});

it('nothing waits while no limit is set, or for a role that has none', async () => {
  const { camp, refundIds } = await finishedCamp(api, 2);
  await approve([refundIds[0]!]);
  await set('approval.singleFen', 'manager=0');
  await approve([refundIds[1]!]);
  await eventually(
    async () => (await records(api, camp)).every((row) => row.refundStatus === 'success'),
    'both to arrive',
  );
  expect(await open()).toEqual([]);
});

it.each([
  ['approval.singleFen', 'admin'],
  ['approval.singleFen', 'nobody=100'],
  ['approval.dayFen', 'admin=1.5'],
  ['approval.dayFen', 'admin=1,admin=2'],
  ['approval.kinds', 'admin=everything'],
])('a limit that cannot be read is refused: %s %s', async (key, value) => {
  expect((await api.admin('PUT', '/api/admin/config', { key, value })).code).toBe(400);
});
