import { businessDate, localTime, yuanText, type Fen } from '@yajin/core';

/** One column of an export. Its kind decides how a value is written, the same way in every format. */
export type Column<Row> = {
  title: string;
  /** In characters of the sheet's font; a Chinese one takes two. */
  width: number;
} & (
  | { kind: 'text'; of: (row: Row) => string | null }
  | { kind: 'whole'; of: (row: Row) => number }
  /** In percent: 80.5. */
  | { kind: 'percent'; of: (row: Row) => number }
  | { kind: 'money'; of: (row: Row) => Fen }
  /** An instant, written on the Shanghai wall clock. */
  | { kind: 'time'; of: (row: Row) => Date | null }
  /** A business date, `yyyy-MM-dd`. */
  | { kind: 'date'; of: (row: Row) => string }
);

type Reader<Row, Kind> = Extract<Column<Row>, { kind: Kind }>['of'];

/** Ways to write down the columns of one kind of row: title, width, value. */
export function columnsOf<Row>() {
  const make =
    <Kind extends Column<Row>['kind']>(kind: Kind) =>
    (title: string, width: number, of: Reader<Row, Kind>) =>
      ({ title, width, kind, of }) as Column<Row>;
  return {
    text: make('text'),
    whole: make('whole'),
    percent: make('percent'),
    money: make('money'),
    time: make('time'),
    date: make('date'),
  };
}

/** What people read in the formats that have only text. */
export function cellText<Row>(column: Column<Row>, row: Row): string {
  switch (column.kind) {
    case 'text':
      return printable(column.of(row) ?? '');
    case 'whole':
      return String(column.of(row));
    case 'percent':
      return `${column.of(row).toFixed(2)}%`;
    case 'money':
      return yuanText(column.of(row));
    case 'time': {
      const at = column.of(row);
      return at ? timeText(at) : '';
    }
    case 'date':
      return column.of(row);
  }
}

/** `yyyy-MM-dd HH:mm:ss` on the Shanghai wall clock. */
function timeText(at: Date): string {
  return localTime(at).replace('T', ' ');
}

/** `yyyyMMdd` in Shanghai, as file names have it. */
export function dateStamp(at: Date): string {
  return businessDate(at).replaceAll('-', '');
}

const UNPRINTABLE = /(?![\t\n\r])\p{Cc}|\p{Cs}|\p{Noncharacter_Code_Point}/gu;

/** Text without what no document may hold: control characters, half a surrogate pair, noncharacters. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '');
}
