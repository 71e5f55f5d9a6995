import type { Camp } from '@yajin/contract';
import { addDays } from '@yajin/core';
import { KeptFigures } from '@yajin/server';
import { eventually, TestApi } from '@yajin/testing/api';
import {
  checkIns,
  member,
  openOrder,
  pay,
  payByCode,
  pendingRefunds,
  person,
  placedOrder,
  publishedCamp,
  unique,
  type MadeCamp,
  type Person,
} from '@yajin/testing/factories';
import { browser, memberFrom, signatureOf } from '@yajin/testing/identity';
import { scanner, sync } from '@yajin/testing/matching';
import { operator } from '@yajin/testing/operators';
import { compareFigures } from '@yajin/testing/owner-figures';

/** What the owner reads of deposits on overview, reports, camps, records and ledger, against each other and against a count anew. */

const HISTORIES = 5;
const SEED = 20_261_130;

let api: TestApi;
beforeAll(async () => {
  // What took long is kept for a while: here it is counted whenever it is asked for.
  jest.spyOn(KeptFigures.prototype, 'of').mockImplementation((_key, count) => count());
  api = await TestApi.start({ DEMO_DATA: 'on', JOB_CONCURRENCY: '8' });
});
afterAll(() => api.stop());

/** The same numbers every time (mulberry32). Both ends included. */
function diceOf(seed: number): (from: number, to: number) => number {
  let state = seed;
  return (from, to) => {
    state = (state + 0x6d2b79f5) | 0;
    const once = Math.imul(state ^ (state >>> 15), 1 | state);
    const twice = (once + Math.imul(once ^ (once >>> 7), 61 | once)) ^ once;
    return from + Math.floor((((twice ^ (twice >>> 14)) >>> 0) / 2 ** 32) * (to - from + 1));
  };
}
type Dice = ReturnType<typeof diceOf>;

/** Ways in which money comes; each returns who may check in for it, if anybody does. */
const ARRIVALS: Record<string, (camp: MadeCamp) => Promise<Person | null>> = {
  'by the open link': async (camp) => {
    const who = person();
    await member(api, camp, who);
    return who;
  },
  'by a personal link': async (camp) => {
    const who = person();
    await memberFrom(api, camp, who, browser(), await signatureOf(api, camp, who));
    return who;
  },
  'by the fixed code': async (camp) => {
    const who = { ...person(), nickname: `扫码同学${unique()}` };
    await scanner(api, camp, { planetUserId: who.planetUserId, planetNickname: who.nickname });
    return who;
  },
  'by the fixed code, from nobody who says who': async (camp) => {
    await scanner(api, camp);
    return null;
  },
  'by the fixed code, another sum than the deposit': async (camp) => {
    await payByCode(api, camp, person(), 1 + unique());
    return null;
  },
  'twice, for one person': async (camp) => {
    const who = person();
    const orders = [await openOrder(api, camp, who), await openOrder(api, camp, who)];
    for (const order of orders) {
      await pay(api, order, who);
      await api.quiet();
    }
    return who;
  },
  'when the order is closed': async (camp) => {
    const who = person();
    const order = await openOrder(api, camp, who);
    const once = { times: 1, match: order.orderNo };
    await api.control('POST', '/control/faults', { payAfterClose: once, payAfterExpiry: once });
    await api.moveClock(
      new Date(api.clock.now().getTime() + 8 * 3_600_000 + 40 * 60_000).toISOString().slice(0, 19),
    );
    await pay(api, order, who);
    return null;
  },
  never: async (camp) => {
    await placedOrder(api, camp, person());
    return null;
  },
};

/** The demo ends with refunds under way; those of the histories are waited for. */
let lastOfDemo = 0;
const arrived = (): Promise<unknown> =>
  eventually(
    async () =>
      (
        await api.rows(
          `SELECT 1 FROM camp_refund WHERE id > $1 AND audit_status = 'approved' AND refund_status IN ('pending', 'processing')`,
          [lastOfDemo],
        )
      ).length === 0,
    'refunds to arrive or fail',
  );

const approve = (id: number): Promise<unknown> =>
  api.admin('POST', `/api/admin/refunds/${id}/approve`, { comment: '已核对' });

async function ending(id: number, value: 'CLOSED' | 'ABNORMAL'): Promise<void> {
  // The fault meets the next refund: none may be before it.
  await arrived();
  await api.control('POST', '/control/faults', { refundResult: { value, times: 1 } });
  await approve(id);
  await eventually(
    async () =>
      (await api.rows(`SELECT 1 FROM camp_refund WHERE id = $1 AND refund_status = 'failed'`, [id]))
        .length === 1,
    `refund ${id} to fail`,
  );
}

