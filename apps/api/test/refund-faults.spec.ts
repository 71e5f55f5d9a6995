import { fen } from '@yajin/core';
import { RefundExceedsPayment, Refunds } from '@yajin/payment';
import type { Camp } from '@yajin/contract';
import {
  expectBooksToAgree,
  finishedCamp,
  gatewayRefunds,
  records,
  type MadeCamp,
  member,
  person,
  publishedCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await api.rows('DELETE FROM pay_refund_pause');
});

function approve(refundIds: number[]): Promise<{ data: Camp.BatchApproval }> {
  return api.admin<Camp.BatchApproval>('POST', '/api/admin/refunds/batch-approve', { refundIds });
}

function settled(camp: MadeCamp, status: Camp.RefundStatus, count = 1): Promise<Camp.RefundRecord[]> {
  return eventually(async () => {
    const found = (await records(api, camp)).filter((record) => record.refundStatus === status);
    return found.length === count && found;
  }, `${count} refunds to be ${status}`);
}

/** Takes refunds one step further now instead of after their pause. */
async function workNow(): Promise<void> {
  await api.quiet();
  await api.rows('DELETE FROM pay_refund_pause');
  await api.hurry();
}

describe('a refund is paid exactly once', () => {
  it('when two operators approve the same rows at the same moment', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 6);
    const answers = await Promise.all([
      approve(refundIds),
      approve([...refundIds].reverse()),
      approve(refundIds),
      ...refundIds.map((id) =>
        api.admin<Camp.ApprovedRefund>('POST', `/api/admin/refunds/${id}/approve`, {}),
      ),
    ]);
    const batches = answers.slice(0, 3).map((answer) => (answer.data as Camp.BatchApproval).approved);
    const singles = answers.slice(3).filter((answer) => (answer as { code?: number }).code === 200).length;
    expect(batches.reduce((sum, approved) => sum + approved, singles)).toBe(6);
    await settled(camp, 'success', 6);
    for (const order of orders)
      expect(await gatewayRefunds(api, order)).toEqual([
        expect.objectContaining({ state: 'SUCCESS', requests: 1 }),
      ]);
    await expectBooksToAgree(api);
  });

  it('when the gateway accepted it and never answered: we ask before we send again', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', {
      hangAfter: { endpoints: ['refund'], times: 1 },
      dropNotifications: true,
    });
    await approve(refundIds);
    await eventually(async () => {
      const [attempt] = await api.rows<{ state: string }>(
        `SELECT a.state FROM pay_refund_attempt a ORDER BY a.created_at DESC LIMIT 1`,
      );
      return attempt?.state === 'sending';
    }, 'the request to be under way');
    // The line hears of it a moment later.
    await settled(camp, 'processing');
    await workNow();
    await settled(camp, 'success');
    expect(await gatewayRefunds(api, orders[0] as Camp.CreatedPayment)).toEqual([
      expect.objectContaining({ requests: 1, state: 'SUCCESS' }),
    ]);
    await expectBooksToAgree(api);
  });

  it('when the request was lost before the gateway saw it: the same number is sent again', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { failBefore: { endpoints: ['refund'], times: 1 } });
    await approve(refundIds);
    await eventually(
      async () => (await records(api, camp))[0]?.refundStatus === 'processing',
      'the first try',
    );
    await workNow();
    await settled(camp, 'success');
    const [refund, ...more] = await gatewayRefunds(api, orders[0] as Camp.CreatedPayment);
    expect(more).toEqual([]);
    expect(refund).toMatchObject({ state: 'SUCCESS' });
    const numbers = await api.rows(`SELECT 1 FROM pay_refund_attempt WHERE out_refund_no = $1`, [
      refund?.outRefundNo,
    ]);
    expect(numbers).toHaveLength(1);
  });

  it('when its notification is lost, doubled or comes out of order', async () => {
    const { camp, refundIds } = await finishedCamp(api, 3);
    await api.control('POST', '/control/faults', {
      duplicateNotifications: { value: 3, gapMs: 0 },
      reorderNotifications: 2,
    });
    await approve(refundIds);
    await eventually(
      async () => (await records(api, camp)).every((record) => record.refundStatus !== 'pending'),
      'the requests',
    );
    await workNow();
    await settled(camp, 'success', 3);
    await expectBooksToAgree(api);
  });
});

