import { fen } from '@yajin/core';
import { BalanceTooLow, Gateways, ownedMoney, TransferNotRetryable } from '@yajin/payment';
import { eventually } from '@yajin/testing/api';
import { GATEWAY, PayoutApi } from './transfers.kit.js';

let payout: PayoutApi;
beforeAll(async () => {
  payout = await PayoutApi.start();
});
afterAll(() => payout.api.stop());
afterEach(async () => {
  await faults({ reset: true });
  await payout.expectBooksToAgree();
});

const faults = (wanted: object): Promise<unknown> => payout.api.control('POST', '/control/faults', wanted);

describe('a transfer is paid exactly once', () => {
  it.each([
    [1990, 'an even amount'],
    [7, 'seven fen'],
    [123_456_789, 'more than a million'],
  ])('%i fen, %s', async (amountFen) => {
    const sent = await payout.send(amountFen);
    expect(sent.amountFen).toBe(amountFen);
    const { out_transfer_no: number } = await payout.reaches(sent.id, 'success');
    expect(await payout.atGateway(number)).toMatchObject({ amountFen, state: 'success', requests: 1 });
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 0 });
    expect(await ownedMoney(payout.api.db, 'payout', sent.owner)).toEqual({
      incomeFen: amountFen,
      paidOutFen: amountFen,
      availableFen: 0,
      frozenFen: 0,
    });
    expect(payout.told.filter(({ id }) => id === sent.id).at(-1)).toMatchObject({ status: 'success' });
  });

  it('when the gateway accepted it and never answered: we ask before we send again', async () => {
    const sent = await payout.send(100, {
      hangAfter: { endpoints: ['transfer'], times: 1 },
      dropNotifications: true,
    });
    const { out_transfer_no: number } = await payout.inState(sent.id, 'sending');
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 100 });
    await eventually(async () => await payout.atGateway(number), 'the gateway to accept');
    await payout.api.hurry();
    await payout.reaches(sent.id, 'success');
    expect(await payout.atGateway(number)).toMatchObject({ requests: 1 });
  });

  it('when the request was lost before the gateway saw it: the same number is sent again', async () => {
    const sent = await payout.send(100, { failBefore: { endpoints: ['transfer'], times: 1 } });
    const { out_transfer_no: number } = await payout.inState(sent.id, 'sending');
    await payout.api.quiet();
    expect(await payout.atGateway(number)).toBeUndefined();
    await payout.api.hurry();
    const after = await payout.reaches(sent.id, 'success');
    expect(after.out_transfer_no).toBe(number);
  });

  it('when the process died between acceptance and commit', async () => {
    const sent = await payout.send(100, { failBefore: { endpoints: ['transfer'] }, dropNotifications: true });
    const { out_transfer_no: outTransferNo } = await payout.inState(sent.id, 'sending');
    await payout.api.quiet();
    await faults({ failBefore: false });
    // What the process did last, and nothing of what it would have written down.
    await payout.api.app
      .get(Gateways)
      .get(GATEWAY)
      .transfers!.transfer({
        outTransferNo,
        amountFen: fen(100),
        payeeId: sent.owner,
        remark: '试付',
        notifyUrl: payout.api.url,
      });
    await payout.api.hurry();
    await payout.reaches(sent.id, 'success');
    expect(await payout.atGateway(outTransferNo)).toMatchObject({ requests: 1 });
  });

  it('when its callback comes before the answer, several times, or never', async () => {
    const early = await payout.send(100, {
      delayAnswersMs: { endpoints: ['transfer'], value: 500, times: 1 },
      duplicateNotifications: { value: 3, gapMs: 0 },
    });
    await payout.reaches(early.id, 'success');
    const silent = await payout.send(100, { reset: true, dropNotifications: true });
    await payout.reaches(silent.id, 'success');
    for (const { id } of [early, silent])
      expect(
        await payout.api.rows(`SELECT 1 FROM pay_ledger WHERE source LIKE 'transfer:' || $1::text || ':%'`, [
          id,
        ]),
      ).toHaveLength(1);
  });

  it('when two settlements and a repeat come at once', async () => {
    const sent = await payout.send(100, { refundStuck: { times: 1 }, dropNotifications: true });
    const { out_transfer_no: number } = await payout.inState(sent.id, 'accepted');
    await payout.api.control('POST', '/control/transfers/settle', { outTransferNo: number });
    const answers = [
      payout.callback(payout.success(number, '1.00')),
      payout.callback({ ...payout.success(number, '1.00'), trade_no: 'T-again' }),
    ];
    payout.api.pass(60_000);
    expect(await Promise.all(answers)).toEqual([200, 200]);
    await payout.reaches(sent.id, 'success');
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 0 });
  });

  it('asking twice under one source is asking once', async () => {
    const orderId = await payout.paidOrder(300);
    const order = {
      source: 'once',
      orderId,
      owner: 'once',
      from: [{ account: 'deposit' as const, orderId, amountFen: fen(300) }],
    };
    const asked = await Promise.all([payout.ask(order), payout.ask(order), payout.ask(order)]);
    expect(new Set(asked.map(({ id }) => id)).size).toBe(1);
    await payout.reaches(asked[0].id, 'success');
    expect(await payout.held('once')).toEqual({ balance: 0, frozen: 0 });
  });
});

