import { randomUUID } from 'node:crypto';
import type { Console } from '@yajin/contract/console';
import { TestApi } from '@yajin/testing/api';
import { audited } from '@yajin/testing/operators';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const PATH = '/api/admin/pay/differences';

async function difference(day: string, kind = 'payment_unknown'): Promise<number> {
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, row_count, paid_fen, fee_fen) VALUES ('wechat-v3', $1, 'complete', 1, 9900, -5) ON CONFLICT DO NOTHING`,
    [day],
  );
  const number = randomUUID();
  const [row] = await api.rows<{ id: number }>(
    `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at) VALUES ('wechat-v3', $1, $2, $3, $4, 9900, $5) RETURNING id`,
    [day, `${kind}:${number}`, kind, number, api.clock.now()],
  );
  return row?.id ?? 0;
}
const resolve = async (id: number, body: unknown, headers: Record<string, string> = {}) =>
  api.call<Console.PayDifference>('POST', `${PATH}/${id}/resolve`, {
    ...{ body, headers },
    token: await api.adminToken(),
  });

it('bills are listed with their state, their sums and how much of them is open', async () => {
  await difference('2026-10-02');
  await api.rows(
    `INSERT INTO pay_bill (gateway, day, state, reason) VALUES ('wechat-v3', '2026-10-03', 'broken', 'cut off')`,
  );
  const page = await api.admin<Console.PayBillPage>('GET', '/api/admin/pay/bills?gateway=wechat-v3');
  const october = page.data.list.filter(({ day }) => day.startsWith('2026-10'));
  expect(october).toMatchObject([
    { day: '2026-10-03', state: 'broken', reason: 'cut off', rows: 0, fee: null, openDifferences: 0 },
    { day: '2026-10-02', state: 'complete', reason: null, rows: 1, paid: 99, fee: -0.05, openDifferences: 1 },
  ]);
  const broken = await api.admin<Console.PayBillPage>('GET', '/api/admin/pay/bills?state=broken');
  expect(broken.data.list.map(({ day }) => day)).toEqual(['2026-10-03']);
  expect((await api.admin('GET', '/api/admin/pay/bills?state=odd')).status).toBe(400);
});

it('a difference is taken, resolved once with a decision and a note, and audited', async () => {
  const id = await difference('2026-10-04');
  const listed = await api.admin<Console.PayDifferencePage>(
    'GET',
    `${PATH}?state=open&kind=payment_unknown&gateway=wechat-v3`,
  );
  expect(listed.data.list.map((each) => each.id)).toContain(id);
  const taken = await api.admin<Console.PayDifference>('POST', `${PATH}/${id}/take`);
  expect(taken.data).toMatchObject({ owner: 'admin', state: 'open', ours: null, theirs: 99, days: 0 });
  const key = { 'idempotency-key': randomUUID() };
  const decided = { decision: 'not_ours', note: '同一商户号的另一套系统' };
  const [first, second] = [await resolve(id, decided, key), await resolve(id, decided, key)];
  expect(first.data).toMatchObject({ ...decided, state: 'resolved', resolvedBy: 'admin', owner: 'admin' });
  expect(second.data).toEqual(first.data);
  expect((await resolve(id, { decision: 'accepted', note: '改主意' })).status).toBe(409);
  expect((await api.admin('POST', `${PATH}/${id}/take`)).status).toBe(409);
  expect((await api.admin<Console.PayDifference>('GET', `${PATH}/${id}`)).data).toEqual(first.data);
  expect(await audited(api, 'difference', id)).toMatchObject([
    { action: 'difference.take', username: 'admin' },
    { action: 'difference.resolve', username: 'admin', after: decided },
  ]);
});

it('two people who resolve the same difference at once: one does', async () => {
  const id = await difference('2026-10-05');
  const answers = await Promise.all([
    resolve(id, { decision: 'accepted', note: '甲' }),
    resolve(id, { decision: 'corrected', note: '乙' }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
});

it.each([
  [{ decision: 'explained', note: '只有账单能说明' }],
  [{ decision: 'accepted', note: '' }],
  [{ decision: 'accepted' }],
  [{ note: '没有决定' }],
])('is not resolved by %j', async (body) => {
  const id = await difference('2026-10-06');
  expect((await resolve(id, body)).status).toBe(400);
});

it('what is not there is 404', async () => {
  expect((await resolve(999_999, { decision: 'accepted', note: '无' })).status).toBe(404);
  expect((await api.admin('GET', `${PATH}/999999`)).status).toBe(404);
});
