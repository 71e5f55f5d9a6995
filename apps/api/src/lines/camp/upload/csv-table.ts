import { csvTextOf, sentence } from '@yajin/core';
import { CsvError, parse } from 'csv-parse/sync';
import { MAX_COLUMNS, MAX_ROWS, UnreadableTable, type Cell, type Table } from './table.js';

/** RFC 4180, with a comma, a semicolon or a tab between fields, whichever the first line has most of. @throws UnreadableTable */
export function readCsv(bytes: Buffer): Table {
  const text = decoded(bytes);
  if (text.includes('\u0000')) throw new UnreadableTable(sentence('file_not_table'));
  const firstLine = text.slice(0, text.search(/[\r\n]|$/));
  const separator = [',', ';', '\t'].reduce((best, each) =>
    firstLine.split(each).length > firstLine.split(best).length ? each : best,
  );
  return { rows: fields(text, separator).map((row) => row.map(asText)), epoch: null };
}

function asText(text: string): Cell {
  // As our own files have what a spreadsheet would take for a number.
  return { text: csvTextOf(text.trim()), isNumber: false };
}

function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    try {
      return new TextDecoder('gb18030', { fatal: true }).decode(bytes);
    } catch {
      throw new UnreadableTable(sentence('file_encoding'));
    }
  }
}

function fields(text: string, separator: string): string[][] {
  try {
    const rows = parse(text, {
      delimiter: separator,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      // A quote in the middle of a nickname is one of its letters.
      relax_quotes: true,
      // One more than is taken, so that too many are seen to be too many.
      to: MAX_ROWS + 2,
    });
    return rows.map((row) => row.slice(0, MAX_COLUMNS));
  } catch (error) {
    if (error instanceof CsvError) throw new UnreadableTable(sentence('file_quotes'));
    throw error;
  }
}
