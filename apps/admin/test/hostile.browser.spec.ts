import { HOSTILE, HOSTILE_COUNT } from '@yajin/testing/hostile';
import { Onlooker } from '@yajin/testing/onlooker';
import { payByCode, person } from '@yajin/testing/factories';
import { Console, DESKTOP } from './console.js';
import { plant } from './hostile.kit.js';
import { abnormalRefund, differingBill, fillLines, suspendedMoney } from './pay.kit.js';

const NARROW = { width: 390, height: 844 };

let console_: Console;
let campId: number;
let differing: Awaited<ReturnType<typeof differingBill>>;
let onlooker: Onlooker;
beforeAll(async () => {
  console_ = await Console.start();
  await fillLines(console_.api);
  await suspendedMoney(console_.api);
  await abnormalRefund(console_.api);
  differing = await differingBill(console_.api);
  await payByCode(console_.api, { id: 987_654_321 }, person());
  campId = (await plant(console_.api)).id;
  const page = await console_.open('/');
  onlooker = await Onlooker.at(page, [console_.api.url], '.ant-skeleton-active, .ant-spin-spinning');
  await page.goto(`${console_.api.url}/admin/`);
});
afterAll(() => console_.stop());
beforeEach(() => onlooker.troubles.splice(0));

/** The texts of one column. */
async function column(sql: string): Promise<string[]> {
  const found = await console_.api.rows<{ t: string | null }>(sql);
  return found.flatMap(({ t }) => t ?? []);
}

/** Opens a page at both sizes. @param shown what must stand there as it was written */
async function walk(at: string, shown: string[] = [], both = true): Promise<void> {
  await onlooker.page.setViewportSize(DESKTOP);
  await onlooker.follow(`/admin${at}`);
  await onlooker.page.getByRole('heading').first().waitFor();
  await onlooker.look(shown);
  await onlooker.measure();
  if (!both) return;
  await onlooker.page.setViewportSize(NARROW);
  await onlooker.page.getByRole('button', { name: '打开菜单' }).waitFor();
  await onlooker.look();
  await onlooker.measure();
}

const SHOWN = {
  camp: 'SELECT name AS t FROM camp WHERE id = :camp',
  member:
    'SELECT unnest(ARRAY[filled_planet_nickname, filled_wechat_nickname]) AS t FROM camp_member WHERE id = :member',
  pending: 'SELECT filled_planet_nickname AS t FROM camp_member WHERE id = :member',
  record: 'SELECT unnest(ARRAY[reason, auditor]) AS t FROM camp_refund WHERE id = :record',
  task: 'SELECT title AS t FROM task_task',
  gymMembers: 'SELECT name AS t FROM gym_member',
  gymOffers: 'SELECT name AS t FROM gym_offer',
  courses: 'SELECT title AS t FROM course_course',
  bookings: `SELECT title AS t FROM course_booking WHERE type = 'appointment'`,
  workOrders: 'SELECT description AS t FROM work_order',
  services: 'SELECT unnest(ARRAY[name, note]) AS t FROM work_order_service_type',
  asked: 'SELECT reason AS t FROM work_order_refund',
  payOrder: 'SELECT description AS t FROM pay_order WHERE order_no = :order',
  payRefunds: 'SELECT reason AS t FROM pay_refund',
  // Of what has a code, the title is ours.
  alerts: 'SELECT title AS t FROM sys_alert WHERE kind IS NULL',
  alert: 'SELECT detail AS t FROM sys_alert WHERE id = :alert',
  stops: 'SELECT unnest(ARRAY[reason, note]) AS t FROM pay_stop',
  brokenBills: `SELECT reason AS t FROM pay_bill WHERE state = 'broken'`,
  billLines: `SELECT transaction_id AS t FROM pay_bill_row WHERE gateway || '/' || day = :bill`,
  differences: 'SELECT unnest(ARRAY[out_trade_no, owner]) AS t FROM pay_difference',
  decision: 'SELECT unnest(ARRAY[note, owner]) AS t FROM pay_difference WHERE id = :resolved',
  deed: `SELECT after->>'name' AS t FROM sys_audit WHERE id = :deed`,
};

