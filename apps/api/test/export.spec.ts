import * as sheets from '@e965/xlsx';
import { addDays, businessDate } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { download, enrol, exported, pdfText, readXlsx, type Line } from './export.kit.js';
import {
  checkIns,
  member,
  pendingRefunds,
  person,
  publishedCamp,
  type MadeCamp,
} from '@yajin/testing/factories';
import { TestApi } from '@yajin/testing/api';

let api: TestApi;
beforeAll(async () => {
  api = await TestApi.start();
});
afterAll(() => api.stop());

const stats = async (camp: MadeCamp): Promise<Camp.CampStats> =>
  (await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${camp.id}`)).data;
const fenOf = (value: string | number | undefined): number => Math.round(Number(value) * 100);
const sum = (lines: Line[], title: string): number =>
  lines.reduce((total, line) => total + fenOf(line[title]), 0) / 100;
const stamp = (): string => businessDate(api.clock.now()).replaceAll('-', '');

describe('an export of members', () => {
  it('says everything about a member in words', async () => {
    const camp = await publishedCamp(api, { startsIn: 1, days: 7, requiredDays: 3, deposit: 88.8 });
    const who = person();
    const order = await member(api, camp, who);
    await checkIns(api, camp, who, 4);
    await pendingRefunds(api, camp);
    const [line, ...others] = await exported(api, `/api/admin/members/export?campId=${camp.id}&format=csv`);
    expect(others).toEqual([]);
    expect(line).toMatchObject({
      填写的星球昵称: who.nickname,
      填写的星球ID: who.planetUserId,
      匹配状态: '已匹配',
      置信度: '100',
      匹配方式: '报名链接',
      星球昵称: who.nickname,
      星球ID: who.planetUserId,
      是否进群: '否',
      进群时间: '',
      打卡天数: '4',
      打卡率: '57.14%',
      达标: '是',
      押金: '88.80',
      退款状态: '待审核',
      已退金额: '0.00',
      订单号: order.orderNo,
    });
    expect(line?.支付时间).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/);
    expect(Object.keys(line ?? {})).toHaveLength(20);
  });

  it.each(['xlsx', 'csv'])(
    'as %s has each of thousands once, and sums that are the statistics',
    async (format) => {
      const camp = await publishedCamp(api);
      await enrol(api, camp, 5003);
      const lines = await exported(api, `/api/admin/members/export?campId=${camp.id}&format=${format}`);
      const members = await api.rows<{ id: number }>(
        'SELECT id FROM camp_member WHERE camp_id = $1 ORDER BY id',
        [camp.id],
      );
      expect(members).toHaveLength(5003);
      expect(lines.map((line) => Number(line.会员ID))).toEqual(members.map(({ id }) => id));
      const { enrollment, checkin, finance } = await stats(camp);
      expect(sum(lines, '押金')).toBe(finance.totalPaid);
      expect(sum(lines, '已退金额')).toBe(finance.totalRefunded);
      const having = (title: string, value: string): number =>
        lines.filter((line) => line[title] === value).length;
      expect(having('匹配状态', '已匹配')).toBe(enrollment.matchedMembers);
      expect(having('是否进群', '是')).toBe(enrollment.joinedGroupMembers);
      expect(having('达标', '是')).toBe(checkin.eligibleMembers);
    },
  );

  it.each([
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['csv', 'text/csv; charset=utf-8'],
  ])('of nobody is a header, as %s under its name', async (format, type) => {
    const camp = await publishedCamp(api);
    const { headers, body } = await download(
      api,
      `/api/admin/members/export?campId=${camp.id}&format=${format}`,
    );
    expect(headers.get('content-type')).toBe(type);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="members_camp${camp.id}_${stamp()}.${format}"`,
    );
    expect(headers.get('cache-control')).toBe('no-store');
    const book = sheets.read(body, { codepage: 65001 });
    const table = sheets.utils.sheet_to_json<string[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 });
    expect(table).toHaveLength(1);
    expect(table[0]).toHaveLength(20);
  });

  it('keeps whatever people call themselves, and computes none of it', async () => {
    const camp = await publishedCamp(api, { name: '=HYPERLINK("http://x","早起营")' });
    const names = [
      '=1+1',
      '＝cmd|calc',
      '+86',
      '@x',
      '-1',
      '\t1',
      '\n1',
      "'; DROP TABLE camp;--",
      '<b>&"',
      '小明👨‍👩‍👧',
      '长'.repeat(5000),
      'a\u0001b',
    ];
    await enrol(api, camp, names.length);
    await api.rows(
      `UPDATE camp_member m SET filled_planet_nickname = v.name FROM unnest($2::text[]) WITH ORDINALITY AS v (name, n)
       WHERE m.order_id = 900000000000 + $1::bigint * 1000000 + v.n`,
      [camp.id, names],
    );
    const kept = names.map((name) => name.replace('\u0001', ''));
    const path = `/api/admin/members/export?campId=${camp.id}`;
    const { lines, book } = readXlsx((await download(api, path)).body);
    expect(lines.map((line) => line.填写的星球昵称)).toEqual(kept);
    expect(lines.map((line) => line.训练营)).toEqual(kept.map(() => '=HYPERLINK("http://x","早起营")'));
    const cells = Object.values(book.Sheets[book.SheetNames[0]!]!) as sheets.CellObject[];
    expect(cells.filter((cell) => cell.f !== undefined)).toEqual([]);
    const fields = (await exported(api, `${path}&format=csv`)).map((line) => line.填写的星球昵称);
    expect(fields).toEqual(kept.map((name, index) => (index < 7 ? `'${name}` : name)));
  });
});

