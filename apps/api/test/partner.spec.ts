import type { Camp } from '@yajin/contract';
import { PayerIds, type KeptPayer } from '@yajin/payment';
import {
  checkIns,
  decided,
  expectBooksToAgree,
  gatewayRefunds,
  pay,
  pendingRefunds,
  person,
  placedOrder,
  publishedCamp,
  records,
  wechatLogin,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

describe.each([
  ['the merchant’s own account', 'merchant'],
  ['the service provider’s account', 'provider'],
] as const)('members meet %s', (_whose, partner) => {
  let api: TestApi;
  beforeAll(async () => {
    api = await TestApi.start({}, undefined, { partner });
  });
  afterAll(() => api.stop());

  it('a merchant behind a service provider is paid, and refunds through it, end to end', async () => {
    const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
    const who = person();
    const { cookie } = await wechatLogin(api, who);
    const order = await placedOrder(api, camp, who);
    const params = await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=jsapi`, {
      headers: { cookie },
    });
    expect(params.data.payParams).toMatchObject({
      appId: api.sandbox.settings.WECHAT_APP_ID,
      signType: 'RSA',
    });
    await pay(api, order, who);
    expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
    // Their openid at the account they meet is who they are, not the other that the provider is told.
    const [kept] = await api.rows<KeptPayer>('SELECT payer_id, payer_index FROM pay_order WHERE id = $1', [
      order.orderId,
    ]);
    expect(api.app.get(PayerIds).open(kept!)).toBe(who.openid);
    await checkIns(api, camp, who, 2);
    const [listed] = await pendingRefunds(api, camp);
    await api.admin('POST', `/api/admin/refunds/${listed!.id}/approve`, {});
    await eventually(
      async () => (await records(api, camp)).find((each) => each.refundStatus === 'success'),
      'the refund',
    );
    expect(await gatewayRefunds(api, order)).toMatchObject([{ state: 'SUCCESS', requests: 1 }]);
    await expectBooksToAgree(api);
  });

  it('an order that nobody pays is closed there, and a payment after all of its number goes back', async () => {
    const camp = await publishedCamp(api);
    const who = person();
    const order = await placedOrder(api, camp, who);
    await api.call('GET', `${order.payUrl}?scene=native`);
    await api.moveClock(
      new Date(api.clock.now().getTime() + 40 * 60_000 + 8 * 3_600_000).toISOString().slice(0, 19),
    );
    expect(await decided(api, order)).toMatchObject({ payStatus: expect.not.stringMatching('success') });
    const once = { times: 1 };
    await api.control('POST', '/control/faults', { payAfterClose: once, payAfterExpiry: once });
    await pay(api, order, who);
    await eventually(
      async () => (await gatewayRefunds(api, order))[0]?.state === 'SUCCESS',
      'the late money to go back',
    );
    await expectBooksToAgree(api);
  });
});
