import { sentence } from '@yajin/core';
import { readCsv } from './csv-table.js';
import { MAX_ROWS, UnreadableTable, type Table } from './table.js';
import { readXlsx } from './xlsx-table.js';

/**
 * A CSV file (UTF-8, or GB18030 as Excel writes it in China) or the first sheet of a workbook (XLSX), told apart by content.
 * @throws UnreadableTable
 */
export function readTable(bytes: Buffer): Table {
  if (bytes.length === 0) throw new UnreadableTable(sentence('file_empty'));
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]));
  const isOldWorkbook = bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]));
  if (isOldWorkbook) throw new UnreadableTable(sentence('file_old_xls'));
  const table = isZip ? readXlsx(bytes) : readCsv(bytes);
  if (table.rows.length > MAX_ROWS + 1) throw new UnreadableTable(sentence('file_too_long', MAX_ROWS));
  return table;
}
