import type { Camp } from '@yajin/contract';
import {
  checkIns,
  expectBooksToAgree,
  pay,
  pendingRefunds,
  person,
  placedOrder,
  publishedCamp,
  records,
  statusOf,
  decided,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start({}, undefined, { account: 'wecom' });
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const signIn = async (openid: string) => {
  const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', { openid });
  return api.call<Camp.WechatSession>('POST', '/api/h5/auth/wechat', { body: { code } });
};

const cookieOf = ({ headers }: { headers: Headers }) => headers.get('set-cookie')?.split(';')[0] ?? '';

it('a member of a WeCom corporation signs in, pays, checks in, is refunded and told, end to end', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
  const who = { ...person(), openid: 'oWC_zhangsan' };
  const { data: settings } = await api.call<Camp.PageSettings>('GET', '/api/h5/config');
  expect(settings.appId).toMatch(/^ww/);
  expect(settings.authorizeUrl).toMatch(/agentid=1000002$/);
  const cookie = cookieOf(await signIn(who.openid));
  const order = await placedOrder(api, camp, who);
  const params = (
    await api.call<Camp.PaymentParams>('GET', `${order.payUrl}?scene=jsapi`, { headers: { cookie } })
  ).data;
  expect(params.payParams).toMatchObject({ appId: settings.appId, signType: 'RSA' });
  await pay(api, order, who);
  expect(await decided(api, order)).toMatchObject({ payStatus: 'success' });
  expect((await signIn(who.openid)).data.tickets).toMatchObject([{ orderNo: order.orderNo }]);
  await checkIns(api, camp, who, 2);
  const [listed] = await pendingRefunds(api, camp);
  await api.admin('POST', `/api/admin/refunds/${listed!.id}/approve`, {});
  await eventually(
    async () => (await records(api, camp)).find((each) => each.refundStatus === 'success' && each.notified),
    'the refund and its message',
  );
  expect(await api.control('GET', '/control/messages')).toMatchObject([
    {
      openid: who.openid,
      data: { content: expect.stringMatching(/^您的押金已退还：早起打卡训练营.*99\.00 元/) },
    },
  ]);
  expect((await statusOf(api, order)).payStatus).toBe('success');
  await expectBooksToAgree(api);
});

it('somebody outside the corporation signs in by an openid, and WeCom’s refusal to write to them is kept', async () => {
  const camp = await publishedCamp(api, { days: 4, requiredDays: 2 });
  const who = person();
  const cookie = cookieOf(await signIn(who.openid));
  const order = await placedOrder(api, camp, who);
  await api.call('GET', `${order.payUrl}?scene=jsapi`, { headers: { cookie } });
  await pay(api, order, who);
  await decided(api, order);
  await checkIns(api, camp, who, 2);
  const [listed] = await pendingRefunds(api, camp);
  await api.admin('POST', `/api/admin/refunds/${listed!.id}/approve`, {});
  const record = await eventually(
    async () => (await records(api, camp)).find((each) => each.notifyError !== null),
    'the refused message',
  );
  expect(record).toMatchObject({ refundStatus: 'success', notified: false, notifyError: { code: '46004' } });
});

it('a code that is wrong or used up is refused (400); a token that was replaced costs nobody anything', async () => {
  const { code } = await api.control<{ code: string }>('POST', '/control/oauth-code', { openid: 'oWC_lisi' });
  const exchange = () => api.call('POST', '/api/h5/auth/wechat', { body: { code } });
  await api.control('POST', '/control/faults', { tokenReplaced: { times: 1 } });
  expect((await exchange()).code).toBe(200);
  expect((await exchange()).code).toBe(400);
});
