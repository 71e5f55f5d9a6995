import { expectBooksToAgree } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';
import {
  abnormal,
  act,
  approved,
  CARD,
  confirm,
  EVIDENCE,
  payment,
  postings,
  propose,
  redirect,
  sentHoursAgo,
  stuck,
  withdraw,
} from './refund-cases.kit.js';
import { traces } from './traces.js';

let api: TestApi;
let second: MadeOperator;
beforeAll(async () => {
  api = await TestApi.start();
  second = await operator(api, 'manager');
});
afterAll(() => api.stop());
afterEach(async () => {
  await api.control('POST', '/control/faults', { reset: true });
  await expectBooksToAgree(api);
});

describe('an abnormal refund', () => {
  it('is redirected to a bank card of the payer’s, arrives once, and leaves nothing of the card behind', async () => {
    const made = await abnormal(api);
    expect(await made.refund()).toMatchObject({
      status: 'failed',
      failure: 'ABNORMAL',
      failCode: 'ABNORMAL',
      reasonCode: 'deposit',
      gateway: 'wechat-v3',
      gatewayState: 'abnormal',
      canRedirect: true,
      canSettleOutside: true,
      processingSince: null,
      outside: null,
    });
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 0, reserved_fen: 9900 });
    const answer = await redirect(api, made.id);
    expect(answer).toMatchObject({ code: 200, message: '已提交改退', data: { canRedirect: false } });
    await eventually(
      async () => (await made.records())[0]?.refundStatus === 'success',
      'the refund to arrive',
    );
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
    expect(await made.gateway()).toEqual([
      expect.objectContaining({ state: 'SUCCESS', amountFen: 9900, requests: 1 }),
    ]);
    expect((await made.refund()).outRefundNos).toHaveLength(1);
    expect(await audited(api, 'pay_refund', made.id)).toMatchObject([
      {
        action: 'pay_refund.redirect',
        after: { to: 'payer', bankType: 'ICBC_DEBIT', account: '**** 4567', name: '林**' },
      },
    ]);
    expect(await traces(api, '**** 4567')).toEqual(['public.sys_audit']);
    expect(await traces(api, CARD.account)).toEqual([]);
    expect(await traces(api, CARD.name)).toEqual([]);
    expect((await redirect(api, made.id)).status).toBe(409);
  });

  it('is redirected by two operators at once one time', async () => {
    const made = await abnormal(api);
    const answers = await Promise.all([redirect(api, made.id), redirect(api, made.id)]);
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    await eventually(async () => (await made.refund()).status === 'success', 'the refund to arrive');
    expect(await made.gateway()).toEqual([expect.objectContaining({ state: 'SUCCESS' })]);
  });

  it('whose redirection goes unanswered is processing, and what became of it is asked until it is clear', async () => {
    const made = await abnormal(api);
    await api.control('POST', '/control/faults', {
      failAfter: { endpoints: ['redirect'], times: 1 },
      dropNotifications: true,
    });
    const answer = await redirect(api, made.id);
    expect(answer).toMatchObject({ code: 200, data: { status: 'processing', canSettleOutside: false } });
    expect(answer.data.processingSince).toMatch(/^\d{4}-/);
    await eventually(async () => {
      await api.hurry();
      return (await made.refund()).status === 'success';
    }, 'the refund to be found to have arrived');
    expect(await made.gateway()).toEqual([expect.objectContaining({ state: 'SUCCESS' })]);
  });

  it('whose redirection was lost on its way is abnormal again once it has been asked about', async () => {
    const made = await abnormal(api);
    await api.control('POST', '/control/faults', { failBefore: { endpoints: ['redirect'], times: 1 } });
    expect((await redirect(api, made.id)).data.status).toBe('processing');
    await eventually(async () => {
      await api.hurry();
      return (await made.refund()).canRedirect;
    }, 'the refund to be abnormal again');
    expect((await redirect(api, made.id)).code).toBe(200);
    await eventually(async () => (await made.refund()).status === 'success', 'the refund to arrive');
  });

  it('is redirected only with a whole card, where its gateway can, by who may decide, and while nobody paid it otherwise', async () => {
    const made = await abnormal(api);
    const partial = await redirect(api, made.id, { to: 'payer', bankType: 'ICBC_DEBIT' });
    expect(partial).toMatchObject({
      status: 400,
      data: {
        errors: [
          { field: 'account', message: '退到银行卡时必填' },
          { field: 'name', message: '退到银行卡时必填' },
        ],
      },
    });
    for (const wrong of [{ account: '6222 0202' }, { bankType: 'ICBC' }, { to: 'bank' }])
      expect((await redirect(api, made.id, { ...CARD, ...wrong })).status).toBe(400);
    expect((await redirect(api, 987_654_321)).status).toBe(404);
    await api.rows(`UPDATE pay_refund SET gateway = 'alipay' WHERE id = $1`, [made.id]);
    expect((await made.refund()).canRedirect).toBe(false);
    expect(await redirect(api, made.id)).toMatchObject({
      status: 409,
      message: '该支付渠道不支持改退到其他账户',
    });
    await api.rows(`UPDATE pay_refund SET gateway = 'wechat-v3' WHERE id = $1`, [made.id]);
    const coach = await operator(api, 'coach');
    expect((await act(api, 'POST', made.id, 'redirect', CARD, coach.token)).status).toBe(403);
    expect((await propose(api, made.id)).code).toBe(200);
    expect((await made.refund()).canRedirect).toBe(false);
    expect((await redirect(api, made.id)).status).toBe(409);
    expect(await audited(api, 'pay_refund', made.id)).toHaveLength(1);
  });
});

