import { Readable } from 'node:stream';
import { cellText, type Column } from './column.js';

/** Spreadsheets take UTF-8 for it only when the file says so. */
const BOM = '\uFEFF';
/** What makes a spreadsheet compute a field instead of showing it; full-width and small forms count as well. */
const FORMULA = /^[\t\r\n]|^\s*[-=+@－＝＋＠﹣﹦﹢﹫]/u;

/** A CSV file (RFC 4180) for spreadsheets: every field quoted, and none of them ever a formula. */
export function csv<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(lines(columns, batches), { objectMode: false });
}

async function* lines<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield BOM + line(columns.map((column) => column.title));
  for await (const batch of batches) {
    yield batch.map((row) => line(columns.map((column) => field(column, row)))).join('');
  }
}

function line(fields: string[]): string {
  return `${fields.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')}\r\n`;
}

/** Only what people typed can pretend to be a formula; a leading apostrophe shows it as the text it is. */
function field<Row>(column: Column<Row>, row: Row): string {
  const text = cellText(column, row);
  return column.kind === 'text' && FORMULA.test(text) ? `'${text}` : text;
}