describe('a callback that is not the truth changes nothing', () => {
  it('forged, of a wrong amount, of an unknown number, to another merchant', async () => {
    const sent = await payout.send(100, { refundStuck: { times: 1 } });
    const { out_transfer_no: number } = await payout.inState(sent.id, 'accepted');
    const told = payout.api.alerts.length;
    expect(await payout.callback(payout.success(number, '1.00'), 'another key')).toBe(401);
    expect(payout.api.alerts).toHaveLength(told);
    expect(await payout.callback(payout.success(number, '1.01'))).toBe(200);
    expect(await payout.callback(payout.success('unknown-number', '1.00'))).toBe(200);
    expect(await payout.callback({ ...payout.success(number, '1.00'), merchant_no: '1680000000000' })).toBe(
      200,
    );
    expect(payout.api.alerts.slice(told)).toEqual(Array(3).fill('支付通知无法处理，已隔离'));
    const kept = await payout.api.rows<{ reason: string }>(
      `SELECT reason FROM pay_notification WHERE event_type = 'TRANSFER' AND state = 'quarantined' ORDER BY id DESC LIMIT 3`,
    );
    expect(kept.map(({ reason }) => reason).slice(1)).toEqual(['unknown transfer', 'wrong amount']);
    expect(await payout.kept(sent.id)).toMatchObject({ status: 'processing' });
    await payout.api.control('POST', '/control/transfers/settle', { outTransferNo: number });
    await payout.reaches(sent.id, 'success');
  });
});

describe('a transfer that fails', () => {
  it('by refusals goes back to the balance, and a retry pays it once under the same number', async () => {
    const sent = await payout.send(100, { notEnough: true });
    for (let round = 0; round < 3; round += 1) {
      await payout.api.quiet();
      await payout.api.hurry();
    }
    const failed = await payout.reaches(sent.id, 'failed');
    expect(failed).toMatchObject({ state: 'created', fail_code: 'INSUFFICIENT' });
    expect(payout.api.alerts).toContain('转账失败，需人工处理');
    expect(await payout.held(sent.owner)).toEqual({ balance: 100, frozen: 0 });
    await payout.api.hurry();
    expect(await payout.atGateway(failed.out_transfer_no)).toBeUndefined();
    await faults({ reset: true });
    expect(await payout.retry(sent.id)).toMatchObject({ status: 'pending', retries: 1 });
    const paid = await payout.reaches(sent.id, 'success');
    expect(paid.out_transfer_no).toBe(failed.out_transfer_no);
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 0 });
  });

  it('after it was accepted is retried once under a new number, however many people try at once', async () => {
    const sent = await payout.send(100, { refundResult: { value: 'CLOSED', times: 1 } });
    const failed = await payout.reaches(sent.id, 'failed');
    expect(failed).toMatchObject({ state: 'failed', fail_code: 'FAILED', fail_message: '收款账户异常' });
    expect(await payout.held(sent.owner)).toEqual({ balance: 100, frozen: 0 });
    const tries = await Promise.allSettled([
      payout.retry(sent.id),
      payout.retry(sent.id),
      payout.retry(sent.id),
    ]);
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const each of tries)
      if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(TransferNotRetryable);
    const paid = await payout.reaches(sent.id, 'success');
    expect(paid.out_transfer_no).not.toBe(failed.out_transfer_no);
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 0 });
    await expect(payout.retry(sent.id)).rejects.toBeInstanceOf(TransferNotRetryable);
    // The old number's callback again, and a success of it that cannot be.
    const told = payout.api.alerts.length;
    const again = {
      transfer_no: failed.out_transfer_no,
      trade_no: 'T-old',
      amount: '1.00',
      status: 'failed',
    };
    expect(await payout.callback(again)).toBe(200);
    expect(payout.api.alerts).toHaveLength(told);
    expect(await payout.callback(payout.success(failed.out_transfer_no, '1.00'))).toBe(200);
    expect(payout.api.alerts).toHaveLength(told + 1);
    expect(await payout.kept(sent.id)).toMatchObject({ status: 'success' });
  });

  it('and yet succeeded, as the gateway says afterwards, is taken from the balance', async () => {
    const sent = await payout.send(100, { notEnough: true });
    for (let round = 0; round < 3; round += 1) {
      await payout.api.quiet();
      await payout.api.hurry();
    }
    const { out_transfer_no: number } = await payout.reaches(sent.id, 'failed');
    await faults({ reset: true });
    // A gateway that had accepted after all.
    await payout.api.app
      .get(Gateways)
      .get(GATEWAY)
      .transfers!.transfer({
        outTransferNo: number,
        amountFen: fen(100),
        payeeId: sent.owner,
        remark: '试付',
        notifyUrl: payout.api.url,
      });
    expect(await payout.callback(payout.success(number, '1.00'))).toBe(200);
    await payout.reaches(sent.id, 'success');
    expect(await payout.held(sent.owner)).toEqual({ balance: 0, frozen: 0 });
  });
});