/** The other pages that show what people, planets and gateways say, and what of it must stand there. */
const PAGES: [at: string, shown?: keyof typeof SHOWN][] = [
  ['/'],
  ['/camps/new'],
  ['/camps/:camp', 'camp'],
  ['/camps/:draft/edit'],
  ['/members?open=:member', 'member'],
  ['/checkins'],
  ['/refunds/pending?camp=:camp'],
  ['/refunds/pending?camp=:camp&id=:pending', 'pending'],
  ['/refunds/records?camp=:camp'],
  ['/refunds/records?open=:record', 'record'],
  ['/refunds/unallocated'],
  ['/pay/orders?line=camp'],
  ['/pay/orders?open=:order', 'payOrder'],
  ['/pay/refunds', 'payRefunds'],
  ['/pay/suspense'],
  ['/pay/stops', 'stops'],
  ['/pay/alerts?pageSize=100', 'alerts'],
  ['/pay/alerts?open=:alert', 'alert'],
  ['/pay/bills?month=:month', 'brokenBills'],
  ['/pay/bills/:bill', 'billLines'],
  ['/pay/differences', 'differences'],
  ['/pay/differences?open=:resolved', 'decision'],
  ['/pay/approvals'],
  ['/pay/course', 'courses'],
  ['/pay/course?tab=appointments', 'bookings'],
  ['/pay/gym', 'gymMembers'],
  ['/pay/gym?tab=payments'],
  ['/pay/gym?tab=offers', 'gymOffers'],
  ['/pay/task', 'task'],
  ['/pay/work-order', 'workOrders'],
  ['/pay/work-order?tab=refunds', 'asked'],
  ['/pay/work-order?tab=types', 'services'],
  ['/reports?campId=:camp', 'camp'],
  ['/account'],
  ['/system/users?open=:user'],
  ['/system/config'],
  ['/system/logs?pageSize=100&open=:deed', 'deed'],
  ['/system/notifications'],
  ['/system/ledger'],
  ['/system/health'],
];

const HUNDREDS: [name: string, at: () => string, texts: string][] = [
  ['names of camps', () => '/camps?', 'SELECT name AS t FROM camp ORDER BY id DESC'],
  [
    'nicknames',
    () => `/members?campId=${campId}&`,
    'SELECT filled_planet_nickname AS t FROM camp_member WHERE camp_id = :camp ORDER BY id DESC',
  ],
  [
    'texts of check-ins',
    () => `/checkins?camp=${campId}&`,
    'SELECT content AS t FROM camp_checkin WHERE camp_id = :camp ORDER BY checkin_time DESC, id DESC',
  ],
  ['names of operators', () => '/system/users?', 'SELECT real_name AS t FROM sys_user'],
  ['deeds', () => '/system/logs?', 'SELECT username AS t FROM sys_audit ORDER BY id DESC LIMIT 200'],
];

it('200 texts, all different', () => {
  expect(new Set(HOSTILE).size).toBe(HOSTILE_COUNT);
});

it.each(HUNDREDS)('200 %s are shown as they were written, and are nothing else', async (_, at, texts) => {
  const written = await column(texts.replace(':camp', String(campId)));
  expect(new Set(written).size).toBeGreaterThanOrEqual(HOSTILE_COUNT - 2);
  const seen: string[] = [];
  for (let page = 1; page <= Math.ceil(written.length / 100); page += 1) {
    await walk(`${at()}pageSize=100&page=${page}`, [], page === 1);
    seen.push((await onlooker.page.textContent('body')) ?? '');
  }
  const all = seen.join('\n');
  expect(written.filter((text) => !all.includes(text))).toEqual([]);
  expect(onlooker.troubles).toEqual([]);
});

