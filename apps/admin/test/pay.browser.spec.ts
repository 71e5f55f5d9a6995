import { operator } from '@yajin/testing/operators';
import { Console } from './console.js';
import {
  abnormalRefund,
  failedOwnRefund,
  gymOrder,
  refundApplication,
  served,
  suspendedMoney,
} from './pay.kit.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
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
  await page.getByRole('row').getByText(order.orderNo).click();
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
  let sent = 0;
  page.on('request', (request) => (sent += request.method() === 'POST' ? 1 : 0));
  await asked.getByRole('button', { name: '确认退款 ¥199.00' }).evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await asked.waitFor({ state: 'hidden' });
  await row.getByText('已退款').waitFor();
  expect(sent).toBe(1);
  expect(await row.getByRole('button', { name: /退款/ }).count()).toBe(0);
  await page.context().close();
});

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
});

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
  await row.getByText('已退款').waitFor();
  expect(await row.getByRole('button').count()).toBe(0);
  await page.context().close();
});

it('money in suspense is counted for its order with a reason, and decided once', async () => {
  const [kept, other] = [await suspendedMoney(console_.api), await suspendedMoney(console_.api)];
  const page = await console_.open('/');
  await page.getByRole('link', { name: /挂账款项/ }).click();
  await page.waitForURL(/\/pay\/suspense\?status=pending/);
  const row = page.getByRole('row').filter({ hasText: kept.orderNo });
  for (const shown of ['¥99.00', '¥120.00', '金额与订单不符', '不到 1 天'])
    await row.getByText(shown).waitFor();
  await page.getByRole('button', { name: `计入订单 ${kept.orderNo}` }).click();
  const asked = page.getByRole('dialog', { name: '计入订单' });
  await asked.getByText('将按实际支付的 ¥99.00 计入订单').waitFor();
  const decide = asked.getByRole('button', { name: '确认计入 ¥99.00' });
  await decide.click();
  await asked.getByText('必填').waitFor();
  await asked.getByLabel('理由').fill('会员来电说明');
  await decide.click();
  await asked.waitFor({ state: 'hidden' });
  await row.waitFor({ state: 'detached' });
  await console_.api.quiet();
  await page.getByRole('button', { name: `退回 ${other.orderNo}` }).click();
  const back = page.getByRole('dialog', { name: '退回付款人' });
  await back.getByLabel('理由').fill('会员要求退回');
  const note = { note: '同事先决定了' };
  await console_.api.admin('POST', `/api/admin/pay/suspense/${other.id}/assign`, note);
  await back.getByRole('button', { name: '确认退回 ¥99.00' }).click();
  await back.getByText('该款项已处理').waitFor();
  await page.goto(`${console_.api.url}/admin/pay/suspense?status=assigned&open=${kept.orderNo}`);
  const story = page.getByRole('dialog', { name: '订单' });
  for (const happened of ['付款成功', '记账：挂账计入订单'])
    await story.getByText(happened).first().waitFor();
  await page.context().close();
});

it('an abnormal refund is sent to a bank card from its record, and arrives', async () => {
  const refund = await abnormalRefund(console_.api);
  const page = await console_.open('/refunds/records?refund=failed');
  await page.getByRole('row').filter({ hasText: '失败' }).first().click();
  await page.getByText('会员的支付账户收不了这笔钱').first().waitFor();
  await page.getByRole('link', { name: '到支付中心处理' }).click();
  await page.waitForURL(new RegExp(`/pay/orders\\?open=${refund.orderNo}`));
  const drawer = page.getByRole('dialog', { name: '订单' });
  await drawer.getByRole('button', { name: '改退到其他账户' }).click();
  const form = page.getByRole('dialog', { name: '改退 ¥99.00' });
  await form.getByLabel('开户银行').fill('工商');
  await page.keyboard.press('Enter');
  await form.getByLabel('银行卡号').fill('6222 02');
  await form.getByLabel('持卡人姓名').fill('林小满');
  await form.getByRole('button', { name: '确认改退 ¥99.00' }).click();
  await form.getByText('应为 8 到 32 位数字').waitFor();
  await form.getByLabel('银行卡号').fill('6222 0202 0000 1234 567');
  await form.getByRole('button', { name: '确认改退 ¥99.00' }).click();
  await form.waitFor({ state: 'hidden' });
  await drawer.getByText('退款到账').waitFor();
  expect(await drawer.getByRole('button', { name: '改退到其他账户' }).count()).toBe(0);
  await page.context().close();
});

it('a refund that was paid outside is said by one operator and confirmed by another', async () => {
  const refund = await abnormalRefund(console_.api);
  const number = refund.outRefundNos.at(-1);
  const [first, other] = [
    await console_.open('/pay/refunds'),
    await console_.open('/pay/refunds', { as: await operator(console_.api, 'manager') }),
  ];
  await first.getByRole('button', { name: `处理 ${number}` }).click();
  const said = first.getByRole('dialog', { name: '订单' });
  await said.getByRole('button', { name: '登记线下退款' }).click();
  const form = first.getByRole('dialog', { name: '登记线下退款 ¥99.00' });
  await form.getByLabel('凭据').fill('网银转账，流水号 20261128001');
  await form.getByRole('button', { name: '提交登记' }).click();
  await said.getByText('须由您以外的同事确认').waitFor();
  expect(await said.getByRole('button', { name: '确认线下退款' }).count()).toBe(0);
  await other.reload();
  await other.getByText('线下退款待确认').first().waitFor();
  await other.getByRole('button', { name: `处理 ${number}` }).click();
  const shown = other.getByRole('dialog', { name: '订单' });
  await shown.getByText('网银转账，流水号 20261128001').waitFor();
  await shown.getByRole('button', { name: '确认线下退款' }).click();
  const asked = other.getByRole('dialog', { name: '确认 ¥99.00 已在线下退给付款人？' });
  await asked.getByRole('button', { name: '确认线下退款' }).click();
  await shown.getByText('已确认线下退款').first().waitFor();
  await shown.getByText('记账：线下退款').waitFor();
  await first.context().close();
  await other.context().close();
});

it('a refund that the system began by itself and that failed is tried again after a question, and arrives', async () => {
  const { orderNo, refund } = await failedOwnRefund(console_.api);
  const page = await console_.open('/pay/refunds');
  await page.getByRole('button', { name: `处理 ${refund.outRefundNos.at(-1)}` }).click();
  const drawer = page.getByRole('dialog', { name: '订单' });
  await drawer.getByText(orderNo).first().waitFor();
  await drawer.getByRole('button', { name: '重试退款' }).click();
  const asked = page.getByRole('dialog', { name: '重试退款 ¥199.00？' });
  await asked.getByText('渠道确认关闭了原退款单号时，才会换用新的单号').waitFor();
  await asked.getByRole('button', { name: '重试退款' }).click();
  await drawer.getByText('退款到账').waitFor();
  expect(await drawer.getByRole('button', { name: '重试退款' }).count()).toBe(0);
  await page.context().close();
});

it('a coach finds no payments in the menu, and is refused at their address', async () => {
  const page = await console_.open('/', { as: await operator(console_.api, 'coach') });
  await page.getByRole('heading', { name: '训练营' }).waitFor();
  const entries = await page.getByRole('navigation').getByRole('menuitem').allInnerTexts();
  expect(entries).not.toContain('支付');
  for (const path of ['/pay/orders', '/pay/refunds', '/pay/suspense', '/pay/gym']) {
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
