import type { Camp } from '@yajin/contract';
import { localTime } from '@yajin/core';
import { decided, member, openOrder, person, publishedCamp } from '@yajin/testing/factories';
import { eventually } from '@yajin/testing/api';
import { api, column, days, figuresOf, night, useNights } from './retention.kit.js';

useNights();

describe('orders that were never paid', () => {
  /** Of which nobody has heard anything since: over, closed everywhere, and its access tickets run out. */
  const ended = async (count: number): Promise<Camp.CreatedPayment[]> => {
    const camp = await publishedCamp(api);
    const orders: Camp.CreatedPayment[] = [];
    for (let n = 0; n < count; n += 1) orders.push(await openOrder(api, camp, person()));
    await api.moveClock(localTime(new Date(api.clock.now().getTime() + 3_600_000)));
    await eventually(
      async () =>
        (await column(`SELECT 1 AS it FROM pay_order WHERE status = 'closed' AND deliver_at IS NULL`))
          .length === count,
      'the orders to be closed',
    );
    return orders;
  };
  const left = (): Promise<string[]> => column('SELECT order_no AS it FROM pay_order ORDER BY order_no');

  it('go with their numbers and all that their line kept of them, four hundred days after they ended', async () => {
    const [order] = await ended(1);
    const traces = async (): Promise<number> => {
      const tables = ['pay_attempt', 'camp_order', 'camp_ticket', 'camp_consent', 'pay_refusal'];
      const found = await column(
        `SELECT ${tables.map((table) => `(SELECT count(*) FROM ${table})`).join(' + ')} AS it`,
      );
      return Number(found[0]);
    };
    await api.rows(
      `INSERT INTO camp_consent (order_id, version, language, consented_at) VALUES ($1, '1', 'zh', now())`,
      [order?.orderId],
    );
    await api.rows(
      `INSERT INTO pay_refusal (order_id, gateway, code, kind, message, last_at) VALUES ($1, 'wechat-v3', 'X', 'refused', 'x', now())`,
      [order?.orderId],
    );
    await days(399);
    await night();
    expect(await left()).toHaveLength(1);
    const before = await traces();
    expect(before).toBeGreaterThanOrEqual(5);
    await days(2);
    await api.rows(
      `INSERT INTO list_anchor (list, place, id, at) SELECT list, 1000, 1, created_at FROM pay_order, unnest(ARRAY['pay_order:', 'pay_order:camp', 'pay_order:gym']) AS list`,
    );
    await Promise.all([night(), night()]);
    expect([await left(), await traces()]).toEqual([[], 0]);
    expect(await column('SELECT list AS it FROM list_anchor')).toEqual(['pay_order:gym']);
    expect(await figuresOf('pay.orders')).toMatchObject({ totalRows: 1, waitingRows: 0, failed: false });
  });

  it.each([
    [
      'a posting',
      `INSERT INTO pay_ledger (source, debit, credit, amount_fen, line, subject, order_id, at) VALUES ('odd', 'clearing', 'outside', 1, 'camp', '1', $1, now())`,
    ],
    [
      'a refund',
      `INSERT INTO pay_refund (source, line, gateway, order_id, out_trade_no, amount_fen, reason, status, check_at, created_at)
     SELECT 'odd', 'camp', gateway, order_id, out_trade_no, 1, 'x', 'success', now(), now() FROM pay_attempt WHERE order_id = $1`,
    ],
    [
      'a transfer',
      `INSERT INTO pay_transfer (source, line, subject, order_id, gateway, payee_id, owner, amount_fen, remark, out_transfer_no, status, check_at, created_at)
     VALUES ('odd', 'camp', '1', $1, 'wechat-v3', 'p', 'o', 1, 'x', 'odd', 'success', now(), now())`,
    ],
    [
      'money in suspense',
      `INSERT INTO pay_suspense (out_trade_no, order_id, line, amount_fen, reason, detail, created_at, asked_fen)
     SELECT out_trade_no, order_id, 'camp', 1, 'not_wanted', 'x', now(), 1 FROM pay_attempt WHERE order_id = $1`,
    ],
    [
      'an entry by hand',
      `INSERT INTO pay_entry (order_id, debit, credit, amount_fen, reason, evidence, proposed_by, proposed_at) VALUES ($1, 'clearing', 'outside', 1, 'x', 'x', 'x', now())`,
    ],
    [
      'a payout stop',
      `INSERT INTO pay_stop (scope, target, order_id, reason, thrown_by, thrown_at) VALUES ('payee', 'x', $1, 'x', 'x', now())`,
    ],
    [
      'a difference, resolved though it is',
      `INSERT INTO pay_difference (gateway, day, key, kind, out_trade_no, found_at, state, decision, resolved_at)
     SELECT gateway, '2026-01-01', 'k', 'missing_here', out_trade_no, now(), 'resolved', 'explained', now() FROM pay_attempt WHERE order_id = $1`,
    ],
    [
      'a row of a bill',
      `WITH b AS (INSERT INTO pay_bill (gateway, day) VALUES ('wechat-v3', '2020-01-01') RETURNING *)
     INSERT INTO pay_bill_row (gateway, day, row_no, entry, at, out_trade_no, transaction_id, amount_fen)
     SELECT b.gateway, b.day, 1, 'payment', now(), a.out_trade_no, 't', 1 FROM pay_attempt a, b WHERE a.order_id = $1`,
    ],
    [
      'a notification',
      `INSERT INTO pay_notification (gateway, event_id, event_type, subject_no, state, payload)
     SELECT gateway, 'e', 'PAYMENT', out_trade_no, 'quarantined', '{}' FROM pay_attempt WHERE order_id = $1`,
    ],
    [
      'an entry of the audit log',
      `INSERT INTO sys_audit_entry (at, username, action, target_type, target_id) VALUES (now(), 'a', 'order.cancel', 'order', ($1::bigint)::text)`,
    ],
    [
      'an entry of the audit log about its delivery',
      `INSERT INTO sys_audit_entry (at, username, action, target_type, target_id) VALUES (now(), 'a', 'job.retry', 'job', 'order-' || $1::bigint)`,
    ],
    [
      'an open alert',
      `INSERT INTO sys_alert (key, kind, title, detail, params, raised_at, last_at) VALUES ('odd', 'odd', 'x', 'x', jsonb_build_object('order', $1::bigint), now(), now())`,
    ],
    ['a question to the gateway', `UPDATE pay_attempt SET query_at = '9999-01-01' WHERE order_id = $1`],
    ['an address that still lives', `UPDATE pay_attempt SET dies_at = '9999-01-01' WHERE order_id = $1`],
    [
      'a ticket',
      `INSERT INTO camp_ticket (token_hash, order_id, expires_at) VALUES ('\\x01', $1, '9999-01-01')`,
    ],
  ])('stay while %s names them or may come of them, and the others go', async (_what, sql) => {
    const [named, plain] = await ended(2);
    await api.rows(sql, [named?.orderId]);
    await days(401);
    await night();
    expect(await left()).toEqual([named?.orderNo]);
    await api.auditEntries('SELECT 1');
    await night();
    expect(await left()).toEqual([named?.orderNo]);
    expect(plain?.orderNo).not.toBe(named?.orderNo);
  });

  it('stay when one of their numbers is being paid at this moment, and the money comes to its end', async () => {
    const [order] = await ended(1);
    await days(401);
    const payment = api.db.createQueryRunner();
    await payment.startTransaction();
    try {
      await payment.query('SELECT 1 FROM pay_attempt WHERE order_id = $1 FOR UPDATE', [order?.orderId]);
      await night();
      await payment.query(
        `UPDATE pay_attempt SET state = 'paid', transaction_id = 't', paid_at = now(), held_in = 'surplus' WHERE order_id = $1`,
        [order?.orderId],
      );
      await payment.commitTransaction();
    } finally {
      await payment.release();
    }
    await night();
    expect(await left()).toEqual([order?.orderNo]);
  });

  it('of an order that was paid only the numbers go that came to nothing', async () => {
    const camp = await publishedCamp(api);
    const order = await member(api, camp, person());
    await decided(api, order);
    await api.rows(
      `INSERT INTO pay_attempt (out_trade_no, order_id, gateway, state, amount_fen, created_at) SELECT 'idle', $1, 'wechat-v3', 'closed', 1, $2`,
      [order.orderId, api.clock.now()],
    );
    const numbers = (): Promise<string[]> =>
      column('SELECT out_trade_no AS it FROM pay_attempt ORDER BY created_at');
    expect(await numbers()).toHaveLength(2);
    await days(401);
    await night();
    expect(await numbers()).toEqual(
      await column('SELECT paid_with AS it FROM pay_order WHERE id = $1', [order.orderId]),
    );
  });

  it('a statement that fails leaves nothing half gone, and the next night takes the whole', async () => {
    await ended(3);
    await days(401);
    await api.rows(`
      CREATE FUNCTION refuses() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'not today'; END $$;
      CREATE TRIGGER refuses BEFORE DELETE ON pay_order FOR EACH ROW EXECUTE FUNCTION refuses()`);
    await expect(night()).rejects.toThrow('not today');
    expect(
      [await left(), await column('SELECT order_id AS it FROM camp_order')].map((all) => all.length),
    ).toEqual([3, 3]);
    expect(await figuresOf('pay.orders')).toMatchObject({ failed: true, waitingRows: 3 });
    await api.rows('DROP TRIGGER refuses ON pay_order');
    await Promise.all([night(), night()]);
    expect(await left()).toEqual([]);
  });
});
