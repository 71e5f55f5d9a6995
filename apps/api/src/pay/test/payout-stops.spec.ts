import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { expectBooksToAgree, finishedCamp, gatewayRefunds, records } from '@yajin/testing/factories';
import { operator, type AuditRow } from '@yajin/testing/operators';
import { eventually } from '@yajin/testing/api';
import { GATEWAY, PayoutApi } from '../../../test/transfers.kit.js';

let payout: PayoutApi;
let api: PayoutApi['api'];
beforeAll(async () => {
  payout = await PayoutApi.start();
  ({ api } = payout);
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await api.rows(`UPDATE pay_stop SET released_at = now(), released_by = 'test' WHERE released_at IS NULL`);
  await api.rows(`UPDATE pay_refund SET check_at = now() WHERE status IN ('pending', 'processing')`);
  await api.quiet();
});

const REASON = '商户平台提示账户异常，先停';

async function stop(scope: string, target: string): Promise<Console.PayStop> {
  const body = { scope, target, reason: REASON };
  const { code, message, data } = await api.admin<Console.PayStop>('POST', '/api/admin/pay/stops', body);
  if (code !== 200) throw new Error(`${code} ${message}`);
  return data;
}

const release = (id: number) =>
  api.admin<Console.PayStop>('POST', `/api/admin/pay/stops/${id}/release`, { note: '已与渠道核实' });

const approve = (refundIds: number[]) =>
  api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', { refundIds });

const numbers = (ids: number[]) =>
  api.rows<{ out_refund_no: string; state: string; status: string }>(
    `SELECT a.out_refund_no, a.state, r.status FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id
     WHERE r.source = ANY($1) ORDER BY r.id`,
    [ids.map((id) => `camp_refund:${id}`)],
  );

