import { buffer } from 'node:stream/consumers';
import * as sheets from '@e965/xlsx';
import { parse } from 'csv-parse/sync';
import { fen } from '@yajin/core';
import { columnsOf } from './column.js';
import { readCsv } from '../upload/csv-table.js';
import { csv } from './csv.js';

const { text, whole, percent, money, time } = columnsOf<string>();
const columns = [
  text('昵称', 20, (row) => row),
  whole('天数', 8, () => -3),
  percent('打卡率', 8, () => 57.1),
  money('押金', 8, () => fen(-7)),
  time('时间', 20, () => new Date('2025-12-01T16:00:00Z')),
];

async function* batches(rows: string[]): AsyncGenerator<string[]> {
  yield rows;
}

async function written(rows: string[]): Promise<string> {
  return (await buffer(csv(columns, batches(rows)))).toString();
}

describe('a CSV file', () => {
  it('is UTF-8 with a mark, CRLF, and values as people read them', async () => {
    expect(await written(['小明😀'])).toBe(
      '\uFEFF"昵称","天数","打卡率","押金","时间"\r\n"小明😀","-3","57.10%","-0.07","2025-12-02 00:00:00"\r\n',
    );
  });

  it.each([
    '=1+1',
    '＝cmd|calc',
    '+86',
    '＋1',
    '-1',
    '－1',
    '@x',
    '＠x',
    '﹦1',
    '\t1',
    '\r1',
    '\n1',
    ' =1+1',
    '\u3000＝1',
    '\u0001=1',
  ])('shows %j instead of computing it', async (given) => {
    const [, [field]] = parse(await written([given]), { bom: true }) as [string[], [string]];
    expect(field).toBe(`'${given.replace('\u0001', '')}`);
  });

  it.each([
    '88455815452182912',
    '００７',
    '007',
    '1-2',
    '3/4',
    '2025-12-01',
    '12月3日',
    '12:30',
    '1e5',
    'MAR1',
    '1+1',
    '50%',
    '¥99.00',
    '1,000',
    'TRUE',
  ])('gives %j to spreadsheets as the text it is, in ours and by hand', async (given) => {
    const file = await written([given]);
    const book = sheets.read(Buffer.from(file), { codepage: 65001 });
    const cell = (book.Sheets[book.SheetNames[0]!] as Record<string, sheets.CellObject>)['A2'];
    expect([cell?.t, cell?.v]).toEqual(['s', given]);
    expect(readCsv(Buffer.from(file)).rows[1]?.[0]?.text).toBe(given);
  });

  it('keeps a text as text that is too long for a formula', async () => {
    const [, [field]] = parse(await written(['7'.repeat(300)]), { bom: true }) as [string[], [string]];
    expect(field).toBe(`'${'7'.repeat(300)}`);
  });

  it.each(['小明', '小明2号', 'a=b', "O'Neil", '"引号"，逗号,与\n换行', "'; DROP TABLE camp;--", ''])(
    'leaves %j as it is',
    async (given) => {
      const [, [field]] = parse(await written([given]), { bom: true }) as [string[], [string]];
      expect(field).toBe(given);
    },
  );
});