describe('an unclear refund stays processing', () => {
  it('and a person cannot retry it', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { refundStuck: true });
    await approve(refundIds);
    await settled(camp, 'processing');
    const retry = await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/retry`);
    expect(retry.code).toBe(1302);
    await workNow();
    expect((await records(api, camp))[0]?.refundStatus).toBe('processing');
  });
});

describe('a failed refund', () => {
  it('that the gateway closed is sent again by a person under a new number', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { refundResult: { value: 'CLOSED', times: 1 } });
    await approve(refundIds);
    const [failed] = await settled(camp, 'failed');
    expect(failed).toMatchObject({ failCode: 1304 });
    const retry = await api.admin<Camp.RetriedRefund>('POST', `/api/admin/refunds/${refundIds[0]}/retry`);
    expect(retry.data).toMatchObject({ refundStatus: 'processing', retryCount: 1 });
    await settled(camp, 'success');
    const refunds = await gatewayRefunds(api, orders[0] as Camp.CreatedPayment);
    expect(refunds.map((refund) => refund.state).sort()).toEqual(['CLOSED', 'SUCCESS']);
    await expectBooksToAgree(api);
  });

  it('whose money is in limbo keeps its number, however often it is retried', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { refundResult: { value: 'ABNORMAL', times: 1 } });
    await approve(refundIds);
    await settled(camp, 'failed');
    await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/retry`);
    await api.quiet();
    await settled(camp, 'failed');
    const refunds = await gatewayRefunds(api, orders[0] as Camp.CreatedPayment);
    expect(refunds).toEqual([expect.objectContaining({ state: 'ABNORMAL', requests: 1 })]);
  });

  it('whose money is in limbo before its request is answered is not taken to be under way again', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', {
      refundResult: { value: 'ABNORMAL', times: 1 },
      delayAnswersMs: { value: 500, endpoints: ['refund'], times: 1 },
    });
    await approve(refundIds);
    await settled(camp, 'failed');
    // The answer comes meanwhile, and nobody asks again so soon.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(
      await api.rows(
        `SELECT r.status, a.state FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id ORDER BY r.id DESC LIMIT 1`,
      ),
    ).toEqual([{ status: 'failed', state: 'abnormal' }]);
  });

  it('for want of balance is nobody’s failure: one pause, one alert, and all go on by themselves when there is money', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 5);
    await api.control('POST', '/control/faults', { notEnough: true });
    const told = async (): Promise<{ times: number; pushed: number }[]> =>
      api.rows(
        `SELECT times, (SELECT count(*) FROM graphile_worker.jobs WHERE task_identifier = 'alert.push') AS pushed FROM sys_alert
         WHERE key = 'refund-pause:wechat-v3'`,
      );
    await approve(refundIds);
    await eventually(
      async () => (await records(api, camp)).some(({ failCode }) => failCode === 1303),
      'the first to be declined',
    );
    await api.quiet();
    expect(await told()).toHaveLength(1);
    for (let round = 0; round < 4; round += 1) {
      api.pass(10 * 60_000);
      await eventually(
        async () =>
          (await api.rows('SELECT 1 FROM pay_refund_pause WHERE until > $1', [api.clock.wall()])).length ===
          1,
        'another try',
      );
      await api.quiet();
    }
    expect((await records(api, camp)).every(({ refundStatus }) => refundStatus !== 'failed')).toBe(true);
    expect(await api.rows('SELECT 1 FROM pay_refund WHERE failures > 0')).toEqual([]);
    await api.control('POST', '/control/faults', { reset: true });
    api.pass(10 * 60_000);
    await settled(camp, 'success', 5);
    expect(await api.rows('SELECT 1 FROM pay_refund_pause')).toEqual([]);
    for (const order of orders)
      expect(await gatewayRefunds(api, order)).toEqual([expect.objectContaining({ state: 'SUCCESS' })]);
    await expectBooksToAgree(api);
  });

  it('that was throttled is no failure: it goes out a little later', async () => {
    const { camp, refundIds } = await finishedCamp(api, 1);
    await api.control('POST', '/control/faults', { frequencyLimited: { endpoints: ['refund'], times: 1 } });
    await approve(refundIds);
    await eventually(
      async () => (await records(api, camp))[0]?.refundStatus === 'processing',
      'the first try',
    );
    await workNow();
    const [record] = await settled(camp, 'success');
    expect(record).toMatchObject({ failCode: null, retryCount: 0 });
  });
});

