import { Malformed } from '../json.js';

/** Whose bill, and of which business date, it must be. */
export interface Billed {
  /** The merchant's PID, 2088…: an account is called by it and four digits more. */
  sellerId: string;
  day: string;
}

/** Values by the names of their columns. */
export type Line = ReadonlyMap<string, string>;

interface Table {
  details: Line[];
  /** The lines after the table, in one, as `plain` writes them. */
  tail: string;
}

const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/;

/**
 * Reads the table that all bills are. Lines that begin with `#` say whose and which day's it is, where the table begins and ends, and
 * what its totals are. Columns are found by name, those that are not known are let be; values end in a tabulator that keeps spreadsheets
 * from taking them for numbers: as bills that merchants publish have it (docs/gateways/alipay.md).
 * @param first the column that the headings begin with
 * @throws Malformed where it is another's or another day's, or ends before the table does
 */
export function readTable(csv: string, first: string, { sellerId, day }: Billed): Table {
  const lines = csv
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith(first));
  if (start < 0) throw new Malformed('账单缺少表头');
  requireOurs(lines.slice(0, start), sellerId, day);
  const names = valuesIn(lines[start] ?? '', (text) => text.normalize('NFKC'));
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith('#'));
  if (end < 0) throw new Malformed('账单不完整：缺少汇总');
  const details = rest
    .slice(0, end)
    .filter((line) => line !== '')
    .map((line, index) => lineOf(names, line, start + index + 2));
  const tail = rest.slice(end);
  // Another table after the totals is the bill once more.
  if (tail.some((line) => line !== '' && !line.startsWith('#')))
    throw new Malformed('账单在汇总之后还有内容');
  return { details, tail: tail.map(plain).join('\n') };
}

/** Written by hand now and then: with full-width commas, brackets and digits. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

function requireOurs(head: string[], sellerId: string, day: string): void {
  const said = head.map(plain).join('\n');
  const account = /账号:\[(\d+)\]/.exec(said)?.[1];
  if (account === undefined) throw new Malformed('账单缺少账号');
  if (!account.startsWith(sellerId)) throw new Malformed('账单属于其他商户的账号');
  const from = /起始日期:\[(\d{4})年(\d\d)月(\d\d)日/.exec(said)?.slice(1).join('-');
  if (from !== undefined && from !== day) throw new Malformed(`账单是 ${from} 的`);
}

function valuesIn(line: string, read = (text: string) => text): string[] {
  return read(line)
    .split(',')
    .map((value) => value.trim());
}

/**
 * The name of what was sold may hold commas, and so may the remark: times, which stand right after the name, show which commas are its
 * own, and what is too much then is the remark's.
 */
function lineOf(names: string[], line: string, number: number): Line {
  const values = valuesIn(line);
  const [name, remark] = [names.indexOf('商品名称'), names.indexOf('备注')];
  const within = values.findIndex((value, at) => at > name && TIME.test(value.normalize('NFKC'))) - name - 1;
  if (name >= 0 && within > 0 && names[name + 1]?.endsWith('时间'))
    values.splice(name, within + 1, values.slice(name, name + within + 1).join(','));
  const surplus = values.length - names.length;
  if (surplus > 0 && remark >= 0)
    values.splice(remark, surplus + 1, values.slice(remark, remark + surplus + 1).join(','));
  if (values.length !== names.length) throw new Malformed(`账单第 ${number} 行的列数与表头不同`);
  return new Map(names.map((column, index) => [column, values[index] ?? '']));
}

/** @throws Malformed where it is missing or empty */
export function required(line: Line, name: string): string {
  const value = line.get(name);
  if (!value) throw new Malformed(`账单缺少 ${name}`);
  return value;
}