describe('an export of figures', () => {
  it('has one line a camp that starts within the dates, with the figures of its statistics', async () => {
    const start = addDays(businessDate(api.clock.now()), 400);
    const camps = [
      await publishedCamp(api, { startsIn: 400 }),
      await publishedCamp(api, { startsIn: 401 }),
      await publishedCamp(api, { startsIn: 402 }),
    ];
    await enrol(api, camps[0]!, 9);
    await enrol(api, camps[1]!, 4);
    await api.rows(
      `INSERT INTO camp_refund (camp_id, member_id, order_id, amount_fen, audit_status, refund_status, created_at)
       SELECT camp_id, id, order_id, pay_fen, (ARRAY['approved', 'approved', 'rejected'])[1 + id % 3],
         (ARRAY['success', 'failed', 'rejected'])[1 + id % 3], now() FROM camp_member WHERE camp_id = $1`,
      [camps[0]!.id],
    );
    const lines = await exported(
      api,
      `/api/admin/stats/export?startDate=${start}&endDate=${addDays(start, 1)}&type=summary`,
    );
    expect(lines.map((line) => line.训练营ID)).toEqual([camps[1]!.id, camps[0]!.id]);
    for (const [camp, line] of [
      [camps[1]!, lines[0]],
      [camps[0]!, lines[1]],
    ] as const) {
      const { campName, period, enrollment, checkin, finance, money, refund } = await stats(camp);
      expect(line).toMatchObject({
        训练营: campName,
        状态: '报名中',
        总天数: period.totalDays,
        会员数: enrollment.totalMembers,
        已匹配: enrollment.matchedMembers,
        已进群: enrollment.joinedGroupMembers,
        达标人数: checkin.eligibleMembers,
        支付总额: finance.totalPaid,
        已退金额: finance.totalRefunded,
        净收入: finance.netIncome,
        在手押金: money.inHand,
        应退押金: money.owed,
        已确认收入: money.income,
        退款笔数: refund.totalRefunds,
        退款成功: refund.successRefunds,
        退款失败: refund.failedRefunds,
      });
      const rates = [
        ['匹配率', enrollment.matchRate],
        ['进群率', enrollment.joinRate],
        ['平均打卡率', checkin.avgCheckinRate],
        ['达标率', checkin.eligibleRate],
        ['退款率', finance.refundRate],
        ['退款成功率', refund.successRate],
      ] as const;
      for (const [title, rate] of rates)
        expect([title, line?.[title]]).toEqual([title, expect.closeTo(rate / 100, 6)]);
    }
    expect(lines[1]).toMatchObject({ 会员数: 9, 退款笔数: 6 });
    const detail = await exported(
      api,
      `/api/admin/stats/export?startDate=${start}&endDate=${addDays(start, 2)}&type=detail`,
    );
    expect(detail).toHaveLength(13);
    expect(sum(detail, '押金')).toBe(sum(lines, '支付总额'));
  });

  it('of one camp has that camp only', async () => {
    const camp = await publishedCamp(api);
    await enrol(api, camp, 3);
    expect(await exported(api, `/api/admin/stats/export?campId=${camp.id}`)).toMatchObject([
      { 训练营ID: camp.id, 会员数: 3 },
    ]);
    const { headers, body } = await download(api, `/api/admin/stats/export?campId=${camp.id}&type=detail`);
    expect(readXlsx(body).lines).toHaveLength(3);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="stats_camp${camp.id}_detail_${stamp()}.xlsx"`,
    );
  });
});

describe('a report on paper', () => {
  it('of one camp shows its statistics in Chinese, and its members where they are wanted', async () => {
    const camp = await publishedCamp(api, { name: '早起🌅打卡训练营' });
    await enrol(api, camp, 12, `'同学' || n || '👨‍👩‍👧'`, `'星球😀用户' || n`);
    const summary = await download(api, `/api/admin/stats/export?campId=${camp.id}&format=pdf`);
    expect(summary.headers.get('content-type')).toBe('application/pdf');
    expect(summary.headers.get('content-disposition')).toContain(
      `stats_camp${camp.id}_summary_${stamp()}.pdf`,
    );
    const text = pdfText(summary.body);
    const { enrollment, finance, period } = await stats(camp);
    expect(text).toContain('训练营统计报表：早起□打卡训练营');
    expect(text).toContain(`营期：${period.startDate} 至 ${addDays(period.endDate, -1)}`);
    expect(text).toContain(`会员数：${enrollment.totalMembers}`);
    expect(text).toContain(`支付总额：${finance.totalPaid.toFixed(2)} 元`);
    expect(text).toContain('每日打卡');
    expect(text).not.toContain('会员明细');
    const detail = pdfText(
      (await download(api, `/api/admin/stats/export?campId=${camp.id}&format=pdf&type=detail`)).body,
    );
    expect(detail).toContain('会员明细（12 人）');
    for (const name of ['星球□用户1', '同学5□', '星球□用户12']) expect(detail).toContain(name);
  });

  it('draws of a name what can be drawn, and a box for what cannot; what turns a line around is left out', async () => {
    const camp = await publishedCamp(api, { name: '早起营' });
    const names = [
      ['Re\u0301my', 'R\u00e9my'],
      ['\u{1D4D0}da', 'Ada'],
      ['Z\u0351\u0489a', 'Za'],
      ['a\u200b\u202eb\u2066c\ufe0f', 'abc'],
      ['\ud55c\u2764\ufe0f', '□□'],
    ] as const;
    await enrol(api, camp, names.length);
    await api.rows('UPDATE camp SET name = $2 WHERE id = $1', [camp.id, '早\u202e起营']);
    await api.rows(
      `UPDATE camp_member m SET filled_planet_nickname = '「' || v.name || '」' FROM unnest($2::text[]) WITH ORDINALITY AS v (name, n)
       WHERE m.order_id = 900000000000 + $1::bigint * 1000000 + v.n`,
      [camp.id, names.map(([given]) => given)],
    );
    const path = `/api/admin/stats/export?campId=${camp.id}&format=pdf&type=detail`;
    const text = pdfText((await download(api, path)).body);
    expect(text).toContain('训练营统计报表：早起营');
    for (const [, drawn] of names) expect(text).toContain(`「${drawn}」`);
  });

  it('of all camps has a line each and totals', async () => {
    const start = addDays(businessDate(api.clock.now()), 800);
    const first = await publishedCamp(api, { startsIn: 800 });
    const second = await publishedCamp(api, { startsIn: 801 });
    await enrol(api, first, 2);
    await enrol(api, second, 3);
    const { body } = await download(api, `/api/admin/stats/export?startDate=${start}&format=pdf`);
    const text = pdfText(body);
    const [one, two] = [await stats(first), await stats(second)];
    expect(text).toContain(one.campName);
    expect(text).toContain(two.campName);
    expect(text).toMatch(
      new RegExp(`合计\\s+5\\s+.*${(one.finance.totalPaid + two.finance.totalPaid).toFixed(2)}`, 's'),
    );
  });

  it('of more members than a report can hold is refused (400), saying what to do', async () => {
    const camp = await publishedCamp(api);
    await enrol(api, camp, 2001);
    const answer = await api.admin<{ errors: { field: string; message: string }[] }>(
      'GET',
      `/api/admin/stats/export?campId=${camp.id}&type=detail&format=pdf`,
    );
    expect(answer.status).toBe(400);
    expect(answer.data.errors).toEqual([
      {
        field: 'format',
        message: expect.stringContaining('请改用 xlsx') as string,
        code: 'pdf_too_many_members',
        params: [expect.any(Number), expect.any(Number)],
      },
    ]);
  });
});

describe('who may export', () => {
  it.each(['coach', 'volunteer'])('is not a %s', async (role) => {
    await api.rows(
      `INSERT INTO sys_user (username, password_hash, real_name, role, created_at)
       SELECT $1, password_hash, '王', $1, now() FROM sys_user WHERE username = 'admin'`,
      [role],
    );
    const login = await api.call<Camp.LoginResult>('POST', '/api/admin/auth/login', {
      body: { username: role, password: 'admin123' },
    });
    for (const path of ['/api/admin/members/export?campId=1', '/api/admin/stats/export'])
      expect((await download(api, path, login.data.token)).status).toBe(403);
  });

  it.each<[string, number]>([
    ['/api/admin/members/export?campId=999999', 404],
    ['/api/admin/stats/export?campId=999999', 404],
    ['/api/admin/stats/export?campId=999999&format=pdf', 404],
    ['/api/admin/members/export', 400],
    ['/api/admin/members/export?campId=0', 400],
    ['/api/admin/members/export?campId=1%20OR%201=1', 400],
    ['/api/admin/members/export?campId=1&format=pdf', 400],
    ['/api/admin/members/export?campId=1&format=', 200],
    ['/api/admin/members/export?campId=1&format=xlsx&format=csv', 400],
    ['/api/admin/stats/export?format=csv', 400],
    ['/api/admin/stats/export?type=all', 400],
    ['/api/admin/stats/export?startDate=2026-02-30', 400],
    ['/api/admin/stats/export?surprise=1', 400],
  ])('%s is %i', async (path, status) => {
    expect((await api.admin('GET', path)).status).toBe(status);
  });

  it('gets nothing of a camp that was deleted', async () => {
    const camp = await publishedCamp(api);
    await api.rows('UPDATE camp SET deleted_at = now() WHERE id = $1', [camp.id]);
    expect((await api.admin('GET', `/api/admin/members/export?campId=${camp.id}`)).status).toBe(404);
    expect((await api.admin('GET', `/api/admin/stats/export?campId=${camp.id}`)).status).toBe(404);
  });

  it('is remembered with what was taken', async () => {
    const camp = await publishedCamp(api);
    await download(api, `/api/admin/members/export?campId=${camp.id}&format=csv`);
    await download(api, `/api/admin/stats/export?startDate=2999-01-01&type=detail`);
    const entries = await api.auditEntries<{ action: string }>(
      `SELECT username, action, target_type, target_id, after FROM sys_audit WHERE action LIKE '%.export' ORDER BY id DESC LIMIT 2`,
    );
    expect(entries.reverse()).toEqual([
      {
        username: 'admin',
        action: 'member.export',
        target_type: 'camp',
        target_id: String(camp.id),
        after: { format: 'csv' },
      },
      {
        username: 'admin',
        action: 'stats.export',
        target_type: null,
        target_id: null,
        after: { format: 'xlsx', type: 'detail', startDate: '2999-01-01', camps: 0 },
      },
    ]);
  });
});
