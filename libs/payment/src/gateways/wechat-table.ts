import { fenFromYuan, parseLocalTime, type Fen } from '@yajin/core';

import { Malformed } from './json.js';

/** Values by the names of their columns. */
export type Row = ReadonlyMap<string, string>;

/** A bill's details, and its totals. */
interface Table {
  details: Row[];
  totals: Row;
}

/**
 * Reads the table that all bills of v3 and v2 are: a header line, detail lines whose every field begins with a backtick, and two lines of
 * totals, without which it was cut off. Columns are found by name, since the formats differ in their order, and those that are not known
 * are let be: https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-trade.html,
 * https://pay.weixin.qq.com/docs/merchant/products/bill-download/format-fundflow.html
 * @param given without this column it is no such bill
 * @param count the total that says how many details there are
 * @throws Malformed
 */
export function readTable(csv: string, given: string, count: string): Table {
  const [header = '', ...lines] = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const names = namesIn(header);
  if (!names.includes(given)) throw new Malformed('账单缺少表头');
  const end = lines.findIndex((line) => !line.startsWith('`'));
  const details = lines.slice(0, end).map((line, index) => {
    const values = valuesIn(line);
    if (values.length !== names.length) throw new Malformed(`账单第 ${index + 2} 行的列数与表头不同`);
    return new Map(names.map((name, column) => [name, values[column] ?? '']));
  });
  const [titles = '', values = '', ...more] = end < 0 ? [] : lines.slice(end);
  const totalNames = namesIn(titles);
  const totals = new Map(valuesIn(values).map((value, column) => [totalNames[column] ?? '', value]));
  if (!values.startsWith('`') || !totals.has(count)) throw new Malformed('账单不完整：缺少汇总');
  requireCount(totals, count, details.length);
  if (more.some((line) => line !== '')) throw new Malformed('账单在汇总之后还有内容');
  return { details, totals };
}

/** Old ones write a count as 20.0. @throws Malformed */
export function requireCount(totals: Row, name: string, rows: number): void {
  const count = required(totals, name);
  if (Number(count.normalize('NFKC')) !== rows)
    throw new Malformed(`账单不完整：${name}为 ${count} 笔，明细有 ${rows} 笔`);
}

/** @param fen of the details, added up. @throws Malformed */
export function requireSum(totals: Row, name: string, fen: number): void {
  if (yuan(required(totals, name)) !== fen) throw new Malformed(`账单不完整：${name}与明细不符`);
}

/** Written by hand now and then: with full-width commas and brackets. */
function namesIn(header: string): string[] {
  return header
    .normalize('NFKC')
    .split(',')
    .map((name) => name.trim());
}

/** Only "comma, backtick" parts two fields: the text of a field may hold a comma. */
function valuesIn(line: string): string[] {
  return line.slice(1).split(',`');
}

/** @throws Malformed where it is missing or empty */
export function required(row: Row, name: string): string {
  const value = row.get(name);
  if (!value) throw new Malformed(`账单缺少 ${name}`);
  return value;
}

/** @throws Malformed */
export function yuan(text: string): Fen {
  return orMalformed(() => fenFromYuan(text.normalize('NFKC')));
}

/** @throws Malformed */
export function billTime(text: string): Date {
  return orMalformed(() => parseLocalTime(text.normalize('NFKC').replace(' ', 'T')));
}

function orMalformed<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Malformed(`账单内容无效：${error instanceof Error ? error.message : String(error)}`);
  }
}
