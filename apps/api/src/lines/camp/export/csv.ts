import { Readable } from 'node:stream';
import { csvLine, csvText } from '@yajin/core';
import { cellText, type Column } from './column.js';

/** Spreadsheets take UTF-8 for it only when the file says so. */
const BOM = '\uFEFF';

/** A CSV file for spreadsheets, in which no text is ever computed, or taken for a number. */
export function csv<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>): Readable {
  return Readable.from(lines(columns, batches), { objectMode: false });
}

async function* lines<Row>(columns: Column<Row>[], batches: AsyncIterable<Row[]>): AsyncGenerator<string> {
  yield BOM + csvLine(columns.map((column) => column.title));
  for await (const batch of batches) {
    yield batch.map((row) => csvLine(columns.map((column) => field(column, row)))).join('');
  }
}

function field<Row>(column: Column<Row>, row: Row): string {
  const text = cellText(column, row);
  return column.kind === 'text' ? csvText(text) : text;
}
