import type { Gateway } from '../src/index.js';
import { AlipayWire, SELLER, zipOf } from './alipay.kit.js';
import { gbk } from './gbk.kit.js';

const DAY = '2026-11-20';
/** 账务明细 as merchants publish theirs, the latest first, with payers and numbers of our own. */
const HEAD =
  `#支付宝账务明细查询\r\n#账号：[${SELLER}0156]\r\n#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\r\n` +
  '#-----------------------------------------账务明细列表----------------------------------------\r\n';
const NAMES =
  '账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,备注\r\n';
const [SHARED, WITHDRAWN, RETURNED, FEE_BACK, FEE, PAID] = [
  '5406\t,20261120009\t,share-1\t,押金,2026-11-20 23:59:59,某 (13900000000)\t,0.00,-1.00,38.93,支付宝,交易分账,\r\n',
  '5405\t,20261120008\t,\t,,2026-11-20 12:00:00,某银行\t,,-50.00,39.93,支付宝,提现,\r\n',
  '5404\t,20261120001\t,trade-1\t,早起,跑步 "晨"，押金,2026-11-20 11:00:00,某 (13900000000)\t,0.00,-10.00,89.93,支付宝,交易退款,一,二\r\n',
  '5403\t,20261120001\t,trade-1\t,押金,2026-11-20 11:00:00,支付宝\t,0.06,0.00,99.93,支付宝,收费,服务费退回\r\n',
  '5402\t,20261120001\t,trade-1\t,押金,2026-11-20 10:00:00,支付宝\t,0.00,-0.13,99.87,支付宝,收费,服务费[20261120001]\r\n',
  '5401\t,20261120001\t,trade-1\t,押金,2026-11-20 10:00:00,某 (13900000000)\t,22.00,0.00,100.00,支付宝,在线支付,\r\n',
];
const END =
  '#----------------------------------------账务明细列表结束-------------------------------------\r\n' +
  '#支出合计：4笔，共-61.13元\r\n#收入合计：2笔，共22.06元\r\n#导出时间：[2026年11月21日 05:46:49]\r\n';
const ROWS = `${SHARED}${WITHDRAWN}${RETURNED}${FEE_BACK}${FEE}${PAID}`;
const TABLE = HEAD + NAMES + ROWS + END;
const NAME = `${SELLER}0156_20261120`;

const archive = (table: string) =>
  zipOf([`${NAME}_账务汇总.csv`, gbk('#支付宝账务汇总查询\r\n')], [`${NAME}_账务明细.csv`, gbk(table)]);

const wire = new AlipayWire();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await wire.start();
});
afterAll(() => wire.stop());
beforeEach(() => wire.serve(archive(TABLE)));

const statement = (table = TABLE) => {
  wire.file = archive(table);
  return gateway.downloadStatement!(DAY);
};

it('a statement is asked for, fetched and read in its order: signs, fees both ways, refunds by their trade, names and remarks with commas', async () => {
  const at = (time: string) => new Date(`${DAY}T${time}+08:00`);
  const trade = { gatewayNo: '20261120001', ourNo: 'trade-1' };
  expect(await statement()).toEqual([
    {
      ...{ kind: 'other', said: '交易分账', at: at('23:59:59'), flowNo: '5406', gatewayNo: '20261120009' },
      ...{ ourNo: 'share-1', amountFen: -100, balanceFen: 3893 },
    },
    {
      ...{ kind: 'withdrawal', said: '提现', at: at('12:00:00'), flowNo: '5405', gatewayNo: '20261120008' },
      ...{ ourNo: null, amountFen: -5000, balanceFen: 3993 },
    },
    {
      ...{ ...trade, kind: 'refund', said: '交易退款', at: at('11:00:00'), flowNo: '5404' },
      ...{ amountFen: -1000, balanceFen: 8993 },
    },
    {
      ...{ ...trade, kind: 'fee_returned', said: '收费', at: at('11:00:00'), flowNo: '5403' },
      ...{ amountFen: 6, balanceFen: 9993 },
    },
    {
      ...{ ...trade, kind: 'fee', said: '收费', at: at('10:00:00'), flowNo: '5402' },
      ...{ amountFen: -13, balanceFen: 9987 },
    },
    {
      ...{ ...trade, kind: 'payment', said: '在线支付', at: at('10:00:00'), flowNo: '5401' },
      ...{ amountFen: 2200, balanceFen: 10_000 },
    },
  ]);
  expect(wire.asked[0]).toContain('{"bill_type":"signcustomer","bill_date":"2026-11-20"}');
  expect(wire.asked[1]).toBe('GET /file?token=1 ');
});

it('a day without movements is empty, and so is one whose statement is not there', async () => {
  const none = END.replace('4笔，共-61.13', '0笔，共0.00').replace('2笔，共22.06', '0笔，共0.00');
  expect(await statement(HEAD + NAMES + none)).toEqual([]);
  wire.said = {
    code: '40004',
    msg: 'Business Failed',
    sub_code: 'isp.bill_not_exist',
    sub_msg: '账单不存在',
  };
  expect(await gateway.downloadStatement!(DAY)).toEqual([]);
});

