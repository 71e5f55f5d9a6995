import { randomUUID } from 'node:crypto';
import { addDays, businessDate, fen, type Fen } from '@yajin/core';
import {
  GatewayError,
  InvalidNotification,
  type Gateway,
  type RefundRequest,
  type Scene,
  type TradeRequest,
} from '../src/index.js';

export interface RawNotification {
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** What a gateway's other side can be made to do for a call. */
export type Misbehaviour =
  'answers nothing' | 'answers 500' | 'answers unsigned' | 'is short of money' | 'is throttled';

/** One gateway with its other side, as the conformance suite drives them. */
export interface Harness {
  gateway: Gateway;
  /** The same with little patience, for what never answers. */
  hasty: Gateway;
  /** Where the suite receives notifications. */
  notifyUrl: string;
  scenes: Scene[];
  payerId: string;
  pay(outTradeNo: string): Promise<void>;
  /** The oldest notification not taken yet. */
  notification(): Promise<RawNotification>;
  misbehave(how: Misbehaviour, call: 'create' | 'query' | 'close' | 'refund' | 'refundQuery'): Promise<void>;
  behave(): Promise<void>;
  /** Moves the other side's clock to tomorrow noon, when today's bill is there. */
  tomorrow(): Promise<void>;
  close(): Promise<void>;
  /** The payer comes and looks, where the gateway knows of a trade only from then on. */
  visit?: (outTradeNo: string) => Promise<void>;
  /** What this protocol leaves no room for. */
  cannot?: Misbehaviour[];
  /** What the other side has said so far that the book of its vendor does not know. */
  unheardOf?: () => string[];
}

/** What the kernel relies on, whatever the protocol. Every adapter passes it, over its real protocol. */
export function conformance(name: string, open: () => Promise<Harness>): void {
  describe(`${name} conforms`, () => {
    let h: Harness;
    beforeAll(async () => {
      h = await open();
    });
    afterAll(() => h.close());
    afterEach(() => h.behave());

    const number = (): string => randomUUID().replaceAll('-', '').slice(0, h.gateway.numberLength.trade);
    const trade = (change: Partial<TradeRequest> = {}): TradeRequest => ({
      outTradeNo: number(),
      scene: h.scenes[0] ?? 'native',
      amountFen: fen(1990),
      description: '21天早起打卡训练营 - 押金',
      attach: '{"campId":1}',
      expiresAt: new Date(Date.now() + 30 * 60_000),
      notifyUrl: h.notifyUrl,
      payerId: h.payerId,
      clientIp: '127.0.0.1',
      returnUrl: 'https://example.test/back',
      ...change,
    });
    const paid = async (amountFen: Fen): Promise<TradeRequest> => {
      const request = trade({ amountFen });
      await h.gateway.createTrade(request);
      await h.pay(request.outTradeNo);
      await h.notification();
      return request;
    };
    const refundOf = (request: TradeRequest, change: Partial<RefundRequest> = {}): RefundRequest => ({
      outTradeNo: request.outTradeNo,
      outRefundNo: number().slice(0, h.gateway.numberLength.refund),
      amountFen: request.amountFen,
      totalFen: request.amountFen,
      reason: '押金退还',
      notifyUrl: h.notifyUrl,
      ...change,
    });
    const kindOf = async (work: Promise<unknown>): Promise<string> =>
      work.then(
        () => 'no error',
        (error: unknown) => (error instanceof GatewayError ? error.kind : String(error)),
      );
    const refunded = async (request: RefundRequest): Promise<void> => {
      for (let tries = 0; tries < 100; tries += 1) {
        const report = await h.gateway.queryRefund(request);
        if (report.state === 'success') {
          // Not every gateway says how much a number gave back.
          expect([request.amountFen, null]).toContain(report.amountFen);
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      throw new Error('the refund did not succeed');
    };

    it('a number the gateway has never heard of is absent, as a trade and as a refund', async () => {
      expect(await h.gateway.queryTrade(number())).toMatchObject({ state: 'absent' });
      const request = await paid(fen(100));
      for (const outTradeNo of [request.outTradeNo, number()]) {
        const report = await h.gateway.queryRefund({ outTradeNo, outRefundNo: number().slice(0, 20) });
        expect(report).toMatchObject({ state: 'absent' });
      }
    });

    it('registering a trade twice under one number is registering it once', async () => {
      const request = trade();
      expect(await h.gateway.createTrade(request)).not.toBe('');
      const { registersOnce } = h.gateway;
      if (registersOnce?.scenes.includes(request.scene)) {
        const conflict = { kind: 'refused', code: registersOnce.conflict };
        await expect(h.gateway.createTrade(request)).rejects.toMatchObject(conflict);
      } else expect(await h.gateway.createTrade(request)).not.toBe('');
      const { outTradeNo } = request;
      if (h.visit) {
        expect(await h.gateway.queryTrade(outTradeNo)).toEqual({ state: 'absent', outTradeNo });
        await h.gateway.closeTrade(outTradeNo);
        await h.visit(outTradeNo);
      }
      expect(await h.gateway.queryTrade(outTradeNo)).toEqual({ state: 'open', outTradeNo });
    });

    it('every scene gives its payer something to pay with', async () => {
      for (const scene of h.scenes) {
        const token = await h.gateway.createTrade(trade({ scene }));
        const given = Object.values(h.gateway.present(scene, token)).filter((value) => value !== null);
        expect(given).toHaveLength(1);
        expect(h.gateway.scenes[scene]).toBeGreaterThan(0);
      }
      const others = (['jsapi', 'native', 'h5', 'page'] as const).filter(
        (scene) => !h.scenes.includes(scene),
      );
      for (const scene of others) {
        expect(h.gateway.scenes).not.toHaveProperty(scene);
        expect(await kindOf(h.gateway.createTrade(trade({ scene })))).toBe('refused');
      }
    });

    it.each([7, 1990, 123_456_789])(
      '%i fen arrive unchanged: in the notification, in the query, and back with the refund',
      async (amount) => {
        const request = trade({ amountFen: fen(amount) });
        await h.gateway.createTrade(request);
        await h.pay(request.outTradeNo);
        const { headers, body } = await h.notification();
        const { content } = h.gateway.readNotification(headers, body);
        const queried = await h.gateway.queryTrade(request.outTradeNo);
        expect(queried).toMatchObject({ state: 'paid', outTradeNo: request.outTradeNo, amountFen: amount });
        expect(content).toEqual({ kind: 'payment', foreign: null, trade: queried });
        const refund = refundOf(request);
        await h.gateway.refund(refund);
        await refunded(refund);
        await h.notification();
      },
    );

    it('closing is final, and closing again or closing nothing is no error', async () => {
      const request = trade();
      await h.gateway.createTrade(request);
      await h.visit?.(request.outTradeNo);
      await h.gateway.closeTrade(request.outTradeNo);
      await h.gateway.closeTrade(request.outTradeNo);
      await h.gateway.closeTrade(number());
      expect((await h.gateway.queryTrade(request.outTradeNo)).state).toBe('closed');
    });

    it('a paid trade cannot be closed', async () => {
      const request = await paid(fen(500));
      expect(['paid', 'refused']).toContain(await kindOf(h.gateway.closeTrade(request.outTradeNo)));
      expect((await h.gateway.queryTrade(request.outTradeNo)).state).toBe('paid');
    });

    it('a refund asked for twice under one number is paid once', async () => {
      const request = refundOf(await paid(fen(1234)));
      const [first, second] = [await h.gateway.refund(request), await h.gateway.refund(request)];
      expect(second.gatewayRefundId).toBe(first.gatewayRefundId);
      await refunded(request);
      const { headers, body } = await h.notification();
      const { content } = h.gateway.readNotification(headers, body);
      const { outTradeNo, outRefundNo } = request;
      const told = { state: 'success', outTradeNo, outRefundNo, amountFen: 1234 };
      if (content.kind === 'hint')
        expect(content).toMatchObject({ kind: 'hint', outTradeNo, outRefundNo, authentic: true });
      else expect(content).toMatchObject({ kind: 'refund', foreign: null, refund: told });
    });

    it('partial refunds stop at what was paid', async () => {
      const request = await paid(fen(1000));
      await h.gateway.refund(refundOf(request, { amountFen: fen(600) }));
      await h.notification();
      expect(await kindOf(h.gateway.refund(refundOf(request, { amountFen: fen(401) })))).toBe('refused');
      await h.gateway.refund(refundOf(request, { amountFen: fen(400) }));
      await h.notification();
      expect((await h.gateway.queryTrade(request.outTradeNo)).state).toBe('paid');
    });

    it.each<Misbehaviour>(['answers nothing', 'answers 500', 'answers unsigned'])(
      'a gateway that %s leaves everything unknown',
      async (how) => {
        if (h.cannot?.includes(how)) return;
        const request = trade();
        const gateway = how === 'answers nothing' ? h.hasty : h.gateway;
        await h.misbehave(how, 'create');
        expect(await kindOf(gateway.createTrade(request))).toBe('unknown');
        await h.behave();
        await h.gateway.createTrade(request).catch((error: unknown) => {
          if (!(error instanceof GatewayError) || error.code !== h.gateway.registersOnce?.conflict)
            throw error;
        });
        await h.visit?.(request.outTradeNo);
        await h.misbehave(how, 'query');
        expect(await kindOf(gateway.queryTrade(request.outTradeNo))).toBe('unknown');
        await h.misbehave(how, 'close');
        expect(await kindOf(gateway.closeTrade(request.outTradeNo))).toBe('unknown');
      },
    );

    it('want of money and want of patience are told apart from a refusal', async () => {
      const refund = refundOf(await paid(fen(300)));
      await h.misbehave('is short of money', 'refund');
      expect(await kindOf(h.gateway.refund(refund))).toBe('insufficient');
      await h.behave();
      await h.misbehave('is throttled', 'refund');
      expect(await kindOf(h.gateway.refund(refund))).toBe('throttled');
      await h.behave();
      expect((await h.gateway.queryRefund(refund)).state).toBe('absent');
    });

    it('a notification changed in any byte is not believed', async () => {
      const request = trade();
      await h.gateway.createTrade(request);
      await h.pay(request.outTradeNo);
      const { headers, body } = await h.notification();
      for (const position of [0, Math.floor(body.length / 2), body.length - 1]) {
        const changed = Buffer.from(body);
        changed[position] = (changed[position] ?? 0) ^ 1;
        expect(() => h.gateway.readNotification(headers, changed)).toThrow(InvalidNotification);
      }
      const [first, second] = [body, body].map((same) => h.gateway.readNotification(headers, same));
      expect(first?.content.kind).toBe('payment');
      // By this the inbox knows a replay.
      expect(second?.eventId).toBe(first?.eventId);
    });

    it('the bill of the day, where there is one, has every payment and refund, to the fen', async () => {
      const download = h.gateway.downloadBill?.bind(h.gateway);
      if (!download) return;
      const date = businessDate(new Date());
      const request = await paid(fen(4567));
      const refund = refundOf(request, { amountFen: fen(67) });
      await h.gateway.refund(refund);
      await h.notification();
      await h.tomorrow();
      const bill = (await download(date)).filter((row) => row.outTradeNo === request.outTradeNo);
      expect(bill.find((row) => row.kind === 'payment')).toMatchObject({ amountFen: 4567 });
      expect(bill.find((row) => row.kind === 'refund')).toMatchObject({
        amountFen: 67,
        outRefundNo: refund.outRefundNo,
      });
      expect(await download(addDays(date, -1))).toEqual([]);
    });

    it('the statement of that day, where there is one, has all that the bill has, fees too, and balances that add up', async () => {
      const { gateway } = h;
      if (!gateway.downloadBill || !gateway.downloadStatement) return;
      const date = businessDate(new Date());
      const [bill, moved] = [await gateway.downloadBill(date), await gateway.downloadStatement(date)];
      for (const { kind, outTradeNo, outRefundNo, amountFen } of bill) {
        const sum = kind === 'payment' ? amountFen : 0 - amountFen;
        // A refund may be called by its trade alone.
        const ourNos = kind === 'payment' ? [outTradeNo] : [outRefundNo, outTradeNo];
        const found = moved.some(
          (each) => each.kind === kind && each.amountFen === sum && ourNos.includes(each.ourNo),
        );
        expect([kind, ourNos, sum, found]).toEqual([kind, ourNos, sum, true]);
      }
      const fees = moved.filter(({ kind }) => kind === 'fee' || kind === 'fee_returned');
      const total = (of: (number | null)[]) => of.reduce<number>((sum, fen) => sum + (fen ?? 0), 0);
      expect(0 - total(fees.map(({ amountFen }) => amountFen))).toBe(total(bill.map(({ feeFen }) => feeFen)));
      expect(moved.length).toBe(bill.length + fees.length);
      expect(new Set(moved.map(({ flowNo }) => flowNo)).size).toBe(moved.length);
      // The latest may stand first.
      const [first, last] = [moved[0], moved.at(-1)];
      let balanceFen = 0;
      for (const movement of first && last && first.at > last.at ? moved.toReversed() : moved)
        expect(movement.balanceFen).toBe((balanceFen += movement.amountFen));
      expect(await gateway.downloadStatement(addDays(date, -1))).toEqual([]);
    });

    it('the other side has said nothing all the while that the book of its vendor does not know', () => {
      expect(h.unheardOf?.() ?? []).toEqual([]);
    });
  });
}