it('every other page shows them as text', async () => {
  const one = async (sql: string): Promise<string> => (await column(sql))[0] ?? '';
  const ids: Record<string, string> = {
    camp: String(campId),
    draft: await one(`SELECT id::text AS t FROM camp WHERE status = 'draft' LIMIT 1`),
    member: await one(
      `SELECT member_id::text AS t FROM camp_refund WHERE camp_id = ${campId} AND audit_status = 'pending' LIMIT 1`,
    ),
    record: await one(
      `SELECT id::text AS t FROM camp_refund WHERE camp_id = ${campId} AND audit_status = 'rejected' LIMIT 1`,
    ),
    order: await one(`SELECT order_no AS t FROM pay_order WHERE line = 'gym' LIMIT 1`),
    alert: await one(
      `SELECT id::text AS t FROM sys_alert WHERE detail LIKE '%<%>%' OR detail LIKE '%{0}%' LIMIT 1`,
    ),
    user: await one(`SELECT max(id)::text AS t FROM sys_user`),
    ...{ bill: differing.bill, month: differing.month, resolved: String(differing.resolved) },
    deed: await one(`SELECT (max(id) - 3)::text AS t FROM sys_audit WHERE target_id LIKE '%hostile%'`),
  };
  ids['pending'] = await one(`SELECT id::text AS t FROM camp_refund WHERE member_id = ${ids['member']}`);
  const filled = (text: string, quote = ''): string =>
    text.replace(/:(\w+)/g, (_all, name: string) => `${quote}${ids[name]}${quote}`);
  for (const [at, shown] of PAGES)
    await walk(filled(at), shown ? await column(filled(SHOWN[shown], "'")) : []);
  expect(onlooker.troubles).toEqual([]);
});

it('dialogs that name people and camps show them as text', async () => {
  const { page } = onlooker;
  const dialog = page.getByRole('dialog');
  const looked = async (): Promise<void> => {
    await dialog.last().waitFor();
    await onlooker.settled();
    await onlooker.look();
    await onlooker.measure();
    await dialog
      .last()
      .getByRole('button', { name: /^取\s?消$/ })
      .last()
      .click();
    await dialog.last().waitFor({ state: 'hidden' });
  };
  await page.setViewportSize(DESKTOP);
  await onlooker.follow(`/admin/refunds/pending?camp=${campId}`);
  for (const key of ['a', 'r']) {
    await page.keyboard.press(key);
    await looked();
  }
  await page.getByRole('button', { name: /选择全部符合条件/ }).click();
  await page.getByRole('button', { name: '批量通过' }).click();
  await looked();
  await onlooker.follow('/admin/refunds/unallocated');
  await page
    .getByRole('button', { name: /^归\s?属$/ })
    .first()
    .click();
  await dialog.last().getByRole('combobox').click();
  await onlooker.settled();
  await onlooker.look();
  await page.keyboard.press('Enter');
  await looked();
  await onlooker.follow(`/admin/members?campId=${campId}`);
  await page.getByRole('button', { name: '导出' }).click();
  await looked();
  expect(onlooker.troubles).toEqual([]);
});

it('an address that somebody else made up leads nowhere else, and is shown as text', async () => {
  for (const text of HOSTILE.filter((_, index) => index % 50 === 0)) {
    const written = encodeURIComponent(text);
    for (const at of [
      `/members?keyword=${written}&matchStatus=${written}&page=${written}`,
      `/pay/orders?keyword=${written}&open=${written}`,
      `/camps/${written}`,
      `/nowhere/${written}`,
    ])
      await walk(at, [], false);
  }
  await onlooker.page.goto(`${console_.api.url}/admin//hostile.invalid/`);
  await onlooker.settled();
  await onlooker.look();
  expect(onlooker.troubles).toEqual([]);
});

it('what became markup, an address or a script would have been seen', async () => {
  const page = await console_.open('/login', { as: null });
  const other = await Onlooker.at(page, [console_.api.url], 'none');
  await page.reload();
  await page.evaluate(() => {
    document.body.innerHTML =
      '<img hostile src=x onerror=__hostile()><a href="javascript:__hostile()">x</a><div style="width:3000px">x</div>';
    (window as unknown as { __hostile: () => void }).__hostile();
  });
  await other.settled();
  await other.look(['a text that is not there']);
  await other.measure();
  for (const seen of [
    'a text was executed',
    'a text became markup',
    'a text became an address',
    'not shown as it is',
    'px too wide',
    'policy violated',
  ])
    expect(other.troubles).toContainEqual(expect.stringContaining(seen));
  await page.context().close();
});
