import { finishedCamp, member, payByCode, person, publishedCamp } from '@yajin/testing/factories';
import { operator } from '@yajin/testing/operators';
import { Console } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

it('an order is found by a part of the nickname, names member, camp and payer, and leads to each and back', async () => {
  const [camp, who] = [await publishedCamp(console_.api), { ...person(), nickname: '深圳·李雷' }];
  const { orderNo } = await member(console_.api, camp, who);
  await member(console_.api, camp, person());
  const again = await member(console_.api, await publishedCamp(console_.api), who);
  const page = await console_.open('/pay/orders');
  await page.getByRole('searchbox', { name: '昵称、用户 ID，或完整的单号' }).fill('李雷');
  await page.keyboard.press('Enter');
  await page.getByText('共 2 条').waitFor();
  const row = page.getByRole('row').filter({ hasText: orderNo });
  // The link opens the member, not the row.
  await row.getByRole('link', { name: '深圳·李雷' }).click();
  await page.waitForURL(/\/members\?open=\d+$/);
  const shown = page.getByRole('dialog', { name: /深圳·李雷/ });
  await shown.getByRole('link', { name: orderNo }).click();
  await page.waitForURL(new RegExp(`/pay/orders\\?open=${orderNo}`));
  const story = page.getByRole('dialog', { name: '订单' });
  await story.getByRole('link', { name: '同一付款人的订单' }).click();
  await page.getByText(`与 ${orderNo} 同一付款人`).waitFor();
  await page.getByText('共 2 条').waitFor();
  await page.getByRole('row').filter({ hasText: again.orderNo }).waitFor();
  await page
    .getByRole('row')
    .filter({ hasText: orderNo })
    .getByRole('link', { name: /训练营/ })
    .click();
  await page.waitForURL(new RegExp(`/camps/${camp.id}$`));
  await page.context().close();
});

it('a refund is found by the nickname, and leads to its member and to the camp’s record of it and back', async () => {
  const { orders, refundIds } = await finishedCamp(console_.api, 1);
  await console_.api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
  await console_.api.quiet();
  const [who] = await console_.api.rows<{ name: string }>(
    'SELECT planet_nickname AS name FROM camp_order o JOIN pay_order p ON p.id = o.order_id WHERE p.order_no = $1',
    [orders[0]!.orderNo],
  );
  const page = await console_.open(`/pay/refunds?keyword=${encodeURIComponent(who!.name)}`);
  await page.getByText('共 1 条').waitFor();
  const row = page.getByRole('row').filter({ hasText: '已退款' });
  await row.getByRole('link', { name: who!.name }).waitFor();
  await row.click();
  await page
    .getByRole('dialog', { name: '订单' })
    .getByRole('link', { name: `#${refundIds[0]}` })
    .click();
  await page.waitForURL(new RegExp(`/refunds/records\\?open=${refundIds[0]}`));
  const record = page.getByRole('dialog', { name: '退款' });
  await record.getByRole('link', { name: who!.name }).waitFor();
  await record.getByRole('link', { name: orders[0]!.orderNo }).click();
  await page.getByRole('dialog', { name: '订单' }).getByText('退款到账').first().waitFor();
  await page.context().close();
});

it('money without a camp says which member paid it, and is found by that member’s nickname', async () => {
  const [camp, who] = [await publishedCamp(console_.api), { ...person(), nickname: '韩梅梅' }];
  await member(console_.api, camp, who);
  await payByCode(console_.api, camp, who, 100);
  await console_.api.quiet();
  await payByCode(console_.api, camp, person(), 200);
  await console_.api.quiet();
  const page = await console_.open('/refunds/unallocated');
  await page.getByText('共 2 条').waitFor();
  await page.getByText('没有其他订单').waitFor();
  await page.getByRole('searchbox', { name: '昵称、星球 ID，或完整的单号' }).fill('梅梅');
  await page.keyboard.press('Enter');
  await page.getByText('共 1 条').waitFor();
  await page.getByRole('row').filter({ hasText: '¥1.00' }).getByRole('link', { name: '韩梅梅' }).click();
  await page.waitForURL(/\/members\?open=\d+$/);
  await page.context().close();
});

it('an accountant, who may not see members, reads their names without a way to them', async () => {
  const [camp, who] = [await publishedCamp(console_.api), { ...person(), nickname: '只读的人' }];
  const { orderNo } = await member(console_.api, camp, who);
  const page = await console_.open(`/pay/orders?keyword=${orderNo}`, {
    as: await operator(console_.api, 'finance'),
  });
  const row = page.getByRole('row').filter({ hasText: orderNo });
  await row.getByText('只读的人').waitFor();
  expect(await row.getByRole('link', { name: '只读的人' }).count()).toBe(0);
  await row.getByRole('link', { name: /训练营/ }).waitFor();
  await page.context().close();
});
