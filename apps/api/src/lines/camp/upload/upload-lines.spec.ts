import { sentence } from '@yajin/core';
import { deflateRawSync } from 'node:zlib';
import * as XLSX from '@e965/xlsx';
import { readTable } from './read-table.js';
import { readEntries, type UploadEntry } from './upload-lines.js';

const ID = '88455815452182';

function read(bytes: Buffer | string) {
  return readEntries(readTable(typeof bytes === 'string' ? Buffer.from(bytes) : bytes));
}

/** A workbook as another program writes it. */
function workbook(rows: unknown[][], { date1904 = false, compression = true } = {}): Buffer {
  const book = XLSX.utils.book_new();
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), '打卡');
  book.Workbook = { WBProps: { date1904 } };
  return XLSX.write(book, { type: 'buffer', bookType: 'xlsx', compression }) as Buffer;
}

const one = (over: Partial<UploadEntry>): UploadEntry => ({
  line: 2,
  planetUserId: null,
  nickname: null,
  date: '2026-11-21',
  ...over,
});

describe('a text file', () => {
  it.each([
    ['with commas', `日期,星球ID\n2026-11-21,${ID}`],
    ['with semicolons', `日期;星球 ID\r\n2026/11/21;${ID}\r\n`],
    ['with tabs', `星球用户ID\t打卡日期\n${ID}\t2026年11月21日 06:30`],
    ['with quotes', `"date","planet_user_id"\n"2026.11.21","${ID}"`],
    ['with a byte order mark', `\ufeffdate,planetUserId\n20261121,${ID}`],
  ])('%s is read', (_name, text) => {
    expect(read(text)).toEqual({ entries: [one({ planetUserId: ID })], bad: [] });
  });

  it('as Excel saves it in China (GB18030) keeps its nicknames', () => {
    // 昵称,日期 / 小林,2026-11-21
    const bytes = Buffer.concat([
      Buffer.from([0xea, 0xc7, 0xb3, 0xc6, 0x2c, 0xc8, 0xd5, 0xc6, 0xda, 0x0a]),
      Buffer.from([0xd0, 0xa1, 0xc1, 0xd6]),
      Buffer.from(',2026-11-21'),
    ]);
    expect(read(bytes).entries).toEqual([one({ nickname: '小林' })]);
  });

  it('may have commas, quotes and line breaks within quotes, and blank lines', () => {
    const text = '\n昵称,日期\n"小林, ""早起""\n的人",2026-11-21\n\n,\n阿波,2026-11-22\n';
    expect(read(text).entries).toEqual([
      one({ line: 3, nickname: '小林, "早起"\n的人' }),
      one({ line: 6, nickname: '阿波', date: '2026-11-22' }),
    ]);
  });

  it('tells which lines cannot be read, and why', () => {
    const lines = [
      '昵称,星球ID,日期',
      ',,2026-11-21',
      '小林,,2026-02-30',
      ',8.84558E+13,2026-11-21',
      ',abc,2026-11-21',
      '小林,,',
    ];
    expect(read(lines.join('\n'))).toEqual({
      entries: [],
      bad: [
        { line: 2, who: '', date: '2026-11-21', reason: sentence('line_nobody') },
        { line: 3, who: '小林', date: '2026-02-30', reason: sentence('line_date_unreadable') },
        {
          line: 4,
          who: '8.84558E+13',
          date: '2026-11-21',
          reason: sentence('line_id_mangled'),
        },
        { line: 5, who: 'abc', date: '2026-11-21', reason: sentence('line_id_not_digits') },
        { line: 6, who: '小林', date: '', reason: sentence('line_date_unreadable') },
      ],
    });
  });
});

describe('a workbook', () => {
  it.each([
    ['dates as text', '2026-11-21', {}],
    ['dates as days since 1900', 46_347, {}],
    ['days with a time', 46_347.25, {}],
    ['days since 1904', 44_885, { date1904: true }],
    ['dates as a number of eight digits', 20_261_121, {}],
    ['nothing compressed', '2026-11-21', { compression: false }],
  ])('with %s is read', (_name, date, options) => {
    const rows = [
      ['星球ID', '昵称', '日期'],
      [ID, '小林', date],
    ];
    expect(read(workbook(rows, options))).toEqual({
      entries: [one({ planetUserId: ID, nickname: '小林' })],
      bad: [],
    });
  });

  it('with ids as numbers is read where Excel kept every digit, and refused where it did not', () => {
    const rows = [
      ['星球ID', '日期'],
      [Number(ID), '2026-11-21'],
      [88_455_815_452_182_000, '2026-11-21'],
    ];
    const { entries, bad } = read(workbook(rows));
    expect(entries).toEqual([one({ planetUserId: ID })]);
    expect(bad).toMatchObject([{ line: 3, reason: sentence('line_id_mangled') }]);
  });
});

it('a line of a workbook is named by its own number, blank rows before it or not', () => {
  const { bad } = read(workbook([['昵称', '日期'], [], [], ['小林', '2026-02-30']]));
  expect(bad).toMatchObject([{ line: 4, who: '小林' }]);
});

describe('a file is refused, in words that help', () => {
  const sheet = Buffer.from(deflateRawSync(Buffer.alloc(30_000_000, 0x20)));

  it.each<[string, Buffer | string, RegExp]>([
    ['that is empty', '', /空的/],
    ['without a column of dates', '昵称\n小林', /“日期”列/],
    ['without ids and nicknames', '日期\n2026-11-21', /“星球ID”列/],
    ['with an open quote', '昵称,日期\n"小林,2026-11-21', /引号/],
    ['that is a picture', Buffer.from('\u0089PNG\r\n\u0000', 'latin1'), /编码|CSV/],
    ['that is an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]), /\.xls/],
    ['that is half a workbook', workbook([['昵称', '日期']]).subarray(0, 2000), /损坏/],
    ['of too many rows', `昵称,日期\n${'小林,2026-11-21\n'.repeat(20_001)}`, /20000 行/],
    ['that unpacks to far more than it is', archive('xl/workbook.xml', sheet), /过大/],
    [
      'with a document type',
      archive('xl/workbook.xml', deflateRawSync('<!DOCTYPE a [<!ENTITY b "c">]><a/>')),
      /XLSX/,
    ],
  ])('%s', (_name, bytes, words) => {
    expect(() => read(bytes)).toThrow(words);
  });
});

/** A ZIP archive of one deflated file. */
function archive(name: string, packed: Buffer): Buffer {
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(name.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt16LE(name.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 10);
  const body = Buffer.concat([local, Buffer.from(name), packed]);
  end.writeUInt32LE(body.length, 16);
  return Buffer.concat([body, entry, Buffer.from(name), end]);
}
