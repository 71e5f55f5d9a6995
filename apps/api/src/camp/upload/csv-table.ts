import { MAX_COLUMNS, MAX_ROWS, UnreadableTable, type Cell, type Table } from './table.js';

/** RFC 4180, with a comma, a semicolon or a tab between fields, whichever the first line has most of. @throws UnreadableTable */
export function readCsv(bytes: Buffer): Table {
  const text = decoded(bytes);
  if (text.includes('\u0000')) throw new UnreadableTable('不是 CSV 或 XLSX 文件');
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const separator = [',', ';', '\t'].reduce((best, each) =>
    firstLine.split(each).length > firstLine.split(best).length ? each : best,
  );
  return { rows: fields(text, separator).map((row) => row.map(asText)), epoch: null };
}

function asText(text: string): Cell {
  return { text: text.trim(), isNumber: false };
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      throw new UnreadableTable('文字编码无法识别，请另存为 UTF-8 的 CSV 或 XLSX');
    }
  }
}

function fields(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let quoted = false;
  const endField = (): void => {
    if (row.length < MAX_COLUMNS) row.push(field);
    field = '';
  };
  const endRow = (): void => {
    endField();
    if (rows.length <= MAX_ROWS + 1) rows.push(row);
    row = [];
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at] ?? '';
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[at + 1] === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && field === '') quoted = true;
    else if (char === separator) endField();
    else if (char === '\n' || char === '\r') {
      if (char === '\r' && text[at + 1] === '\n') at += 1;
      endRow();
    } else field += char;
  }
  if (quoted) throw new UnreadableTable('引号没有成对，CSV 无法读取');
  if (field !== '' || row.length > 0) endRow();
  return rows;
}
