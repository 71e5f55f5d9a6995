import { randomUUID } from 'node:crypto';
import type { Camp } from '@yajin/contract';
import type { Console } from '@yajin/contract/console';
import type { KernelAlert } from '@yajin/payment';
import { Alerts } from '@yajin/server';
import { TestApi } from '@yajin/testing/api';
import { member, person, publishedCamp } from '@yajin/testing/factories';
import { audited, operator, type MadeOperator } from '@yajin/testing/operators';
import { Retention } from '../../system/index.js';
import { AlertUpkeep } from '../alert-upkeep.js';

const PATH = '/api/admin/pay/alerts';

let api: TestApi;
let alerts: Alerts<KernelAlert>;
let accountant: MadeOperator;
let order: Camp.CreatedPayment;
beforeAll(async () => {
  api = await TestApi.start();
  alerts = api.app.get(Alerts);
  accountant = await operator(api, 'finance');
  order = await member(api, await publishedCamp(api), person());
});
afterAll(() => api.stop());
beforeEach(() => api.rows('DELETE FROM sys_alert'));

const list = async (query = ''): Promise<Console.PayAlertPage> =>
  (await api.call<Console.PayAlertPage>('GET', `${PATH}${query}`, { token: accountant.token })).data;
const see = (id: number, token = accountant.token) =>
  api.call<Console.PayAlert>('POST', `${PATH}/${id}/see`, { token });
const resolve = (id: number, note: string, token = accountant.token) =>
  api.call<Console.PayAlert>('POST', `${PATH}/${id}/resolve`, { token, body: { note } });