const storyOf = async (orderNo: string) =>
  (await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${orderNo}`)).data;

describe('a stop of payouts', () => {
  it('of a gateway keeps every refund through it waiting with its number, says why wherever its state is shown, and lets it arrive once it is released', async () => {
    const { camp, orders, refundIds } = await finishedCamp(api, 2);
    const made = await stop('gateway', 'wechat-v3');
    expect((await approve(refundIds)).data.approved).toBe(2);
    await api.quiet();
    const before = await numbers(refundIds);
    expect(before.map(({ state, status }) => [state, status])).toEqual([
      ['created', 'pending'],
      ['created', 'pending'],
    ]);
    const hold = { kind: 'stopped', by: 'admin', reason: REASON };
    expect(await records(api, camp)).toEqual([
      expect.objectContaining({ refundStatus: 'pending', hold: expect.objectContaining(hold) }),
      expect.objectContaining({ refundStatus: 'pending', hold: expect.objectContaining(hold) }),
    ]);
    const story = await storyOf(orders[0]!.orderNo);
    expect(story.refunds[0]?.hold).toMatchObject(hold);
    const { data } = await api.admin<Console.PayStopPage>('GET', '/api/admin/pay/stops?state=open');
    expect(data).toMatchObject({ total: 1, list: [{ id: made.id, held: 2, heldAmount: 198 }] });
    expect(data.gateways).toContain('wechat-v3');
    expect(api.alerts).toContain('已止付：退款与转账停止发出，解除后自动继续');
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);

    expect((await release(made.id)).data).toMatchObject({ state: 'released', releasedBy: 'admin', held: 0 });
    await eventually(
      async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success'),
      'the refunds to arrive',
    );
    expect((await numbers(refundIds)).map((row) => row.out_refund_no)).toEqual(
      before.map((row) => row.out_refund_no),
    );
    expect((await records(api, camp)).every((record) => record.hold === null)).toBe(true);
    for (const order of orders) expect(await gatewayRefunds(api, order)).toHaveLength(1);
    await expectBooksToAgree(api);
  });

  it('holds from its answer on: of refunds that are just being sent none is begun after it', async () => {
    const { refundIds } = await finishedCamp(api, 12);
    // What has begun takes its time, so that some are under way when the stop is thrown.
    await api.control('POST', '/control/faults', { delayAnswersMs: { value: 300, endpoints: ['refund'] } });
    const begun = async () => (await numbers(refundIds)).filter(({ state }) => state !== 'created').length;
    const approving = approve(refundIds);
    await eventually(async () => (await begun()) > 0, 'the first to be sent');
    await approving;
    const made = await stop('gateway', 'wechat-v3');
    const claimed = await begun();
    await api.quiet();
    await api.hurry();
    expect(await begun()).toBe(claimed);
    expect(
      (await numbers(refundIds)).filter(({ status }) => status === 'success' || status === 'pending'),
    ).toHaveLength(12);
    await release(made.id);
    await eventually(
      async () => (await numbers(refundIds)).every(({ status }) => status === 'success'),
      'all to arrive',
    );
    await expectBooksToAgree(api);
  });

  it('leaves what is unclear to be asked about, and sends it again only when it is released', async () => {
    const { refundIds: heard } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', {
      hangAfter: { endpoints: ['refund'], times: 1 },
      dropNotifications: true,
    });
    await approve(heard);
    await eventually(async () => (await numbers(heard))[0]?.state === 'sending', 'the request');
    const first = await stop('line', 'camp');
    await api.hurry();
    await eventually(async () => (await numbers(heard))[0]?.status === 'success', 'the answer to a question');
    await release(first.id);
    await api.control('POST', '/control/faults', { reset: true });

    const { refundIds: lost, orders } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { failBefore: { endpoints: ['refund'], times: 1 } });
    await approve(lost);
    await eventually(async () => (await numbers(lost))[0]?.state === 'sending', 'the lost request');
    const second = await stop('line', 'camp');
    await api.hurry();
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    expect((await storyOf(orders[0]!.orderNo)).refunds[0]).toMatchObject({
      status: 'processing',
      hold: { kind: 'stopped' },
    });
    await release(second.id);
    await eventually(async () => (await numbers(lost))[0]?.status === 'success', 'it to be sent again');
    await expectBooksToAgree(api);
  });

  it('of a payee holds what goes back to whoever paid that order, and nobody else’s', async () => {
    const { orders, refundIds } = await finishedCamp(api, 2);
    const made = await stop('payee', orders[0]!.orderNo);
    await approve(refundIds);
    await eventually(
      async () => (await numbers(refundIds)).filter(({ status }) => status === 'success').length === 1,
      'the other one',
    );
    expect(await gatewayRefunds(api, orders[0]!)).toEqual([]);
    await release(made.id);
    await eventually(
      async () => (await numbers(refundIds)).every(({ status }) => status === 'success'),
      'theirs to arrive',
    );
  });

  it('of a gateway holds transfers too, of which none is sent until it is released', async () => {
    const made = await stop('gateway', GATEWAY);
    const transfer = await payout.send(5000);
    await api.quiet();
    expect(await payout.kept(transfer.id)).toMatchObject({ state: 'created', status: 'pending' });
    const { data } = await api.admin<Console.PayStopPage>('GET', '/api/admin/pay/stops?state=open');
    expect(data.list[0]).toMatchObject({ held: 1, heldAmount: 50 });
    await api.hurry();
    expect(await payout.kept(transfer.id)).toMatchObject({ state: 'created', status: 'pending' });
    await release(made.id);
    await payout.reaches(transfer.id, 'success');
  });

  it('does not let an abnormal refund be sent to another account', async () => {
    const { refundIds } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { refundResult: { value: 'ABNORMAL', times: 1 } });
    await approve(refundIds);
    const [row] = await eventually(async () => {
      const found = await api.rows<{ id: number }>(
        `SELECT id FROM pay_refund WHERE source = $1 AND status = 'failed'`,
        [`camp_refund:${refundIds[0]}`],
      );
      return found.length > 0 && found;
    }, 'the refund to be abnormal');
    const made = await stop('line', 'camp');
    const to = { to: 'merchant' };
    const refused = await api.admin('POST', `/api/admin/pay/refunds/${row!.id}/redirect`, to);
    expect([refused.code, refused.message]).toEqual([409, '已止付，解除止付后才能改退']);
    await release(made.id);
    expect((await api.admin('POST', `/api/admin/pay/refunds/${row!.id}/redirect`, to)).code).toBe(200);
  });
});

describe('stopping and releasing', () => {
  it('is done once, by whoever may, and stands in the log', async () => {
    const made = await stop('line', 'gym');
    const again = await api.admin('POST', '/api/admin/pay/stops', {
      scope: 'line',
      target: 'gym',
      reason: '再来一次',
    });
    expect([again.code, again.message]).toEqual([409, '已在止付中']);
    const coach = await operator(api, 'coach');
    const token = coach.token;
    for (const [method, path, body] of [
      ['GET', '/api/admin/pay/stops', undefined],
      ['POST', '/api/admin/pay/stops', { scope: 'line', target: 'task', reason: REASON }],
      ['POST', `/api/admin/pay/stops/${made.id}/release`, { note: '放行' }],
    ] as const)
      expect((await api.call(method, path, { token, ...(body ? { body } : {}) })).status).toBe(403);
    const outcomes = await Promise.all([release(made.id), release(made.id), release(made.id)]);
    expect(outcomes.map(({ code }) => code).sort()).toEqual([200, 409, 409]);
    expect((await release(999_999)).code).toBe(404);
    const log = await api.auditEntries<AuditRow>(
      `SELECT * FROM sys_audit WHERE target_type = 'payout_stop' AND target_id = $1 ORDER BY id`,
      [String(made.id)],
    );
    expect(log.map(({ action, after }) => [action, after?.['target']])).toEqual([
      ['payout_stop.throw', 'gym'],
      ['payout_stop.release', 'gym'],
    ]);
  });

  it.each([
    ['a gateway that is not configured', { scope: 'gateway', target: 'nobody' }, '没有这个支付渠道'],
    ['a line that is not served', { scope: 'line', target: 'nobody' }, '没有这条业务线'],
    ['an order that there is not', { scope: 'payee', target: 'ord_nobody' }, '没有这个订单'],
    ['a scope that there is not', { scope: 'everything', target: 'x' }, 'scope'],
    ['no reason', { scope: 'line', target: 'camp', reason: '' }, 'reason'],
  ])('is refused for %s', async (_what, body, says) => {
    const refused = await api.admin('POST', '/api/admin/pay/stops', { reason: REASON, ...body });
    expect(refused.code).toBe(400);
    expect(JSON.stringify(refused)).toContain(says);
    expect(await api.rows('SELECT 1 FROM pay_stop WHERE released_at IS NULL')).toEqual([]);
  });
});
