import { readFileSync } from 'node:fs';
import type { Camp } from '@yajin/contract';
import { finishedCamp, person, placedOrder, publishedCamp, records } from '@yajin/testing/factories';
import { allProved } from '@yajin/testing/identity';
import { eventually } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { hold } from '@yajin/testing/scan';
import { Console } from './console.js';

let console_: Console;
beforeAll(async () => {
  console_ = await Console.start();
});
afterAll(() => console_.stop());
afterEach(() => expect(console_.errors).toEqual([]));

it('an admin who has made sure who asks exports a member’s data, and erases it once the money is done', async () => {
  const { api } = console_;
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  await allProved(api, camp);
  const { data } = await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket: orders[0]!.accessToken });
  const page = await console_.open(`/members?open=${data.memberId}`);
  await page.getByRole('button', { name: '个人信息请求' }).click();
  const dialog = page.getByRole('dialog', { name: '会员要求查看或删除个人信息' });
  const get = dialog.getByRole('button', { name: '导出（JSON）' });
  expect(await get.isDisabled()).toBe(true);
  await dialog.getByRole('checkbox', { name: '已核实是本人提出' }).check();
  const [download] = await Promise.all([page.waitForEvent('download'), get.click()]);
  const { signedIn: _signedIn, others: _others, ...held } = data;
  const exported = JSON.parse(readFileSync(await download.path(), 'utf8')) as Camp.MyData;
  // A ticket alone does not tell who paid.
  expect(exported).toEqual({ ...held, openid: expect.stringMatching(/^oPayer/) });
  const erase = async (): Promise<void> => {
    await dialog.getByText('仍然保留：订单号').waitFor();
    await dialog.getByRole('button', { name: '删除个人信息' }).click();
    await dialog.getByRole('button', { name: '确认删除，不能恢复' }).click();
  };
  await erase();
  await dialog.getByRole('alert').filter({ hasText: '退款尚未到账，完成后才能删除个人信息' }).waitFor();
  expect(await hold(api, [data.planetUserId!])).not.toEqual([]);

  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success') || null,
    'the refund',
  );
  await api.quiet();
  await dialog.getByRole('button', { name: '确认删除，不能恢复' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText(`已删除 ${data.memberId}`).first().waitFor();
  expect(await hold(api, [exported.openid!, data.planetUserId!, data.planetNickname!])).toEqual([]);
  await page.goto(`${api.url}/admin/system/logs`);
  await page.getByRole('cell', { name: '删除个人信息' }).waitFor();
  await page.context().close();
});

it('an order that made no member is answered for from the payments', async () => {
  const { api } = console_;
  const order = await placedOrder(api, await publishedCamp(api), person());
  const page = await console_.open(`/pay/orders?open=${order.orderNo}`);
  await page.getByRole('button', { name: '个人信息请求' }).click();
  const dialog = page.getByRole('dialog', { name: '会员要求查看或删除个人信息' });
  await dialog.getByRole('checkbox', { name: '已核实是本人提出' }).check();
  await dialog.getByRole('button', { name: '删除个人信息' }).click();
  await dialog.getByRole('button', { name: '确认删除，不能恢复' }).click();
  await dialog.getByRole('alert').filter({ hasText: '订单尚未支付或关闭' }).waitFor();
  await page.context().close();
});

it('nobody but an admin is offered it', async () => {
  const { api } = console_;
  const { orders } = await finishedCamp(api, 1);
  const { data } = await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket: orders[0]!.accessToken });
  const page = await console_.open(`/members?open=${data.memberId}`, { as: await operator(api, 'manager') });
  await page.getByRole('button', { name: '解除匹配' }).waitFor();
  expect(await page.getByRole('button', { name: '个人信息请求' }).count()).toBe(0);
  await page.context().close();
});
