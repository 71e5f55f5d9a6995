import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fen } from '@yajin/core';
import { Lines, Refunds, type KernelAlert } from '@yajin/payment';
import { Alerts, Jobs } from '@yajin/server';
import { eventually } from '@yajin/testing/api';
import { api, fault, gatewayOf, paidOrder, refund, useGateways } from './gateways.kit.js';

useGateways();

/** What the group was told, as its robot heard it. */
const heard: string[] = [];
let robot: Server;
let robotFails = 0;
/** What it waits for before it answers. */
let robotWaits: Promise<unknown> = Promise.resolve();
beforeAll(async () => {
  robot = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const failed = robotFails-- > 0;
      if (!failed)
        heard.push(
          (JSON.parse(Buffer.concat(chunks).toString()) as { text: { content: string } }).text.content,
        );
      void robotWaits.then(() => response.end(JSON.stringify({ errcode: failed ? 93_000 : 0 })));
    });
  });
  await new Promise<void>((resolve) => robot.listen(0, '127.0.0.1', resolve));
  const value = `http://127.0.0.1:${(robot.address() as AddressInfo).port}/robot`;
  const saved = await api.admin('PUT', '/api/admin/config', { key: 'wecom.robotUrl', value });
  expect(saved.status).toBe(200);
});
afterAll(() => new Promise((resolve) => robot.close(resolve)));

const about = (text: string): Promise<string[]> =>
  eventually(() => {
    const found = heard.filter((said) => said.includes(text));
    return Promise.resolve(found.length > 0 && found);
  }, `word of ${text}`);

it('what is raised again and again under one key is one row and one message', async () => {
  const alerts = api.app.get(Alerts);
  for (let time = 0; time < 5; time += 1) await alerts.raise('一再发生', `number ${time}`, { key: 'again' });
  expect(await about('一再发生')).toHaveLength(1);
  expect(await api.rows(`SELECT times, detail FROM sys_alert WHERE key = 'again'`)).toEqual([
    { times: 5, detail: 'number 4' },
  ]);
  await api.rows(`UPDATE sys_alert SET pushed_at = now() - interval '25 hours' WHERE key = 'again'`);
  await alerts.raise('一再发生', 'the day after', { key: 'again' });
  await eventually(
    () => Promise.resolve(heard.filter((said) => said.includes('一再发生')).length === 2),
    'the next day',
  );
});

it('what is over stays as a row that is resolved, and what comes up again is another one, told at once', async () => {
  const alerts = api.app.get(Alerts);
  const raise = (number: number): Promise<void> =>
    alerts.raise('转瞬即逝', `gone ${number}`, { key: 'passing', params: { gateway: 'bank-card' } });
  await raise(1);
  await alerts.clear('passing');
  await alerts.clear('passing');
  await raise(2);
  await raise(3);
  expect(
    await api.rows(
      `SELECT key, detail, times, params, resolved_by, resolved_at IS NULL AS open FROM sys_alert WHERE title = '转瞬即逝' ORDER BY id`,
    ),
  ).toEqual([
    {
      key: null,
      detail: 'gone 1',
      times: 1,
      params: { gateway: 'bank-card' },
      resolved_by: null,
      open: false,
    },
    {
      key: 'passing',
      detail: 'gone 3',
      times: 2,
      params: { gateway: 'bank-card' },
      resolved_by: null,
      open: true,
    },
  ]);
  await eventually(
    () => Promise.resolve(heard.filter((said) => said.includes('转瞬即逝')).length === 2),
    'both to be told',
  );
});

it('twenty who raise the same at once, while others end it, leave one open row at most, and count every time', async () => {
  const alerts = api.app.get(Alerts);
  await Promise.all(
    Array.from({ length: 20 }, async (_, time) => {
      await alerts.raise('同时发生', `at once ${time}`, { key: 'at-once' });
      if (time % 5 === 0) await alerts.clear('at-once');
    }),
  );
  const kept = await api.rows<{ times: number; open: boolean }>(
    `SELECT times, resolved_at IS NULL AS open FROM sys_alert WHERE title = '同时发生'`,
  );
  expect(kept.filter(({ open }) => open).length).toBeLessThanOrEqual(1);
  expect(kept.reduce((sum, { times }) => sum + times, 0)).toBe(20);
});

it('what the kernel raises by a code is kept and told in words', async () => {
  const alerts: Alerts<KernelAlert> = api.app.get(Alerts);
  await alerts.raise('transfer-slow', 'transfer 17', { key: 'slow' });
  expect(await about('transfer 17')).toEqual(['【押金系统】转账超过一天没有结果，请人工核实\ntransfer 17']);
  expect(await api.rows(`SELECT title FROM sys_alert WHERE key = 'slow'`)).toEqual([
    { title: '转账超过一天没有结果，请人工核实' },
  ]);
});

