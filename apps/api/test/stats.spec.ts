import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import fc from 'fast-check';
import {
  checkIns,
  member,
  pendingRefunds,
  person,
  publishedCamp,
  records,
  type MadeCamp,
} from '@yajin/testing/factories';
import { eventually, TestApi } from '@yajin/testing/api';
import { sync } from '@yajin/testing/matching';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const overview = async (): Promise<Camp.StatsOverview> =>
  (await api.admin<Camp.StatsOverview>('GET', '/api/admin/stats/overview')).data;
const stats = async (id: number): Promise<Camp.CampStats> =>
  (await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${id}`)).data;
const round = (value: number): number => Math.round(value * 100 + 1e-9) / 100;
const rate = (part: number, whole: number): number => (whole === 0 ? 0 : round((part / whole) * 100));

/** Every member with its check-in days, read row by row: what the figures are recounted from. */
interface Raw {
  id: number;
  pay: number;
  month: string;
  matched: boolean;
  joined: boolean;
  refunded: number;
  days: string[];
}

async function rawMembers(campId: number): Promise<Raw[]> {
  const members = await api.rows<{
    id: number;
    pay_fen: number;
    paid_at: Date;
    match_status: string;
    joined_group: boolean;
    planet_user_ref: number | null;
    refund_status: string | null;
    refund_fen: number | null;
  }>(
    `SELECT m.id, m.pay_fen, m.paid_at, m.match_status, m.joined_group, m.planet_user_ref, k.status AS refund_status, k.amount_fen AS refund_fen
     FROM camp_member m LEFT JOIN pay_refund k ON k.order_id = m.order_id WHERE m.camp_id = $1`,
    [campId],
  );
  const posts = await api.rows<{ planet_user_ref: number; checkin_time: Date }>(
    'SELECT planet_user_ref, checkin_time FROM camp_checkin WHERE camp_id = $1',
    [campId],
  );
  return members.map((row) => ({
    id: row.id,
    pay: row.pay_fen,
    month: businessDate(row.paid_at).slice(0, 7),
    matched: row.match_status === 'matched',
    joined: row.joined_group,
    refunded: row.refund_status === 'success' ? (row.refund_fen ?? 0) : 0,
    days: [
      ...new Set(
        posts
          .filter((post) => post.planet_user_ref === row.planet_user_ref)
          .map((post) => businessDate(post.checkin_time)),
      ),
    ],
  }));
}

async function expectRecount(camp: MadeCamp, requiredDays: number): Promise<void> {
  const members = await rawMembers(camp.id);
  const shown = await stats(camp.id);
  const today = businessDate(api.clock.now());
  const elapsed: string[] = [];
  for (let date = camp.start; date <= today && date < camp.end; date = addDays(date, 1)) elapsed.push(date);
  const count = (test: (each: Raw) => boolean): number => members.filter(test).length;
  const sum = (of: (each: Raw) => number): number => members.reduce((total, each) => total + of(each), 0);
  const [paid, refunded] = [sum((each) => each.pay), sum((each) => each.refunded)];
  expect(shown).toMatchObject({
    enrollment: {
      totalMembers: members.length,
      matchedMembers: count((each) => each.matched),
      matchRate: rate(
        count((each) => each.matched),
        members.length,
      ),
      joinedGroupMembers: count((each) => each.joined),
    },
    checkin: {
      avgCheckinRate: rate(
        sum((each) => each.days.length),
        members.length * elapsed.length,
      ),
      eligibleMembers: count((each) => each.days.length >= requiredDays),
    },
    finance: {
      totalPaid: paid / 100,
      totalRefunded: refunded / 100,
      netIncome: (paid - refunded) / 100,
      refundRate: rate(refunded, paid),
    },
    dailyTrend: elapsed.map((date) => ({
      date,
      checkinCount: count((each) => each.days.includes(date)),
      checkinRate: rate(
        count((each) => each.days.includes(date)),
        members.length,
      ),
    })),
  });
  for (const { range, count: inRange } of shown.checkin.distribution) {
    const [from = 0, to = 0] = range.match(/\d+/g)!.map(Number);
    expect(inRange).toBe(count((each) => each.days.length >= from && each.days.length <= to));
  }
  expect(shown.checkin.distribution.reduce((total, each) => total + each.count, 0)).toBe(members.length);
}

describe('figures', () => {
  it('are what a recount from payments, refunds and posts gives, at every stage of a camp', async () => {
    const camp = await publishedCamp(api, { days: 12, requiredDays: 3 });
    const [plan] = fc.sample(fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 9, maxLength: 9 }), {
      numRuns: 1,
      seed: 7,
    });
    const people = plan!.map((days) => ({ who: person(), days }));
    for (const { who } of people) await member(api, camp, who);
    await expectRecount(camp, 3);
    await api.moveClock(`${addDays(camp.start, 2)}T12:00:00`);
    for (const { who, days } of people) await checkIns(api, camp, who, Math.min(days, 3));
    await sync(api, camp);
    await expectRecount(camp, 3);
    for (const { who, days } of people) await checkIns(api, camp, who, days);
    const pending = await pendingRefunds(api, camp);
    await expectRecount(camp, 3);
    const refundIds = pending.slice(1).map(({ id }) => id);
    await api.admin('POST', '/api/admin/refunds/batch-approve', { refundIds });
    await eventually(
      async () =>
        (await records(api, camp)).filter(({ refundStatus }) => refundStatus === 'success').length ===
        refundIds.length,
      'the refunds',
    );
    await expectRecount(camp, 3);
    expect((await stats(camp.id)).refund).toEqual({
      totalRefunds: refundIds.length,
      successRefunds: refundIds.length,
      failedRefunds: 0,
      successRate: 100,
    });
  });

  it('of the overview are the sums over all camps', async () => {
    await publishedCamp(api);
    const camps = await api.rows<{ id: number; status: string }>(
      'SELECT id, status FROM camp WHERE deleted_at IS NULL',
    );
    const members = (await Promise.all(camps.map(({ id }) => rawMembers(id)))).flat();
    const shown = await overview();
    const [paid, refunded] = [
      members.reduce((sum, each) => sum + each.pay, 0),
      members.reduce((sum, each) => sum + each.refunded, 0),
    ];
    expect(shown.summary).toEqual({
      totalCamps: camps.length,
      activeCamps: camps.filter(({ status }) => status === 'enrolling' || status === 'ongoing').length,
      totalMembers: members.length,
      totalPaid: paid / 100,
      totalRefunded: refunded / 100,
      netIncome: (paid - refunded) / 100,
    });
    const month = businessDate(api.clock.now()).slice(0, 7);
    expect(shown.trend.members).toHaveLength(12);
    expect(shown.trend.members.at(-1)?.date).toBe(month);
    for (const { date, count } of shown.trend.members) {
      expect(count).toBe(members.filter((each) => each.month === date).length);
    }
    for (const { date, amount } of shown.trend.revenue) {
      const inMonth = members.filter((each) => each.month === date);
      expect(amount).toBe(inMonth.reduce((sum, each) => sum + each.pay, 0) / 100);
    }
    for (const camp of shown.recentCamps) {
      expect(camp.memberCount).toBe((await rawMembers(camp.id)).length);
      expect(camp.avgCheckinRate).toBe((await stats(camp.id)).checkin.avgCheckinRate);
    }
  });

  it('of nothing are zeros', async () => {
    const empty = await TestApi.start();
    try {
      const { data } = await empty.admin<Camp.StatsOverview>('GET', '/api/admin/stats/overview');
      expect(data).toMatchObject({ summary: { totalCamps: 0, totalPaid: 0, netIncome: 0 }, recentCamps: [] });
      expect(data.trend.revenue.map(({ amount }) => amount)).toEqual(Array.from({ length: 12 }, () => 0));
    } finally {
      await empty.stop();
    }
  });
});
