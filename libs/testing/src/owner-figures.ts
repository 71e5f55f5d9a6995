import type { Camp } from '@yajin/contract';
import type { TestApi } from './api.js';

/** The owner's figures in fen: where the deposits of a camp, or of all camps, are. */
type Figures = Record<keyof Camp.CampMoney, number>;
const PARTS = ['received', 'inHand', 'owed', 'refunded', 'income'] as const;
const NOTHING: Figures = { received: 0, inHand: 0, owed: 0, refunded: 0, income: 0 };

/** How often pages are looked at until nothing moved while they were. */
const MOST_LOOKS = 10;

const fenOf = (yuan: number): number => Math.round(yuan * 100);
const inFen = (money: Camp.CampMoney): Figures =>
  Object.fromEntries(PARTS.map((part) => [part, fenOf(money[part])])) as Figures;

/** What one page shows of a camp, or of all. */
interface Shown {
  page: string;
  camp: number | null;
  figures: Partial<Figures>;
}

interface Payment {
  subject: string;
  order_id: number;
  out_trade_no: string;
  amount_fen: number;
  refunded_fen: number;
  moved_fen: number;
}

/** Everything counted anew, row by row: from payments and refund records, and from nothing that is booked. */
async function recount(api: TestApi): Promise<Map<string, Figures>> {
  const payments = await api.rows<Payment>(
    `SELECT o.subject, a.order_id, a.out_trade_no, a.amount_fen, a.refunded_fen, a.moved_fen
     FROM pay_attempt a JOIN pay_order o ON o.id = a.order_id WHERE o.line = 'camp' AND a.state = 'paid' AND a.held_in = 'deposit'`,
  );
  const open = await api.rows<{ camp_id: number | null; amount_fen: number; out_trade_no: string | null }>(
    `SELECT r.camp_id, r.amount_fen, coalesce(k.out_trade_no, o.paid_with) AS out_trade_no FROM camp_refund r
     JOIN pay_order o ON o.id = r.order_id LEFT JOIN pay_refund k ON k.source = r.source
     WHERE r.audit_status IN ('pending', 'approved') AND r.refund_status <> 'success'`,
  );
  const left = new Map<string, number>();
  const found = new Map<string, Figures>();
  const add = (subject: string, part: keyof Figures, fen: number): void => {
    const figures = found.get(subject) ?? { ...NOTHING };
    found.set(subject, { ...figures, [part]: figures[part] + fen });
  };
  for (const { subject, out_trade_no: number, ...payment } of payments) {
    const rest = payment.amount_fen - payment.refunded_fen - payment.moved_fen;
    left.set(number, rest);
    add(subject, 'received', payment.amount_fen);
    add(subject, 'refunded', payment.refunded_fen);
    add(subject, 'income', payment.moved_fen);
    add(subject, 'inHand', rest);
  }
  for (const { camp_id: camp, amount_fen: amount, out_trade_no: number } of open)
    add(String(camp), 'owed', Math.min(amount, left.get(number ?? '') ?? 0));
  return found;
}

/** What the books come to, posting by posting. */
async function booked(api: TestApi): Promise<Map<string, Pick<Figures, 'inHand' | 'income'>>> {
  const postings = await api.rows<{ subject: string; debit: string; credit: string; amount_fen: number }>(
    `SELECT subject, debit, credit, amount_fen FROM pay_ledger WHERE line = 'camp'`,
  );
  const found = new Map<string, Pick<Figures, 'inHand' | 'income'>>();
  for (const { subject, debit, credit, amount_fen: fen } of postings) {
    const { inHand, income } = found.get(subject) ?? NOTHING;
    const net = (account: string): number => fen * (Number(credit === account) - Number(debit === account));
    found.set(subject, { inHand: inHand + net('deposit'), income: income + net('income') });
  }
  return found;
}

async function ledgerPage(api: TestApi, camp: number | null): Promise<Shown> {
  const of = async (account: string): Promise<number> => {
    const where = `account=${account}${camp === null ? '' : `&campId=${camp}`}`;
    const { data } = await api.admin<Camp.LedgerPage>('GET', `/api/admin/ledger?pageSize=1&${where}`);
    // What we owe or earned is negative there; nothing else may come along.
    if (data.balances.some((each) => each.account !== account)) throw new Error(`more than ${account}`);
    return -fenOf(data.balances[0]?.balance ?? 0) || 0;
  };
  return { page: 'ledger', camp, figures: { inHand: await of('deposit'), income: await of('income') } };
}

/** Where the figures of deposits lead: the sum above those rows, and the rows themselves. */
async function recordsPages(api: TestApi, camp: number | null): Promise<Shown[]> {
  const filtered = async (refund: string): Promise<Camp.RefundRecordPage> => {
    const where = `kind=deposit&${refund}${camp === null ? '' : `&campId=${camp}`}`;
    const at = (page: number): string => `/api/admin/refunds/records?pageSize=100&page=${page}&${where}`;
    const { data } = await api.admin<Camp.RefundRecordPage>('GET', at(1));
    for (let page = 2; page <= data.totalPages; page += 1)
      data.list.push(...(await api.admin<Camp.RefundRecordPage>('GET', at(page))).data.list);
    return data;
  };
  const [open, arrived] = [await filtered('open=true'), await filtered('refundStatus=success')];
  const sum = ({ list }: Camp.RefundRecordPage): number =>
    list.reduce((total, { refundAmount }) => total + fenOf(refundAmount), 0);
  return [
    {
      page: 'records',
      camp,
      figures: { owed: fenOf(open.summary.depositOwed), refunded: fenOf(arrived.summary.depositRefunded) },
    },
    { page: 'rows of records', camp, figures: { owed: sum(open), refunded: sum(arrived) } },
  ];
}

