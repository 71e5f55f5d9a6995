import { isBusinessDate, planetIdOf, sentence, type Sentence } from '@yajin/core';
import { UnreadableTable, type Cell, type Table } from './table.js';

/** Who checked in, as a line of the file says. */
export interface UploadEntry {
  /** Counted from 1, the header included, as spreadsheets do. */
  line: number;
  /** Null where the file has no planet id for this line. */
  planetUserId: string | null;
  nickname: string | null;
  date: string;
}

export interface BadLine {
  line: number;
  /** What stands there. */
  who: string;
  date: string;
  reason: Sentence;
}

const HEADERS = {
  id: ['星球id', '星球编号', '星球用户id', '用户id', 'planetuserid', 'planetid', 'userid', 'id'],
  nickname: ['星球昵称', '昵称', '姓名', '名字', 'planetnickname', 'nickname', 'name'],
  date: ['打卡日期', '日期', '打卡时间', '时间', 'checkindate', 'date', 'time', 'createtime'],
} as const;

const DAY_MS = 86_400_000;
/** The day that a workbook's day 0 is, by what it counts from; 1900 has a 29th of February there. */
const DAY_ZERO = { 1900: Date.UTC(1899, 11, 30), 1904: Date.UTC(1904, 0, 1) } as const;
const MAX_NICKNAME = 100;
/** Excel keeps so many digits of a number; ids have up to 17. */
const EXACT_DIGITS = 15;

/**
 * Reads the lines below the header, whose columns may stand in any order.
 * @throws UnreadableTable when there is no date, or nothing to tell people by
 */
export function readEntries({ rows, epoch }: Table): { entries: UploadEntry[]; bad: BadLine[] } {
  const headerAt = rows.findIndex((row) => row.some(({ text }) => text !== ''));
  const header = (rows[headerAt] ?? []).map(({ text }) =>
    text.toLowerCase().replace(/[\s_\-：:（）()]/g, ''),
  );
  const column = (names: readonly string[]): number => header.findIndex((name) => names.includes(name));
  const at = { id: column(HEADERS.id), nickname: column(HEADERS.nickname), date: column(HEADERS.date) };
  if (at.date === -1) throw new UnreadableTable(sentence('file_no_date_column'));
  if (at.id === -1 && at.nickname === -1) throw new UnreadableTable(sentence('file_no_who_column'));
  const entries: UploadEntry[] = [];
  const bad: BadLine[] = [];
  rows.forEach((row, index) => {
    if (index <= headerAt || row.every(({ text }) => text === '')) return;
    const cell = (place: number): Cell => row[place] ?? { text: '', isNumber: false };
    const [id, nickname, written] = [cell(at.id), cell(at.nickname), cell(at.date)];
    const date = dateOf(written, epoch);
    const reason = problemOf(id, nickname, date);
    const line = index + 1;
    if (reason !== null || date === null) {
      const who = shortened([id.text, nickname.text].filter(Boolean).join(' '));
      bad.push({
        line,
        who,
        date: shortened(written.text),
        reason: reason ?? sentence('line_date_unreadable'),
      });
    } else entries.push({ line, planetUserId: planetIdOf(id.text), nickname: nickname.text || null, date });
  });
  return { entries, bad };
}

function problemOf(id: Cell, nickname: Cell, date: string | null): Sentence | null {
  if (id.text === '' && nickname.text === '') return sentence('line_nobody');
  if (/^\d+(\.\d+)?e\+?\d+$/i.test(id.text) || (id.isNumber && id.text.length > EXACT_DIGITS))
    return sentence('line_id_mangled');
  if (id.text !== '' && planetIdOf(id.text) === null) return sentence('line_id_not_digits');
  if (nickname.text.length > MAX_NICKNAME) return sentence('line_name_too_long');
  return date === null ? sentence('line_date_unreadable') : null;
}

/** `2026-11-21`, `2026/11/21`, `2026.11.21`, `20261121`, `2026年11月21日`, each with or without a time, or a workbook's day. */
function dateOf({ text, isNumber }: Cell, epoch: Table['epoch']): string | null {
  if (isNumber && epoch !== null && !/^(19|20)\d{6}$/.test(text)) {
    const day = Math.floor(Number(text));
    const at = new Date(DAY_ZERO[epoch] + day * DAY_MS);
    return day > 0 && day < 100_000 ? at.toISOString().slice(0, 10) : null;
  }
  const [, year = '', month = '', day = ''] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T\s].*)?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    [];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isBusinessDate(date) ? date : null;
}

function shortened(text: string): string {
  return text.length > MAX_NICKNAME ? `${text.slice(0, MAX_NICKNAME)}…` : text;
}
