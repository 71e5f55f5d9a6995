import type { Gateway } from '../src/index.js';
import { AlipayWire, SELLER, zipOf } from './alipay.kit.js';
import { gbk } from './gbk.kit.js';

const DAY = '2026-11-20';

/** 业务明细 as merchants publish theirs, with a payer and numbers of our own. */
const HEAD =
  `#支付宝业务明细查询\r\n#账号：[${SELLER}0156]\r\n#起始日期：[2026年11月20日 00:00:00]   终止日期：[2026年11月21日 00:00:00]\r\n` +
  '#-----------------------------------------业务明细列表----------------------------------------\r\n';
const NAMES =
  '支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,商家实收（元）,支付宝红包（元）,' +
  '集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注\r\n';
const PAID =
  '20261120001\t,trade-1\t,交易\t,押金,2026-11-20 10:55:16,2026-11-20 10:55:23,\t,\t,\t,\t,*某(159****00)\t,19.90,14.90,0.00,0.00,0.00,5.00,0.00,满减券,0.00\t,0.00,\t,-0.09,0.00,\r\n';
const PLATFORMS =
  '20261120002\t,trade-2\t,交易\t,早起,跑步 "晨"，押金,2026-11-20 11:00:00,2026-11-20 23:59:59,\t,\t,\t,\t,*某(159****00)\t,0.01,0.01,0.01,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,0.00,0.00,一,二\r\n';
const RETURNED =
  '20261101009\t,trade-0\t,退款\t,押金,2026-11-01 09:00:00,2026-11-20 11:26:55,\t,\t,\t,\t,*某(159****00)\t,-7.00,-7.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,refund-1\t,0.04,0.00,\r\n';
const BY_HAND =
  '20261101009\t,trade-0\t,退款\t,押金,2026-11-01 09:00:00,2026-11-20 12:00:00,\t,\t,\t,\t,*某(159****00)\t,-1.00,-1.00,0.00,0.00,0.00,0.00,0.00,,0.00\t,0.00,\t,0.00,0.00,\r\n';
const END =
  '#-----------------------------------------业务明细列表结束------------------------------------\r\n' +
  '#交易合计：2笔，商家实收共14.91元，商家优惠共5.00元\r\n#退款合计：2笔，商家实收退款共-8.00元，商家优惠退款共0.00元\r\n' +
  '#导出时间：[2026年11月21日 05:46:49]\r\n';
const TABLE = HEAD + NAMES + PAID + PLATFORMS + RETURNED + BY_HAND + END;
const NAME = `${SELLER}0156_20261120_业务明细`;

const archive = (table: string) =>
  zipOf([`${NAME}.csv`, gbk(table)], [`${NAME}(汇总).csv`, gbk('#支付宝业务汇总查询\r\n')]);

const wire = new AlipayWire();
let gateway: Gateway;
beforeAll(async () => {
  gateway = await wire.start();
});
afterAll(() => wire.stop());
beforeEach(() => wire.serve(archive(TABLE)));

const bill = () => gateway.downloadBill!(DAY);

it('the bill of a day is asked for, fetched and read: coupons, fees, refunds of other days, refunds made by hand, names with commas', async () => {
  const [paid, zero] = [{ outTradeNo: 'trade-1', transactionId: '20261120001' }, { outTradeNo: 'trade-0' }];
  expect(await bill()).toEqual([
    {
      ...{ kind: 'payment', at: new Date('2026-11-20T02:55:23Z'), ...paid, amountFen: 1990, feeFen: 9 },
      ...{ outRefundNo: null, gatewayRefundId: null },
    },
    {
      ...{
        kind: 'payment',
        at: new Date('2026-11-20T15:59:59Z'),
        outTradeNo: 'trade-2',
        amountFen: 1,
        feeFen: 0,
      },
      ...{ transactionId: '20261120002', outRefundNo: null, gatewayRefundId: null },
    },
    {
      ...{ kind: 'refund', at: new Date('2026-11-20T03:26:55Z'), ...zero, amountFen: 700, feeFen: -4 },
      ...{ transactionId: '20261101009', outRefundNo: 'refund-1', gatewayRefundId: null },
    },
    {
      ...{ kind: 'refund', at: new Date('2026-11-20T04:00:00Z'), ...zero, amountFen: 100, feeFen: 0 },
      ...{ transactionId: '20261101009', outRefundNo: null, gatewayRefundId: null },
    },
  ]);
  expect(wire.asked[0]).toContain('{"bill_type":"trade","bill_date":"2026-11-20"}');
  expect(wire.asked[1]).toBe('GET /file?token=1 ');
});

it('a bill of a day without trades is empty, and so is one that is not there', async () => {
  const none = END.replaceAll('2笔', '0笔').replace('14.91', '0.00').replace('-8.00', '0.00');
  wire.file = archive(HEAD + NAMES + none);
  expect(await bill()).toEqual([]);
  wire.said = {
    code: '40004',
    msg: 'Business Failed',
    sub_code: 'isp.bill_not_exist',
    sub_msg: '账单不存在',
  };
  expect(await bill()).toEqual([]);
});

