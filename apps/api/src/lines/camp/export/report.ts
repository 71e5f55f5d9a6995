import { addDays, sumFen, yuanText } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { PRINTED_CAMP_COLUMNS, campColumns, type CampFigures } from './camp-sheet.js';
import { cellText, printable, type Column } from './column.js';
import { PRINTED_MEMBER_COLUMNS, type MemberRow } from './member-sheet.js';
import { CAMP_STATUS } from './words.js';

/** A4 lying on its side less the margins, in points. */
const ROOM = 842 - 2 * 30;
/** What the table layout keeps free beside a column, in points. */
const PADDING = 16;
/** A longer text is cut: it would only blow up its row. */
const MAX_TEXT = 60;

export interface MemberTable {
  columns: Column<MemberRow>[];
  rows: MemberRow[];
}

/** One camp on paper. @param members the table at its end, where one is wanted */
export function campReport(stats: Camp.CampStats, members: MemberTable | null): TDocumentDefinitions {
  const { period, enrollment, checkin, finance, money, refund } = stats;
  const lastDay = addDays(period.endDate, -1);
  return document(
    `训练营统计报表：${stats.campName}`,
    [
      `状态：${CAMP_STATUS[stats.status]}`,
      `营期：${period.startDate} 至 ${lastDay}，共 ${period.totalDays} 天`,
    ],
    stats.generatedAt,
    [
      heading('报名'),
      facts([
        ['会员数', String(enrollment.totalMembers)],
        ['已匹配', share(enrollment.matchedMembers, enrollment.matchRate)],
        ['已进群', share(enrollment.joinedGroupMembers, enrollment.joinRate)],
      ]),
      heading('打卡'),
      facts([
        ['平均打卡率', percentText(checkin.avgCheckinRate)],
        ['达标人数', share(checkin.eligibleMembers, checkin.eligibleRate)],
      ]),
      grid(
        ['打卡天数', '人数', '占比'],
        checkin.distribution.map((each) => [each.range, String(each.count), percentText(each.percentage)]),
      ),
      heading('资金'),
      facts([
        ['支付总额', `${yuan(finance.totalPaid)} 元`],
        ['已退金额', `${yuan(finance.totalRefunded)} 元`],
        ['在手押金', `${yuan(money.inHand)} 元`],
        ['应退押金', `${yuan(money.owed)} 元`],
        ['已确认收入', `${yuan(money.income)} 元`],
        ['退款率', percentText(finance.refundRate)],
      ]),
      heading('退款'),
      facts([
        ['退款笔数', String(refund.totalRefunds)],
        ['退款成功', share(refund.successRefunds, refund.successRate)],
        ['退款失败', String(refund.failedRefunds)],
      ]),
      heading('每日打卡'),
      grid(
        ['日期', '打卡人数', '打卡率'],
        stats.dailyTrend.map((each) => [each.date, String(each.checkinCount), percentText(each.checkinRate)]),
      ),
      ...memberPart(
        members,
        PRINTED_MEMBER_COLUMNS.filter((title) => title !== '训练营'),
      ),
    ],
  );
}

/**
 * Several camps on paper, one line each, with totals.
 * @param chosen which camps these are, in words
 */
export function campsReport(
  figures: CampFigures[],
  members: MemberTable | null,
  chosen: string,
  generatedAt: string,
): TDocumentDefinitions {
  const columns = printed(campColumns, PRINTED_CAMP_COLUMNS);
  const totals = figures.map((each) => each.totals);
  const sums: Record<string, string> = {
    训练营: '合计',
    会员数: String(totals.reduce((sum, each) => sum + each.members, 0)),
    达标人数: String(totals.reduce((sum, each) => sum + each.eligible, 0)),
    支付总额: yuanText(sumFen(totals.map((each) => each.paidFen))),
    已退金额: yuanText(sumFen(totals.map((each) => each.refundedFen))),
    在手押金: yuanText(sumFen(figures.map(({ money }) => money.inHandFen))),
    应退押金: yuanText(sumFen(figures.map(({ money }) => money.owedFen))),
    已确认收入: yuanText(sumFen(figures.map(({ money }) => money.incomeFen))),
  };
  return document('训练营统计报表', [chosen, `训练营数：${figures.length}`], generatedAt, [
    wideTable(columns, figures, [
      columns.map(({ title }) => ({
        text: sums[title] ?? '',
        fillColor: '#f3f4f6',
        alignment: title === '训练营' ? 'left' : 'right',
      })),
    ]),
    ...memberPart(members, PRINTED_MEMBER_COLUMNS),
  ]);
}

/** The columns with these titles, in their order. */
function printed<Row>(columns: Column<Row>[], titles: string[]): Column<Row>[] {
  return columns.filter(({ title }) => titles.includes(title));
}

function document(
  title: string,
  subtitles: string[],
  generatedAt: string,
  content: Content[],
): TDocumentDefinitions {
  return {
    info: { title: printable(title) },
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [30, 30, 30, 36],
    content: [
      { text: printable(title), fontSize: 16, margin: [0, 0, 0, 6] },
      ...[...subtitles, `生成时间：${generatedAt.replace('T', ' ')}（北京时间）`].map((text) => ({
        text: printable(text),
        color: '#4b5563',
        lineHeight: 1.2,
      })),
      { text: ' ' },
      ...content,
    ],
  };
}

function memberPart(members: MemberTable | null, titles: string[]): Content[] {
  if (!members) return [];
  return [
    heading(`会员明细（${members.rows.length} 人）`),
    wideTable(printed(members.columns, titles), members.rows, []),
  ];
}

const heading = (text: string): Content => ({ text, fontSize: 12, margin: [0, 10, 0, 4] });
const percentText = (percent: number): string => `${percent.toFixed(2)}%`;
const share = (count: number, percent: number): string => `${count}（${percentText(percent)}）`;
const yuan = (amount: number): string => amount.toFixed(2);

function facts(pairs: [name: string, value: string][]): Content {
  return { text: pairs.map(([name, value]) => `${name}：${value}`).join('　　') };
}

function grid(titles: string[], lines: string[][]): Content {
  return {
    margin: [0, 4, 0, 0],
    layout: 'lightHorizontalLines',
    table: {
      headerRows: 1,
      widths: titles.map(() => 120),
      body: [titles, ...(lines.length > 0 ? lines : [['暂无数据', ...titles.slice(1).map(() => '')]])],
    },
  };
}

function shortened(text: string): string {
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT).toWellFormed()}…` : text;
}

/** A table as wide as the page. @param last rows below the others */
function wideTable<Row>(columns: Column<Row>[], rows: Row[], last: TableCell[][]): Content {
  const all = columns.reduce((sum, { width }) => sum + width, 0);
  const room = ROOM - columns.length * PADDING;
  const aligned = (column: Column<Row>, text: string): TableCell =>
    column.kind === 'text' ? text : { text, alignment: 'right' };
  const body = rows.map((row) => columns.map((column) => aligned(column, shortened(cellText(column, row)))));
  return {
    layout: 'lightHorizontalLines',
    fontSize: 7,
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: columns.map(({ width }) => (room * width) / all),
      body: [columns.map((column) => aligned(column, column.title)), ...body, ...last],
    },
  };
}
