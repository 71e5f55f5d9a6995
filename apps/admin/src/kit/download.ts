import { csvLine, csvText } from '@yajin/core';

/** Gives a file to the person at the browser, under its name. */
export function save({ blob, fileName }: { blob: Blob; fileName: string }): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser reads the address after the click has been handled.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A date is `yyyy-MM-dd`. */
type Cell = string | number | { date: string };

/** A CSV file that a spreadsheet opens as UTF-8, in which no text becomes a formula, a number or a date; what is one, is. */
export function csvFile(fileName: string, rows: Cell[][]): { blob: Blob; fileName: string } {
  const lines = rows.map((row) => csvLine(row.map(written)));
  return { blob: new Blob(['\ufeff', ...lines], { type: 'text/csv;charset=utf-8' }), fileName };
}

function written(cell: Cell): string {
  if (typeof cell === 'string') return csvText(cell);
  return typeof cell === 'number' ? String(cell) : cell.date;
}
