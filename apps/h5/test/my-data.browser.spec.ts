import { readFileSync } from 'node:fs';
import type { Camp } from '@yajin/contract';
import { expectBooksToAgree, finishedCamp, member, payerOf, person, records } from '@yajin/testing/factories';
import { allProved } from '@yajin/testing/identity';
import { eventually } from '@yajin/testing/api';
import { hold } from '@yajin/testing/scan';
import { Phones } from './phone.js';

let phones: Phones;
beforeAll(async () => {
  phones = await Phones.start();
});
afterAll(() => phones.stop());
afterEach(() => expect(phones.errors).toEqual([]));

it('a member reads and downloads what is held of them, erases it once the money is done, and the books stay in balance', async () => {
  const { api } = phones;
  const { camp, orders, refundIds } = await finishedCamp(api, 2);
  await allProved(api, camp);
  const order = orders[0]!;
  const before = await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket: order.accessToken });
  const page = await phones.open(`/h5/mine`);
  await page.evaluate(
    ([orderNo, ticket, campId]) =>
      localStorage.setItem(
        'yajin.h5.orders',
        JSON.stringify({
          [orderNo]: {
            orderNo,
            ticket,
            campId,
            campName: '营',
            payStatus: 'success',
            bindStatus: 'completed',
            memberId: 1,
            at: 1,
            heardAt: 1,
            payTime: null,
          },
        }),
      ),
    [order.orderNo, order.accessToken, camp.id] as const,
  );
  await page.reload();
  await page.getByRole('link', { name: '个人信息' }).click();
  await page.getByText('微信登录后可见').waitFor();
  const openid = await payerOf(api, order);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: '下载全部内容' }).click(),
  ]);
  expect(JSON.parse(readFileSync(await download.path(), 'utf8'))).toEqual(before.data);
  expect(before.data.checkins).toHaveLength(2);
  const erase = async (): Promise<void> => {
    await page.getByRole('button', { name: '删除我的个人信息' }).click();
    await page.getByRole('button', { name: '确认删除，不能恢复' }).click();
  };
  await erase();
  await page.getByRole('alert').filter({ hasText: '退款尚未到账' }).waitFor();
  for (const id of refundIds) await api.admin('POST', `/api/admin/refunds/${id}/approve`, {});
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success') || null,
    'the refunds',
  );
  await page.reload();
  await erase();
  await page.getByRole('heading', { name: '个人信息已删除' }).waitFor();
  expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(order.orderNo);
  expect(await hold(api, [openid, before.data.planetUserId!, before.data.planetNickname!])).toEqual([]);
  await expectBooksToAgree(api);
  const [sum] = await api.rows<{ fen: number }>(
    `SELECT coalesce(sum(side.fen), 0)::bigint AS fen FROM pay_ledger l, LATERAL (VALUES (l.debit, l.amount_fen), (l.credit, -l.amount_fen)) AS side (account, fen)
     WHERE side.account = 'deposit' AND l.subject = $1`,
    [String(camp.id)],
  );
  // All of it went back: nothing is owed, and nobody's money is lost.
  expect(sum!.fen).toBe(0);
  expect((await records(api, camp)).map(({ refundStatus }) => refundStatus)).toEqual(['success', 'success']);
});

it('who logs in with WeChat sees the other enrolments that it paid, and erases together what is done', async () => {
  const { api } = phones;
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  await allProved(api, camp);
  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === 'success') || null,
    'the refund',
  );
  const before = await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket: orders[0]!.accessToken });
  const openid = await payerOf(api, orders[0]!);
  const going = await member(api, await phones.camp({ startsIn: 5 }), { ...person(), openid });
  const page = await phones.open('/h5/mine');
  await page.getByRole('button', { name: '微信登录' }).click();
  await page.getByRole('button', { name: openid }).click();
  await page.getByRole('link', { name: '看打卡进度' }).first().waitFor();
  await page.goto(`${api.url}/h5/my-data/${going.orderNo}`);
  await page.getByRole('heading', { name: `同一微信付款：${before.data.campName}` }).waitFor();
  await page.getByRole('button', { name: '连同其他 1 个报名一起删除' }).click();
  await page.getByRole('button', { name: '确认删除，不能恢复' }).click();
  await page.getByRole('heading', { name: '个人信息已删除' }).waitFor();
  await page.getByText('训练营尚未结算押金，完成后才能删除个人信息').waitFor();
  const known = await page.evaluate(() => localStorage.getItem('yajin.h5.orders') ?? '');
  expect([known.includes(orders[0]!.orderNo), known.includes(going.orderNo)]).toEqual([false, true]);
  expect(await hold(api, [before.data.planetUserId!, before.data.planetNickname!])).toEqual([]);
  await expectBooksToAgree(api);
  await page.context().close();
});
