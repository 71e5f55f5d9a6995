import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { wechatV2Gateway, type Gateway } from '../src/index.js';

/** The table of the vendor document, chapter 9_6, with a payer and numbers of our own. */
const TABLE =
  '\uFEFF交易时间,公众账号ID,商户号,子商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,总金额,代金券或立减优惠金额,' +
  '微信退款单号,商户退款单号,退款金额,代金券或立减优惠退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率\r\n' +
  '`2026-11-20 16:33:45,`wx01,`10000100,`0,`1000,`42001,`trade-1,`openid,`NATIVE,`SUCCESS,`CFT,`CNY,`19.90,`0.0,`0,`0,`0,`0,`,`,`押金,`,`0.12,`0.60%\r\n' +
  '`2026-11-20 16:46:14,`wx01,`10000100,`0,`1000,`42001,`trade-1,`openid,`NATIVE,`REFUND,`CFT,`CNY,`0.00,`0.0,`50001,`refund-1,`1.90,`0,`ORIGINAL,`SUCCESS,`押金,`,`-0.01,`0.60%\r\n' +
  '总交易单数,总交易额,总退款金额,总代金券或立减优惠退款金额,手续费总金额\r\n`2,`19.90,`1.90,`0.0,`0.11\r\n';

let server: Server;
let said = '';
let asked = '';
let gateway: Gateway;

beforeAll(async () => {
  server = createServer((request, response) => {
    asked = request.url ?? '';
    request.on('data', (text: Buffer) => (asked += text.toString()));
    request.on('end', () => response.end(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  gateway = wechatV2Gateway({
    ...{ apiBase: base, secureBase: base, appId: 'wx01', mchId: '10000100', key: 'k'.repeat(32) },
    ...{ signType: 'MD5', clientCertificate: '', clientKey: '', serverCa: null },
  });
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const bill = () => gateway.downloadBill?.('2026-11-20');
const failure = (message: string): string =>
  `<xml><return_code><![CDATA[FAIL]]></return_code><return_msg><![CDATA[${message}]]></return_msg></xml>`;

it('the bill of v2 is asked for by its day and read, in the format of before', async () => {
  said = TABLE;
  const ids = { outTradeNo: 'trade-1', transactionId: '42001' };
  expect(await bill()).toMatchObject([
    { kind: 'payment', ...ids, amountFen: 1990, feeFen: 12, outRefundNo: null },
    { kind: 'refund', ...ids, amountFen: 190, feeFen: -1, outRefundNo: 'refund-1', gatewayRefundId: '50001' },
  ]);
  expect(asked).toContain('/pay/downloadbill');
  expect(asked).toContain('20261120');
});

it('a day without transactions is an empty bill', async () => {
  said = failure('No Bill Exist');
  expect(await bill()).toEqual([]);
});

it.each([
  ['is not made yet', failure('Bill Creating'), 'NO_BILL'],
  ['is cut off', TABLE.slice(0, TABLE.indexOf('总交易单数')), 'BROKEN_ANSWER'],
  ['has another merchant’s rows', TABLE.replaceAll('10000100', '10000999'), 'BROKEN_ANSWER'],
  ['is nothing at all', '', 'BROKEN_ANSWER'],
  ['is a page', '<html><body>502', 'BROKEN_ANSWER'],
])('a bill that %s is no bill', async (_name, text, code) => {
  said = text;
  await expect(bill()).rejects.toMatchObject({ kind: 'unknown', code });
});

/** The table of the vendor document (4011939779), with numbers of our own. */
const MOVED =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\r\n' +
  '`2026-11-20 04:21:23,`50001,`42001,`退款,`退款,`支出,`0.02,`0.17,`system,`缺货,`refund-1\r\n' +
  '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n`1.0,`0.0,`0.00,`1.0,`0.02\r\n';
const refused = (code: string): string =>
  `<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg><result_code><![CDATA[FAIL]]></result_code><err_code><![CDATA[${code}]]></err_code><err_code_des><![CDATA[说明]]></err_code_des></xml>`;
const statement = () => gateway.downloadStatement?.('2026-11-20');

it('the statement of v2 is asked for by HMAC, though all else is signed by MD5, and read', async () => {
  said = MOVED;
  const numbers = { gatewayNo: '50001', ourNo: 'refund-1', flowNo: '42001/50001/退款' };
  expect(await statement()).toMatchObject([{ kind: 'refund', ...numbers, amountFen: -2, balanceFen: 17 }]);
  expect(asked).toMatch(/^\/pay\/downloadfundflow/);
  for (const each of ['20261120', 'Basic', 'HMAC-SHA256']) expect(asked).toContain(each);
  expect(/<sign>(?:<!\[CDATA\[)?([0-9A-F]*)/.exec(asked)?.[1]).toHaveLength(64);
});

it('a day without movements is empty', async () => {
  said = refused('NO_BILL_EXIST');
  expect(await statement()).toEqual([]);
});

it.each([
  ['is not made yet', refused('BILL_CREATING'), 'NO_BILL'],
  ['is refused', failure('Param Error'), 'NO_BILL'],
  ['is cut off', MOVED.slice(0, MOVED.indexOf('资金流水总')), 'BROKEN_ANSWER'],
  ['is another day’s', MOVED.replace('2026-11-20', '2026-11-21'), 'BROKEN_ANSWER'],
  ['is nothing at all', '', 'BROKEN_ANSWER'],
])('a statement that %s is none', async (_name, text, code) => {
  said = text;
  await expect(statement()).rejects.toMatchObject({ kind: 'unknown', code });
});
