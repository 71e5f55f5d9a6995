import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { Camp } from '@yajin/contract';
import {
  checkIns,
  decided,
  member,
  openOrder,
  outTradeNo,
  pay,
  pendingRefunds,
  person,
  publishedCamp,
  records,
  statusOf,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

interface Captured {
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Stands between the gateway and the API, remembers what passes and can hold it back. */
class Wire {
  readonly captured: Captured[] = [];
  holding = false;
  target: TestApi | null = null;

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async open(): Promise<Wire> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const wire = new Wire(
      server,
      `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    );
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const captured = { path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
        wire.captured.push(captured);
        if (wire.holding) return response.writeHead(500).end();
        void wire.send(captured).then(
          (answer) => response.writeHead(answer.status).end(),
          () => response.writeHead(502).end(),
        );
        return undefined;
      });
    });
    return wire;
  }

  async send({ path, headers, body }: Captured): Promise<{ status: number; body: { code: string } }> {
    const forwarded = Object.entries(headers).filter(([name]) => /^(wechatpay-|content-type)/.test(name));
    const init = { headers: forwarded as [string, string][], body: new Uint8Array(body) };
    const answer = await this.target!.exchange('POST', path, init);
    return { status: answer.status, body: answer.body as { code: string } };
  }

  /** What comes first after `before` that is news of this kind: the gateway may be repeating what was held back earlier. */
  news(before: number, kind: 'TRANSACTION' | 'REFUND'): Captured | undefined {
    const known = new Set(this.captured.slice(0, before).map((each) => eventOf(each).id));
    return this.captured.slice(before).find((each) => {
      const { id, type } = eventOf(each);
      return !known.has(id) && type.startsWith(kind);
    });
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Some of what passes is no JSON on purpose. */
function eventOf({ body }: Captured): { id: string; type: string } {
  const field = (name: string): string => new RegExp(`"${name}":"([^"]*)"`).exec(body.toString())?.[1] ?? '';
  return { id: field('id'), type: field('event_type') };
}

let wire: Wire;
let api: TestApi;
beforeAll(async () => {
  wire = await Wire.open();
  api = await TestApi.start({ PUBLIC_URL: wire.url });
  wire.target = api;
});
afterAll(async () => {
  await api.stop();
  await wire.close();
});
afterEach(async () => {
  wire.holding = false;
  await api.control('POST', '/control/faults', { reset: true });
});

/** A genuine notification that has not reached the API yet. */
async function heldNotification(): Promise<{ order: Camp.CreatedPayment; notification: Captured }> {
  const who = person();
  const order = await openOrder(api, await publishedCamp(api), who);
  wire.holding = true;
  const before = wire.captured.length;
  await pay(api, order, who);
  const notification = await eventually(async () => wire.news(before, 'TRANSACTION'), 'the notification');
  return { order, notification };
}

async function stored(order: Camp.CreatedPayment): Promise<{ state: string; reason: string | null }[]> {
  return api.rows('SELECT state, reason FROM pay_notification WHERE subject_no = $1', [outTradeNo(order)]);
}

async function untouched(order: Camp.CreatedPayment): Promise<void> {
  const [row] = await api.rows<{ status: string; state: string }>(
    'SELECT o.status, a.state FROM pay_order o JOIN pay_attempt a ON a.order_id = o.id WHERE o.id = $1',
    [order.orderId],
  );
  expect(row).toEqual({ status: 'pending', state: 'open' });
  expect(await stored(order)).toEqual([]);
}

describe('a notification that is not the gateway’s changes nothing', () => {
  const withHeader = (name: string, value: string | undefined) => (notification: Captured) => {
    const others = Object.entries(notification.headers).filter(([key]) => key !== name);
    return {
      ...notification,
      headers: Object.fromEntries(value === undefined ? others : [...others, [name, value]]),
    };
  };
  const reserialised = (notification: Captured): Captured => ({
    ...notification,
    body: Buffer.from(JSON.stringify(JSON.parse(notification.body.toString()), null, 1)),
  });
  const oneLetterOff = (notification: Captured): Captured => ({
    ...notification,
    body: Buffer.from(
      notification.body
        .toString()
        .replace(/"ciphertext":"(.)/, (_, first: string) => `"ciphertext":"${first === 'A' ? 'B' : 'A'}`),
    ),
  });

  it.each<[string, (notification: Captured) => Captured]>([
    ['forged', withHeader('wechatpay-signature', Buffer.alloc(256, 7).toString('base64'))],
    ['unsigned', withHeader('wechatpay-signature', undefined)],
    ['a probe', withHeader('wechatpay-signature', 'WECHATPAY/SIGNTEST/abc')],
    ['stale', withHeader('wechatpay-timestamp', String(Math.floor(Date.now() / 1000) - 301))],
    ['from the future', withHeader('wechatpay-timestamp', String(Math.floor(Date.now() / 1000) + 301))],
    ['re-serialised', reserialised],
    ['changed by a letter', oneLetterOff],
  ])('%s', async (_, tamper) => {
    const { order, notification } = await heldNotification();
    const answer = await wire.send(tamper(notification));
    expect(answer.status).toBe(401);
    expect(answer.body.code).toBe('FAIL');
    await untouched(order);
    expect((await wire.send(notification)).status).toBe(200);
    expect((await decided(api, order)).payStatus).toBe('success');
  });

  it('sealed for us and signed with an unknown key: nobody can say whose it is, so it is asked for again', async () => {
    const { order, notification } = await heldNotification();
    const answer = await wire.send(withHeader('wechatpay-serial', 'ABCDEF0123456789')(notification));
    expect(answer.status).toBe(503);
    await untouched(order);
    expect((await wire.send(notification)).status).toBe(200);
    expect((await decided(api, order)).payStatus).toBe('success');
  });

  it('a genuine one that is stale', async () => {
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    await api.control('POST', '/control/faults', { staleTimestamp: { times: 1 } });
    const before = wire.captured.length;
    await pay(api, order, who);
    await eventually(async () => wire.captured.length > before, 'the notification');
    await untouched(order);
  });

  it('a replay of one that was applied', async () => {
    const { order, notification } = await heldNotification();
    await wire.send(notification);
    await decided(api, order);
    await api.quiet();
    const before = await api.rows('SELECT source FROM pay_ledger ORDER BY id');
    expect((await wire.send(notification)).status).toBe(200);
    expect(await api.rows('SELECT source FROM pay_ledger ORDER BY id')).toEqual(before);
    expect(await stored(order)).toHaveLength(1);
  });
});

describe('a genuine notification that cannot be applied is kept, visible, and alerts', () => {
  it.each([
    ['wrongAmount', 'wrong amount'],
    ['wrongAppId', 'appid'],
    ['wrongMchId', 'mchid'],
  ])('%s', async (fault, reason) => {
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    const alerts = api.alerts.length;
    await api.control('POST', '/control/faults', {
      [fault]: { times: 1 },
      failBefore: { endpoints: ['query'] },
    });
    await pay(api, order, who);
    const [note] = await eventually(async () => {
      const notes = await stored(order);
      return notes.length > 0 && notes;
    }, 'the notification in the inbox');
    expect(note?.state).toBe('quarantined');
    expect(note?.reason).toContain(reason);
    const [row] = await api.rows<{ status: string }>('SELECT status FROM pay_order WHERE id = $1', [
      order.orderId,
    ]);
    expect(row?.status).toBe('pending');
    await api.control('POST', '/control/faults', { reset: true });
    expect(api.alerts.slice(alerts)).toContain('支付通知无法处理，已隔离');
    const inbox = await api.admin<Camp.NotificationPage>(
      'GET',
      '/api/admin/notifications?status=quarantined',
    );
    expect(inbox.data.list[0]).toMatchObject({
      status: 'quarantined',
      outTradeNo: outTradeNo(order),
      orderNo: order.orderNo,
    });
  });

  it('what could not be read is not acknowledged: sent again and readable, it is applied', async () => {
    await api.control('POST', '/control/settings', { notifySchedule: 'fast' });
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    await api.control('POST', '/control/faults', {
      unparsable: { times: 1, value: 'body' },
      failBefore: { endpoints: ['query'] },
    });
    await pay(api, order, who);
    await eventually(
      async () => (await stored(order)).some(({ state }) => state === 'applied'),
      'the notification to come again',
    );
    expect((await decided(api, order)).payStatus).toBe('success');
    await api.control('POST', '/control/faults', { reset: true });
  });

  it.each(['content', 'cipher', 'body'])('%s that cannot be read', async (part) => {
    const who = person();
    const order = await openOrder(api, await publishedCamp(api), who);
    await api.control('POST', '/control/faults', { unparsable: { times: 1, value: part } });
    const alerts = api.alerts.length;
    await pay(api, order, who);
    await eventually(async () => api.alerts.length > alerts, 'the alert');
    const inbox = await api.admin<Camp.NotificationPage>('GET', '/api/admin/notifications?status=unreadable');
    expect(inbox.data.list[0]?.status).toBe('unreadable');
    // The waiting page asks the gateway, so the payer is not left behind.
    expect((await decided(api, order)).payStatus).toBe('success');
  });

  it('a payer other than the one who asked to pay', async () => {
    const who = person();
    const code = (await api.control<{ code: string }>('POST', '/control/oauth-code', { openid: who.openid }))
      .code;
    const session = await api.call('POST', '/api/h5/auth/wechat', { body: { code } });
    const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
    const camp = await publishedCamp(api);
    const placed = await api.call<Camp.CreatedPayment>('POST', '/api/h5/payments', {
      body: { campId: camp.id, planetUserId: who.planetUserId, planetNickname: who.nickname },
    });
    const params = await api.call<Camp.PaymentParams>('GET', placed.data.payUrl, { headers: { cookie } });
    expect(params.data.payParams).toMatchObject({ signType: 'RSA' });
    await api.control('POST', '/control/faults', { wrongPayer: { times: 1 } });
    await pay(api, placed.data, who);
    const [note] = await eventually(async () => {
      const notes = await stored(placed.data);
      return notes.length > 0 && notes;
    }, 'the notification in the inbox');
    expect(note).toEqual({ state: 'quarantined', reason: 'wrong payer' });
    // The query tells the truth, and the truth is applied.
    expect((await statusOf(api, placed.data, 6)).payStatus).toBe('success');
  });
});

it('a refund’s notification settles the refund, and one changed by a letter does not', async () => {
  const camp = await publishedCamp(api, { days: 3, requiredDays: 1 });
  const who = person();
  await member(api, camp, who);
  await checkIns(api, camp, who, 1);
  const [due] = await pendingRefunds(api, camp);
  wire.holding = true;
  const before = wire.captured.length;
  await api.admin('POST', `/api/admin/refunds/${due!.id}/approve`, {});
  const notification = await eventually(async () => wire.news(before, 'REFUND'), 'the notification');
  expect(notification.path).toBe('/api/webhook/wechat/refund');
  const changed = notification.body.toString().replace(/"ciphertext":"./, '"ciphertext":"~');
  const refused = await wire.send({ ...notification, body: Buffer.from(changed) });
  expect([refused.status, refused.body.code]).toEqual([401, 'FAIL']);
  expect((await records(api, camp))[0]?.refundStatus).not.toBe('success');
  const taken = await wire.send(notification);
  expect([taken.status, taken.body.code]).toEqual([200, 'SUCCESS']);
  await eventually(async () => (await records(api, camp))[0]?.refundStatus === 'success', 'the refund');
});

it('refuses what is no notification at all, in the gateway’s own words', async () => {
  for (const body of ['', '{', '[]', '{"id":1}', '\u0000', 'x'.repeat(2 * 1024 * 1024)]) {
    const response = await fetch(`${api.url}/api/webhook/wechat/payment`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.status).toBeLessThan(500);
    expect(await response.json()).toMatchObject({ code: 'FAIL' });
  }
});
