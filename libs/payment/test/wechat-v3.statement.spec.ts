import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Gateway } from '../src/gateway.js';
import { MCH_ID, testGateway, WireServer } from './wechat-v3.kit.js';

const DAY = '2026-11-20';
const NAMES =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\r\n';
/** Rows of the form that the document and files of merchants have (docs/gateways/wechat-v3.md), with numbers of our own. */
const [PAID, FEE, RETURNED, FEE_BACK, WITHDRAWN, SHARED] = [
  '`2026-11-20 10:00:00,`42001,`42001,`交易,`交易,`收入,`100.00,`100.50,`system,`结算总金额 100.00 元;含手续费 0.60 元,`trade-1\r\n',
  '`2026-11-20 10:00:00,`42001,`42001,`交易,`扣除交易手续费,`支出,`0.60,`99.90,`system,`,`trade-1\r\n',
  '`2026-11-20 11:00:00,`50301,`42001,`退款,`退款,`支出,`30.00,`69.90,`1900000001API,`退款总金额30.00元;含手续费0.18元,`refund-1\r\n',
  '`2026-11-20 11:00:00,`50301,`42001,`退款,`退还交易手续费,`收入,`0.18,`70.08,`system,`缺货, "红色",`refund-1\r\n',
  '`2026-11-20 12:00:00,`10000,`19001,`充值/提现,`提现,`支出,`80.00,`-9.92,`owner@1900000001,`,`\r\n',
  '`2026-11-20 23:59:59,`30001,`40001,`分账,`分账,`支出,`0.00,`-9.92,`system,`,`share-1\r\n',
];
const TOTALS = '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n`6.0,`2.0,`100.18,`4.0,`110.60\r\n';
const FILE = `\uFEFF${NAMES}${PAID}${FEE}${RETURNED}${FEE_BACK}${WITHDRAWN}${SHARED}${TOTALS}`;

const wire = new WireServer();
let base: string;
let gateway: Gateway;
beforeAll(async () => {
  base = await wire.start();
  gateway = testGateway({ apiBase: base });
});
afterAll(() => wire.stop());
beforeEach(() => {
  wire.received.length = 0;
});

/** The statement of the day, whose answer vouches for the file. */
function statement(file: string, served: string | Buffer = gzipSync(file)) {
  const hash = createHash('sha1').update(file).digest('hex');
  const body = { hash_type: 'SHA1', hash_value: hash, download_url: `${base}/v3/billdownload/file?token=a` };
  wire.reply = ({ url }) =>
    url.startsWith('/v3/bill/')
      ? { status: 200, body: JSON.stringify(body) }
      : { status: 200, body: served, headers: {} };
  return gateway.downloadStatement!(DAY);
}

it('a statement is asked for by its day and account, and its movements are read in their order, signs and numbers as said', async () => {
  const at = (time: string) => new Date(`${DAY}T${time}+08:00`);
  const payment = { at: at('10:00:00'), gatewayNo: '42001', ourNo: 'trade-1' };
  const refund = { at: at('11:00:00'), gatewayNo: '50301', ourNo: 'refund-1' };
  expect(await statement(FILE)).toEqual([
    {
      ...payment,
      kind: 'payment',
      said: '交易',
      flowNo: '42001/交易',
      amountFen: 10_000,
      balanceFen: 10_050,
    },
    {
      ...{ ...payment, kind: 'fee', said: '扣除交易手续费', flowNo: '42001/扣除交易手续费' },
      ...{ amountFen: -60, balanceFen: 9990 },
    },
    {
      ...{ ...refund, kind: 'refund', said: '退款', flowNo: '42001/50301/退款' },
      ...{ amountFen: -3000, balanceFen: 6990 },
    },
    {
      ...{ ...refund, kind: 'fee_returned', said: '退还交易手续费', flowNo: '42001/50301/退还交易手续费' },
      ...{ amountFen: 18, balanceFen: 7008 },
    },
    {
      ...{ kind: 'withdrawal', said: '提现', at: at('12:00:00'), flowNo: '19001/10000/提现' },
      ...{ gatewayNo: '10000', ourNo: null, amountFen: -8000, balanceFen: -992 },
    },
    {
      ...{ kind: 'other', said: '分账', at: at('23:59:59'), flowNo: '40001/30001/分账' },
      ...{ gatewayNo: '30001', ourNo: 'share-1', amountFen: 0, balanceFen: -992 },
    },
  ]);
  expect(wire.received.map(({ url }) => url)).toEqual([
    '/v3/bill/fundflowbill?bill_date=2026-11-20&account_type=BASIC&tar_type=GZIP',
    '/v3/billdownload/file?token=a',
  ]);
  expect(wire.received[1]?.headers.authorization).toContain(`mchid="${MCH_ID}"`);
});