async function allCamps(api: TestApi, filter = ''): Promise<Camp.CampPage> {
  const at = (page: number): string => `/api/admin/camps?withMoney=true&pageSize=100&page=${page}${filter}`;
  const { data } = await api.admin<Camp.CampPage>('GET', at(1));
  for (let page = 2; page <= data.totalPages; page += 1)
    data.list.push(...(await api.admin<Camp.CampPage>('GET', at(page))).data.list);
  return data;
}

/** Every page that shows the figures of all camps, or of each. */
async function shownFigures(api: TestApi): Promise<{ shown: Shown[]; due: number[] }> {
  const { data: overview } = await api.admin<Camp.StatsOverview>('GET', '/api/admin/stats/overview');
  const camps = await allCamps(api);
  const shown: Shown[] = [
    { page: 'overview', camp: null, figures: inFen(overview.money) },
    { page: 'camps', camp: null, figures: inFen(camps.money!) },
    await ledgerPage(api, null),
    ...(await recordsPages(api, null)),
  ];
  for (const { id, money } of camps.list) {
    const [detail, stats] = [
      await api.admin<Camp.CampDetail>('GET', `/api/admin/camps/${id}`),
      await api.admin<Camp.CampStats>('GET', `/api/admin/stats/camps/${id}`),
    ];
    shown.push(
      { page: 'camps', camp: id, figures: inFen(money!) },
      { page: 'camp', camp: id, figures: inFen(detail.data.money) },
      { page: 'report', camp: id, figures: inFen(stats.data.money) },
      await ledgerPage(api, id),
      ...(await recordsPages(api, id)),
    );
  }
  // What is due leads to the camps that end this week, with their sum above.
  const { from, to, amount } = overview.dueThisWeek;
  const ending = await allCamps(api, `&endsFrom=${from}&endsTo=${to}`);
  const due = camps.list.filter(({ endDate }) => endDate >= from && endDate <= to);
  const sums = [amount, ending.money!.inHand, totalOf(due.map(({ money }) => inFen(money!))).inHand / 100];
  return { shown, due: sums.map(fenOf) };
}

const totalOf = (all: Figures[]): Figures =>
  Object.fromEntries(PARTS.map((part) => [part, all.reduce((sum, one) => sum + one[part], 0)])) as Figures;

/** What everything comes to, as text: while money moves, it changes. */
async function momentOf(api: TestApi): Promise<string> {
  const records = await api.rows('SELECT refund_status, count(*) FROM camp_refund GROUP BY 1 ORDER BY 1');
  return JSON.stringify([[...(await recount(api))], [...(await booked(api))], records]);
}

/** Pages are looked at one after the other: what is compared is of one moment when nothing moved meanwhile. */
async function atRest(api: TestApi): Promise<{
  counted: Map<string, Figures>;
  books: Awaited<ReturnType<typeof booked>>;
  shown: Shown[];
  due: number[];
}> {
  for (let look = 1; look <= MOST_LOOKS; look += 1) {
    await api.quiet();
    const before = await momentOf(api);
    const shown = await shownFigures(api);
    if (before === (await momentOf(api)))
      return { counted: await recount(api), books: await booked(api), ...shown };
  }
  throw new Error('money does not come to rest');
}

/**
 * Compares what overview, reports, camps, records and ledger show with each other, with the books and with a count anew.
 * @returns each difference in words, and the figures of all camps
 */
export async function compareFigures(api: TestApi): Promise<{ differences: string[]; total: Figures }> {
  const { counted, books, shown, due } = await atRest(api);
  const total = totalOf([...counted.values()]);
  const differences = new Set(due).size > 1 ? [`due this week: ${due.join(', ')}`] : [];
  const compare = (where: string, figures: Partial<Figures>, expected: Figures): void => {
    for (const part of PARTS)
      if (figures[part] !== undefined && figures[part] !== expected[part])
        differences.push(`${where}: ${part} is ${figures[part]}, counted ${expected[part]}`);
  };
  for (const { page, camp, figures } of shown) {
    const expected = camp === null ? total : (counted.get(String(camp)) ?? NOTHING);
    compare(`${page} of ${camp ?? 'all'}`, figures, expected);
  }
  for (const [subject, figures] of books)
    compare(`books of ${subject}`, figures, counted.get(subject) ?? NOTHING);
  for (const [subject, { received, inHand, refunded, income, owed }] of counted)
    if (
      received !== inHand + refunded + income ||
      owed > inHand ||
      Math.min(inHand, owed, refunded, income) < 0
    )
      differences.push(`${subject} does not add up`);
  return { differences, total };
}
