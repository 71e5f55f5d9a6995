import { createHash } from 'node:crypto';
import { localTime } from '@yajin/core';
import type { WorkOrder } from '@yajin/contract/work-order';
import { eventually } from '@yajin/testing/api';
import {
  call,
  api,
  begin,
  booked,
  expectBooksToAgree,
  fault,
  later,
  OPENID,
  operate,
  order,
  orderIs,
  pay,
  payment,
  paymentIs,
  priced,
  refundsAt,
  trade,
  useApi,
  workRefunds,
} from './work-order.kit.js';

useApi();

interface Note {
  state: string;
  reason: string | null;
  deliveries: number;
}

const notes = (number: string): Promise<Note[]> =>
  api.rows<Note>('SELECT state, reason, deliveries FROM pay_notification WHERE subject_no = $1', [number]);

const noted = (number: string, state: string): Promise<Note> =>
  eventually(async () => (await notes(number)).find((note) => note.state === state), `a note ${state}`);

async function begun(): Promise<{ id: number; number: string }> {
  const { id } = await booked();
  return { id, number: (await begin(id)).payment_no };
}

/** As anybody could send it. */
const send = (body: string, type = 'text/xml') =>
  api.exchange('POST', '/api/payments/wechat/notify', { headers: { 'content-type': type }, body });

/** What WeChat would send of a payment, signed with the merchant's key unless `key` says otherwise. */
function notification(number: string, change: Record<string, string> = {}, key?: string): string {
  const { WECHAT_V2_APP_ID: appid, WECHAT_V2_MCH_ID: mch_id, WECHAT_V2_KEY: ours } = api.sandbox.settings;
  const fields: Record<string, string> = {
    return_code: 'SUCCESS',
    result_code: 'SUCCESS',
    appid,
    mch_id,
    nonce_str: 'n0nce',
    openid: OPENID,
    total_fee: '5000',
    transaction_id: `42000${number.slice(-20)}`,
    out_trade_no: number,
    time_end: localTime(api.clock.now()).replace(/\D/g, ''),
    ...change,
  };
  const text = Object.keys(fields)
    .sort()
    .map((name) => `${name}=${fields[name]}`)
    .join('&');
  fields['sign'] = createHash('md5')
    .update(`${text}&key=${key ?? ours}`)
    .digest('hex')
    .toUpperCase();
  const parts = Object.entries(fields).map(([name, value]) => `<${name}><![CDATA[${value}]]></${name}>`);
  return `<xml>${parts.join('')}</xml>`;
}

describe('a notification', () => {
  it('is answered in XML, and counts once however often and at once it comes', async () => {
    const { id, number } = await begun();
    const body = notification(number);
    const answers = await Promise.all(Array.from({ length: 6 }, () => send(body)));
    for (const answer of answers) {
      expect(answer.status).toBe(200);
      expect(answer.body).toContain('<return_code><![CDATA[SUCCESS]]></return_code>');
      expect(answer.body).toContain('<result_code><![CDATA[SUCCESS]]></result_code>');
    }
    await orderIs(id, 'pending');
    expect(await notes(number)).toEqual([{ state: 'applied', reason: null, deliveries: 6 }]);
    const posted = await api.rows('SELECT 1 FROM pay_ledger WHERE source = $1', [`payment:${number}`]);
    expect(posted).toHaveLength(1);
    // WeChat comes to know what was made up above, so that the books can be compared in the end.
    await fault({ dropNotifications: true });
    await api.control('POST', '/control/pay', { outTradeNo: number, openid: OPENID });
  });

  it('signed with another key, or not at all, changes nothing', async () => {
    const { id, number } = await begun();
    const signed = notification(number);
    const forgeries = [
      notification(number, {}, 'x'.repeat(32)),
      signed.replace(/<sign>.*<\/sign>/, ''),
      signed.replace('5000', '4999'),
    ];
    for (const body of forgeries) {
      const answer = await send(body);
      expect([answer.status, answer.body]).toEqual([401, expect.stringContaining('FAIL')]);
    }
    expect(await notes(number)).toEqual([]);
    expect([(await payment(number)).status, (await order(id)).status]).toEqual([
      'pending',
      'pending_payment',
    ]);
  });

  it('that is no plain XML is not read', async () => {
    const { number } = await begun();
    const signed = notification(number);
    const bodies = [
      `<!DOCTYPE xml [<!ENTITY a "b">]>${signed}`,
      signed.replace('<xml>', '<xml><x>&lt;</x>'),
      signed.slice(0, -6),
      'total_fee=5000',
      '',
    ];
    for (const body of bodies) expect((await send(body)).status).toBe(401);
    expect((await send(signed.replace('xml', 'json'), 'application/json')).status).toBe(401);
    expect(await notes(number)).toEqual([]);
    expect((await payment(number)).status).toBe('pending');
  });

  it.each([
    ['wrongAmount', 'wrong amount'],
    ['wrongPayer', 'wrong payer'],
    ['wrongAppId', 'appid'],
    ['wrongMchId', 'mch_id'],
  ])('with %s is quarantined, and the payment is found by asking', async (name, reason) => {
    const { id, number } = await begun();
    await fault({ [name]: { times: 1 }, failBefore: { endpoints: ['query'] } });
    await pay(number);
    expect((await noted(number, 'quarantined')).reason).toContain(reason);
    expect((await order(id)).status).toBe('pending_payment');
    await fault({ reset: true });
    api.pass(6_000);
    expect((await payment(number)).status).toBe('success');
  });

  it('of a number that is not ours is kept and changes nothing', async () => {
    const answer = await send(notification('P999999999999999999999999'));
    expect(answer.status).toBe(200);
    expect((await notes('P999999999999999999999999'))[0]).toMatchObject({
      state: 'quarantined',
      reason: 'unknown trade',
    });
  });

  it('sent again and out of order by WeChat itself changes nothing more', async () => {
    const { id, number } = await begun();
    await fault({ duplicateNotifications: { value: 3, gapMs: 0 }, badSignature: { times: 1 } });
    await pay(number);
    await paymentIs(number, 'success');
    await eventually(async () => ((await notes(number))[0]?.deliveries ?? 0) >= 3, 'the repeats');
    await api.quiet();
    expect((await order(id)).status).toBe('pending');
    expect(await refundsAt(number)).toEqual([]);
  });
});

