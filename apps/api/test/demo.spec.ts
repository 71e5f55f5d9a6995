import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import { businessDate } from '@yajin/core';
import { balances } from '@yajin/payment';
import { createApp } from '../src/app.js';
import { linesOf } from '../src/lines/index.js';
import { DemoData } from '../src/demo/demo-data.js';
import { TestApi } from '@yajin/testing/api';

interface Trade {
  outTradeNo: string;
  amountFen: number;
  state: string;
}

const sum = (amounts: number[]): number => amounts.reduce((total, amount) => total + amount, 0);

let api: TestApi;
let seconds: number;
beforeAll(async () => {
  const began = Date.now();
  api = await TestApi.start({ DEMO_DATA: 'on', JOB_CONCURRENCY: '8' });
  seconds = (Date.now() - began) / 1000;
  process.stdout.write(`the sample data took ${seconds.toFixed(1)} s\n`);
});
afterAll(() => api.stop());

describe('the sample data', () => {
  it('ends with both clocks at the real time and no fault left', async () => {
    expect(api.clock.offset).toBe(0);
    expect(await api.control('GET', '/control/clock')).toMatchObject({ offsetMs: 0 });
    expect(await api.control('GET', '/control/faults')).toMatchObject({ active: {} });
  });

  it('has camps in every state, with members, matches and check-ins up to today', async () => {
    const { data } = await api.admin<Camp.CampPage>('GET', '/api/admin/camps?pageSize=100');
    const states = new Map<string, Camp.CampPage['list']>();
    for (const camp of data.list) states.set(camp.status, [...(states.get(camp.status) ?? []), camp]);
    expect(states.get('finished')!.length).toBeGreaterThanOrEqual(4);
    expect(states.get('ongoing')).toHaveLength(2);
    expect(states.get('enrolling')).toHaveLength(2);
    expect(states.get('draft')).toHaveLength(1);
    for (const camp of data.list) {
      const stats = await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${camp.id}`);
      expect(stats.data.enrollment.totalMembers).toBe(camp.memberCount);
      if (camp.status === 'ongoing')
        expect(stats.data.dailyTrend.at(-1)!.date).toBe(businessDate(new Date()));
      if (camp.status !== 'ongoing' && camp.status !== 'finished') continue;
      expect(stats.data.checkin.eligibleMembers + (camp.status === 'ongoing' ? 1 : 0)).toBeGreaterThan(0);
      expect(stats.data.dailyTrend.some((day) => day.checkinCount > 0)).toBe(true);
    }
  });

  it('has a month of bills that agree with the books, days that are closed, and two differences of which one is taken', async () => {
    const [bills] = await api.rows<{ days: number; unread: number }>(
      `SELECT count(DISTINCT day)::int AS days, count(*) FILTER (WHERE state NOT IN ('complete', 'none'))::int AS unread FROM pay_bill
       WHERE day < current_date - 1`,
    );
    expect(bills!.days).toBeGreaterThanOrEqual(29);
    expect(bills!.unread).toBe(0);
    const [closes] = await api.rows<{ days: number; unclear: number }>(
      'SELECT count(*)::int AS days, count(reason)::int AS unclear FROM pay_close',
    );
    expect(closes).toEqual({ days: 28, unclear: 0 });
    const found = await api.rows<{ state: string; owner: string | null }>(
      'SELECT state, owner FROM pay_difference ORDER BY id',
    );
    expect(found).toEqual([
      { state: 'open', owner: 'finance1' },
      { state: 'open', owner: null },
    ]);
  });

  it('has a month of statements of the merchant’s account, without a difference, and a withdrawal that arrived beside one to be confirmed', async () => {
    const [read] = await api.rows<{ days: number; unread: number; gaps: number }>(
      `SELECT count(DISTINCT day)::int AS days, count(*) FILTER (WHERE state NOT IN ('complete', 'none'))::int AS unread,
         (SELECT count(*) FROM pay_difference WHERE starts_with(kind, 'account_'))::int AS gaps FROM pay_statement WHERE day < current_date - 1`,
    );
    expect(read!.days).toBeGreaterThanOrEqual(29);
    expect(read).toMatchObject({ unread: 0, gaps: 0 });
    expect(await api.rows('SELECT state, decided_by FROM pay_withdrawal ORDER BY at')).toEqual([
      { state: 'arrived', decided_by: 'finance1' },
      { state: 'waiting', decided_by: null },
    ]);
  });

  it('has refunds in every state, automatic ones too', async () => {
    const found = await api.rows<{
      refund_status: string;
      audit_status: string;
      auditor: string | null;
      fail_code: string | null;
    }>('SELECT DISTINCT refund_status, audit_status, auditor, fail_code FROM camp_refund');
    expect(new Set(found.map((row) => row.refund_status))).toEqual(
      new Set(['pending', 'processing', 'success', 'failed', 'rejected']),
    );
    expect(new Set(found.map((row) => row.audit_status))).toEqual(
      new Set(['pending', 'approved', 'rejected']),
    );
    expect(new Set(found.flatMap((row) => row.fail_code ?? []))).toEqual(
      new Set(['CLOSED', 'ABNORMAL', 'REFUSED']),
    );
    const automatic = await api.rows<{ reason: string }>(
      `SELECT reason FROM camp_refund WHERE auditor = 'system' ORDER BY reason`,
    );
    expect(automatic.map((row) => row.reason)).toEqual(['超时支付，自动退款', '重复报名，自动退款']);
    const pending = await api.admin<Camp.PendingRefundPage>('GET', '/api/admin/refunds/pending?pageSize=100');
    expect(pending.data.list.some((refund) => refund.nicknameMismatch)).toBe(true);
    const told = await api.rows<{ notified: boolean }>(
      `SELECT DISTINCT notified FROM camp_refund WHERE refund_status = 'success'`,
    );
    expect(told).toHaveLength(2);
  });

  it('listed every refund at 03:00 of the end date, before the next thing happened', async () => {
    const late = await api.rows(
      `SELECT r.id, r.created_at FROM camp_refund r JOIN camp c ON c.id = r.camp_id WHERE r.member_id IS NOT NULL
         AND (r.created_at AT TIME ZONE 'Asia/Shanghai') NOT BETWEEN c.end_date + time '03:00' AND c.end_date + time '03:01'`,
    );
    expect(late).toEqual([]);
  });

  it('has orders that wait: unpaid, not bound yet, bound too late, and money nobody has claimed', async () => {
    const [row] = await api.rows<Record<string, number>>(
      `SELECT count(*) FILTER (WHERE p.status = 'pending') AS unpaid, count(*) FILTER (WHERE p.status = 'closed') AS closed,
         (SELECT count(*) FROM camp_unallocated) AS unallocated,
         count(*) FILTER (WHERE o.outcome = 'member' AND o.bind_status = 'pending') AS unbound,
         count(*) FILTER (WHERE o.bind_method = 'user_fill') AS bound, count(*) FILTER (WHERE o.bind_status = 'expired') AS expired
       FROM camp_order o JOIN pay_order p ON p.id = o.order_id`,
    );
    expect(row).toMatchObject({ unpaid: 1, unallocated: 1 });
    for (const kind of ['closed', 'unbound', 'bound', 'expired'])
      expect([kind, row![kind]! > 0]).toEqual([kind, true]);
  });

  it('has something of each line in every state that its page lists, and the gym’s orders name their members', async () => {
    const states = async (sql: string): Promise<string[]> =>
      (await api.rows<{ state: string }>(`${sql} ORDER BY 1`)).map(({ state }) => state);
    expect(await states('SELECT DISTINCT status AS state FROM course_booking')).toEqual([
      'cancelled',
      'paid',
      'refunded',
      'unpaid',
    ]);
    expect(await states('SELECT DISTINCT status AS state FROM course_refund')).toEqual(['completed']);
    expect(await states('SELECT DISTINCT method AS state FROM course_payment')).toHaveLength(3);
    expect(await states('SELECT DISTINCT status AS state FROM gym_payment')).toEqual(['failed', 'success']);
    expect(await states('SELECT DISTINCT status AS state FROM gym_refund')).toEqual(['success']);
    expect(await states('SELECT DISTINCT status AS state FROM task_task')).toEqual([
      'completed',
      'open',
      'pending_payment',
      'pending_review',
      'rejected',
    ]);
    expect(await states(`SELECT DISTINCT status AS state FROM pay_transfer WHERE line = 'task'`)).toEqual([
      'success',
    ]);
    expect(await states('SELECT DISTINCT status AS state FROM work_order')).toEqual([
      'completed',
      'pending',
      'pending_payment',
      'repairing',
    ]);
    expect(await states('SELECT DISTINCT status AS state FROM work_order_refund')).toEqual(['pending']);
    const { data } = await api.admin<Console.OrderPage>('GET', '/api/admin/pay/orders?line=gym&pageSize=100');
    expect(new Set(data.list.map(({ party }) => party.name))).toEqual(
      new Set(['林小满', '周启航', '何苗', '沈一舟']),
    );
  });

  it('agrees with the gateway to the fen', async () => {
    const trades = await api.control<Trade[]>('GET', '/control/trades');
    const refunds = await api.control<Trade[]>('GET', '/control/refunds');
    const paid = sum(
      trades
        .filter(({ state }) => state === 'SUCCESS' || state === 'REFUND')
        .map(({ amountFen }) => amountFen),
    );
    const back = sum(refunds.filter(({ state }) => state === 'SUCCESS').map(({ amountFen }) => amountFen));
    const transfers = await api.control<Trade[]>('GET', '/control/transfers');
    const out = sum(transfers.filter(({ state }) => state === 'success').map(({ amountFen }) => amountFen));
    const books = await balances(api.db, 'camp');
    const lines = await Promise.all(linesOf(api.env).map(({ name }) => balances(api.db, name)));
    expect(paid).toBeGreaterThan(back);
    expect(back).toBeGreaterThan(0);
    expect(sum(lines.map((line) => line.get('clearing') ?? 0))).toBe(paid - back - out);
    expect(lines.map((line) => sum([...line.values()]))).toEqual(lines.map(() => 0));
    expect(books.get('surplus')).toBe(0);
    expect(books.get('unallocated')).toBe(-990);
  });

  it('has pictures that a browser can show', async () => {
    const { data } = await api.call<Camp.PublicCampPage>('GET', '/api/h5/camps');
    for (const url of [data.list[0]!.posterUrl, data.list[0]!.posterUrl.replace('poster-', 'group-')]) {
      const image = await fetch(url);
      expect([image.status, image.headers.get('content-type')]).toEqual([
        200,
        'image/svg+xml; charset=utf-8',
      ]);
      expect(await image.text()).toMatch(/^<svg /);
    }
    expect((await fetch(`${api.url}/api/demo/images/poster-nothing.svg`)).status).toBe(404);
  });

  it('lets the sample operators log in', async () => {
    const { data } = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
      body: { username: 'manager1', password: 'manager123' },
    });
    expect(data.role).toBe('manager');
  });

  it('is made once: another start leaves everything as it is', async () => {
    const orders = (): Promise<unknown[]> =>
      api.rows('SELECT count(*) AS orders, max(created_at) AS latest FROM pay_order');
    const before = await orders();
    await api.app.get(DemoData).discardUnfinished();
    await api.app.get(DemoData).ensure();
    expect(await orders()).toEqual(before);
  });

  it('leaves a database alone that somebody else has filled', async () => {
    await api.rows(`DELETE FROM sys_config WHERE key = 'demo.data'`);
    const before = await api.rows('SELECT count(*) AS camps FROM camp');
    await api.app.get(DemoData).discardUnfinished();
    await api.app.get(DemoData).ensure();
    expect(await api.rows('SELECT count(*) AS camps FROM camp')).toEqual(before);
  });

  it('is thrown away as a whole when a start was broken off in the middle of it', async () => {
    await api.app.close();
    await api.rows(`INSERT INTO sys_config (key, value, updated_at) VALUES ('demo.data', 'filling', now())`);
    const next = await createApp(api.env, await api.db.initialize());
    await next.get(DemoData).discardUnfinished();
    const left = await api.rows(
      `SELECT (SELECT count(*) FROM camp) AS camps, (SELECT count(*) FROM pay_ledger) AS postings,
         (SELECT count(*) FROM sys_config) AS settings, (SELECT count(*) FROM graphile_worker.jobs) AS jobs`,
    );
    expect(left).toEqual([{ camps: 0, postings: 0, settings: 0, jobs: 0 }]);
    await next.close();
  });
});
