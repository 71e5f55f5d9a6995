import type { Camp } from '@yajin/contract';
import { StatementMatching } from '@yajin/payment';
import { eventually, TestApi } from '@yajin/testing/api';
import { openOrder, pay, person, statusOf, decided } from '@yajin/testing/factories';
import { AlertUpkeep } from '../src/pay/alert-upkeep.js';
import { CROWD, CROWDED, fillCrowd, NEW_CAMP, planetUserOf, POPULAR, QUIET_DAYS_AGO } from './crowd.kit.js';
import { Explainer, type Explained } from './explained.kit.js';

/** Pages of 8 kB that any statement may look at unless it is named below: as many as some dozen rows take, each by its index. */
const USUAL = 300;

/** What costs more, by how it begins or what is peculiar to it: how many pages it may look at among 200,000 rows, and why it may. */
const DEAR: { of: RegExp; buffers: number; scans?: string[]; why: string }[] = [
  { of: /^INSERT INTO list_anchor/, buffers: 4_000, why: 'once in a thousand new rows (ADR 13)' },
  {
    of: /^SELECT count\(\*\) AS total FROM/,
    buffers: 1_500,
    why: 'a list says how many there are: an index, and no row',
  },
  {
    of: /pay_refund_paused\(r\.source\) AS pause, x\.evidence/,
    buffers: 400,
    why: 'each of a page’s refunds: whether it is held, or waits for the balance, too',
  },
  {
    of: /AS nickname.* FROM camp_refund r/,
    buffers: 1_200,
    why: 'each of a page’s records: who claims its planet user, too',
  },
  {
    of: /^SELECT k.checkin_date AS date, count/,
    buffers: 2_500,
    why: 'kept (KeptFigures): a day’s place in the index, and no check-in',
  },
  { of: /^SELECT m.camp_id AS "campId", count/, buffers: 7_000, scans: ['camp_member'], why: 'kept' },
  { of: /^SELECT count\(\*\) AS members FROM camp_member/, buffers: 1_000, why: 'kept' },
  { of: /^SELECT checkin_count AS days/, buffers: 1_000, why: 'kept' },
  { of: /^SELECT count\(\*\) FILTER .* FROM camp_refund WHERE camp_id/, buffers: 1_000, why: 'kept' },
  {
    of: /^SELECT sum\(amount_fen\) FILTER .* FROM camp_refund r/,
    buffers: 12_000,
    scans: ['camp_refund', 'pay_ledger'],
    why: 'kept',
  },
  {
    of: /^SELECT subject, sum\(CASE WHEN credit = 'deposit'/,
    buffers: 5_000,
    scans: ['pay_ledger'],
    why: 'kept: where the deposits are is the sum of what is booked',
  },
  {
    of: /^SELECT camp_id, sum\(owed_fen\)/,
    buffers: 8_000,
    scans: ['camp_refund', 'pay_ledger'],
    why: 'kept: what the books have in hand of each refund that is to arrive',
  },
  { of: /^SELECT to_char\(paid_at AT/, buffers: 7_000, scans: ['camp_member'], why: 'kept' },
  {
    of: /^SELECT (o|r).id FROM pay_(order o|refund r) WHERE (o|r).id = ANY/,
    buffers: 3_500,
    why: 'the newest of up to 500 orders of whoever is called so, each by its index',
  },
  {
    of: /^SELECT account, sum\("amountFen"\)/,
    buffers: 5_000,
    scans: ['pay_ledger'],
    why: 'what accounts hold is the sum of what is booked, asked for by operators with the connections of statistics',
  },
  {
    of: /^WITH billed AS \(SELECT \* FROM pay_bill_row/,
    buffers: 1_000,
    why: 'a day’s reading: each of its forty movements and forty lines of a bill by its numbers',
  },
  {
    of: /^WITH mine AS \(SELECT our_no, gateway_no FROM pay_movement/,
    buffers: 2_500,
    why: 'a day’s reading: each of those by its trade, with what is booked of it',
  },
  { of: /^WITH mine AS \(SELECT \* FROM pay_movement/, buffers: 700, why: 'a day’s reading, too' },
];

let api: TestApi;
// Before any connection is made.
const explainer = new Explainer();

beforeAll(async () => {
  api = await TestApi.start();
  await fillCrowd(api.env.databaseMigrationUrl ?? '');
  await api.adminToken();
});
afterAll(() => api.stop());

/** As the factories know a camp. */
const CAMP = { id: NEW_CAMP, start: '', end: '', checkinId: '1', deposit: 99 };

async function tooDear(work: () => Promise<unknown>): Promise<string[]> {
  const heard = await explainer.during(work);
  expect(heard.length).toBeGreaterThan(0);
  return [...new Set(heard.flatMap(complaint))];
}

function complaint({ sql, buffers, scanned }: Explained): string[] {
  const known = DEAR.find(({ of }) => of.test(sql));
  const scans = scanned.filter((table) => CROWDED.includes(table) && !known?.scans?.includes(table));
  const bound = known?.buffers ?? USUAL;
  if (buffers <= bound && scans.length === 0) return [];
  return [`${buffers} buffers, ${bound} allowed; scans [${scans.join()}]: ${sql.slice(0, 600)}`];
}

const page = (path: string) => async (): Promise<void> => {
  const { status, message } = await api.admin('GET', `/api/admin/${path}`);
  if (status !== 200) throw new Error(`${path}: ${status} ${message}`);
};

it(`enrolling, waiting, paying and refunding in a camp that twenty thousand have enrolled in today look at a few rows among ${CROWD.toLocaleString('en')}`, async () => {
  const who = person();
  let order: Camp.CreatedPayment | undefined;
  expect(await tooDear(async () => (order = await openOrder(api, CAMP, who)))).toEqual([]);
  const placed = order!;
  expect(await tooDear(() => statusOf(api, placed, 1))).toEqual([]);
  const paid = async (): Promise<void> => {
    await pay(api, placed, who);
    await decided(api, placed);
    await api.quiet();
  };
  expect(await tooDear(paid)).toEqual([]);
  await api.rows(
    `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, match_confidence, match_method, checkin_count,
       required_days, created_at)
     SELECT camp_id, id, order_id, pay_fen, 'pending', 100, 'user_fill', 7, 7, now() FROM camp_member WHERE order_id = $1`,
    [placed.orderId],
  );
  expect(await tooDear(() => refunded(placed.orderId))).toEqual([]);
  expect(await tooDear(() => statusOf(api, placed))).toEqual([]);
});

async function refunded(orderId: number): Promise<void> {
  const [record] = await api.rows<{ id: number }>('SELECT id FROM camp_refund WHERE order_id = $1', [
    orderId,
  ]);
  const { message } = await api.admin('POST', `/api/admin/refunds/${record?.id}/approve`, {});
  await eventually(
    async () =>
      (await api.rows(`SELECT 1 FROM pay_refund WHERE order_id = $1 AND status = 'success'`, [orderId]))
        .length > 0,
    `the refund of order ${orderId} (${message})`,
  );
  await api.quiet();
}

it('a page that waits for its payment asks the database once in two seconds, not several times in one', async () => {
  const order = await openOrder(api, CAMP, person());
  const heard = await explainer.during(() => statusOf(api, order, 4));
  expect(heard.filter(({ sql }) => sql.startsWith('SELECT o.id AS order_id')).length).toBeLessThanOrEqual(6);
});

it('an index that is missing is found', async () => {
  const [index] = await api.rows<{ sql: string }>(
    `SELECT pg_get_indexdef('camp_refund_order'::regclass) AS sql`,
  );
  const order = await openOrder(api, CAMP, person());
  await api.rows('DROP INDEX camp_refund_order');
  const found = await tooDear(() => statusOf(api, order));
  await api.rows(index?.sql ?? '');
  expect(found).toEqual([expect.stringContaining('scans [camp_refund]: SELECT o.id AS order_id')]);
});

it('whether the causes of open alerts are gone is looked up by what each is about', async () => {
  await api.rows(
    `INSERT INTO sys_alert (key, kind, title, detail, params)
     SELECT kind || ':wechat-v3:event' || n, kind || CASE kind WHEN 'notification' THEN '-quarantined' ELSE '' END, 'x', 'x',
       jsonb_build_object('gateway', 'wechat-v3', 'order', n, 'refund', n, 'suspense', n)
     FROM generate_series(1, 2) n, unnest($1::text[]) kind`,
    [['notification', 'refund-failed', 'refund-slow', 'delivery-failing', 'suspense', 'camp-unallocated']],
  );
  expect(await tooDear(() => api.app.get(AlertUpkeep).resolve())).toEqual([]);
  await api.rows(`DELETE FROM sys_alert WHERE title = 'x'`);
});

it('a day of the merchant’s account is held against bills and books at the price of its own lines, and of what they name', async () => {
  const [quiet] = await api.rows<{ day: string }>(`SELECT (current_date - ${QUIET_DAYS_AGO})::text AS day`);
  const match = () => api.app.get(StatementMatching).matchAround('wechat-v3', quiet?.day ?? '');
  expect(await tooDear(match)).toEqual([]);
  await api.rows('DELETE FROM pay_difference');
});

it('enrolling as somebody who has enrolled is refused at the price of a few rows', async () => {
  const body = { campId: NEW_CAMP, planetUserId: planetUserOf(CROWD + 7), planetNickname: 'x' };
  expect(await tooDear(() => api.call('POST', '/api/h5/payments', { body }))).toEqual([]);
});

it('what looks for due work every moment costs the same however much is done already', async () => {
  const meanwhile = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 6_000));
  expect(await tooDear(meanwhile)).toEqual([]);
});

it.each([
  'members?',
  `members?campId=${POPULAR}&`,
  'members/77?',
  `checkins/records?campId=${POPULAR}&`,
  'camps?withMoney=true&',
  'refunds/records?',
  `refunds/records?campId=${POPULAR}&`,
  'refunds/pending?',
  'pay/orders?',
  'pay/refunds?',
  `pay/orders?keyword=${encodeURIComponent('学员77777')}&`,
  `pay/refunds?keyword=${encodeURIComponent('学员77777')}&`,
  // Everybody is called so.
  `pay/orders?keyword=${encodeURIComponent('学员')}&`,
  `pay/refunds?keyword=${encodeURIComponent('员')}&`,
  // Nobody is, though each part of it is in many names.
  `pay/orders?keyword=${encodeURIComponent('7学员77')}&`,
  `pay/orders?keyword=${encodeURIComponent('4200077')}&`,
  `pay/orders?line=camp&subject=${POPULAR}&`,
  'pay/orders?payerOf=ord_00000000-0000-4000-8000-000000000077&',
  `unallocated?keyword=${encodeURIComponent('学员')}&`,
  'notifications?',
  'camps?',
  'logs?',
  'ledger?',
  'pay/alerts?',
  'jobs?',
  'unallocated?',
  'pay/work?',
  'pay/suspense?',
  'pay/differences?',
  'pay/statements?',
  'pay/withdrawals?',
  'users?',
  'system-health?',
  'pay/orders/ord_00000000-0000-4000-8000-000000000077?',
])('the console asks for the first page of /api/admin/%s at the price of its rows', async (path) => {
  const paged =
    path.includes('/77') || path.includes('ord_') || path.startsWith('system') ? '' : 'page=1&pageSize=20';
  expect(await tooDear(page(path + paged))).toEqual([]);
});

it('a page of a day’s movements is asked for at the price of the day’s lines', async () => {
  const [yesterday] = await api.rows<{ day: string }>(`SELECT (current_date - 1)::text AS day`);
  const path = `pay/statements/wechat-v3/${yesterday?.day ?? ''}/movements?page=1&pageSize=20`;
  expect(await tooDear(page(path))).toEqual([]);
});

it.each([`h5/camps/${NEW_CAMP}`, 'h5/camps?status=enrolling'])(
  'anybody may ask for /api/%s',
  async (path) => {
    expect(await tooDear(() => api.call('GET', `/api/${path}`))).toEqual([]);
  },
);

it.each([`checkins/stats/${POPULAR}`, `stats/camps/${POPULAR}`, 'stats/overview'])(
  'the figures of /api/admin/%s read an index, not the rows of everybody',
  async (path) => expect(await tooDear(page(path))).toEqual([]),
);