it.each([
  ['LF and no BOM', FILE.replaceAll('\r\n', '\n').slice(1)],
  [
    'a column that nobody knows',
    FILE.replace('业务凭证号\r', '业务凭证号,新的一列\r').replace(/^`2.*(?=\r)/gm, '$&,`-'),
  ],
  [
    'full-width commas and brackets',
    FILE.replace(
      NAMES,
      NAMES.replace(/[,()]/g, (c) => '，（）'[',()'.indexOf(c)] ?? ''),
    ),
  ],
  [
    'full-width digits and colons',
    FILE.replaceAll('100.00,', '１００．００,').replaceAll('10:00:00', '10：00：00'),
  ],
  [
    'columns in another order',
    FILE.replace('收入笔数,收入金额', '收入金额,收入笔数').replace('`2.0,`100.18', '`100.18,`2.0'),
  ],
])('a statement with %s says the same', async (_name, file) => {
  expect(await statement(file)).toEqual(await statement(FILE));
});

it('what 业务类型 does not explain is another movement, under its own word, and so is what runs the other way', async () => {
  const word = '一种新的业务'.repeat(20);
  const [movement] = await statement(FILE.replace('`交易,`交易,', `\`交易,\`${word},`));
  expect(movement).toMatchObject({ kind: 'other', said: word.slice(0, 64), amountFen: 10_000 });
  const back = FILE.replace('`提现,`支出', '`提现,`收入').replace(
    '`2.0,`100.18,`4.0,`110.60',
    '`3,`180.18,`3,`30.60',
  );
  expect((await statement(back))[4]).toMatchObject({ kind: 'other', said: '提现', amountFen: 8000 });
});

it('a refund that was closed comes back as one, and together they are nothing', async () => {
  const closed = RETURNED.replace('`退款,`退款,`支出,`30.00,`69.90', '`退款,`退款关闭,`收入,`30.00,`99.90');
  const file = `${NAMES}${RETURNED}${closed}资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n\`2,\`1,\`30.00,\`1,\`30.00\r\n`;
  const [out, back] = await statement(file);
  expect([out, back]).toMatchObject([
    { kind: 'refund', gatewayNo: '50301', amountFen: -3000 },
    { kind: 'refund', gatewayNo: '50301', amountFen: 3000 },
  ]);
  expect(back?.flowNo).not.toBe(out?.flowNo);
});

it('two movements whose numbers are all the same are two', async () => {
  const totals = TOTALS.replace('`6.0,`2.0,`100.18', '`7,`3,`200.18');
  const flows = (await statement(FILE.replace(PAID, PAID + PAID).replace(TOTALS, totals))).map(
    ({ flowNo }) => flowNo,
  );
  expect(flows.slice(0, 2)).toEqual(['42001/交易', '42001/交易#2']);
  expect(new Set(flows).size).toBe(7);
});

it.each([
  ['is cut off in a row', FILE.slice(0, FILE.indexOf('50301')), /列数|缺少/],
  ['is cut off before its totals', FILE.slice(0, FILE.indexOf('资金流水总')), /缺少汇总/],
  ['is cut off within its totals', FILE.slice(0, FILE.indexOf('`6.0')), /缺少汇总/],
  ['lacks a row', FILE.replace(WITHDRAWN, ''), /明细有 5 笔/],
  ['has another count of what came in', FILE.replace('`2.0,`100.18', '`3.0,`100.18'), /收入笔数/],
  ['has another sum of what came in', FILE.replace('`100.18', '`100.19'), /收入金额/],
  ['has another sum of what went out', FILE.replace('`110.60', '`110.61'), /支出金额/],
  ['has its totals without a sum', FILE.replace(',支出金额', ',别的金额'), /支出金额/],
  ['comes twice', FILE + FILE.slice(1), /汇总之后/],
  ['has a movement of the day before', FILE.replace('2026-11-20 10', '2026-11-19 10'), /2026-11-19/],
  [
    'has a movement of the day after',
    FILE.replace('2026-11-20 23:59:59', '2026-11-21 00:00:00'),
    /2026-11-21/,
  ],
  ['lacks a column', FILE.replace('业务凭证号', '别的凭证号'), /业务凭证号/],
  ['lacks the balances', FILE.replace('账户结余(元)', '别的结余'), /账户结余/],
  ['has a sum that is none', FILE.replace('`100.00,', '`1e2,'), /无效/],
  ['has a sum that runs against its own direction', FILE.replace('`0.60,', '`-0.60,'), /无效/],
  ['has a direction that is none', FILE.replace('`支出,`80', '`不计,`80'), /收支类型/],
  ['has a time that is none', FILE.replace('2026-11-20 12:00:00', '2026-13-40 12:00:00'), /无效/],
  ['is a trade bill', '交易时间,微信订单号\r\n总交易单数\r\n`0\r\n', /表头/],
  ['is nothing at all', '', /表头/],
  ['is a page', '<html><body>502 Bad Gateway</body></html>', /表头/],
])('a statement that %s is none, and none of it is returned', async (_name, file, why) => {
  const broken = { kind: 'unknown', code: 'BROKEN_ANSWER', message: expect.stringMatching(why) as unknown };
  await expect(statement(file)).rejects.toMatchObject(broken);
});

it('a file that differs from its hash, or cannot be unzipped, is no statement', async () => {
  const other = gzipSync(FILE.replace('trade-1', 'trade-2'));
  await expect(statement(FILE, other)).rejects.toMatchObject({ kind: 'unknown', code: 'BILL_HASH' });
  const half = gzipSync(FILE).subarray(0, 40);
  await expect(statement(FILE, half)).rejects.toMatchObject({ kind: 'unknown', code: 'BILL_UNZIP' });
});

it('a day without movements is empty, and a statement that is still being made is an error', async () => {
  const says = (code: string) => () => ({ status: 400, body: JSON.stringify({ code, message: '说明' }) });
  wire.reply = says('NO_STATEMENT_EXIST');
  expect(await gateway.downloadStatement!(DAY)).toEqual([]);
  const none = `${NAMES}资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\r\n\`0,\`0,\`0.00,\`0,\`0.00\r\n`;
  expect(await statement(none)).toEqual([]);
  wire.reply = says('STATEMENT_CREATING');
  await expect(gateway.downloadStatement!(DAY)).rejects.toMatchObject({ code: 'STATEMENT_CREATING' });
});

it('behind a service provider there is none: its account is not the merchant’s', () => {
  const partner = { subMchId: '1900000109', spAppId: 'wx-provider' };
  expect(testGateway({ partner }).downloadStatement).toBeUndefined();
});
