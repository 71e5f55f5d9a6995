import { decided, member, person } from '@yajin/testing/factories';
import { TURNING, turned } from '@yajin/testing/turned';
import { Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());

it('names of before that turn a line around leave what a page says beside them as it is', async () => {
  const { api } = phones;
  const camp = await phones.camp({ startsIn: 1 });
  const order = await member(api, camp, person());
  const { memberId } = await decided(api, order);
  await api.rows('UPDATE camp SET name = $1', [TURNING]);
  await api.rows('UPDATE planet_user SET name = $1', [TURNING]);
  await api.rows('UPDATE camp_order SET planet_nickname = $1, wechat_nickname = $1', [TURNING]);
  const page = await phones.open('/h5/');
  const known = {
    orderNo: order.orderNo,
    ticket: order.accessToken,
    campId: camp.id,
    campName: TURNING,
    payStatus: 'success',
    bindStatus: 'completed',
    memberId,
    at: 1,
    heardAt: 1,
    payTime: null,
  };
  const placed = {
    orderId: order.orderId,
    amount: 99,
    expireTime: '2999-01-01T00:00:00',
    planetUserId: '1',
    planetNickname: TURNING,
  };
  const unpaid = { ...known, orderNo: 'ord_unpaid', payStatus: 'pending', memberId: null, placed };
  await page.evaluate((orders) => localStorage.setItem('yajin.h5.orders', JSON.stringify(orders)), {
    [known.orderNo]: known,
    [unpaid.orderNo]: unpaid,
  });
  for (const at of [
    '/h5/',
    '/h5/mine',
    `/h5/mine?camp=${camp.id}`,
    `/h5/camps/${camp.id}`,
    `/h5/enroll/${camp.id}`,
    `/h5/enroll/${camp.id}?for=another`,
    `/h5/progress/${memberId}`,
    `/h5/my-data/${order.orderNo}`,
    `/h5/orders/${order.orderNo}`,
  ]) {
    await page.context().setExtraHTTPHeaders({ 'x-forwarded-for': `10.7.${at.length}.1` });
    await page.goto(phones.api.url + at);
    await page
      .getByText(TURNING)
      .or(page.getByText(TURNING.replace('\u2069', '')))
      .first()
      .waitFor();
    await page.getByLabel('正在加载').waitFor({ state: 'hidden' });
    expect([at, await turned(page)]).toEqual([at, []]);
  }
  await page.context().close();
  expect(phones.errors).toEqual([]);
});
