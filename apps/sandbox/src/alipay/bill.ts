import { addDays, instantOf, isBusinessDate } from '@yajin/core';
import type { FastifyReply } from 'fastify';
import { ZipFile } from 'yazl';
import { billEntries, billForms, type BillEntry, type BillForm } from '../money/bill.js';
import { couponOf, settledFen } from '../money/coupon.js';
import { Refusal } from '../money/refusal.js';
import { accountStatement } from '../money/statement.js';
import { issueToken, randomToken, readToken } from '../tokens.js';
import type { World } from '../world.js';
import { gbk } from './charset.js';
import { time, yuan } from './channel.js';
import { statementDetails, statementSummary } from './statement.js';
import { encoded, formed, head, lines, madeAt, shaped } from './table.js';

// The trade bill: https://opendocs.alipay.com/apis/api_15/alipay.data.dataservice.bill.downloadurl.query. Headings, comments, the
// tabulators and the way refunds repeat their payment's fields are those of files that merchants publish.

const HEADINGS =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,' +
  '支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,' +
  '退款批次号/请求号,服务费（元）,分润（元）,备注';
const SUMMARY_HEADINGS =
  '门店编号,门店名称,交易订单总笔数,退款订单总笔数,订单金额（元）,商家实收（元）,支付宝优惠（元）,商家优惠（元）,卡消费金额（元）,' +
  '服务费（元）,分润（元）,实收净额（元）';
const DOWNLOAD_MS = 30_000;
/** The account of another merchant. */
const STRANGER = '2088000000000999';

interface Asked {
  day: string;
  type: 'trade' | 'signcustomer';
}

/** Where the bill of a day, or that of the account, can be fetched, for half a minute. @throws Refusal */
export function billAddress(world: World, biz: Record<string, unknown>): string {
  const { bill_date: day, bill_type: type } = biz;
  if (typeof day !== 'string' || !isBusinessDate(day) || (type !== 'trade' && type !== 'signcustomer'))
    throw new Refusal('invalid', '入参不合法');
  const asked: Asked = { day, type };
  const early = world.clock.now() < instantOf(addDays(day, 1), '09:00');
  const forms = formsOf(world, asked);
  if (early || forms.has('late') || forms.has('empty') || isEmpty(world, asked))
    throw new Refusal('absent', '账单不存在');
  const token = issueToken(world, 'bill', randomToken(32), JSON.stringify(asked), DOWNLOAD_MS);
  const account = accountOf(world, forms);
  const query = { bizType: type, userId: account, fileType: 'csv.zip', bizDates: day.replaceAll('-', '') };
  return `${world.url}/alipay/downloadBillFile.resource?${new URLSearchParams({ ...query, token }).toString()}`;
}

function formsOf(world: World, { day, type }: Asked): ReadonlySet<BillForm> {
  return billForms(world, type === 'trade' ? 'alipay' : 'alipay/statement', day);
}

function isEmpty(world: World, { day, type }: Asked): boolean {
  if (type === 'trade') return billEntries(world, 'alipay', day).length === 0;
  return accountStatement(world, 'alipay', day).movements.length === 0;
}

export async function sendBill(world: World, token: string, reply: FastifyReply): Promise<FastifyReply> {
  const payload = readToken(world, 'bill', token)?.payload;
  if (payload === undefined)
    return reply.code(200).type('text/html; charset=GBK').send('下载超时,请重新下载');
  return reply.type('application/zip').send(await archiveOf(world, JSON.parse(payload) as Asked));
}

/** An account is called by its PID and four digits more. */
function accountOf(world: World, forms: ReadonlySet<BillForm>): string {
  return `${forms.has('otherMerchant') ? STRANGER : world.others.alipay.sellerId}0156`;
}

