import type { Camp } from '@yajin/contract';
import { Retention } from '../src/system/index.js';
import { decided, member, openOrder, person, publishedCamp } from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const night = (): Promise<void> => api.app.get(Retention).run();
const identityOf = async (order: Camp.CreatedPayment): Promise<(string | null)[]> => {
  const [row] = await api.rows<{ id: string | null; name: string | null }>(
    'SELECT planet_user_id AS id, planet_nickname AS name FROM camp_order WHERE order_id = $1',
    [order.orderId],
  );
  return [row?.id ?? null, row?.name ?? null];
};

it('who began an order and never paid is forgotten after thirty days, and nobody who paid is', async () => {
  const camp = await publishedCamp(api);
  const [late, recent, paid] = [person(), person(), person()];
  const orders = [
    await openOrder(api, camp, late),
    await openOrder(api, camp, recent),
    await member(api, camp, paid),
  ];
  await decided(api, orders[2]!);
  await api.rows(`UPDATE pay_order SET status = 'closed' WHERE id = ANY($1)`, [
    orders.slice(0, 2).map(({ orderId }) => orderId),
  ]);
  const age = (order: Camp.CreatedPayment, days: number): Promise<unknown> =>
    api.rows(
      `UPDATE camp_order SET created_at = created_at - make_interval(days => $2) WHERE order_id = $1`,
      [order.orderId, days],
    );
  await Promise.all([age(orders[0]!, 31), age(orders[1]!, 29), age(orders[2]!, 400)]);
  await night();
  expect(await identityOf(orders[0]!)).toEqual([null, null]);
  expect(await identityOf(orders[1]!)).toEqual([recent.planetUserId, recent.nickname]);
  expect(await identityOf(orders[2]!)).toEqual([paid.planetUserId, paid.nickname]);
});

it('what members wrote goes a year after the camp, their days stay; another setting counts the next night', async () => {
  const camp = await publishedCamp(api);
  const who = person();
  await decided(api, await member(api, camp, who));
  await api.rows(
    `INSERT INTO camp_checkin (camp_id, topic_id, planet_user_ref, checkin_date, checkin_time, content, synced_at)
     SELECT $1, '1', id, $2, now(), '今天跑了五公里', now() FROM planet_user WHERE planet_user_id = $3`,
    [camp.id, camp.start, who.planetUserId],
  );
  const texts = (): Promise<{ content: string }[]> =>
    api.rows('SELECT content FROM camp_checkin WHERE camp_id = $1', [camp.id]);
  expect((await texts())[0]?.content).not.toBe('');
  await api.rows(`UPDATE camp SET start_date = start_date - 400, end_date = end_date - 360 WHERE id = $1`, [
    camp.id,
  ]);
  await night();
  expect((await texts())[0]?.content).not.toBe('');
  await api.admin('PUT', '/api/admin/config', { key: 'retention.checkinDays', value: '100' });
  await night();
  expect(await texts()).toEqual([{ content: '' }]);
});

it('what gateways wrote goes two years after it was applied, what waits for a person does not', async () => {
  const camp = await publishedCamp(api);
  await decided(api, await member(api, camp, person()));
  await api.rows(`UPDATE pay_notification SET received_at = received_at - interval '731 days'`);
  await api.rows(
    `INSERT INTO pay_notification (gateway, event_id, event_type, state, payload, received_at)
     VALUES ('wechat-v3', 'waits', 'X', 'quarantined', '{"a":1}', now() - interval '3 years')`,
  );
  await night();
  const kept = await api.rows<{ event_id: string }>(
    `SELECT event_id FROM pay_notification WHERE payload <> '{}'`,
  );
  expect(kept.map(({ event_id }) => event_id)).toEqual(['waits']);
});

it('what a file of check-ins said goes the night after a day in which nobody took it in', async () => {
  const camp = await publishedCamp(api);
  const content = Buffer.from(`星球ID,昵称,日期\n${person().planetUserId},小林,${camp.start}`).toString(
    'base64',
  );
  const body = { campId: camp.id, fileName: '打卡.csv', content };
  const drafts = (): Promise<unknown[]> =>
    api.rows('SELECT 1 FROM camp_checkin_upload WHERE camp_id = $1', [camp.id]);
  await api.admin('POST', '/api/admin/checkin-uploads', body);
  await night();
  expect(await drafts()).toHaveLength(1);
  await api.rows(`UPDATE camp_checkin_upload SET created_at = created_at - interval '25 hours'`);
  await night();
  expect(await drafts()).toEqual([]);
});

it('the health page tells what was forgotten', async () => {
  const { data } = await api.admin<Camp.SystemHealth>('GET', '/api/admin/system-health');
  expect(JSON.stringify(data)).toMatch(/未付款订单的身份 \d+（累计 1）.*打卡原文 \d+（累计 1）/);
});