/** What becomes of a refund on the list. */
const DECISIONS: Record<string, (refund: Camp.PendingRefund) => Promise<unknown>> = {
  approved: ({ id }) => approve(id),
  rejected: ({ id }) => api.admin('POST', `/api/admin/refunds/${id}/reject`, { reason: '与本人核对不符' }),
  'left alone': () => Promise.resolve(),
  failed: ({ id }) => ending(id, 'CLOSED'),
  'failed and tried again': async ({ id }) => {
    await ending(id, 'CLOSED');
    await api.admin('POST', `/api/admin/refunds/${id}/retry`);
  },
  'abnormal, and paid by other means': async ({ id }) => {
    await ending(id, 'ABNORMAL');
    const [kernel] = await api.rows<{ id: number }>('SELECT id FROM pay_refund WHERE source = $1', [
      `camp_refund:${id}`,
    ]);
    const at = `/api/admin/pay/refunds/${kernel!.id}/outside`;
    await api.admin('POST', at, { evidence: '银行转账流水 1' });
    const { token } = await operator(api, 'manager');
    const confirmed = await api.call('POST', `${at}/confirm`, { token });
    expect(confirmed.code).toBe(200);
  },
  'given back by hand at the gateway, before anybody decided': async ({ id }) => {
    const [order] = await api.rows<{ number: string; amount_fen: number }>(
      'SELECT o.paid_with AS number, r.amount_fen FROM camp_refund r JOIN pay_order o ON o.id = r.order_id WHERE r.id = $1',
      [id],
    );
    await api.control('POST', '/control/refunds/by-hand', {
      outTradeNo: order!.number,
      amountFen: order!.amount_fen,
    });
  },
};

async function agree(when: string): Promise<void> {
  if (lastOfDemo > 0) await arrived();
  const { differences } = await compareFigures(api);
  expect({ when, differences }).toEqual({ when, differences: [] });
}

/** A camp from its first enrolment to the last decision, as the dice fall; looked at after each of its stages. */
async function history(number: number, dice: Dice): Promise<void> {
  const pick = <Value>(values: Value[]): Value => values[dice(0, values.length - 1)]!;
  const camp = await publishedCamp(api, {
    startsIn: 2,
    days: 3,
    requiredDays: 2,
    deposit: dice(100, 30_000) / 100,
  });
  const guests: Person[] = [];
  const arrivals = Object.keys(ARRIVALS);
  // Each way once over all histories, and as the dice fall.
  const ways = [
    ...arrivals.filter((_, index) => index % HISTORIES === number),
    ...Array.from({ length: dice(2, 4) }, () => pick(arrivals)),
    'by the open link',
    'by a personal link',
  ];
  for (const way of ways) {
    const who = await ARRIVALS[way]!(camp);
    if (who) guests.push(who);
  }
  await agree(`history ${number}, enrolled ${ways.join(', ')}`);
  await api.moveClock(`${addDays(camp.start, 1)}T12:00:00`);
  for (const who of guests) await checkIns(api, camp, who, pick([0, 1, 2, 2, 2]));
  await sync(api, camp);
  await agree(`history ${number}, under way`);
  const pending = await pendingRefunds(api, camp);
  await agree(`history ${number}, over`);
  const decisions = Object.keys(DECISIONS);
  const chosen = pending.map((_, index) => decisions[(number * 2 + index) % decisions.length]!);
  for (const [index, refund] of pending.entries()) await DECISIONS[chosen[index]!]!(refund);
  await agree(`history ${number}, decided: ${chosen.join(', ')}`);
  // A stray payment goes back, and somebody who was rejected is listed anew.
  const { data } = await api.admin<Camp.UnallocatedPage>('GET', '/api/admin/unallocated?status=pending');
  for (const { id } of data.list.slice(0, dice(0, 1)))
    await api.admin('POST', `/api/admin/unallocated/${id}/refund`, { reason: '无法归属' });
  for (const who of guests) await checkIns(api, camp, who, 3);
  await sync(api, camp);
  await agree(`history ${number}, afterwards`);
}

it('the owner’s figures are the same on overview, reports, camps, records and ledger, and a count anew gives them, in the demo and in random histories', async () => {
  await agree('the demo');
  const before = (await compareFigures(api)).total;
  expect(Math.min(before.inHand, before.owed, before.refunded, before.income)).toBeGreaterThan(0);
  lastOfDemo = (await api.rows<{ id: number }>('SELECT max(id) AS id FROM camp_refund'))[0]!.id;
  const dice = diceOf(SEED);
  for (let number = 0; number < HISTORIES; number += 1) await history(number, dice);
});
