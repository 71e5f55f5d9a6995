import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import {
  expectBooksToAgree,
  finishedCamp,
  member,
  payerOf,
  person,
  publishedCamp,
  records,
} from '@yajin/testing/factories';
import { allProved } from '@yajin/testing/identity';
import { eventually, TestApi } from '@yajin/testing/api';
import { operator } from '@yajin/testing/operators';
import { hold } from '@yajin/testing/scan';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const at = (orderNo: string): string => `/api/admin/personal-data/${orderNo}`;
const deeds = (orderId: number) =>
  api.auditEntries<{ action: string; username: string }>(
    `SELECT action, username FROM sys_audit WHERE target_type = 'order' AND target_id = $1 ORDER BY id`,
    [String(orderId)],
  );

/** A member whose deposit is sent back, or is on its way. */
async function approved(fault?: object) {
  const { camp, orders, refundIds } = await finishedCamp(api, 1);
  await allProved(api, camp);
  if (fault) await api.control('POST', '/control/faults', fault);
  await api.admin('POST', `/api/admin/refunds/${refundIds[0]}/approve`, {});
  const wanted = fault ? 'failed' : 'success';
  await eventually(
    async () => (await records(api, camp)).every(({ refundStatus }) => refundStatus === wanted) || null,
    'the refund',
  );
  await api.quiet();
  return { camp, order: orders[0]! };
}

it('an admin gets everything that is held of a member, it is recorded each time, and nobody else gets it', async () => {
  const { order } = await approved();
  const mine = await api.call<Camp.MyData>('GET', '/api/h5/my-data', { ticket: order.accessToken });
  const { signedIn: _signedIn, others: _others, ...held } = mine.data;
  const { data, headers } = await api.admin<Camp.PersonalData>('GET', at(order.orderNo));
  expect(data).toEqual({ data: { ...held, openid: await payerOf(api, order) }, erasedAt: null, related: [] });
  expect(headers.get('cache-control')).toBe('no-store');
  const { token } = await operator(api, 'manager');
  for (const method of ['GET', 'DELETE'])
    expect((await api.call(method, at(order.orderNo), { token })).code).toBe(403);
  expect(await deeds(order.orderId)).toEqual([{ action: 'privacy.export', username: 'admin' }]);
  expect((await api.admin('GET', at('ord_of_nobody'))).code).toBe(404);
});

it('other enrolments that may be the same person’s are named with why, and their data is not among it', async () => {
  const who = person();
  const order = await member(api, await publishedCamp(api), who);
  const paid = await member(api, await publishedCamp(api), { ...person(), openid: who.openid });
  const named = await member(api, await publishedCamp(api), { ...person(), planetUserId: who.planetUserId });
  const { data } = await api.admin<Camp.PersonalData>('GET', at(order.orderNo));
  expect(new Map(data.related.map(({ orderNo, by }) => [orderNo, by]))).toEqual(
    new Map([
      [named.orderNo, 'planet'],
      [paid.orderNo, 'payer'],
    ]),
  );
  expect(Object.values(data.data)).not.toContain(paid.orderNo);
});

it('an admin erases a member once the money is done; a second click changes nothing, and the books stay', async () => {
  const open = await member(api, await publishedCamp(api), person());
  expect(await api.admin('DELETE', at(open.orderNo))).toMatchObject({
    code: 409,
    message: '训练营尚未结算押金，完成后才能删除个人信息',
  });
  const { order, camp } = await approved();
  const { data: before } = await api.admin<Camp.PersonalData>('GET', at(order.orderNo));
  const answers = await Promise.all(
    [1, 2].map(() => api.admin<Camp.ErasedData>('DELETE', at(order.orderNo))),
  );
  expect(answers.map(({ code, data }) => [code, data.erased])).toEqual([
    [200, true],
    [200, true],
  ]);
  const { openid, planetUserId, planetNickname } = before.data;
  expect(await hold(api, [openid!, planetUserId!, planetNickname!])).toEqual([]);
  const after = await api.admin<Camp.PersonalData>('GET', at(order.orderNo));
  expect(after.data.erasedAt).not.toBeNull();
  expect(after.data.data).toMatchObject({ openid: null, planetUserId: null, checkins: [] });
  expect((await deeds(order.orderId)).map(({ action, username }) => `${username} ${action}`)).toEqual([
    'admin privacy.export',
    'admin privacy.erase',
    'admin privacy.export',
  ]);
  expect((await records(api, camp)).map(({ refundStatus }) => refundStatus)).toEqual(['success']);
  await expectBooksToAgree(api);
});

it('a refund that failed keeps its member until it has been settled by other means, and no longer', async () => {
  const { order } = await approved({ refundResult: { value: 'ABNORMAL', times: 1 } });
  expect((await api.admin('DELETE', at(order.orderNo))).message).toContain('退款尚未到账');
  const story = await api.admin<Console.OrderStory>('GET', `/api/admin/pay/orders/${order.orderNo}`);
  const outside = `/api/admin/pay/refunds/${story.data.refunds[0]!.id}/outside`;
  await api.admin('POST', outside, { evidence: '银行转账回单 20261129' });
  const { token } = await operator(api, 'manager');
  expect((await api.call('POST', `${outside}/confirm`, { token })).code).toBe(200);
  await api.quiet();
  expect((await api.admin('DELETE', at(order.orderNo))).code).toBe(200);
});