describe('money that was given up, spent again and yet paid out', () => {
  it('is owed to us, and the other transfer’s frozen money stays its own', async () => {
    const first = await payout.send(100, { notEnough: true });
    for (let round = 0; round < 3; round += 1) await payout.api.hurry();
    const { out_transfer_no: number } = await payout.reaches(first.id, 'failed');
    await faults({ reset: true, refundStuck: { times: 1 } });
    const { orderId, owner } = first;
    const second = await payout.ask({
      source: `spent:${first.id}`,
      orderId,
      owner,
      from: [{ account: 'balance', orderId, amountFen: fen(100) }],
    });
    const { out_transfer_no: other } = await payout.inState(second.id, 'accepted');
    // The first had been accepted after all, is under way for a while, and arrives.
    const send = {
      outTransferNo: number,
      amountFen: fen(100),
      payeeId: owner,
      remark: '试付',
      notifyUrl: payout.api.url,
    };
    await payout.api.app.get(Gateways).get(GATEWAY).transfers!.transfer(send);
    await payout.api.rows(`UPDATE pay_transfer SET status = 'processing', state = 'accepted' WHERE id = $1`, [
      first.id,
    ]);
    expect(await payout.callback(payout.success(number, '1.00'))).toBe(200);
    await payout.reaches(first.id, 'success');
    expect(await payout.held(owner)).toEqual({ balance: 0, frozen: 100 });
    await payout.api.control('POST', '/control/transfers/settle', { outTransferNo: other, state: 'failed' });
    await payout.reaches(second.id, 'failed');
    expect(await payout.held(owner)).toEqual({ balance: 100, frozen: 0 });
  });
});

describe('a balance', () => {
  it('is paid out no further than it reaches, however many ask at once', async () => {
    const sent = await payout.send(250, { refundResult: { value: 'CLOSED', times: 1 } });
    await payout.reaches(sent.id, 'failed');
    const { orderId, owner } = sent;
    const asked = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((n) =>
        payout.ask({
          source: `balance:${sent.id}:${n}`,
          orderId,
          owner,
          from: [{ account: 'balance', orderId, amountFen: fen(100) }],
        }),
      ),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
    for (const each of asked)
      if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(BalanceTooLow);
    // Nor does the failed transfer find its money there any more.
    await expect(payout.retry(sent.id)).rejects.toBeInstanceOf(BalanceTooLow);
    expect(await payout.kept(sent.id)).toMatchObject({ status: 'failed' });
    for (const each of asked) if (each.status === 'fulfilled') await payout.reaches(each.value.id, 'success');
    expect(await payout.held(owner)).toEqual({ balance: 50, frozen: 0 });
  });
});

describe('what got lost on the way is found again', () => {
  it('a transfer whose worker is gone, and a line that did not hear of it', async () => {
    const sent = await payout.send(100, { failBefore: { endpoints: ['transfer'] } });
    await payout.inState(sent.id, 'sending');
    await payout.api.quiet();
    await faults({ reset: true, dropNotifications: true });
    payout.deaf = 1;
    const before = payout.told.length;
    await payout.api.hurry();
    await payout.reaches(sent.id, 'success');
    await eventually(
      () => Promise.resolve(payout.told.slice(before).some(({ id }) => id === sent.id)),
      'the line to hear at the second time',
    );
    await payout.api.quiet();
    expect(await payout.api.rows('SELECT 1 FROM pay_transfer WHERE deliver_at IS NOT NULL')).toEqual([]);
  });
});
