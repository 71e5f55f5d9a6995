import { addDays } from '@yajin/core';
import type { BillForm } from '../money/bill.js';
import { gbk } from './charset.js';

export function head(what: string, account: string, day: string): string[] {
  const [from, until] = [`${chinese(day)} 00:00:00`, `${chinese(addDays(day, 1))} 00:00:00`];
  return [
    `#支付宝${what}查询`,
    `#账号：[${account}]`,
    `#起始日期：[${from}]   终止日期：[${until}]`,
    `#-----------------------------------------${what}列表----------------------------------------`,
  ];
}

/** When the file was made. */
export function madeAt(day: string): string {
  return `#导出时间：[${chinese(addDays(day, 1))} 05:46:49]`;
}

/** Headings and details, with a column more where there is to be one. */
export function shaped(table: string[], forms: ReadonlySet<BillForm>): string[] {
  return table.map((text, index) =>
    forms.has('unknownColumn') ? `${text},${index === 0 ? '新的一列' : '-'}` : text,
  );
}

function chinese(day: string): string {
  return day.replace(/^(.{4})-(..)-(..)$/, '$1年$2月$3日');
}

export function lines(table: string[], forms: ReadonlySet<BillForm> = new Set()): string {
  const end = forms.has('lf') ? '\n' : '\r\n';
  return `${table.join(end)}${end}`;
}

/** As it comes on a good day, or as it was made to come. */
export function formed(table: string[], forms: ReadonlySet<BillForm>): string {
  const written = forms.has('fullWidth') ? table.map(fullWidth) : table;
  const whole = lines(written, forms);
  const said = forms.has('cutOff') ? whole.slice(0, Math.floor(whole.length * 0.6)) : whole;
  return forms.has('repeated') ? said + said : said;
}

/** Commas of the headings, and the signs of numbers and times: what somebody typed with a Chinese keyboard. */
function fullWidth(text: string): string {
  if (text.startsWith('#')) return text;
  if (/^(支付宝交易号|账务流水号)/.test(text)) return text.replaceAll(',', '，');
  return text.replace(/(?<=,)-?\d[\d. :-]{3,20}(?=[,\t])/g, (value) =>
    value.replaceAll('.', '．').replaceAll(':', '：'),
  );
}

/** GBK without a mark, or what a spreadsheet makes of it. */
export function encoded(text: string, forms: ReadonlySet<BillForm>): Buffer {
  return forms.has('bom') ? Buffer.from(`\uFEFF${text}`) : gbk.encode(text);
}
