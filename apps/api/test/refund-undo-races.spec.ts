import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { RefundWithdrawals, SecondPerson } from '@yajin/payment';
import { BusinessError, Clock, Deadlines } from '@yajin/server';
import { expectBooksToAgree, finishedCamp, gatewayRefunds, records } from '@yajin/testing/factories';
import { atGate, waitingAt } from '@yajin/testing/gates';
import { operator } from '@yajin/testing/operators';
import { eventually, TestApi } from '@yajin/testing/api';
import { RefundUndo } from '../src/lines/camp/refund/refund-undo.js';
import { Audit } from '../src/system/index.js';
import { approveAll, MINUTE, money, reject, set, undo, undoAll } from './refund-undo.kit.js';

/** Whoever takes a decision back meets what would carry it out: each time at a gate, so that it is known who came first. */

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  await set(api, 'refund.graceMinutes', '5');
});
afterAll(() => api.stop());

const GRACE = 5 * MINUTE + 1;

const sourceOf = (id: number): string => `camp_refund:${id}`;

/** Where an undo has done everything, and nothing is committed. */
const AT_AUDIT: [string] = ['LOCK TABLE sys_audit_entry IN SHARE MODE'];

/** Each by itself. @returns the codes of the answers */
async function undoEach(token: string, ids: number[]): Promise<number[]> {
  const answers = ids.map((id) => api.call('POST', `/api/admin/refunds/${id}/undo`, { token }));
  return (await Promise.all(answers)).map(({ code }) => code);
}

const sentOf = async (orders: Camp.CreatedPayment[]): Promise<number> =>
  (await Promise.all(orders.map((order) => gatewayRefunds(api, order)))).flat().length;

/** Undoes as a replica does whose clock stands where this one's stands now. @returns the code of the answer */
function replicaBehind(): (id: number) => Promise<number> {
  const at = api.clock.wall();
  const behind = Object.assign(new Clock(), { wall: () => at, now: () => api.clock.now() });
  const withdrawals = new RefundWithdrawals(behind, api.app.get(SecondPerson));
  const replica = new RefundUndo(api.db, behind, withdrawals, api.app.get(Audit), api.app.get(Deadlines));
  return async (id) => {
    try {
      await replica.one({ id: null, username: 'admin', ip: null }, id);
      return 200;
    } catch (error) {
      if (error instanceof BusinessError) return error.code;
      throw error;
    }
  };
}