async function archiveOf(world: World, asked: Asked): Promise<Buffer> {
  const { day, type } = asked;
  const forms = formsOf(world, asked);
  const account = accountOf(world, forms);
  const name = `${account}_${day.replaceAll('-', '')}`;
  const zip = new ZipFile();
  const add = (called: string, table: string[], summaryCalled: string, brief: string[]): void => {
    zip.addBuffer(encoded(formed(table, forms), forms), `${name}_${called}.csv`);
    zip.addBuffer(gbk.encode(lines(brief)), `${name}_${summaryCalled}.csv`);
  };
  const begin = (what: string): string[] => head(what, account, day);
  if (type === 'trade') {
    const entries = billEntries(world, 'alipay', day);
    const table = details(entries, day, begin('业务明细'), forms);
    add('业务明细', table, '业务明细(汇总)', summary(entries, begin('业务汇总')));
  } else {
    const { movements } = accountStatement(world, 'alipay', day);
    const table = statementDetails(movements, day, begin('账务明细'), forms);
    add('账务明细', table, '账务汇总', statementSummary(movements, begin('账务汇总')));
  }
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function details(entries: BillEntry[], day: string, begin: string[], forms: ReadonlySet<BillForm>): string[] {
  const [paid, returned] = parted(entries);
  const total = (of: BillEntry[], value: (entry: BillEntry) => number): string => yuan(sum(of, value));
  return [
    ...begin,
    ...shaped([HEADINGS, ...entries.map(line)], forms),
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${paid.length}笔，商家实收共${total(paid, dueOf)}元，商家优惠共${total(paid, discountOf)}元`,
    `#退款合计：${returned.length}笔，商家实收退款共${total(returned, dueOf)}元，商家优惠退款共${total(returned, discountOf)}元`,
    madeAt(day),
  ];
}

/** By shop, of which there is none, and all together. */
function summary(entries: BillEntry[], begin: string[]): string[] {
  const [paid, returned] = parted(entries);
  const [due, fee] = [sum(entries, dueOf), sum(entries, feeOf)];
  const sums = [sum(entries, amountOf), due, 0, sum(entries, discountOf), 0, fee, 0, due + fee].map(yuan);
  const row = [paid.length, returned.length, ...sums].join(',');
  return [
    ...begin,
    SUMMARY_HEADINGS,
    `\t,\t,${row}`,
    `合计,,${row}`,
    '#----------------------------------------业务汇总列表结束-------------------------------------',
  ];
}

function line(entry: BillEntry): string {
  const { at, trade, refund } = entry;
  const coupon = couponOf(trade);
  const fromAlipay = coupon?.kind === 'cash' ? signed(entry, entry.couponFen) : 0;
  const columns = [
    ...[`${trade.transaction_id ?? ''}\t`, `${trade.out_trade_no}\t`, `${refund ? '退款' : '交易'}\t`],
    ...[trade.description.replace(/[\r\n]+/g, ' '), time(trade.created_at), time(at)],
    ...['\t', '\t', '\t', '\t', '*某(159****0000)\t', yuan(amountOf(entry)), yuan(dueOf(entry))],
    ...[yuan(fromAlipay), '0.00', '0.00', yuan(discountOf(entry)), '0.00', coupon ? '满减券' : ''],
    ...['0.00\t', '0.00', `${refund?.out_refund_no ?? ''}\t`, yuan(feeOf(entry)), '0.00', ''],
  ];
  return columns.join(',');
}

function parted(entries: BillEntry[]): [paid: BillEntry[], returned: BillEntry[]] {
  return [entries.filter(({ refund }) => !refund), entries.filter(({ refund }) => refund)];
}

function sum(of: BillEntry[], value: (entry: BillEntry) => number): number {
  return of.reduce((total, entry) => total + value(entry), 0);
}

/** What goes back has a minus. */
function signed({ refund }: BillEntry, fen: number): number {
  return refund ? 0 - fen : fen;
}

function amountOf(entry: BillEntry): number {
  return signed(entry, entry.amountFen);
}

/** What the merchant gets, or gives. */
function dueOf(entry: BillEntry): number {
  return signed(entry, settledFen(entry.trade, entry.amountFen, entry.couponFen));
}

/** 商家优惠. */
function discountOf(entry: BillEntry): number {
  return amountOf(entry) - dueOf(entry);
}

/** What is kept is taken from the merchant. */
function feeOf(entry: BillEntry): number {
  return 0 - signed(entry, entry.feeFen);
}