describe('after thirty minutes', () => {
  it('an unpaid prepayment is expired, its order closed, and the trade closed at WeChat', async () => {
    const { id, number } = await begun();
    await later(29);
    expect((await payment(number)).status).toBe('pending');
    await later(2);
    expect((await paymentIs(number, 'expired')).paid_at).toBeNull();
    expect(await order(id)).toMatchObject({ status: 'closed', closedBy: 'expiry' });
    expect((await trade(number))?.state).toBe('CLOSED');
  });

  it('an unpaid repair fee is expired, and can be begun anew', async () => {
    const { id } = await priced();
    const { payment_no: number } = await begin(id, 'repair');
    await later(31);
    await paymentIs(number, 'expired');
    expect((await order(id)).status).toBe('pending_repair_payment');
    const { payment_no: again } = await begin(id, 'repair');
    await pay(again);
    await paymentIs(again, 'success');
  });

  it('money that comes too late goes back by itself, and the order stays closed', async () => {
    const { id, number } = await begun();
    await later(31);
    await paymentIs(number, 'expired');
    await fault({ payAfterClose: true, payAfterExpiry: true });
    await pay(number);
    await noted(number, 'applied');
    await workRefunds();
    await eventually(async () => (await refundsAt(number))[0]?.state === 'SUCCESS', 'WeChat to be done');
    expect(await refundsAt(number)).toEqual([expect.objectContaining({ amountFen: 5000 })]);
    expect([(await payment(number)).status, (await order(id)).status]).toEqual(['expired', 'closed']);
  });

  it('money that was paid in time and heard of late opens the order again', async () => {
    const { id, number } = await begun();
    const inTime = localTime(api.clock.now());
    await later(31);
    await paymentIs(number, 'expired');
    await fault({ payAfterClose: true });
    await pay(number, { paidAt: inTime });
    await paymentIs(number, 'success');
    expect(await order(id)).toMatchObject({ status: 'pending', closedBy: null });
    expect(await refundsAt(number)).toEqual([]);
  });
});

it('what is paid for an order that an operator closed meanwhile goes back by itself', async () => {
  const { id, number } = await begun();
  await operate('POST', `orders/${id}/close`, { reason: '用户来电取消' });
  expect((await payment(number)).status).toBe('failed');
  await pay(number);
  await eventually(async () => (await refundsAt(number)).length === 1, 'the refund');
  await workRefunds();
  expect(await paymentIs(number, 'refunded')).toMatchObject({ refund_status: 'refunded' });
  expect(await order(id)).toMatchObject({ status: 'closed', closedBy: 'operator' });
});

it('of two payments for one order the second goes back by itself, and the order goes on', async () => {
  const { id } = await booked();
  const { payment_no: left } = await begin(id);
  const inTime = localTime(api.clock.now());
  const other = { order_id: id, payment_method: 'test' };
  const { payment_no: number } = (await call<WorkOrder.CreatedPayment>('POST', '/api/payments', other)).data;
  await call('POST', '/api/payments/test/confirm', { payment_no: number });
  await paymentIs(number, 'success');
  await fault({ payAfterClose: true });
  await pay(left, { paidAt: inTime });
  await eventually(async () => (await refundsAt(left)).length === 1, 'the refund');
  await workRefunds();
  await paymentIs(left, 'refunded');
  expect(await order(id)).toMatchObject({ status: 'pending', prepayStatus: 'success' });
});

it('a repair fee that was corrected meanwhile is not taken for the old one', async () => {
  const { id } = await priced(120);
  await fault({ failAfter: { endpoints: ['create'], times: 1 } });
  await expect(begin(id, 'repair')).rejects.toThrow('503');
  const [lost] = await api.rows<{ number: string }>(
    `SELECT payment_no AS number FROM work_order_payment WHERE work_order_id = $1 AND type = 'repair'`,
    [id],
  );
  const inTime = localTime(api.clock.now());
  await operate('PUT', `orders/${id}/final-amount`, { finalAmount: 130 });
  expect((await payment(lost?.number ?? '')).status).toBe('failed');
  await fault({ payAfterClose: true });
  await pay(lost?.number ?? '', { paidAt: inTime });
  await eventually(async () => (await refundsAt(lost?.number ?? '')).length === 1, 'the refund');
  await workRefunds();
  await paymentIs(lost?.number ?? '', 'refunded');
  expect(await order(id)).toMatchObject({ status: 'pending_repair_payment', repairStatus: 'refunded' });
  expect((await begin(id, 'repair')).amount).toBe(130);
});

it('the books agree with WeChat', async () => {
  await expectBooksToAgree();
});