describe('an approval', () => {
  it('is undone or sent, never both, whoever comes first', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 8);
    expect((await approveAll(api, refundIds)).data).toMatchObject({ approved: 8, canUndo: true });
    const [first, late] = [refundIds.slice(0, 4), refundIds.slice(4)];
    // An undo has the rows of four refunds while the time ends; the sender takes the other four.
    const { data } = await atGate(api, AT_AUDIT, async () => {
      const begun = undoAll(api, first);
      await waitingAt(api, 'INSERT INTO sys_audit_entry');
      api.pass(GRACE);
      await eventually(async () => (await sentOf(orders)) === late.length, 'the other four to be sent');
      return { begun };
    });
    expect(data).toMatchObject({ undone: 4, skipped: 0 });
    expect(await undoEach(await api.adminToken(), late)).toEqual([1302, 1302, 1302, 1302]);
    await api.app.get(Deadlines).run({ routine: false });
    await api.quiet();
    await eventually(
      async () =>
        (await records(api, camp)).every(({ id, auditStatus, refundStatus }) =>
          first.includes(id) ? auditStatus === 'pending' : refundStatus === 'success',
        ),
      'what was not undone to arrive',
    );
    expect(await sentOf(orders)).toBe(4);
    expect(await money(api, camp)).toEqual({ refunds: 4, reserved: 0, income: 0 });
    await expectBooksToAgree(api);
  });

  it('is sent, and not undone, where the sender has its row as somebody whose clock is behind takes it back', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    const [id] = refundIds as [number];
    await approveAll(api, [id]);
    const undoBehind = replicaBehind();
    const number = `SELECT 1 FROM pay_refund_attempt a JOIN pay_refund r ON r.id = a.refund_id WHERE r.source = $1 FOR UPDATE OF a`;
    const code = await atGate(api, [number, sourceOf(id)], async () => {
      api.pass(GRACE);
      await waitingAt(api, 'SELECT r.id, r.source FROM pay_refund r');
      const begun = undoBehind(id);
      await waitingAt(api, 'DELETE FROM pay_refund');
      return { begun };
    });
    expect(code).toBe(1302);
    await eventually(async () => (await sentOf(orders)) === 1, 'it to be sent');
    expect(await money(api, camp)).toMatchObject({ refunds: 1 });
    expect((await records(api, camp))[0]).toMatchObject({ auditStatus: 'approved' });
  });

  it('among many that are undone together waits for its turn in the order of the refunds, then of the payments', async () => {
    const { camp, refundIds } = await finishedCamp(api, 4);
    await approveAll(api, refundIds);
    const sources = refundIds.map(sourceOf);
    for (const [table, key] of [
      ['pay_attempt', 'out_trade_no'],
      ['pay_refund', 'id'],
    ] as const) {
      const mine = `FROM ${table} WHERE out_trade_no IN (SELECT out_trade_no FROM pay_refund WHERE source = ANY($1))`;
      const least = `${mine} ORDER BY ${key} LIMIT 1`;
      // It stands last in its table, where whoever reads it from the beginning would come to it last.
      await api.rows(`UPDATE ${table} SET amount_fen = amount_fen WHERE ${key} = (SELECT ${key} ${least})`, [
        sources,
      ]);
      const { data } = await atGate(api, [`SELECT 1 ${least} FOR UPDATE`, sources], async () => {
        const begun = undoAll(api, refundIds.toReversed());
        await waitingAt(api, 'DELETE FROM pay_refund');
        // It has no other while it waits for the first.
        const free = await api.rows(`SELECT 1 ${mine} FOR UPDATE SKIP LOCKED`, [sources]);
        expect(free).toHaveLength(refundIds.length - 1);
        return { begun };
      });
      expect(data).toMatchObject({ undone: 4 });
      await approveAll(api, refundIds);
    }
    expect(await money(api, camp)).toMatchObject({ refunds: 4 });
  });

  it('of which a person says that it was paid otherwise, and which is then tried again, is not undone', async () => {
    await set(api, 'approval.singleFen', 'admin=5000');
    const { camp, orders, refundIds } = await finishedCamp(api, 1);
    await approveAll(api, refundIds);
    await set(api, 'approval.singleFen', '');
    const { list } = (await api.admin<Console.PayApprovalPage>('GET', '/api/admin/pay/approvals?state=open'))
      .data;
    const held = list.find(({ orderNo }) => orderNo === orders[0]!.orderNo)!;
    const { token } = await operator(api, 'manager');
    const path = `/api/admin/pay/approvals/${held.id}/refuse`;
    expect((await api.call('POST', path, { token, body: { note: '先核对' } })).code).toBe(200);
    await api.quiet();
    const [{ id }] = (await api.rows<{ id: number }>('SELECT id FROM pay_refund WHERE source = $1', [
      sourceOf(refundIds[0]!),
    ])) as [{ id: number }];
    const evidence = { evidence: '网银转账 99 元，流水号 1' };
    expect((await api.admin('POST', `/api/admin/pay/refunds/${id}/outside`, evidence)).code).toBe(200);
    expect((await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/retry`)).code).toBe(200);
    // It is not due before its time, however often it is tried.
    expect(
      await api.rows('SELECT check_at >= not_before AS waits FROM pay_refund WHERE id = $1', [id]),
    ).toEqual([{ waits: true }]);
    expect((await undo(api, refundIds[0]!)).code).toBe(1302);
    expect(await money(api, camp)).toMatchObject({ refunds: 1, reserved: 9900 });
  });
});

describe('a rejection', () => {
  it('is undone or kept as income, never both', async () => {
    const { camp, refundIds } = await finishedCamp(api, 8);
    for (const id of refundIds) await reject(api, id);
    const [first, late] = [refundIds.slice(0, 4), refundIds.slice(4)];
    const token = await api.adminToken();
    // Four undos have their records' rows while the time ends; the other four come to stand.
    const codes = await atGate(api, AT_AUDIT, async () => {
      const begun = undoEach(token, first);
      await waitingAt(api, 'INSERT INTO sys_audit_entry', first.length);
      api.pass(GRACE);
      await api.app.get(RefundUndo).close();
      return { begun };
    });
    expect(codes).toEqual([200, 200, 200, 200]);
    expect(await undoEach(await api.adminToken(), late)).toEqual([1302, 1302, 1302, 1302]);
    await api.app.get(Deadlines).run({ routine: false });
    await eventually(async () => (await money(api, camp)).income === 4 * 9900, 'what stands to be kept');
    await api.quiet();
    expect((await money(api, camp)).income).toBe(4 * 9900);
    const states = (await records(api, camp)).map(({ id, auditStatus }) => `${id} ${auditStatus}`);
    expect(states.sort()).toEqual(
      [...first.map((id) => `${id} pending`), ...late.map((id) => `${id} rejected`)].sort(),
    );
  });

  it('is kept, and not undone, where it comes to stand as somebody whose clock is behind takes it back', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    const [id] = refundIds as [number];
    await reject(api, id);
    const undoBehind = replicaBehind();
    const code = await atGate(api, ['LOCK TABLE graphile_worker._private_jobs IN SHARE MODE'], async () => {
      api.pass(GRACE);
      const closing = api.app.get(RefundUndo).close();
      await waitingAt(api, 'SELECT id FROM camp_refund WHERE undo_until');
      const begun = Promise.all([undoBehind(id), closing]).then(([answered]) => answered);
      await waitingAt(api, 'SELECT id, camp_id, audit_status');
      return { begun };
    });
    expect(code).toBe(1302);
    await eventually(async () => (await money(api, camp)).income === 9900, 'the deposit to be kept');
  });

  it('of a member who comes by another record just then stays as it is', async () => {
    const { camp, refundIds } = await finishedCamp(api, 2);
    const [id, other] = refundIds as [number, number];
    for (const each of refundIds) await reject(api, each);
    const another = `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, checkin_count, required_days, created_at)
      SELECT camp_id, member_id, order_id, amount_fen, 'pending', match_confidence, checkin_count, required_days, created_at FROM camp_refund WHERE id = $1`;
    const { data } = await atGate(api, [another, id], async () => {
      const begun = undoAll(api, refundIds);
      await waitingAt(api, 'UPDATE camp_refund r SET source = NULL');
      return { begun };
    });
    expect(data).toMatchObject({
      undone: 1,
      skippedDetails: [{ refundId: id, reasonCode: 'refund_stands' }],
    });
    expect((await records(api, camp)).find((record) => record.id === other)?.auditStatus).toBe('pending');
  });
});
