import { addDays, instantOf, isBusinessDate } from '@yajin/core';
import type { FastifyReply } from 'fastify';
import { ZipFile } from 'yazl';
import { billEntries, billForms, type BillEntry, type BillForm } from '../money/bill.js';
import { couponOf, settledFen } from '../money/coupon.js';
import { Refusal } from '../money/refusal.js';
import { issueToken, randomToken, readToken } from '../tokens.js';
import type { World } from '../world.js';
import { gbk } from './charset.js';
import { time, yuan } from './channel.js';

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

/** Where the bill of a day can be fetched, for half a minute. @throws Refusal */
export function billAddress(world: World, biz: Record<string, unknown>): string {
  const { bill_date: day, bill_type: type } = biz;
  if (typeof day !== 'string' || !isBusinessDate(day) || type !== 'trade')
    throw new Refusal('invalid', '入参不合法');
  const early = world.clock.now() < instantOf(addDays(day, 1), '09:00');
  const forms = billForms(world, 'alipay', day);
  if (early || forms.has('late') || forms.has('empty') || billEntries(world, 'alipay', day).length === 0)
    throw new Refusal('absent', '账单不存在');
  const token = issueToken(world, 'bill', randomToken(32), day, DOWNLOAD_MS);
  const account = accountOf(world, forms);
  const query = { bizType: 'trade', userId: account, fileType: 'csv.zip', bizDates: day.replaceAll('-', '') };
  return `${world.url}/alipay/downloadBillFile.resource?${new URLSearchParams({ ...query, token }).toString()}`;
}

export async function sendBill(world: World, token: string, reply: FastifyReply): Promise<FastifyReply> {
  const day = readToken(world, 'bill', token)?.payload;
  if (day === undefined) return reply.code(200).type('text/html; charset=GBK').send('下载超时,请重新下载');
  return reply.type('application/zip').send(await archiveOf(world, day));
}

/** An account is called by its PID and four digits more. */
function accountOf(world: World, forms: ReadonlySet<BillForm>): string {
  return `${forms.has('otherMerchant') ? STRANGER : world.others.alipay.sellerId}0156`;
}

async function archiveOf(world: World, day: string): Promise<Buffer> {
  const forms = billForms(world, 'alipay', day);
  const entries = billEntries(world, 'alipay', day);
  const account = accountOf(world, forms);
  const name = `${account}_${day.replaceAll('-', '')}_业务明细`;
  const zip = new ZipFile();
  zip.addBuffer(
    encoded(formed(details(entries, day, head('业务明细', account, day), forms), forms), forms),
    `${name}.csv`,
  );
  zip.addBuffer(gbk.encode(lines(summary(entries, head('业务汇总', account, day)))), `${name}(汇总).csv`);
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function head(what: string, account: string, day: string): string[] {
  const [from, until] = [`${chinese(day)} 00:00:00`, `${chinese(addDays(day, 1))} 00:00:00`];
  return [
    `#支付宝${what}查询`,
    `#账号：[${account}]`,
    `#起始日期：[${from}]   终止日期：[${until}]`,
    `#-----------------------------------------${what}列表----------------------------------------`,
  ];
}

function chinese(day: string): string {
  return day.replace(/^(.{4})-(..)-(..)$/, '$1年$2月$3日');
}

function details(entries: BillEntry[], day: string, begin: string[], forms: ReadonlySet<BillForm>): string[] {
  const [paid, returned] = parted(entries);
  const total = (of: BillEntry[], value: (entry: BillEntry) => number): string => yuan(sum(of, value));
  const shaped = [HEADINGS, ...entries.map(line)].map((text, index) =>
    forms.has('unknownColumn') ? `${text},${index === 0 ? '新的一列' : '-'}` : text,
  );
  return [
    ...begin,
    ...shaped,
    '#-----------------------------------------业务明细列表结束------------------------------------',
    `#交易合计：${paid.length}笔，商家实收共${total(paid, dueOf)}元，商家优惠共${total(paid, discountOf)}元`,
    `#退款合计：${returned.length}笔，商家实收退款共${total(returned, dueOf)}元，商家优惠退款共${total(returned, discountOf)}元`,
    `#导出时间：[${chinese(addDays(day, 1))} 05:46:49]`,
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

function lines(table: string[], forms: ReadonlySet<BillForm> = new Set()): string {
  const end = forms.has('lf') ? '\n' : '\r\n';
  return `${table.join(end)}${end}`;
}

/** As it comes on a good day, or as it was made to come. */
function formed(table: string[], forms: ReadonlySet<BillForm>): string {
  const written = forms.has('fullWidth') ? table.map(fullWidth) : table;
  const whole = lines(written, forms);
  const said = forms.has('cutOff') ? whole.slice(0, Math.floor(whole.length * 0.6)) : whole;
  return forms.has('repeated') ? said + said : said;
}

/** Commas of the headings, and the signs of numbers and times: what somebody typed with a Chinese keyboard. */
function fullWidth(text: string): string {
  if (text.startsWith('#')) return text;
  if (text.startsWith('支付宝交易号')) return text.replaceAll(',', '，');
  return text.replace(/(?<=,)-?\d[\d. :-]{3,20}(?=[,\t])/g, (value) =>
    value.replaceAll('.', '．').replaceAll(':', '：'),
  );
}

/** GBK without a mark, or what a spreadsheet makes of it. */
function encoded(text: string, forms: ReadonlySet<BillForm>): Buffer {
  return forms.has('bom') ? Buffer.from(`\uFEFF${text}`) : gbk.encode(text);
}
