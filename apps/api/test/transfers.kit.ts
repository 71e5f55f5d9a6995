import { createHash } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fen, type Fen } from '@yajin/core';
import {
  balances,
  Inbox,
  Lines,
  Payments,
  Transfers,
  type Account,
  type Transfer,
  type TransferOrder,
} from '@yajin/payment';
import { unique } from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';

export const GATEWAY = 'shouqianba';
const LINE = 'payout';
const CALLBACK = '/api/webhook/payout';

export interface GatewayTransfer {
  outTransferNo: string;
  amountFen: number;
  state: string;
  requests: number;
}

interface Kept {
  out_transfer_no: string;
  state: string;
  status: string;
}

/** The kernel with a line that does nothing but pay out, so that no real line is needed to try transfers. */
export class PayoutApi {
  /** What the line was told, in order. */
  readonly told: Transfer[] = [];
  /** How often the line still refuses to hear. */
  deaf = 0;

  private constructor(readonly api: TestApi) {}

  static async start(): Promise<PayoutApi> {
    const holder: { payout?: PayoutApi } = {};
    const api = await TestApi.start({}, async (app) => {
      app.get(Lines).register({
        line: LINE,
        notifyPaths: { payment: CALLBACK, refund: CALLBACK, transfer: CALLBACK },
        paid: () => Promise.resolve('acknowledged'),
        closed: () => Promise.resolve(),
        refunded: () => Promise.resolve(),
        transferred: async (transfer) => {
          if (holder.payout!.deaf-- > 0) throw new Error('not now');
          holder.payout!.told.push(transfer);
        },
      });
      mountCallback(app);
    });
    return (holder.payout = new PayoutApi(api));
  }

  get transfers(): Transfers {
    return this.api.app.get(Transfers);
  }

  /** A paid order: money that can be paid out. */
  async paidOrder(amountFen: number): Promise<number> {
    const payments = this.api.app.get(Payments);
    const order = await this.api.db.transaction((manager) =>
      payments.create(manager, {
        line: LINE,
        subject: '1',
        gateway: GATEWAY,
        amountFen: fen(amountFen),
        description: '试付',
        attach: '',
        expiresAt: new Date(this.api.clock.now().getTime() + 60_000),
      }),
    );
    const { h5Url } = await payments.present(order.id, 'h5', { id: null, ip: null });
    await (await fetch(h5Url!)).body?.cancel();
    await this.api.control('POST', '/control/pay', { orderNo: order.orderNo });
    await eventually(
      async () => (await payments.find(this.api.db, order.id))?.status === 'paid',
      'the payment',
    );
    return order.id;
  }

  /**
   * Sends money to a new owner, out of a deposit of exactly that.
   * @param faults switched on when the deposit has been paid
   */
  async send(amountFen: number, faults: object = {}): Promise<Transfer> {
    const orderId = await this.paidOrder(amountFen);
    await this.api.control('POST', '/control/faults', faults);
    return this.ask({
      source: `payout:${unique()}`,
      orderId,
      owner: `owner-${unique()}`,
      from: [{ account: 'deposit', orderId, amountFen: fen(amountFen) }],
    });
  }

  ask(order: Pick<TransferOrder, 'source' | 'orderId' | 'owner' | 'from'>): Promise<Transfer> {
    const whole = { gateway: GATEWAY, payeeId: order.owner, remark: '试付', ...order };
    return this.api.db.transaction((manager) => this.transfers.request(manager, whole));
  }

  retry(id: number): Promise<Transfer> {
    return this.api.db.transaction((manager) => this.transfers.retry(manager, id));
  }

  async kept(id: number): Promise<Kept> {
    const [row] = await this.api.rows<Kept>('SELECT * FROM pay_transfer WHERE id = $1', [id]);
    return row!;
  }

  async reaches(id: number, status: string): Promise<Kept> {
    await eventually(async () => (await this.kept(id)).status === status, `transfer ${id} to be ${status}`);
    await this.api.quiet();
    return this.kept(id);
  }

  async inState(id: number, state: string): Promise<Kept> {
    await eventually(async () => (await this.kept(id)).state === state, `the number to be ${state}`);
    return this.kept(id);
  }

  /** What the books hold for an owner, in fen; what we owe is positive here. */
  async held(owner: string): Promise<{ balance: number; frozen: number }> {
    const books = await balances(this.api.db, LINE);
    const of = (account: Account): number => 0 - (books.get(account) ?? 0);
    return { balance: of(`balance:${owner}`), frozen: of(`frozen:${owner}`) };
  }

  async atGateway(outTransferNo: string): Promise<GatewayTransfer | undefined> {
    const all = await this.api.control<GatewayTransfer[]>('GET', '/control/transfers');
    return all.find((transfer) => transfer.outTransferNo === outTransferNo);
  }

  /** A callback as the gateway would sign it, or with another key. */
  async callback(
    fields: Record<string, string>,
    key = this.settings['SHOUQIANBA_SECRET_KEY']!,
  ): Promise<number> {
    const said: Record<string, string> = {
      app_id: this.settings['SHOUQIANBA_APP_ID']!,
      merchant_no: this.settings['SHOUQIANBA_MERCHANT_NO']!,
      ...fields,
    };
    const pairs = Object.keys(said)
      .sort()
      .map((name) => `${name}=${said[name]}&`);
    const sign = createHash('md5')
      .update(`${pairs.join('')}key=${key}`)
      .digest('hex')
      .toUpperCase();
    const response = await fetch(this.api.url + CALLBACK, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...said, sign }),
    });
    await response.body?.cancel();
    return response.status;
  }

  /** The fields of a successful transfer's callback. */
  success(outTransferNo: string, amount: string): Record<string, string> {
    const transfer_time = new Date().toISOString();
    return {
      transfer_no: outTransferNo,
      trade_no: `T-${outTransferNo}`,
      status: 'success',
      amount,
      transfer_time,
    };
  }

  private get settings(): Record<string, string> {
    return this.api.sandbox.settings;
  }

  /** What came in at the gateway less what it paid out is what the books hold there; all accounts together are zero. */
  async expectBooksToAgree(): Promise<void> {
    await this.api.quiet();
    const trades = await this.api.control<{ state: string; amountFen: number }[]>('GET', '/control/trades');
    const sent = await this.api.control<GatewayTransfer[]>('GET', '/control/transfers');
    const sum = (all: { amountFen: number }[]): number =>
      all.reduce((total, { amountFen }) => total + amountFen, 0);
    const books = await balances(this.api.db, LINE);
    expect(books.get('clearing') ?? 0).toBe(
      sum(trades.filter(({ state }) => state === 'SUCCESS')) -
        sum(sent.filter(({ state }) => state === 'success')),
    );
    expect([...books.values()].reduce((total: number, amount: Fen) => total + amount, 0)).toBe(0);
  }
}

function mountCallback(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .post(CALLBACK, async (request, reply) => {
      const { reply: said } = await app
        .get(Inbox)
        .answer(GATEWAY, request.headers, Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0));
      return reply.status(said.status).type(said.contentType).send(said.body);
    });
}