it.each([
  ['LF instead of CRLF', TABLE.replaceAll('\r\n', '\n')],
  [
    'a column that nobody knows',
    TABLE.replace('备注\r', '新的一列,备注\r')
      .replaceAll('.00,\r', '.00,-,\r')
      .replace('0.00,一,二', '0.00,-,一,二'),
  ],
  [
    'full-width commas, brackets and digits',
    TABLE.replace(NAMES, NAMES.replaceAll(',', '，')).replace('19.90', '１９．９０'),
  ],
  ['brackets of the other kind', TABLE.replaceAll('（元）', '(元)').replaceAll('：', ':')],
])('a bill with %s says the same', async (_name, table) => {
  const whole = await bill();
  wire.file = archive(table);
  expect(await bill()).toEqual(whole);
});

it('a bill that somebody has saved in UTF-8 says the same', async () => {
  const whole = await bill();
  wire.file = zipOf([`${NAME}.csv`, Buffer.from(`\uFEFF${TABLE}`)]);
  expect(await bill()).toEqual(whole);
});

it.each([
  ['is cut off in a line', TABLE.slice(0, TABLE.indexOf('refund-1')), /缺少汇总|列数/],
  ['is cut off before its totals', TABLE.slice(0, TABLE.indexOf('#交易合计')), /缺少汇总/],
  ['is cut off before its refunds', TABLE.slice(0, TABLE.indexOf('#退款合计')), /汇总为 0 笔退款/],
  ['lacks a line', TABLE.replace(RETURNED, ''), /明细有 1 笔/],
  ['has another sum than its lines', TABLE.replace('19.90,14.90', '19.90,14.80'), /汇总金额/],
  ['comes twice', TABLE + TABLE, /汇总之后/],
  ['is another merchant’s', TABLE.replace(SELLER, '2088000000000999'), /其他商户/],
  ['is another day’s', TABLE.replace('起始日期：[2026年11月20日', '起始日期：[2026年11月19日'), /2026-11-19/],
  ['says nobody’s name', TABLE.replace(/#账号.*\r\n/, ''), /账号/],
  ['has a business of another kind', TABLE.replace('交易\t', '充值\t'), /业务类型|明细/],
  ['has a sum that is none', TABLE.replace('19.90', '1e3'), /金额无效/],
  ['has a time that is none', TABLE.replace('2026-11-20 10:55:23', '2026-13-40 10:55:23'), /时间/],
  ['has no table', HEAD + END, /表头/],
  ['is nothing at all', '', /表头/],
])('a bill that %s is no bill', async (_name, table, why) => {
  wire.file = archive(table);
  await expect(bill()).rejects.toMatchObject({
    ...{ kind: 'unknown', code: 'BROKEN_ANSWER', message: expect.stringMatching(why) },
  });
});

const BOMB = () => zipOf([`${NAME}.csv`, Buffer.alloc(65 * 1024 * 1024)]);
const changed = (at: number) => {
  const bytes = Buffer.from(archive(TABLE));
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};

it.each([
  ['cut off', () => archive(TABLE).subarray(0, 400), 'BILL_UNZIP'],
  ['changed in a byte', () => changed(200), 'BILL_UNZIP'],
  ['of more than it can hold', BOMB, 'BILL_UNZIP'],
  [
    'of a thousand files',
    () => zipOf(...Array.from({ length: 1000 }, (_, at): [string, Buffer] => [`${at}`, gbk('x')])),
    'BILL_UNZIP',
  ],
  ['a page', () => Buffer.from('下载超时,请重新下载'), 'BILL_UNZIP'],
  ['without any trades', () => zipOf([`${NAME}(汇总).csv`, gbk('x')]), 'BROKEN_ANSWER'],
  ['of two bills', () => zipOf([`${NAME}.csv`, gbk(TABLE)], [`${NAME}_1.csv`, gbk(TABLE)]), 'BROKEN_ANSWER'],
  ['longer than a bill can be', () => Buffer.alloc(17 * 1024 * 1024), 'NETWORK'],
])('a file that is %s is no bill', async (_name, made, code) => {
  wire.file = made();
  await expect(bill()).rejects.toMatchObject({ kind: 'unknown', code });
});

it('an address that leads elsewhere is not followed, be it given or a redirection', async () => {
  for (const address of [
    'http://dwbillcenter.alipay.com.example.test/file',
    'http://evilalipay.com/file',
    'http://user:secret@127.0.0.1/file',
    'file:///etc/passwd',
    `${wire.base.replace('http:', 'ftp:')}/file`,
    'nowhere',
  ]) {
    wire.said = { ...wire.said, bill_download_url: address };
    await expect(bill()).rejects.toMatchObject({ kind: 'unknown', code: 'BROKEN_ANSWER' });
  }
  expect(wire.asked.every((each) => each.startsWith('POST'))).toBe(true);
  wire.said = { ...wire.said, bill_download_url: `${wire.base}/file` };
  wire.status = 302;
  await expect(bill()).rejects.toMatchObject({ kind: 'unknown', code: 'BILL_DOWNLOAD' });
  expect(wire.asked.at(-1)).toBe('GET /file ');
});
