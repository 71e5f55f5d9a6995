import { Readable, PassThrough, pipeline } from 'node:stream';
import { localTime, yuanText } from '@yajin/core';
import { ZipFile } from 'yazl';
import { printable, type Column } from './column.js';

/** What a sheet and a cell can hold; a file beyond it is called damaged. */
const MAX_ROWS = 1_048_576;
const MAX_TEXT = 32_767;
/** Characters that go on together: small pieces keep the memory small as well. */
const CHUNK = 16_384;
/** What needs no second look: most of what people write. */
const PLAIN = /^[ 0-9A-Za-z:.\-\u3001-\u30ff\u4e00-\u9fff]*$/;
/** 1970-01-01 as a spreadsheet counts days. */
const EPOCH_DAY = 25_569;
const DAY_SECONDS = 86_400;
const SHANGHAI_MS = Date.parse(`${localTime(new Date(0))}Z`);

/** What follows a cell's place; the numbers are places in `cellXfs` below. */
const HEAD = '" s="1" t="inlineStr"><is><t';
const TEXT = '" s="2" t="inlineStr"><is><t';
const NUMBER = '"><v>';
const MONEY = '" s="3"><v>';
const PERCENT = '" s="4"><v>';
const TIME = '" s="5"><v>';
const DATE = '" s="6"><v>';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/**
 * An Excel workbook (ECMA-376) as a stream that takes rows only as fast as it is read: whatever their number, one batch
 * is in memory. Text is written as string cells, so nothing is ever a formula, and numbers as numbers. Rows beyond
 * what one sheet holds go on in another. The caller ends `batches` when the stream closes early.
 * @param maxRows of one sheet, the header included
 */
export function xlsx<Row>(
  name: string,
  columns: Column<Row>[],
  batches: AsyncIterator<Row[], undefined>,
  maxRows = MAX_ROWS,
): Readable {
  const zip = new ZipFile();
  const output = new PassThrough();
  const source = new Rows(batches);
  const parts: Readable[] = [];
  const fail = (error: Error): void => void output.destroy(error);
  const addSheet = (): void => {
    const part = Readable.from(worksheet(columns, source, maxRows), { objectMode: false });
    parts.push(part);
    part.on('error', fail);
    part.on('end', () => {
      if (!source.done) return addSheet();
      const names = parts.map((_, index) => (index === 0 ? name : `${name} (${index + 1})`));
      for (const [path, xml] of frame(names)) zip.addBuffer(Buffer.from(xml), path);
      zip.end();
    });
    zip.addReadStream(part, `xl/worksheets/sheet${parts.length}.xml`);
  };
  zip.on('error', fail);
  pipeline(zip.outputStream, output, () => parts.at(-1)?.destroy());
  addSheet();
  return output;
}

/** Batches, cut to what a sheet still has room for. */
class Rows<Row> {
  private batch: Row[] = [];
  /** Known once `take` has given nothing. */
  done = false;

  constructor(private readonly batches: AsyncIterator<Row[], undefined>) {}

  /** Some more rows, `most` at most. */
  async take(most: number): Promise<Row[]> {
    if (this.batch.length === 0) {
      const next = await this.batches.next();
      if (next.done) this.done = true;
      else this.batch = next.value;
    }
    const taken = this.batch.slice(0, most);
    this.batch = this.batch.slice(most);
    return taken;
  }
}

