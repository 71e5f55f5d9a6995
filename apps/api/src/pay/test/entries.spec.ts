import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { Refunds } from '@yajin/payment';
import { TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';

let api: TestApi;
let first: MadeOperator;
let second: MadeOperator;
beforeAll(async () => {
  api = await TestApi.start();
  first = await operator(api, 'finance');
  second = await operator(api, 'finance');
});
afterAll(() => api.stop());

const PATH = '/api/admin/pay/entries';
const by = (who: MadeOperator, path: string, body: unknown = {}) =>
  api.call<Console.PayEntry>('POST', PATH + path, { body, token: who.token });

type Paid = Pick<Camp.CreatedPayment, 'orderId' | 'orderNo'>;

/** Somebody who has paid a deposit of 99. */
async function paid(): Promise<Paid> {
  const order = await member(api, await publishedCamp(api, { deposit: 99 }), person());
  await api.quiet();
  return { orderId: order.orderId, orderNo: order.orderNo };
}

type Given = Partial<Console.ProposePayEntry> & { orderNo: string };
const propose = ({ orderNo, ...change }: Given) =>
  by(first, '', {
    orderNo,
    debit: change.debit ?? 'deposit',
    credit: change.credit ?? 'income',
    amount: change.amount ?? 30,
    reason: '会员书面放弃部分押金',
    evidence: change.evidence ?? '2026-11-28 的邮件',
  });
const posted = async (order: Paid) =>
  api.rows<{ debit: string; credit: string; amount_fen: number }>(
    `SELECT debit, credit, amount_fen FROM pay_ledger WHERE order_id = $1 AND source LIKE 'entry:%' ORDER BY id`,
    [order.orderId],
  );
const refundable = (order: Paid) => api.app.get(Refunds).remainder(api.db, order.orderId);

it('an entry is nothing until another person confirms it; then it is posted once, and only an entry takes it back', async () => {
  const order = await paid();
  const { data: entry } = await propose(order);
  expect(entry).toMatchObject({ state: 'proposed', amount: 30, line: 'camp', proposedBy: first.username });
  expect(await posted(order)).toEqual([]);
  expect((await by(first, `/${entry.id}/confirm`)).status).toBe(403);
  const confirmed = await Promise.all([
    by(second, `/${entry.id}/confirm`),
    by(second, `/${entry.id}/confirm`),
  ]);
  expect(confirmed.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await posted(order)).toEqual([{ debit: 'deposit', credit: 'income', amount_fen: 3000 }]);
  expect(await refundable(order)).toBe(6900);
  expect((await by(second, `/${entry.id}/refuse`, { note: '太晚' })).status).toBe(409);
  const grounds = { reason: '会员改主意了', evidence: '2026-11-29 的邮件' };
  const { data: back } = await by(second, `/${entry.id}/reverse`, grounds);
  expect(back).toMatchObject({ reverses: entry.id, debit: 'income', credit: 'deposit', amount: 30 });
  expect((await by(first, `/${entry.id}/reverse`, grounds)).status).toBe(409);
  expect((await by(second, `/${back.id}/confirm`)).status).toBe(403);
  expect((await by(first, `/${back.id}/confirm`)).status).toBe(200);
  expect(await refundable(order)).toBe(9900);
  const list = await api.admin<Console.PayEntryPage>('GET', `${PATH}?state=posted&pageSize=2`);
  expect(list.data.list).toMatchObject([
    { id: back.id, reverses: entry.id, reversedBy: null },
    { id: entry.id, reversedBy: back.id, decidedBy: second.username },
  ]);
  expect(
    (await audited(api, 'pay_entry', entry.id)).map(({ action, username }) => [action, username]),
  ).toEqual([
    ['pay_entry.propose', first.username],
    ['pay_entry.confirm', second.username],
  ]);
});

it('what can be refunded never goes below zero, however many entries and refunds meet', async () => {
  const order = await paid();
  const entries = [await propose({ ...order, amount: 60 }), await propose({ ...order, amount: 60 })];
  const answers = await Promise.all(entries.map(({ data }) => by(second, `/${data.id}/confirm`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.message).toContain('超过');
  expect(await refundable(order)).toBe(3900);
  // The one that was not posted still waits: nothing of it is there.
  const waiting = await api.admin<Console.PayEntryPage>('GET', `${PATH}?state=proposed`);
  expect(waiting.data.list.filter(({ orderNo }) => orderNo === order.orderNo)).toHaveLength(1);
  // Nor comes more back to a deposit than was taken out of it.
  const more = await propose({ ...order, debit: 'income', credit: 'deposit', amount: 61 });
  expect((await by(second, `/${more.data.id}/confirm`)).status).toBe(409);
  expect(await refundable(order)).toBe(3900);
});

it('an entry that is refused posts nothing, and says why', async () => {
  const order = await paid();
  const { data: entry } = await propose({ ...order, debit: 'clearing', credit: 'income' });
  expect((await by(second, `/${entry.id}/refuse`, { note: '' })).status).toBe(400);
  const refused = await by(second, `/${entry.id}/refuse`, { note: '凭证不清楚' });
  expect(refused.data).toMatchObject({ state: 'refused', note: '凭证不清楚', decidedBy: second.username });
  expect((await by(second, `/${entry.id}/confirm`)).status).toBe(409);
  expect(await posted(order)).toEqual([]);
});

it.each([
  ['the gateway’s money and a deposit', { debit: 'deposit', credit: 'clearing' }, 409],
  ['an account and itself', { debit: 'income', credit: 'income' }, 409],
  ['an account that is not people’s to post to', { debit: 'suspense' }, 400],
  ['accounts of an order that is not there', { orderNo: 'ord_nothing' }, 409],
  ['accounts without evidence', { evidence: '' }, 400],
  ['accounts for nothing', { amount: 0 }, 400],
  ['accounts for less than a fen', { amount: 0.001 }, 400],
])('none is proposed between %s', async (_, change, status) => {
  const order = await paid();
  expect((await propose({ ...order, ...(change as object) })).status).toBe(status);
  expect((await by(first, '/987654321/confirm')).status).toBe(404);
});