describe('a refund that was paid by other means', () => {
  it('counts once a second person confirms it: booked, released, and refunded for its line', async () => {
    const made = await abnormal(api);
    expect(await propose(api, made.id)).toMatchObject({
      code: 200,
      message: '已登记，等待另一人确认',
      data: {
        status: 'failed',
        canSettleOutside: false,
        outside: { ...EVIDENCE, proposedBy: 'admin', confirmedBy: null, confirmedAt: null },
      },
    });
    expect(await propose(api, made.id)).toMatchObject({ status: 409, message: '已登记过线下退款，等待确认' });
    expect(await confirm(api, made.id)).toMatchObject({ status: 403, message: '须由登记人以外的人确认' });
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 0, reserved_fen: 9900 });
    const answers = await Promise.all([
      confirm(api, made.id, second.token),
      confirm(api, made.id, second.token),
    ]);
    expect(answers.map(({ code }) => code).sort()).toEqual([200, 409]);
    expect(answers.find(({ code }) => code === 200)).toMatchObject({
      message: '已确认线下退款',
      data: { status: 'success', outside: { proposedBy: 'admin', confirmedBy: second.username } },
    });
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
    expect(await postings(api, made.order)).toEqual([
      ['payment', 'clearing', 'deposit'],
      ['outside', 'deposit', 'outside'],
    ]);
    await eventually(
      async () => (await made.records())[0]?.refundStatus === 'success',
      'the line to be told',
    );
    expect(
      (await audited(api, 'pay_refund', made.id)).map(({ action, username }) => [action, username]),
    ).toEqual([
      ['pay_refund.outside', 'admin'],
      ['pay_refund.outside_confirm', second.username],
    ]);
    expect((await withdraw(api, made.id)).status).toBe(409);
  });

  it('is nothing yet while it is only said, and can be withdrawn', async () => {
    const made = await abnormal(api);
    expect((await withdraw(api, made.id)).status).toBe(409);
    await propose(api, made.id);
    expect(await withdraw(api, made.id)).toMatchObject({
      code: 200,
      message: '已撤回',
      data: { outside: null, canSettleOutside: true, canRedirect: true },
    });
    expect((await confirm(api, made.id, second.token)).status).toBe(409);
    expect((await audited(api, 'pay_refund', made.id)).at(-1)).toMatchObject({
      action: 'pay_refund.outside_withdraw',
      before: { ...EVIDENCE, proposedBy: 'admin' },
    });
    expect((await propose(api, made.id, { evidence: ' ' })).status).toBe(400);
    expect((await propose(api, 987_654_321)).status).toBe(404);
  });

  it('is said once and decided once, however many say, confirm and withdraw it at the same moment', async () => {
    const made = await abnormal(api);
    const said = await Promise.all([
      propose(api, made.id),
      act(api, 'POST', made.id, 'outside', EVIDENCE, second.token),
      propose(api, made.id),
    ]);
    expect(said.map(({ code }) => code).sort()).toEqual([200, 409, 409]);
    const proposer = (await made.refund()).outside?.proposedBy;
    const by = proposer === 'admin' ? second.token : await api.adminToken();
    const decided = await Promise.all([confirm(api, made.id, by), withdraw(api, made.id)]);
    expect(decided.map(({ code }) => code).sort()).toEqual([200, 409]);
    const confirmed = decided[0]?.code === 200;
    expect((await made.refund()).status).toBe(confirmed ? 'success' : 'failed');
    expect(await payment(api, made.order)).toEqual(
      confirmed ? { refunded_fen: 9900, reserved_fen: 0 } : { refunded_fen: 0, reserved_fen: 9900 },
    );
    expect(await audited(api, 'pay_refund', made.id)).toHaveLength(2);
  });

  it('can be said of one that is unclear for a day, never before, and is not confirmed once it was sent again', async () => {
    const made = await stuck(api);
    expect(await made.refund()).toMatchObject({ status: 'processing', canSettleOutside: false });
    expect(await propose(api, made.id)).toMatchObject({
      status: 409,
      message: '退款的状态已变化，不能这样处理，请刷新后查看',
    });
    await sentHoursAgo(api, made.id, 23);
    expect((await propose(api, made.id)).status).toBe(409);
    await sentHoursAgo(api, made.id, 25);
    expect((await made.refund()).canSettleOutside).toBe(true);
    expect((await propose(api, made.id)).code).toBe(200);
    await sentHoursAgo(api, made.id, 1);
    expect((await confirm(api, made.id, second.token)).status).toBe(409);
    await sentHoursAgo(api, made.id, 26);
    expect((await confirm(api, made.id, second.token)).code).toBe(200);
  });

  it('and that the gateway pays all the same is booked back, with an alert, and the books still agree', async () => {
    const made = await stuck(api);
    await sentHoursAgo(api, made.id, 25);
    await propose(api, made.id);
    expect((await confirm(api, made.id, second.token)).code).toBe(200);
    const [sent] = await made.gateway();
    const before = api.alerts.length;
    await api.control('POST', '/control/refunds/settle', {
      outRefundNo: sent?.outRefundNo,
      state: 'SUCCESS',
    });
    await eventually(
      async () => (await postings(api, made.order)).length === 3,
      'the late refund to be booked',
    );
    expect(await postings(api, made.order)).toEqual([
      ['payment', 'clearing', 'deposit'],
      ['outside', 'deposit', 'outside'],
      ['refund', 'outside', 'clearing'],
    ]);
    await eventually(
      () => Promise.resolve(api.alerts.slice(before).includes('已线下处理的退款又由网关退回，请追回')),
      'the alert',
    );
    expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
    expect((await made.refund()).status).toBe('success');
  });

  it('is not sent again by whoever was asking about it meanwhile', async () => {
    const made = await approved(api, { failBefore: { endpoints: ['refund'], times: 1 } });
    expect((await made.refund()).gatewayState).toBe('sending');
    await sentHoursAgo(api, made.id, 25);
    await propose(api, made.id);
    await api.control('POST', '/control/faults', {
      delayAnswersMs: { value: 400, endpoints: ['refundQuery'], times: 1 },
    });
    await api.rows('UPDATE pay_refund SET check_at = now() WHERE id = $1', [made.id]);
    await eventually(async () => {
      const [attempt] = await api.rows<{ queries: number }>(
        'SELECT queries FROM pay_refund_attempt WHERE refund_id = $1',
        [made.id],
      );
      return (attempt?.queries ?? 0) > 0;
    }, 'the gateway to be asked');
    expect((await confirm(api, made.id, second.token)).code).toBe(200);
    await api.hurry();
    expect(await made.gateway()).toEqual([]);
  });
});

it('a refund that the gateway closes after days resumes by itself under a new number, and arrives once', async () => {
  const made = await stuck(api);
  await sentHoursAgo(api, made.id, 49);
  const [sent] = await made.gateway();
  await api.control('POST', '/control/refunds/settle', { outRefundNo: sent?.outRefundNo, state: 'CLOSED' });
  await eventually(async () => (await made.refund()).outRefundNos.length === 2, 'a new number');
  expect(await made.refund()).toMatchObject({
    status: 'processing',
    gatewayState: 'created',
    canSettleOutside: false,
  });
  await eventually(async () => {
    await api.hurry();
    return (await made.refund()).status === 'success';
  }, 'the refund to arrive');
  expect((await made.gateway()).map(({ state }) => state).sort()).toEqual(['CLOSED', 'SUCCESS']);
  expect(await payment(api, made.order)).toEqual({ refunded_fen: 9900, reserved_fen: 0 });
});