async function* worksheet<Row>(
  columns: Column<Row>[],
  source: Rows<Row>,
  maxRows: number,
): AsyncGenerator<string> {
  const opened = columns.map((_, index) => `<c r="${columnName(index)}`);
  const widths = columns.map(
    ({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  const titles = columns.map(({ title }, index) => stringCell(opened[index]!, 1, HEAD, title));
  let xml =
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0">` +
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths.join('')}</cols><sheetData><row r="1">${titles.join('')}</row>`;
  let last = 1;
  for (;;) {
    const rows = await source.take(maxRows - last);
    if (rows.length === 0) break;
    for (const row of rows) {
      last += 1;
      xml += `<row r="${last}">`;
      for (let index = 0; index < columns.length; index += 1)
        xml += cell(opened[index]!, last, columns[index]!, row);
      xml += '</row>';
      if (xml.length < CHUNK) continue;
      yield xml;
      xml = '';
    }
  }
  yield `${xml}</sheetData></worksheet>`;
}

/**
 * A cell out of as few pieces as can be: each one glued on costs memory, and there are millions.
 * @param opened the cell's beginning with its column, such as `<c r="A`
 */
function cell<Row>(opened: string, line: number, column: Column<Row>, row: Row): string {
  switch (column.kind) {
    case 'text': {
      const text = column.of(row);
      return text ? stringCell(opened, line, TEXT, text) : '';
    }
    case 'whole':
      return `${opened}${line}${NUMBER}${column.of(row)}</v></c>`;
    case 'percent':
      return `${opened}${line}${PERCENT}${(column.of(row) / 100).toFixed(4)}</v></c>`;
    case 'money':
      return `${opened}${line}${MONEY}${yuanText(column.of(row))}</v></c>`;
    case 'time': {
      const at = column.of(row);
      return at ? `${opened}${line}${TIME}${serialTime(at)}</v></c>` : '';
    }
    case 'date':
      return `${opened}${line}${DATE}${serialDate(column.of(row))}</v></c>`;
  }
}

function stringCell(opened: string, line: number, rest: string, text: string): string {
  return /^\s|\s$/.test(text)
    ? `${opened}${line}${rest} xml:space="preserve">${escaped(text)}</t></is></c>`
    : `${opened}${line}${rest}>${escaped(text)}</t></is></c>`;
}

/** `_x0041_` would be read back as `A`: its first underscore is written as a code itself. */
function escaped(text: string): string {
  if (PLAIN.test(text) && text.length <= MAX_TEXT) return text;
  const clean = printable(text)
    .replace(/\r\n?/g, '\n')
    .slice(0, MAX_TEXT)
    .replace(/[\uD800-\uDBFF]$/, '');
  return clean
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Days since 1899-12-30, which is how a spreadsheet keeps a time; on the Shanghai wall clock, in whole seconds. */
function serialTime(at: Date): string {
  return (EPOCH_DAY + Math.floor((at.getTime() + SHANGHAI_MS) / 1000) / DAY_SECONDS).toFixed(8);
}

function serialDate(date: string): number {
  return EPOCH_DAY + Date.parse(date) / 1000 / DAY_SECONDS;
}

/** A, B, …, Z, AA, … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
}

/** The parts around the sheets. */
function frame(sheets: string[]): [path: string, xml: string][] {
  const each = (write: (name: string, number: number) => string): string =>
    sheets.map((name, index) => write(name, index + 1)).join('');
  const stylesId = sheets.length + 1;
  return [
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(
        (name, n) => `<sheet name="${escaped(name)}" sheetId="${n}" r:id="rId${n}"/>`,
      )}</sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${RELATIONS}">${each(
        (_, n) => `<Relationship Id="rId${n}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${n}.xml"/>`,
      )}<Relationship Id="rId${stylesId}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', styles()],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
        `<Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>` +
        `<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/>${each(
          (_, n) => `<Override PartName="/xl/worksheets/sheet${n}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
        )}</Types>`,
    ],
  ];
}

/** Formats 2, 10 and 49 are built in: `0.00`, `0.00%` and text, which stays text when somebody edits the cell. */
function styles(): string {
  const format = (id: number, font = 0): string =>
    `<xf numFmtId="${id}" fontId="${font}" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>`;
  return (
    `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2">` +
    '<numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd"/></numFmts>' +
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="7">${format(0)}${format(49, 1)}${format(49)}${format(2)}${format(10)}${format(164)}${format(165)}</cellXfs>` +
    '</styleSheet>'
  );
}