it('an alert of a transaction is told only if that commits, and its robot holds up nobody', async () => {
  const alerts = api.app.get(Alerts);
  await api.db
    .transaction(async (manager) => {
      await alerts.raise('从未发生', 'rolled back', { within: manager });
      throw new Error('not after all');
    })
    .catch(() => undefined);
  robotFails = 1;
  const committed = Promise.withResolvers<null>();
  robotWaits = committed.promise;
  const began = Date.now();
  await api.db.transaction((manager) => alerts.raise('确已发生', 'committed', { within: manager }));
  // It is given five seconds to answer.
  expect(Date.now() - began).toBeLessThan(4500);
  committed.resolve(null);
  await api.rows(
    'SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs), run_at := now())',
  );
  await eventually(async () => {
    await api.rows(
      'SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE attempts > 0), run_at := now())',
    );
    return heard.some((said) => said.includes('确已发生'));
  }, 'the robot to take it at the second time');
  expect(heard.filter((said) => said.includes('从未发生'))).toEqual([]);
});

it('a payment that its line cannot digest is one alert, and is told again until it can', async () => {
  const line = api.app.get(Lines).get('plain');
  const paid = jest.spyOn(line, 'paid').mockRejectedValue(new Error('cannot be digested'));
  const order = await paidOrder('wechat-v3');
  await eventually(async () => {
    api.pass(5_000);
    const [row] = await api.rows<{ delivery_tries: number }>(
      'SELECT delivery_tries FROM pay_order WHERE id = $1',
      [order.id],
    );
    return (row?.delivery_tries ?? 0) >= 7;
  }, 'the line to refuse several times');
  expect(await about(`pay_order ${order.id}`)).toHaveLength(1);
  paid.mockRestore();
  await eventually(async () => {
    // Again and again: a delivery that was under way meanwhile still failed, and waits longer.
    api.pass(60_000);
    const done = 'SELECT 1 FROM pay_order WHERE id = $1 AND deliver_at IS NULL';
    return (await api.rows(done, [order.id])).length === 1;
  }, 'the line to take note of it');
});

it('a job that goes on failing is one alert', async () => {
  api.app.get(Jobs).failing('test.failing', 'job test.failing {} failed 5 times: Error: no');
  api.app.get(Jobs).failing('test.failing', 'job test.failing {} failed 6 times: Error: no');
  expect(await about('test.failing')).toHaveLength(1);
});

it('a refund that stays unclear for a day is one alert, and its waiting times begin anew with a person’s retry', async () => {
  const order = await paidOrder('wechat-v3');
  await fault({ refundStuck: true });
  const { id } = await refund(order, 1990);
  await eventually(
    async () =>
      (await api.rows(`SELECT 1 FROM pay_refund_attempt WHERE refund_id = $1 AND state = 'accepted'`, [id]))
        .length > 0,
    'it to be accepted',
  );
  api.pass(25 * 3_600_000);
  for (let asked = 0; asked < 4; asked += 1) await api.hurry();
  expect(await about(`refund ${id}`)).toHaveLength(1);
  expect(await api.rows('SELECT status FROM pay_refund WHERE id = $1', [id])).toEqual([
    { status: 'processing' },
  ]);
  await fault({ reset: true });
});

it('retrying a failed refund asks and sends at once, whatever it had waited for before', async () => {
  const order = await paidOrder('bank-card');
  await fault({ refuseRefund: true });
  const { id } = await refund(order, 1990);
  for (let tries = 0; tries < 3; tries += 1) await api.hurry();
  expect((await api.app.get(Refunds).find(api.db, id))?.status).toBe('failed');
  await api.rows('UPDATE pay_refund_attempt SET queries = 7 WHERE refund_id = $1', [id]);
  await fault({ reset: true, failAfter: { endpoints: ['refund'], times: 1 }, dropNotifications: true });
  await api.db.transaction((manager) => api.app.get(Refunds).retry(manager, id));
  await eventually(
    async () => (await api.app.get(Refunds).find(api.db, id))?.status === 'success',
    'it to be asked about a few seconds later',
  );
  expect(
    await gatewayOf('bank-card').queryRefund({
      outTradeNo: await tradeOf(id),
      outRefundNo: await numberOf(id),
    }),
  ).toMatchObject({
    state: 'success',
    amountFen: fen(1990),
  });
});

async function tradeOf(id: number): Promise<string> {
  return (
    await api.rows<{ out_trade_no: string }>('SELECT out_trade_no FROM pay_refund WHERE id = $1', [id])
  )[0]!.out_trade_no;
}

async function numberOf(id: number): Promise<string> {
  const sql = 'SELECT out_refund_no FROM pay_refund_attempt WHERE refund_id = $1';
  return (await api.rows<{ out_refund_no: string }>(sql, [id]))[0]!.out_refund_no;
}
