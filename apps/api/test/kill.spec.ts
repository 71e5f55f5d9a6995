import { createSandbox, type Sandbox } from '@yajin/sandbox';
import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import pg from 'pg';
import { testDatabase } from '@yajin/testing/database';
import { eventually } from '@yajin/testing/api';
import { ApiProcess } from './process.kit.js';

let sandbox: Sandbox;
let api: ApiProcess;
let database: Awaited<ReturnType<typeof testDatabase>>;
let db: pg.Client;

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await createSandbox({ dataFile: ':memory:', port: 0 });
  api = await ApiProcess.over(database, sandbox);
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
});

afterAll(async () => {
  await api.end('SIGKILL');
  await db.end();
  await sandbox.close();
  await database.drop();
});

async function control<Data>(route: string, body?: unknown): Promise<Data> {
  const response = await fetch(sandbox.url + route, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return (await response.json()) as Data;
}

interface GatewayRefund {
  state: string;
  requests: number;
}

async function paidMemberWithDueRefund(): Promise<{ token: string; refundId: number }> {
  const { token } = await api.call<{ token: string }>('POST', '/api/admin/auth/login', {
    body: { username: 'admin', password: 'admin123' },
  });
  const start = addDays(businessDate(new Date()), 2);
  const camp = await api.call<Camp.CreatedCamp>('POST', '/api/admin/camps', {
    token,
    body: {
      name: '断电演练营',
      posterUrl: 'https://cdn.example.com/p.jpg',
      deposit: 66,
      startDate: start,
      endDate: addDays(start, 3),
      requiredDays: 1,
      groupQrcodeUrl: 'https://cdn.example.com/g.jpg',
      planetProjectId: '15555411419999',
    },
  });
  await api.call('POST', `/api/admin/camps/${camp.id}/publish`, { token });
  const order = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
    body: { campId: camp.id, planetUserId: '777', planetNickname: '小断' },
  });
  await api.call('GET', `${order.payUrl}?scene=native`);
  await control('/control/pay', { orderNo: order.orderNo, openid: 'oKilled0000000000000001' });
  await eventually(async () => (await db.query('SELECT 1 FROM camp_member')).rowCount === 1, 'the member');
  await control('/control/planet/posts', {
    checkinId: '15555411419999',
    posts: [{ userId: '777', name: '小断', createTime: `${start}T06:00:00.123+0800` }],
  });
  await api.call('POST', '/api/demo/clock', { body: { now: `${addDays(start, 3)}T03:00:05` } });
  const pending = await api.call<Camp.PendingRefundPage>('GET', '/api/admin/refunds/pending', { token });
  return { token, refundId: pending.list[0]?.id ?? 0 };
}

it('kill -9 between the gateway’s acceptance and our commit: the refund is paid once and recorded', async () => {
  const { token, refundId } = await paidMemberWithDueRefund();
  await control('/control/faults', {
    hangAfter: { endpoints: ['refund'], times: 1 },
    dropNotifications: true,
  });
  await api.call('POST', `/api/admin/refunds/${refundId}/approve`, { token, body: {} });
  await eventually(
    async () => (await control<GatewayRefund[]>('/control/refunds')).length === 1,
    'the gateway to accept',
  );
  await api.end('SIGKILL');
  const { rows } = await db.query<{ status: string; state: string }>(
    'SELECT r.status, a.state FROM pay_refund r JOIN pay_refund_attempt a ON a.refund_id = r.id',
  );
  expect(rows).toEqual([{ status: 'processing', state: 'sending' }]);

  await api.start();
  await eventually(
    async () => (await db.query(`SELECT 1 FROM camp_refund WHERE refund_status = 'success'`)).rowCount === 1,
    'the refund to be taken up again, within ten seconds of the restart',
  );
  expect(await control<GatewayRefund[]>('/control/refunds')).toEqual([
    expect.objectContaining({ state: 'SUCCESS', requests: 1 }),
  ]);
  const books = await db.query<{ fen: string }>(
    `SELECT sum(CASE WHEN debit = 'clearing' THEN amount_fen ELSE -amount_fen END) AS fen FROM pay_ledger WHERE 'clearing' IN (debit, credit)`,
  );
  expect(Number(books.rows[0]?.fen)).toBe(0);
});

it('shows the contract at /api/docs and hands it out as JSON', async () => {
  const page = await fetch(`${api.url}/api/docs`);
  expect([page.status, (await page.text()).includes('押金系统接口')]).toEqual([200, true]);
  const document = (await (await fetch(`${api.url}/api/docs-json`)).json()) as { openapi: string };
  expect(document.openapi).toMatch(/^3\.1/);
});

it('SIGTERM drains: the process ends by itself, cleanly', async () => {
  await api.end('SIGTERM');
  await api.start();
  await api.end('SIGTERM');
});