describe('an alert', () => {
  it('is seen by one, resolved by another, and stands with both in the log; what comes up again is a new one', async () => {
    const raise = (): Promise<void> =>
      alerts.raise('delivery-failing', 'it does not compute', {
        key: `undelivered:pay_order:${order.orderId}`,
        params: { order: order.orderId },
      });
    await raise();
    await raise();
    const page = await list();
    expect(page).toMatchObject({ total: 1, open: 1, unseen: 1 });
    const [raised] = page.list;
    expect(raised).toMatchObject({
      kind: 'delivery-failing',
      severity: 'warning',
      title: '业务线无法处理一笔款项的变化',
      detail: 'it does not compute',
      params: { order: order.orderId },
      orderNo: order.orderNo,
      state: 'open',
      times: 2,
      seenBy: null,
      resolvedBy: null,
    });
    const { id } = raised!;

    const seen = await see(id);
    expect(seen).toMatchObject({ code: 200, data: { state: 'seen', seenBy: accountant.username } });
    const again = await api.admin<Console.PayAlert>('POST', `${PATH}/${id}/see`);
    expect(again.data).toEqual(seen.data);
    expect(await list()).toMatchObject({ total: 1, open: 1, unseen: 0 });
    await raise();
    expect((await list('?state=seen')).list).toMatchObject([{ id, times: 3, seenBy: accountant.username }]);

    const done = await api.admin<Console.PayAlert>('POST', `${PATH}/${id}/resolve`, { note: '业务线已修复' });
    expect(done).toMatchObject({
      code: 200,
      data: { state: 'resolved', resolvedBy: 'admin', note: '业务线已修复' },
    });
    expect(await resolve(id, '再来')).toMatchObject({ status: 409, message: '该告警已由 admin 处理' });
    expect((await see(id)).status).toBe(409);
    await raise();
    expect((await list()).list).toMatchObject([
      { state: 'open', times: 1 },
      { id, state: 'resolved', times: 3 },
    ]);
    expect(await audited(api, 'alert', id)).toMatchObject([
      { action: 'alert.see', username: accountant.username },
      { action: 'alert.resolve', username: 'admin', after: { note: '业务线已修复', times: 3 } },
    ]);
  });

  it('is resolved by one of two at once', async () => {
    await alerts.raise('suspense', 'suspense 1', { key: 'suspense:1' });
    const [raised] = (await list()).list;
    const answers = await Promise.all([1, 2, 3, 4].map((each) => resolve(raised!.id, `第 ${each} 个`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect(await audited(api, 'alert', raised!.id)).toHaveLength(1);
  });

  it('that is raised while it is resolved is counted, or another one, and never lost', async () => {
    await alerts.raise('suspense', 'suspense 2', { key: 'suspense:2' });
    const [raised] = (await list()).list;
    await Promise.all([
      ...Array.from({ length: 10 }, () => alerts.raise('suspense', 'suspense 2', { key: 'suspense:2' })),
      resolve(raised!.id, '已归属'),
    ]);
    const all = (await list()).list;
    expect(all.reduce((sum, { times }) => sum + times, 0)).toBe(11);
    expect(all.filter(({ state }) => state !== 'resolved').length).toBeLessThanOrEqual(1);
  });

  it('is found by its state and kind, unresolved and latest ones first, a page at a time', async () => {
    for (let each = 0; each < 5; each += 1)
      await alerts.raise('refund-slow', `refund ${each}`, { key: `refund-slow:${each}` });
    await alerts.raise('unknown-key', 'serial 1', {
      key: 'unknown-key:wechat-v3:1',
      params: { gateway: 'wechat-v3' },
    });
    await alerts.clear(['refund-slow:4', 'refund-slow:3']);
    const first = await list('?pageSize=4');
    expect(first).toMatchObject({ total: 6, totalPages: 2, open: 4, unseen: 4 });
    expect(first.list.map(({ detail }) => detail)).toEqual(['serial 1', 'refund 2', 'refund 1', 'refund 0']);
    expect(first.list[0]).toMatchObject({
      severity: 'critical',
      params: { gateway: 'wechat-v3' },
      orderNo: null,
    });
    expect((await list('?pageSize=4&page=2')).list).toMatchObject([
      { state: 'resolved', resolvedBy: null, note: null },
      { state: 'resolved', resolvedBy: null },
    ]);
    expect((await list('?state=open&kind=refund-slow')).total).toBe(3);
    expect((await list('?state=resolved')).total).toBe(2);
    for (const wrong of ['?state=over', '?kind=nothing', '?pageSize=101'])
      expect((await api.admin('GET', `${PATH}${wrong}`)).status).toBe(400);
  });

  it('is no business of coaches and volunteers, and there is none that is not there', async () => {
    await alerts.raise('suspense', 'suspense 3', { key: 'suspense:3' });
    const [raised] = (await list()).list;
    for (const role of ['coach', 'volunteer'] as const) {
      const { token } = await operator(api, role);
      expect((await api.call('GET', PATH, { token })).status).toBe(403);
      expect((await api.call('GET', `${PATH}/${raised!.id}`, { token })).status).toBe(403);
      expect((await see(raised!.id, token)).status).toBe(403);
      expect((await resolve(raised!.id, '好', token)).status).toBe(403);
    }
    expect(await resolve(999_999, '好')).toMatchObject({ status: 404, message: '告警不存在' });
    expect((await see(999_999)).status).toBe(404);
    expect((await api.admin('GET', `${PATH}/999999`)).status).toBe(404);
    expect((await api.admin('GET', `${PATH}/${raised!.id}`)).data).toEqual(raised);
    expect((await resolve(raised!.id, '')).status).toBe(400);
  });

  it('that an earlier release has raised is one like the others, without a code', async () => {
    const old = `INSERT INTO sys_alert AS a (key, title, detail) VALUES ('old', '旧的告警', 'of the release before')
      ON CONFLICT (key) DO UPDATE SET times = a.times + 1, last_at = now()`;
    await api.rows(old);
    await api.rows(old);
    const [raised] = (await list()).list;
    expect(raised).toMatchObject({
      kind: null,
      title: '旧的告警',
      times: 2,
      severity: 'warning',
      params: {},
    });
    expect((await resolve(raised!.id, '已处理')).code).toBe(200);
    await api.rows(old);
    expect(await list()).toMatchObject({ total: 2, open: 1 });
  });
});

describe('an alert whose cause is gone', () => {
  const open = async (): Promise<string[]> =>
    (await list('?state=open')).list.map(({ detail }) => detail).sort();

  /** A refund row without any money behind it. */
  async function refund(status: string, retries = 0): Promise<number> {
    const [row] = await api.rows<{ id: number }>(
      `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, status, retries, created_at, check_at)
       SELECT $1, o.line, 'wechat-v3', o.id, o.paid_with, 1, '退款', $2, $3, now(), now() + interval '1 day'
       FROM pay_order o WHERE o.id = $4 RETURNING id`,
      [randomUUID(), status, retries, order.orderId],
    );
    return row!.id;
  }

  it('resolves itself, and one whose cause is still there does not', async () => {
    const slow = await refund('processing');
    const settled = await refund('success');
    const failed = await refund('failed', 1);
    const about = (what: KernelAlert, key: string, params: object): Promise<void> =>
      alerts.raise(what, key, { key, params });
    await about('refund-slow', `refund-slow:${slow}`, { refund: slow });
    await about('refund-slow', `refund-slow:${settled}`, { refund: settled });
    await about('refund-failed', `refund-failed:${failed}:1`, { refund: failed });
    await about('refund-failed', `refund-failed:${failed}:0`, { refund: failed });
    await about('refund-failed', `refund-failed:${slow}:0`, { refund: slow });
    await about('differences-found', 'difference:wechat-v3:2026-10-02', {
      gateway: 'wechat-v3',
      day: '2026-10-02',
    });
    await about('differences-found', 'difference:wechat-v3:2026-10-03', {
      gateway: 'wechat-v3',
      day: '2026-10-03',
    });
    await about('bill-unreadable', 'bill:wechat-v3:2026-10-02', { gateway: 'wechat-v3', day: '2026-10-02' });
    await about('bill-unreadable', 'bill:wechat-v3:2026-10-03', { gateway: 'wechat-v3', day: '2026-10-03' });
    await about('second-person', 'approvals', {});
    await about('trade-unusable', 'trade', {});
    await about('due-work-failing', 'lane:quiet', {});
    await about('due-work-failing', 'lane:loud', {});
    await api.rows(`UPDATE sys_alert SET last_at = now() - interval '25 hours' WHERE key = 'lane:quiet'`);
    await api.rows(
      `INSERT INTO pay_bill (gateway, day, state) VALUES ('wechat-v3', '2026-10-02', 'complete'), ('wechat-v3', '2026-10-03', 'broken')`,
    );
    await api.rows(
      `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, theirs_fen, found_at)
       VALUES ('wechat-v3', '2026-10-02', 'payment_unknown:x', 'payment_unknown', 'x', 9900, now())`,
    );
    await api.app.get(AlertUpkeep).resolve();
    expect(await open()).toEqual(
      [
        `refund-slow:${slow}`,
        `refund-failed:${failed}:1`,
        'difference:wechat-v3:2026-10-02',
        'bill:wechat-v3:2026-10-03',
        'trade',
        'lane:loud',
      ].sort(),
    );
    await api.rows('DELETE FROM pay_refund WHERE amount_fen = 1');
  });

  it('is kept for half a year, and an open one for as long as it takes', async () => {
    await alerts.raise('suspense', 'long gone', { key: 'suspense:4' });
    await alerts.raise('suspense', 'still there', { key: 'suspense:5' });
    await alerts.clear('suspense:4');
    await api.rows(
      `UPDATE sys_alert SET raised_at = now() - interval '300 days', last_at = now() - interval '300 days', resolved_at = resolved_at - interval '181 days'`,
    );
    await api.app.get(Retention).run();
    expect((await list()).list.map(({ detail }) => detail)).toEqual(['still there']);
  });
});
