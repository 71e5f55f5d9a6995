import { operator } from '../../api/test/operators.js';
import { Console } from './console.js';
import { gymOrder, refundApplication, served } from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
}, 60_000);
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

it('an order of the gym is found by its number, and its whole story is told', async () => {
  expect(await served(console_.api)).toContain('gym');
  const order = await gymOrder(console_.api);
  const page = await console_.open('/pay/orders');
  await page.getByRole('searchbox').fill(order.orderNo);
  await page.keyboard.press('Enter');
  await page.waitForURL(/keyword=/);
  await page.getByText('共 1 条').waitFor();
  await page.getByRole('row').filter({ hasText: order.orderNo }).click();
  const story = page.getByRole('dialog', { name: '订单' });
  for (const happened of ['创建订单', '发起付款', '付款成功', '收到通知', '记账：收款']) {
    await story.getByText(happened).first().waitFor();
  }
  expect(await story.getByText('¥199.00').count()).toBeGreaterThanOrEqual(3);
  // What is open and found can be sent to a colleague.
  expect(new URL(page.url()).searchParams.get('open')).toBe(order.orderNo);
  await page.context().close();
});

it('a payment of the gym is cancelled after saying what goes back, and its refund arrives', async () => {
  const order = await gymOrder(console_.api);
  const page = await console_.open(`/pay/gym?tab=payments&keyword=${order.orderNo}`);
  const row = page.getByRole('row').filter({ hasText: '月卡' });
  await row.getByText('支付成功').waitFor();
  await page.getByRole('button', { name: '退款 林小满 月卡' }).click();
  const asked = page.getByRole('dialog', { name: '撤销 林小满 的付款并退款 ¥199.00' });
  await asked.getByText('将收回这笔付款给的 30 天会员').waitFor();
  await asked.getByRole('button', { name: '确认退款 ¥199.00' }).click();
  await asked.getByText('必填').waitFor();
  expect(await console_.api.rows('SELECT id FROM gym_refund')).toEqual([]);
  await asked.getByLabel('退款原因（付款人可见）').fill('搬家了');
  await asked.getByRole('button', { name: '确认退款 ¥199.00' }).click();
  await asked.waitFor({ state: 'hidden' });
  await row.getByText('已退款').waitFor({ timeout: 30_000 });
  expect(await row.getByRole('button', { name: /退款/ }).count()).toBe(0);
  await page.context().close();
}, 60_000);

it('a payment of the gym that is used up in part is not cancelled, and the dialog says why', async () => {
  const order = await gymOrder(console_.api);
  await console_.api.quiet();
  await console_.api.rows(
    `UPDATE gym_member m SET membership_until = membership_until - 2 FROM gym_payment p JOIN pay_order o ON o.id = p.order_id
     WHERE m.id = p.member_id AND o.order_no = $1`,
    [order.orderNo],
  );
  const page = await console_.open(`/pay/gym?tab=payments&keyword=${order.orderNo}`);
  await page.getByRole('button', { name: '退款 林小满 月卡' }).click();
  const asked = page.getByRole('dialog', { name: '撤销 林小满 的付款并退款 ¥199.00' });
  await asked.getByLabel('退款原因（付款人可见）').fill('搬家了');
  await asked.getByRole('button', { name: '确认退款 ¥199.00' }).click();
  await asked.getByText('这笔付款的 30 天会员已用去 2 天，不能整笔退款').waitFor();
  await page.context().close();
}, 60_000);

it('a work order’s refund is approved after saying what will happen, and arrives', async () => {
  expect(await served(console_.api)).toContain('work-order');
  const number = await refundApplication(console_.api);
  const page = await console_.open('/pay/work-order?tab=refunds');
  const row = page.getByRole('row').filter({ hasText: number });
  await row.getByText('待处理').waitFor();
  await page.getByRole('button', { name: `通过 ${number}` }).click();
  const asked = page.getByRole('dialog', { name: '退款 ¥50.00' });
  await asked.getByText('将原路退回付款人').waitFor();
  await asked.getByText('退回预付款会关闭这张工单').waitFor();
  const [before] = await console_.api.rows<{ status: string }>('SELECT status FROM work_order_refund');
  expect(before?.status).toBe('pending');
  await asked.getByRole('button', { name: '确认退款 ¥50.00' }).click();
  await asked.waitFor({ state: 'hidden' });
  await row.getByText('已退款').waitFor({ timeout: 30_000 });
  expect(await row.getByRole('button').count()).toBe(0);
  await page.context().close();
}, 60_000);

it('a coach finds no payments in the menu, and is refused at their address', async () => {
  const page = await console_.open('/', { as: await operator(console_.api, 'coach') });
  await page.getByRole('heading', { name: '训练营' }).waitFor();
  const entries = await page.getByRole('navigation').getByRole('menuitem').allInnerTexts();
  expect(entries).not.toContain('支付');
  for (const path of ['/pay/orders', '/pay/refunds', '/pay/gym']) {
    await page.goto(`${console_.api.url}/admin${path}`);
    await page.getByText('无权限').first().waitFor();
  }
  await page.context().close();
});

it('a line that is not served has no entry, and its page says so', async () => {
  const page = await console_.open('/login', { as: null });
  await page.route('**/api/admin/pay/lines', (route) =>
    route.fulfill({ json: { code: 200, message: '成功', data: { list: ['camp'] }, timestamp: 0 } }),
  );
  await page.goto(`${console_.api.url}/admin/pay/gym`);
  await page.getByLabel('用户名').fill('admin');
  await page.getByLabel('密码', { exact: true }).fill('admin123');
  await page.getByRole('button', { name: '登录', exact: true }).click();
  await page.getByText('本部署没有启用这条业务线').waitFor();
  const entries = await page.getByRole('navigation').getByRole('menuitem').allInnerTexts();
  expect(entries).toContain('支付');
  expect(entries).toContain('订单');
  expect(entries).not.toContain('健身房');
  await page.context().close();
});
