import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { fen } from '@yajin/core';
import { columnsOf } from './column.js';
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

  it.each(['小明', 'a=b', "O'Neil", '1+1', '"引号"，逗号,与\n换行', "'; DROP TABLE camp;--", ''])(
    'leaves %j as it is',
    async (given) => {
      const [, [field]] = parse(await written([given]), { bom: true }) as [string[], [string]];
      expect(field).toBe(given);
    },
  );
});