it('never refunds more than was paid, however many partial refunds come at once', async () => {
  const camp = await publishedCamp(api, { deposit: 10 });
  const order = await member(api, camp, person());
  const refunds = api.app.get(Refunds);
  const asked = await Promise.allSettled(
    Array.from({ length: 12 }, (_, index) =>
      api.db.transaction((manager) =>
        refunds.request(manager, {
          source: `test:${order.orderId}:${index}`,
          orderId: order.orderId,
          amountFen: fen(300),
          reason: '部分退款',
        }),
      ),
    ),
  );
  const granted = asked.filter((result) => result.status === 'fulfilled');
  expect(granted).toHaveLength(3);
  for (const result of asked)
    if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RefundExceedsPayment);
  await eventually(
    async () =>
      (await gatewayRefunds(api, order)).filter((refund) => refund.state === 'SUCCESS').length === 3,
    'the refunds',
  );
  await expectBooksToAgree(api);
});

it('asking twice under one source is asking once', async () => {
  const camp = await publishedCamp(api, { deposit: 10 });
  const order = await member(api, camp, person());
  const refunds = api.app.get(Refunds);
  const ask = (): Promise<unknown> =>
    api.db.transaction((manager) =>
      refunds.request(manager, {
        source: `once:${order.orderId}`,
        orderId: order.orderId,
        amountFen: fen(100),
        reason: '部分退款',
      }),
    );
  await Promise.all([ask(), ask(), ask()]);
  await ask();
  await eventually(async () => {
    const [payment] = await api.rows<{ refunded_fen: number; reserved_fen: number }>(
      'SELECT refunded_fen, reserved_fen FROM pay_attempt WHERE order_id = $1',
      [order.orderId],
    );
    return payment?.refunded_fen === 100 && payment.reserved_fen === 0;
  }, 'the refund');
  expect(await gatewayRefunds(api, order)).toHaveLength(1);
});

describe('a refund of which part has gone back already (1305)', () => {
  const takeAway = (order: Camp.CreatedPayment): Promise<unknown> =>
    api.db.transaction((manager) =>
      api.app.get(Refunds).request(manager, {
        source: `goodwill:${order.orderId}`,
        orderId: order.orderId,
        amountFen: fen(1),
        reason: '部分退款',
      }),
    );

  it('is refused when an operator approves it', async () => {
    const { refundIds, orders } = await finishedCamp(api, 1);
    await takeAway(orders[0]!);
    const answer = await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
    expect(answer).toMatchObject({ code: 1305, message: '退款金额超过原支付金额' });
  });

  it('fails in a batch, says why, and a retry says so again', async () => {
    const { camp, refundIds, orders } = await finishedCamp(api, 1);
    await takeAway(orders[0]!);
    await approve(refundIds);
    const [failed] = await settled(camp, 'failed');
    expect(failed).toMatchObject({ failCode: 1305, failReasonCode: 'EXCEEDS' });
    expect((await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/retry`)).code).toBe(1305);
    await api.quiet();
    expect(await gatewayRefunds(api, orders[0]!)).toHaveLength(1);
  });
});

describe('batch approval', () => {
  it('says of each row why it was not approved', async () => {
    const { refundIds } = await finishedCamp(api, 2);
    const [first, second] = refundIds as [number, number];
    await api.rows('UPDATE camp_refund SET match_confidence = 75 WHERE id = $1', [first]);
    await api.rows('UPDATE camp_refund SET name_differs = true WHERE id = $1', [second]);
    const batch = await approve([first, second, 999_999]);
    expect(batch.data).toMatchObject({ total: 3, approved: 0, skipped: 3 });
    expect(batch.data.skippedDetails).toEqual([
      {
        refundId: first,
        reason: '置信度(75)低于阈值(80)',
        reasonCode: 'refund_unsure',
        reasonParams: ['75', '80'],
      },
      { refundId: second, reason: '昵称不一致', reasonCode: 'refund_other_name', reasonParams: [] },
      { refundId: 999_999, reason: '退款记录不存在', reasonCode: 'refund_unknown', reasonParams: [] },
    ]);
  });
});
