import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import * as sheets from '@e965/xlsx';
import { fen, type Fen } from '@yajin/core';
import { columnsOf } from './column.js';
import { xlsx } from './xlsx.js';

interface Row {
  text: string | null;
  count: number;
  rate: number;
  money: Fen;
  at: Date | null;
  day: string;
}

const { text, whole, percent, money, time, date } = columnsOf<Row>();
const columns = [
  text('文字', 20, (row) => row.text),
  whole('数量', 10, (row) => row.count),
  percent('比率', 10, (row) => row.rate),
  money('金额', 10, (row) => row.money),
  time('时间', 20, (row) => row.at),
  date('日期', 12, (row) => row.day),
];
const row = (some: Partial<Row>): Row => ({
  text: '小明',
  count: 3,
  rate: 80.5,
  money: fen(990),
  at: new Date('2025-12-01T04:05:30Z'),
  day: '2025-12-10',
  ...some,
});

async function* batchesOf<Item>(...batches: Item[][]): AsyncGenerator<Item[], undefined> {
  yield* batches;
}

async function written(rows: Row[], maxRows?: number): Promise<sheets.WorkBook> {
  const file = await buffer(xlsx('会员', columns, batchesOf(rows), maxRows));
  return sheets.read(file, { cellNF: true, cellText: true, bookFiles: true });
}

function cells(book: sheets.WorkBook, column: string): sheets.CellObject[] {
  const sheet = book.Sheets[book.SheetNames[0] ?? ''] ?? {};
  return Object.entries(sheet)
    .filter(([ref]) => ref.startsWith(column) && ref !== `${column}1`)
    .map(([, cell]) => cell as sheets.CellObject);
}

function part(book: sheets.WorkBook, name: string): string {
  const { files } = book as unknown as { files: Record<string, { content: Uint8Array }> };
  return Buffer.from(files[name]?.content ?? []).toString();
}

describe('an Excel workbook', () => {
  it('holds numbers, percentages, money and Shanghai times as what they are', async () => {
    const book = await written([row({})]);
    const of = (column: string): unknown => {
      const [cell] = cells(book, column);
      return [cell?.t, cell?.v, cell?.w];
    };
    expect(of('B')).toEqual(['n', 3, '3']);
    expect(of('C')).toEqual(['n', 0.805, '80.50%']);
    expect(of('D')).toEqual(['n', 9.9, '9.90']);
    expect(of('E')).toEqual(
      ['n', 45992 + (12 * 3600 + 5 * 60 + 30) / 86400, '2025-12-01 12:05:30'].map(near),
    );
    expect(of('F')).toEqual(['n', 46001, '2025-12-10']);
  });

  it('has a frozen header in bold, with widths', async () => {
    const book = await written([row({})]);
    const xml = part(book, 'xl/worksheets/sheet1.xml');
    expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>');
    expect(xml).toContain('<col min="1" max="1" width="20" customWidth="1"/>');
    const style = Number(/<c r="A1" s="(\d+)"/.exec(xml)?.[1]);
    const styles = part(book, 'xl/styles.xml');
    const formats = /<cellXfs.*<\/cellXfs>/.exec(styles)?.[0].match(/<xf [^>]*>/g) ?? [];
    const font = Number(/fontId="(\d+)"/.exec(formats[style] ?? '')?.[1]);
    expect(styles.match(/<font>.*?<\/font>/g)?.[font]).toContain('<b/>');
  });

  it.each([
    ['Chinese', '早起打卡的小明同学', '早起打卡的小明同学'],
    ['an emoji family', '👨‍👩‍👧 家', '👨‍👩‍👧 家'],
    ['markup', '</t><f>1+1</f>&amp;"\'', '</t><f>1+1</f>&amp;"\''],
    ['SQL', "'; DROP TABLE camp;--", "'; DROP TABLE camp;--"],
    ['a formula', '=1+1', '=1+1'],
    ['a full-width formula', '＝cmd|calc', '＝cmd|calc'],
    ['a telephone number', '+86', '+86'],
    ['a mention', '@x', '@x'],
    ['a minus', '-1', '-1'],
    ['digits beyond what a number keeps', '88455815450000012345', '88455815450000012345'],
    ['blanks and breaks around', ' \t 早\n起 ', ' \t 早\n起 '],
    ['a carriage return', 'a\r\nb\rc', 'a\nb\nc'],
    ['what looks like a code', '_x0041__x005F_', '_x0041__x005F_'],
    ['control characters', 'a\u0000\u0001\u0008\u000b\u001f\u007f\u0085b\ufffe', 'ab'],
    ['half a surrogate pair', 'a\ud83d', 'a'],
    ['a text longer than a cell', `${'长'.repeat(32_766)}😀😀`, '长'.repeat(32_766)],
  ])('keeps %s as text', async (_, given, kept) => {
    const [cell, ...others] = cells(await written([row({ text: given })]), 'A');
    expect(others).toEqual([]);
    expect([cell?.t, cell?.f, cell?.z]).toEqual(['s', undefined, '@']);
    expect(cell?.v).toBe(kept);
  });

  it('leaves cells without a value empty', async () => {
    const book = await written([row({ text: null, at: null }), row({ text: '' })]);
    expect(cells(book, 'A')).toEqual([]);
    expect(cells(book, 'E')).toHaveLength(1);
  });

  it('can have no rows', async () => {
    const book = await written([]);
    const [name = ''] = book.SheetNames;
    expect(sheets.utils.sheet_to_json(book.Sheets[name]!, { header: 1 })).toEqual([
      ['文字', '数量', '比率', '金额', '时间', '日期'],
    ]);
  });

  it.each([
    [3, ['会员']],
    [4, ['会员', '会员 (2)']],
    [7, ['会员', '会员 (2)', '会员 (3)']],
  ])('of %i rows goes on in as many sheets as it needs, each row once', async (count, names) => {
    const rows = Array.from({ length: count }, (_, index) => row({ count: index }));
    const book = await written(rows, 4);
    expect(book.SheetNames).toEqual(names);
    const found = names.map((name) => sheets.utils.sheet_to_json<{ 数量: number }>(book.Sheets[name]!));
    expect(found.flat().map((each) => each.数量)).toEqual(rows.map((each) => each.count));
    expect(found.every((each) => each.length > 0 && each.length <= 3)).toBe(true);
  });

  it('takes no more rows than are read', async () => {
    let pulled = 0;
    async function* endless(): AsyncGenerator<Row[], undefined> {
      for (;;) {
        pulled += 1;
        yield Array.from({ length: 200 }, () => row({ text: randomBytes(500).toString('hex') }));
      }
    }
    const file = xlsx('会员', columns, endless());
    await sleep(300);
    const unread = pulled;
    expect(unread).toBeLessThan(20);
    const read = file[Symbol.asyncIterator]();
    for (let taken = 0; taken < 2_000_000;) {
      const chunk = await read.next();
      taken += (chunk.value as Buffer).length;
    }
    expect(pulled).toBeGreaterThan(unread + 5);
    file.destroy();
    await sleep(50);
    const atEnd = pulled;
    await sleep(100);
    expect(pulled).toBe(atEnd);
  });

  it('fails when its rows fail', async () => {
    async function* failing(): AsyncGenerator<Row[], undefined> {
      yield [row({})];
      throw new Error('the database is gone');
    }
    await expect(buffer(xlsx('会员', columns, failing()))).rejects.toThrow('the database is gone');
  });
});

function near(value: unknown): unknown {
  return typeof value === 'number' ? expect.closeTo(value, 6) : value;
}
