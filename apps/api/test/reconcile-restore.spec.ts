import { randomBytes } from 'node:crypto';
import { addDays, businessDate, fen } from '@yajin/core';
import { Payments, Refunds, type NewOrder, type Scene } from '@yajin/payment';
import { rows } from '@yajin/server';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  type GatewayRefund,
  expectBooksToAgree,
  member,
  openOrder,
  outTradeNo,
  pay,
  payByCode,
  person,
  publishedCamp,
} from '@yajin/testing/factories';
import { beside, command } from './command.kit.js';

/** The same for the API and for the command. */
const KEYS = {
  JWT_SECRET: randomBytes(32).toString('hex'),
  MASTER_KEY: randomBytes(32).toString('hex'),
};

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start(KEYS, undefined, { dayFiles: true });
});
afterAll(() => api.stop());
afterEach(() => api.control('POST', '/control/faults', { reset: true }));

const reconcile = (...args: string[]): Promise<{ code: number | null; said: string }> =>
  command('reconcile.js', args, beside(api, KEYS));

/** A copy of every table, as a backup of the night has it. */
const BACKUP = `
  DROP SCHEMA IF EXISTS night CASCADE;
  CREATE SCHEMA night;
  DO $$ DECLARE name text; BEGIN
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
      EXECUTE format('CREATE TABLE night.%I AS TABLE public.%I', name, name);
    END LOOP;
  END $$`;
/** Numbers go on from where they are: they were given out. */
const RESTORE = `
  DO $$ DECLARE name text; columns text; BEGIN
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migrations' LOOP
      EXECUTE format('DELETE FROM public.%I', name);
      SELECT string_agg(quote_ident(column_name), ', ') INTO columns FROM information_schema.columns
        WHERE table_schema = 'public' AND table_name = name AND is_generated = 'NEVER';
      EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM night.%I', name, columns, columns, name);
    END LOOP;
  END $$`;

it('payments by a fixed code whose notifications never came become orders by the bill', async () => {
  const camp = await publishedCamp(api);
  await api.control('POST', '/control/faults', { dropNotifications: true });
  for (let count = 0; count < 5; count += 1) await payByCode(api, camp, person());
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await reconcile('--from', day, '--to', day);
  expect({ code, said }).toMatchObject({ code: 0 });
  await eventually(async () => {
    const orders = await api.rows(
      "SELECT 1 FROM pay_order WHERE claimed_trade LIKE 'wechat-v3:FQ%' AND status = 'paid'",
    );
    return orders.length === 5;
  }, 'five orders');
  await expectBooksToAgree(api);
});

it('after a restore to last night, every payment and refund since is back, and the command says what is not', async () => {
  const camp = await publishedCamp(api);
  const [before, open] = [person(), person()];
  const kept = await member(api, camp, before);
  const pending = await openOrder(api, camp, open);
  await api.quiet();
  await api.owner.query(BACKUP);
  // Since then: an order of before is paid, another one is new, a code is paid, and money goes back by hand.
  await pay(api, pending, open);
  await eventually(
    async () =>
      (await api.rows("SELECT 1 FROM pay_order WHERE order_no = $1 AND status = 'paid'", [pending.orderNo]))
        .length,
    'the payment',
  );
  const lost = await member(api, camp, person());
  await payByCode(api, camp, person());
  const byCode = () =>
    api.rows('SELECT 1 FROM pay_order WHERE claimed_trade LIKE $1', [`wechat-v3:FQ${camp.id}%`]);
  await eventually(async () => (await byCode()).length, 'the payment by a code');
  await api.control('POST', '/control/refunds/by-hand', { outTradeNo: outTradeNo(kept), amountFen: 700 });
  await api.quiet();
  await api.owner.query(RESTORE);
  expect(await byCode()).toEqual([]);
  const statuses = () =>
    api.rows('SELECT order_no, status FROM pay_order WHERE order_no = ANY ($1) ORDER BY id', [
      [pending.orderNo, lost.orderNo],
    ]);
  expect(await statuses()).toEqual([{ order_no: pending.orderNo, status: 'pending' }]);
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await reconcile('--from', day);
  expect({ code, said }).toMatchObject({ code: 0 });
  expect(await statuses()).toEqual([{ order_no: pending.orderNo, status: 'paid' }]);
  const refunds = await api.rows('SELECT source, amount_fen FROM pay_refund WHERE out_trade_no = $1', [
    outTradeNo(kept),
  ]);
  expect(refunds).toEqual([{ source: `returned:${outTradeNo(kept)}:700`, amount_fen: 700 }]);
  expect(await byCode()).toHaveLength(1);
  // The camp hears of its money after the books.
  await api.quiet();
  // The order itself is gone: the gateway says of its payment which camp it was for, as of one by that camp's code.
  const claimed = `wechat-v3:${outTradeNo(lost)}`;
  expect(
    await api.rows(
      `SELECT o.line, o.subject, o.status, a.held_in, a.amount_fen, a.payer_index IS NOT NULL AS payer, m.pay_fen FROM pay_order o
       JOIN pay_attempt a ON a.order_id = o.id LEFT JOIN camp_member m ON m.order_id = o.id WHERE o.claimed_trade = $1`,
      [claimed],
    ),
  ).toEqual([
    {
      line: 'camp',
      subject: String(camp.id),
      status: 'paid',
      held_in: 'deposit',
      amount_fen: 9900,
      payer: true,
      pay_fen: 9900,
    },
  ]);
  expect(await api.rows(`SELECT * FROM pay_difference WHERE state = 'open'`)).toEqual([]);
  // Again, as after it was broken off: nothing twice.
  expect((await reconcile('--from', day)).code).toBe(0);
  expect(await api.rows('SELECT 1 FROM pay_refund WHERE out_trade_no = $1', [outTradeNo(kept)])).toHaveLength(
    1,
  );
});