/** As newer files have it: remarks in the midst. */
const ourNumberLast = (row: string): string => {
  const [number, business, ours, ...rest] = row.trimEnd().split(',');
  return `${[number, business, ...rest, ours].join(',')}\r\n`;
};

it.each([
  ['LF instead of CRLF', TABLE.replaceAll('\r\n', '\n')],
  ['sums that went out without a minus', TABLE.replace(/,-(?=\d+\.\d\d,)/g, ',').replace('共-61', '共61')],
  ['commas behind its totals, as a spreadsheet leaves them', TABLE.replace(/元\r/g, '元,,,,,,\r')],
  ['brackets of the other kind', TABLE.replaceAll('（', '(').replaceAll('）', ')').replaceAll('：', ':')],
  [
    'full-width commas and digits',
    TABLE.replace(NAMES, NAMES.replaceAll(',', '，')).replace('22.00', '２２．００'),
  ],
  [
    'a column that nobody knows',
    TABLE.replace('备注\r', '新的一列,备注\r').replace(/(,支付宝,[^,]*,)/g, '$1-,'),
  ],
  [
    'our numbers at its end, behind the remarks',
    HEAD +
      [NAMES, SHARED, WITHDRAWN, RETURNED, FEE_BACK, FEE, PAID].map((row) => ourNumberLast(row)).join('') +
      END,
  ],
])('a statement with %s says the same', async (_name, table) => {
  const whole = await statement();
  expect(await statement(table)).toEqual(whole);
});

it('a statement that somebody has saved in UTF-8 says the same', async () => {
  const whole = await statement();
  wire.file = zipOf([`${NAME}_账务明细.csv`, Buffer.from(`\uFEFF${TABLE}`)]);
  expect(await gateway.downloadStatement!(DAY)).toEqual(whole);
});

it('a type that nobody knows is another movement, under its own word; a refund that came back is one, with the other sign', async () => {
  const word = '一种新的业务'.repeat(20);
  const [first] = await statement(TABLE.replace('交易分账', word));
  expect(first).toMatchObject({ kind: 'other', said: word.slice(0, 64), amountFen: -100 });
  const back = TABLE.replace('0.00,-10.00', '10.00,0.00')
    .replace('4笔，共-61.13', '3笔，共-51.13')
    .replace('2笔，共22.06', '3笔，共32.06');
  expect((await statement(back))[2]).toMatchObject({ kind: 'refund', amountFen: 1000 });
});

it.each([
  ['is cut off in a line', TABLE.slice(0, TABLE.indexOf('5403')), /缺少汇总|列数/],
  ['is cut off before its totals', TABLE.slice(0, TABLE.indexOf('#支出合计')), /缺少收入合计/],
  ['is cut off within its totals', TABLE.slice(0, TABLE.indexOf('#收入合计')), /缺少收入合计/],
  ['lacks a line', TABLE.replace(FEE, ''), /明细有 3 笔/],
  ['has another sum of what came in', TABLE.replace('共22.06', '共22.07'), /收入合计与明细/],
  ['has another sum of what went out', TABLE.replace('共-61.13', '共-61.12'), /支出合计与明细/],
  ['comes twice', TABLE + TABLE, /汇总之后/],
  ['has a movement twice', TABLE.replace(PAID, PAID + PAID).replace('2笔，共22.06', '3笔，共44.06'), /重复/],
  ['is another merchant’s', TABLE.replace(SELLER, '2088000000000999'), /其他商户/],
  ['is another day’s', TABLE.replace('起始日期：[2026年11月20日', '起始日期：[2026年11月19日'), /2026-11-19/],
  [
    'has a movement of another day',
    TABLE.replace('2026-11-20 12:00:00', '2026-11-21 00:00:00'),
    /2026-11-21/,
  ],
  ['says nobody’s name', TABLE.replace(/#账号.*\r\n/, ''), /账号/],
  ['has a movement both ways', TABLE.replace('22.00,0.00', '22.00,-1.00'), /既有收入又有支出/],
  ['has a sum that is none', TABLE.replace('22.00,', '1e3,'), /金额无效/],
  ['has a time that is none', TABLE.replace('2026-11-20 12:00:00', '2026-13-40 12:00:00'), /时间/],
  ['lacks a column', TABLE.replace('账户余额', '别的余额'), /账户余额/],
  ['lacks our numbers', TABLE.replace('商户订单号', '别的订单号'), /商户订单号/],
  ['is a trade bill', HEAD + '支付宝交易号,商户订单号\r\n' + END, /表头/],
  ['is nothing at all', '', /表头/],
])('a statement that %s is none, and none of it is returned', async (_name, table, why) => {
  const broken = { kind: 'unknown', code: 'BROKEN_ANSWER', message: expect.stringMatching(why) as unknown };
  await expect(statement(table)).rejects.toMatchObject(broken);
});

it('an archive without it, as that of the trades, is no statement', async () => {
  wire.file = zipOf([`${NAME}_业务明细.csv`, gbk(TABLE)], [`${NAME}_账务汇总.csv`, gbk(TABLE)]);
  await expect(gateway.downloadStatement!(DAY)).rejects.toMatchObject({ code: 'BROKEN_ANSWER' });
});
