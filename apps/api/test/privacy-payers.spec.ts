import type { Camp } from '@yajin/contract';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  finishedCamp,
  member,
  outTradeNo,
  pay,
  payByCode,
  person,
  placedOrder,
  publishedCamp,
  records,
  type Person,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { NOTICE_VERSION } from '../src/lines/camp/privacy/notice.text.js';
import { PayerUpkeep } from '../src/pay/payer-upkeep.js';
import { hold } from '@yajin/testing/scan';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
  // From now on it rests, but for the one that a test makes.
  await api.app.get(PayerUpkeep, { strict: false }).tick();
  await api.admin('PUT', '/api/admin/config', {
    key: 'wechat.refundTemplateId',
    value: 'DEMO_REFUND_TEMPLATE',
  });
});
afterAll(() => api.stop());

const payers = () => api.app.get(PayerIds);

async function signIn(who: Person): Promise<{ cookie: string; tickets: Camp.OrderTicket[] }> {
  const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', { openid: who.openid });
  const session = await api.call<Camp.WechatSession>('POST', '/api/h5/auth/wechat', { body: { code } });
  return { cookie: session.headers.get('set-cookie')?.split(';')[0] ?? '', tickets: session.data.tickets };
}

it('after a whole journey no table holds an openid that was in it, and who paid is still found and written to', async () => {
  const camp = await publishedCamp(api);
  const [inside, scanned] = [person(), person()];
  const { cookie } = await signIn(inside);
  const order = await placedOrder(api, camp, inside);
  await api.call('GET', `${order.payUrl}?scene=jsapi`, { headers: { cookie } });
  await pay(api, order, inside);
  await decided(api, order);
  await payByCode(api, camp, scanned, camp.deposit * 100);
  await checkIns(api, camp, inside, 1);
  const over = await finishedCamp(api, 1);
  await api.admin('POST', `/api/admin/refunds/${over.refundIds[0]}/approve`, {});
  await eventually(
    async () => (await records(api, over.camp)).find(({ notified }) => notified),
    'the message',
  );
  await api.quiet();
  const trades = await api.control<{ openid: string | null }[]>('GET', '/control/trades');
  const openids = [...new Set(trades.flatMap(({ openid }) => openid ?? []))];
  expect(openids).toEqual(expect.arrayContaining([inside.openid, scanned.openid]));
  expect(openids.length).toBeGreaterThanOrEqual(3);
  expect(await hold(api, openids)).toEqual([]);
  // … and the scan sees what is there.
  expect(await hold(api, [order.orderNo])).toContain('public.pay_order.order_no');
  expect((await signIn(inside)).tickets.map(({ orderNo }) => orderNo)).toEqual([order.orderNo]);
  await expectBooksToAgree(api);
});

it('a payment carries to the gateway the camp, the planet id and the nickname, as documented, and nothing else of the form', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  const { data: order } = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: {
      campId: camp.id,
      planetUserId: who.planetUserId,
      planetNickname: who.nickname,
      wechatNickname: '微信里的名字',
      consentVersion: NOTICE_VERSION,
    },
  });
  await api.call('GET', `${order.payUrl}?scene=native`);
  const trades = await api.control<{ outTradeNo: string; attach: string }[]>('GET', '/control/trades');
  const trade = trades.find((each) => each.outTradeNo === outTradeNo(order))!;
  expect(JSON.parse(trade.attach)).toEqual({
    campId: camp.id,
    planetUserId: who.planetUserId,
    planetNickname: who.nickname,
  });
  for (const other of ['微信里的名字', who.openid, NOTICE_VERSION, order.accessToken])
    expect(JSON.stringify(trade)).not.toContain(other);
});

/** Opens a payment inside WeChat, pays it, and has its notification name somebody else when told so. */
async function paidInside(
  who: Person,
  before: (order: Camp.CreatedPayment) => Promise<unknown>,
  byAnother: boolean,
) {
  const { cookie } = await signIn(who);
  const order = await placedOrder(api, await publishedCamp(api), who);
  await api.call('GET', `${order.payUrl}?scene=jsapi`, { headers: { cookie } });
  await before(order);
  if (byAnother) await api.control('POST', '/control/faults', { wrongPayer: { times: 1 } });
  await pay(api, order, who);
  return eventually(
    async () =>
      (
        await api.rows<{ reason: string | null }>(
          'SELECT reason FROM pay_notification WHERE subject_no = $1',
          [outTradeNo(order)],
        )
      )[0],
    'the notification',
  );
}

it.each([
  [false, null],
  [true, 'wrong payer'],
])('whether somebody else paid (%s) is told by the blind index', async (byAnother, reason) => {
  expect(await paidInside(person(), () => Promise.resolve(), byAnother)).toEqual({ reason });
});

describe('payers of the time before', () => {
  const unseal = (openid: string) =>
    Promise.all(
      ['pay_order', 'pay_attempt'].map((table) =>
        api.rows(`UPDATE ${table} SET payer_id = $1, payer_index = NULL WHERE payer_index = $2`, [
          openid,
          payers().index(openid),
        ]),
      ),
    );

  it('are found while they stand there in clear, are then sealed by themselves, and are found still', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await member(api, camp, who);
    await unseal(who.openid);
    await api.rows(
      `UPDATE pay_notification SET payload = jsonb_build_object('payer', jsonb_build_object('openid', $1::text, 'sub_openid', ''),
         'amount', jsonb_build_object('payer_total', 1), 'transaction_id', '42') WHERE subject_no = $2`,
      [who.openid, outTradeNo(order)],
    );
    await api.rows(`DELETE FROM sys_retention`);
    expect((await signIn(who)).tickets).toHaveLength(1);
    expect(await hold(api, [who.openid])).toHaveLength(3);
    await fresh().tick();
    expect(await hold(api, [who.openid])).toEqual([]);
    expect((await signIn(who)).tickets).toHaveLength(1);
    const [kept] = await api.rows<KeptPayer>('SELECT payer_id, payer_index FROM pay_order WHERE id = $1', [
      order.orderId,
    ]);
    expect(payers().open(kept!)).toBe(who.openid);
    const [{ payload }] = (await api.rows<{ payload: object }>(
      'SELECT payload FROM pay_notification WHERE subject_no = $1',
      [outTradeNo(order)],
    )) as [{ payload: object }];
    expect(payload).toEqual({
      payer: { openid: `payer:${payers().index(who.openid).slice(0, 22)}`, sub_openid: '' },
      amount: { payer_total: 1 },
      transaction_id: '42',
    });
  });

  it.each([
    [false, null],
    [true, 'wrong payer'],
  ])(
    'whether somebody else paid (%s) what was opened in clear is told by the id',
    async (byAnother, reason) => {
      const who = person();
      expect(await paidInside(who, () => unseal(who.openid), byAnother)).toEqual({ reason });
    },
  );

  it('are sealed once by two processes at a time', async () => {
    const camp = await publishedCamp(api);
    const everybody = [person(), person(), person()];
    for (const who of everybody) {
      await member(api, camp, who);
      await unseal(who.openid);
    }
    await Promise.all([fresh().tick(), fresh().tick()]);
    await fresh().tick();
    expect(
      await hold(
        api,
        everybody.map(({ openid }) => openid),
      ),
    ).toEqual([]);
    for (const who of everybody) expect((await signIn(who)).tickets).toHaveLength(1);
  });

  /** As after a restart. */
  function fresh(): PayerUpkeep {
    return Object.assign(
      Object.create(PayerUpkeep.prototype) as PayerUpkeep,
      api.app.get(PayerUpkeep, { strict: false }),
      {
        done: false,
      },
    );
  }
});