it('after a restore, money of every line and gateway with bills is held for a person, and can go back; what somebody else sold stays theirs', async () => {
  const payments = api.app.get(Payments);
  const placed = async (order: Partial<NewOrder> & Pick<NewOrder, 'line' | 'gateway'>, scene: Scene) => {
    const made = await api.db.transaction((manager) =>
      payments.create(manager, {
        ...{ subject: '1', amountFen: fen(4500), description: '一次付款', attach: '' },
        ...{ expiresAt: new Date(api.clock.now().getTime() + 3_600_000), ...order },
      }),
    );
    await payments.present(made.id, scene, { id: null, ip: '127.0.0.1' });
    const [attempt] = await api.rows<{ out_trade_no: string }>(
      'SELECT out_trade_no FROM pay_attempt WHERE order_id = $1',
      [made.id],
    );
    await api.control('POST', '/control/pay', { outTradeNo: attempt?.out_trade_no });
    await eventually(async () => (await payments.find(api.db, made.id))?.status === 'paid', 'the payment');
    return attempt?.out_trade_no ?? '';
  };
  const giveBack = (number: string) =>
    api.db.transaction(async (manager) => {
      const [row] = await rows<{ order_id: number }>(
        manager,
        'SELECT order_id FROM pay_attempt WHERE out_trade_no = $1',
        [number],
      );
      const wanted = {
        source: `given:${number}`,
        orderId: row?.order_id ?? 0,
        amountFen: fen(1500),
        reason: '退款',
      };
      return api.app.get(Refunds).request(manager, wanted);
    });
  const kept = [
    await placed({ line: 'course', gateway: 'wechat-v3' }, 'native'),
    await placed({ line: 'work-order', gateway: 'wechat-v2' }, 'native'),
    await placed({ line: 'course', gateway: 'alipay' }, 'native'),
  ];
  await api.quiet();
  await api.owner.query(BACKUP);
  const gone = [
    await placed({ line: 'course', gateway: 'wechat-v3' }, 'native'),
    await placed(
      {
        line: 'work-order',
        gateway: 'wechat-v2',
        orderNo: `P20261129${String(Date.now()).padStart(16, '0')}`,
      },
      'native',
    ),
    await placed({ line: 'course', gateway: 'alipay' }, 'native'),
  ];
  const elsewhere = await placed(
    { line: 'course', gateway: 'wechat-v3', orderNo: `shop-${Date.now()}` },
    'native',
  );
  // Some of both has gone back since then, by numbers that the restored books do not know.
  for (const number of [...kept, gone[0]!, gone[2]!]) await giveBack(number);
  await eventually(async () => {
    const refunds = await api.control<{ outTradeNo: string; state: string }[]>('GET', '/control/refunds');
    const back = refunds.filter(
      ({ outTradeNo: number, state }) => state === 'SUCCESS' && [...kept, ...gone].includes(number),
    );
    return back.length === 5;
  }, 'what goes back');
  await api.quiet();
  await api.owner.query(RESTORE);
  const day = businessDate(api.clock.now());
  await api.moveClock(`${addDays(day, 1)}T11:00:00`);
  const { code, said } = await reconcile('--from', day);
  expect({ code, said }).toMatchObject({ code: 0 });
  await api.quiet();
  const held = (numbers: string[]) =>
    api.rows<{ refunded_fen: number }>(
      `SELECT o.line, a.held_in, a.refunded_fen, s.amount_fen AS suspended_fen, s.id IS NOT NULL AS suspended FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id
       LEFT JOIN pay_suspense s USING (out_trade_no) WHERE a.out_trade_no = ANY ($1) ORDER BY o.line, a.gateway`,
      [numbers],
    );
  expect((await held(kept)).map((row) => row.refunded_fen)).toEqual([1500, 1500, 1500]);
  expect(await held(gone)).toEqual([
    expect.objectContaining({ line: 'course', refunded_fen: 1500 }),
    expect.objectContaining({ line: 'course', refunded_fen: 1500 }),
    expect.objectContaining({
      line: 'work-order',
      refunded_fen: 0,
      held_in: 'suspense',
      suspended_fen: 4500,
    }),
  ]);
  expect(await api.rows(`SELECT kind, out_trade_no, state FROM pay_difference WHERE state = 'open'`)).toEqual(
    [{ kind: 'payment_unknown', out_trade_no: elsewhere, state: 'open' }],
  );
  const [suspense] = await api.rows<{ id: number }>('SELECT id FROM pay_suspense WHERE out_trade_no = $1', [
    gone[1],
  ]);
  const refunded = await api.admin('POST', `/api/admin/pay/suspense/${suspense?.id}/refund`, {
    note: '订单已不在，退回',
  });
  expect(refunded.code).toBe(200);
  await eventually(async () => {
    const refunds = await api.control<GatewayRefund[]>('GET', '/control/refunds');
    return refunds.some(
      (each) => each.outTradeNo === gone[1] && each.state === 'SUCCESS' && each.amountFen === 4500,
    );
  }, 'the money to be back at its payer');
  await api.quiet();
});

it.each([
  [[]],
  [['--from', '2026-02-30']],
  [['--from', '2026-11-02', '--to', '2026-11-01']],
  [['--from', '2020-01-01', '--to', '2022-01-01']],
])('the command refuses %j, and says how it is used', async (args) => {
  const { code, said } = await reconcile(...args);
  expect(code).toBe(1);
  expect(said).toContain('npm run reconcile');
});
