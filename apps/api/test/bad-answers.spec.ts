import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { paidBy } from '@yajin/payment';
import { api, fault, paidOrder, postings, refund, refundIs, useGateways } from './gateways.kit.js';

const PAGE = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
/** What is said instead of what the gateway answered. Silence is among the adapters' own tests: here it would only take time. */
const BAD: [number, Buffer][] = [
  [200, Buffer.from(PAGE)],
  [200, Buffer.alloc(0)],
  [202, Buffer.from('{}')],
  [204, Buffer.alloc(0)],
  [302, Buffer.from(PAGE)],
  [200, Buffer.from('{"result_code":"200","biz_resp')],
  [200, Buffer.from(Array.from({ length: 100_000 }, (_, index) => (index * 7919) % 256))],
];

/** A way to the sandbox whose answers can go bad: what is asked for arrives, and is done, all the same. */
class CrookedWay {
  url = '';
  /** Answers from now on, one after the other and again; empty is honest. */
  bad: typeof BAD = [];
  /** What was asked for while it was crooked. */
  readonly asked: string[] = [];
  private readonly server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = `${request.url} ${Buffer.concat(chunks).toString()}`;
      // That the gateway is tried, as the API starts and later, is no call of the refund's.
      if (asked.includes('probe_')) return response.writeHead(502).end();
      return void this.pass(request, Buffer.concat(chunks)).then(({ status, body, headers }) => {
        const said = this.bad[this.asked.length % this.bad.length];
        if (!said) return response.writeHead(status, headers).end(body);
        this.asked.push(asked);
        return response.writeHead(said[0], said[0] === 302 ? { location: request.url } : {}).end(said[1]);
      });
    });
  });

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async pass(
    { method = 'POST', url, headers }: IncomingMessage,
    body: Buffer,
  ): Promise<{ status: number; body: Buffer; headers: [string, string][] }> {
    const given = ['content-type', 'authorization', 'wechatpay-serial'].map(
      (name) => [name, String(headers[name] ?? '')] as [string, string],
    );
    const init = {
      method,
      headers: given.filter(([, value]) => value !== ''),
      ...(method === 'POST' && { body: body.toString() }),
    };
    const response = await fetch(api.sandbox.url + (url ?? ''), init);
    const signed = [...response.headers].filter(([name]) => name.startsWith('wechatpay-'));
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()), headers: signed };
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const way = new CrookedWay();
useGateways(async () => {
  await way.open();
  return {
    WECHAT_API_BASE: way.url,
    ALIPAY_GATEWAY: `${way.url}/alipay/gateway.do`,
    SHOUQIANBA_API_BASE: way.url,
    BANK_CARD_API_BASE: `${way.url}/bank-card`,
  };
});
afterAll(() => way.close());
afterEach(() => {
  way.bad = [];
  way.asked.length = 0;
});

const numbersOf = (refundId: number) =>
  api.rows<{ out_refund_no: string; state: string }>(
    'SELECT out_refund_no, state FROM pay_refund_attempt WHERE refund_id = $1',
    [refundId],
  );

it.each(['wechat-v3', 'alipay', 'shouqianba', 'bank-card'])(
  'while %s answers nothing but nonsense a refund is unclear under its one number, asked about ever more seldom, alerted once, and done once in the end',
  async (name) => {
    const order = await paidOrder(name, { subject: `nonsense:${name}` });
    const { outTradeNo } = await paidBy(api.db, order.id);
    const before = await postings(order);
    // Nor does anybody tell.
    await fault({ dropNotifications: true });
    way.bad = BAD;
    const { id } = await refund(order, 1990);
    for (let step = 0; step < 3; step += 1) await api.hurry();
    // Each step asks, and asks again when that falls due at once: never without end.
    expect(way.asked.length).toBeLessThanOrEqual(10);
    const [number, ...others] = await numbersOf(id);
    expect(others).toEqual([]);
    expect(number?.state).toBe('sending');
    expect(await refundIs(id, 'processing')).toMatchObject({ failCode: null });
    expect(await postings(order)).toEqual(before);
    const [{ waits } = { waits: 0 }] = await api.rows<{ waits: number }>(
      'SELECT extract(epoch FROM check_at - $2)::float AS waits FROM pay_refund WHERE id = $1',
      [id, api.clock.wall()],
    );
    expect(waits).toBeGreaterThan(60);
    api.pass(25 * 3_600_000);
    for (let step = 0; step < 2; step += 1) await api.hurry();
    expect(await api.rows('SELECT title FROM sys_alert WHERE key LIKE $1', [`refund-%:${id}%`])).toEqual([
      { title: '退款超过一天没有结果，请人工核实' },
    ]);
    const asked = way.asked.filter((request) => request.includes('refund'));
    way.bad = [];
    // The guard leaves a gateway alone for ten seconds after ten unclear answers.
    await new Promise((resolve) => setTimeout(resolve, 10_500));
    await api.hurry();
    await api.hurry();
    await refundIs(id, 'success');
    expect(await numbersOf(id)).toEqual([{ out_refund_no: number?.out_refund_no, state: 'success' }]);
    const ours = [outTradeNo, number?.out_refund_no ?? ''];
    expect(asked.every((request) => ours.some((each) => decodeURIComponent(request).includes(each)))).toBe(
      true,
    );
    const refunds = await api.control<{ outTradeNo: string; amountFen: number; state: string }[]>(
      'GET',
      '/control/refunds',
    );
    expect(refunds.filter((each) => each.outTradeNo === outTradeNo)).toMatchObject([
      { amountFen: 1990, state: 'SUCCESS' },
    ]);
  },
);
