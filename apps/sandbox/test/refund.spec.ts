import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { Formatter, Rsa } from 'wechatpay-axios-plugin';
import { openMerchant, platformKeys, type Merchant } from './merchant.js';

let shop: Merchant;

beforeAll(async () => {
  shop = await openMerchant();
});

afterAll(() => shop.sandbox.close());
afterEach(() => shop.control('POST', '/reset'));

type RefundView = { outRefundNo: string; amountFen: number; state: string; requests: number };

async function refunds(): Promise<RefundView[]> {
  return (await shop.control<RefundView[]>('GET', '/refunds')).body;
}

describe('a refund', () => {
  it('is accepted first and done a moment later', async () => {
    const trade = await shop.paidTrade();
    const accepted = await shop.refund(trade, 'R-1');
    expect(accepted).toMatchObject({
      status: 200,
      genuine: true,
      body: { status: 'PROCESSING', out_trade_no: trade },
    });
    expect(accepted.body).not.toHaveProperty('success_time');
    const done = await shop.settled('R-1');
    expect(done.body).toMatchObject({ status: 'SUCCESS', amount: { total: 9900, refund: 9900 } });
    expect(done.body['success_time']).toMatch(/\+08:00$/);
    expect((await shop.query(trade)).body['trade_state']).toBe('REFUND');
  });

  it('pays once for one number, however often and however concurrently it is asked for', async () => {
    const trade = await shop.paidTrade();
    const replies = await Promise.all(Array.from({ length: 8 }, () => shop.refund(trade, 'R-once', 4000)));
    expect(new Set(replies.map(({ body }) => body['refund_id'])).size).toBe(1);
    expect(await shop.refund(trade, 'R-once', 3999)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    await shop.settled('R-once');
    expect(await shop.refund(trade, 'R-once', 4000)).toMatchObject({
      status: 200,
      body: { status: 'SUCCESS' },
    });
    expect(await refunds()).toMatchObject([
      { outRefundNo: 'R-once', amountFen: 4000, state: 'SUCCESS', requests: 10 },
    ]);
  });

  it('never exceeds what was paid, and a closed one gives its part back', async () => {
    const trade = await shop.paidTrade();
    await shop.fault({ refundResult: { value: 'CLOSED', match: 'R-closed' } });
    expect((await shop.refund(trade, 'R-closed', 5000)).status).toBe(200);
    const tooMuch = { status: 400, body: { code: 'INVALID_REQUEST' } };
    expect(await shop.refund(trade, 'R-second', 4901)).toMatchObject(tooMuch);
    expect((await shop.settled('R-closed')).body['status']).toBe('CLOSED');
    expect((await shop.query(trade)).body['trade_state']).toBe('SUCCESS');
    expect((await shop.refund(trade, 'R-second', 9900)).status).toBe(200);
    expect(await shop.refund(trade, 'R-third', 1)).toMatchObject(tooMuch);
  });

  it('comes in at most fifty parts', async () => {
    const trade = await shop.paidTrade();
    const parts = Array.from({ length: 50 }, (_, part) => shop.refund(trade, `R-part-${part}`, 1));
    expect((await Promise.all(parts)).every(({ status }) => status === 200)).toBe(true);
    expect(await shop.refund(trade, 'R-part-50', 1)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('needs a paid trade, younger than a year', async () => {
    expect(await shop.refund('never-created', 'R-x')).toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
    });
    expect(await shop.refund(await shop.trade(), 'R-x')).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
    const old = await shop.paidTrade();
    await shop.control('POST', '/clock', { offsetMs: 366 * 86_400_000 });
    expect(await shop.refund(old, 'R-x')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await shop.queryRefund('R-x')).toMatchObject({
      status: 404,
      body: { code: 'RESOURCE_NOT_EXISTS' },
    });
  });

  it('that is abnormal goes on to another account on request', async () => {
    const trade = await shop.paidTrade();
    await shop.fault({ refundResult: { value: 'ABNORMAL', times: 1 } });
    const { body } = await shop.refund(trade, 'R-abnormal');
    expect((await shop.settled('R-abnormal')).body['status']).toBe('ABNORMAL');
    const path = `/v3/refund/domestic/refunds/${String(body['refund_id'])}/apply-abnormal-refund`;
    const apply = { out_refund_no: 'R-abnormal', type: 'MERCHANT_BANK_CARD' };
    expect(await shop.call('POST', path, apply)).toMatchObject({
      status: 200,
      body: { status: 'PROCESSING' },
    });
    expect((await shop.settled('R-abnormal')).body['status']).toBe('SUCCESS');
    expect(await shop.call('POST', path, apply)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_REQUEST' },
    });
  });

  it('that is abnormal goes on to a bank card whose number and name only the platform can read', async () => {
    const trade = await shop.paidTrade();
    await shop.fault({ refundResult: { value: 'ABNORMAL', times: 1 } });
    const { body } = await shop.refund(trade, 'R-card');
    expect((await shop.settled('R-card')).body['status']).toBe('ABNORMAL');
    const path = `/v3/refund/domestic/refunds/${String(body['refund_id'])}/apply-abnormal-refund`;
    const keys = [...platformKeys(shop.sandbox)];
    for (const [serial, key] of keys) {
      const headers = { 'wechatpay-serial': serial };
      const [account, name] = ['6222020200001234567', '林小满'].map((text) => Rsa.encrypt(text, key));
      const card = { bank_type: 'ICBC_DEBIT', bank_account: account, real_name: name };
      const apply = { out_refund_no: 'R-card', type: 'USER_BANK_CARD', ...card };
      const refused: [change: object, sent: Record<string, string>][] = [
        [{}, {}],
        [{ bank_account: '6222020200001234567' }, headers],
        [{ bank_account: Rsa.encrypt('not a number', key) }, headers],
        [{ bank_type: 'ICBC_CREDIT' }, headers],
        [{ real_name: undefined }, headers],
        [{}, { 'wechatpay-serial': 'another' }],
      ];
      for (const [change, sent] of refused)
        expect(await shop.call('POST', path, { ...apply, ...change }, { headers: sent })).toMatchObject({
          status: 400,
          body: { code: 'PARAM_ERROR' },
        });
      const last = serial === keys.at(-1)?.[0];
      if (last) expect((await shop.call('POST', path, apply, { headers })).body['status']).toBe('PROCESSING');
      else expect((await shop.queryRefund('R-card')).body['status']).toBe('ABNORMAL');
    }
    expect((await shop.settled('R-card')).body['status']).toBe('SUCCESS');
  });

  it('stays under way by a fault until someone ends it', async () => {
    const trade = await shop.paidTrade();
    await shop.fault({ refundStuck: true });
    await shop.refund(trade, 'R-stuck');
    await shop.control('POST', '/settings', { refundDelayMs: 0 });
    expect((await shop.queryRefund('R-stuck')).body['status']).toBe('PROCESSING');
    const end = { outRefundNo: 'R-stuck', state: 'CLOSED' };
    expect(await shop.control('POST', '/refunds/settle', end)).toMatchObject({ status: 200 });
    expect(await shop.control('POST', '/refunds/settle', end)).toMatchObject({ status: 409 });
    expect((await shop.queryRefund('R-stuck')).body['status']).toBe('CLOSED');
  });
});

describe('a refund request that fails', () => {
  it.each([
    ['notEnough', true, { status: 403, body: { code: 'NOT_ENOUGH' } }, false],
    ['failBefore', ['refund'], { status: 500, body: { code: 'SYSTEM_ERROR' } }, false],
    ['frequencyLimited', ['refund'], { status: 429, body: { code: 'FREQUENCY_LIMITED' } }, false],
    ['failAfter', ['refund'], { status: 500, body: { code: 'SYSTEM_ERROR' } }, true],
  ])('with %s has moved money or not, as the fault says', async (fault, value, expected, accepted) => {
    const trade = await shop.paidTrade();
    await shop.fault({ [fault]: value });
    expect(await shop.refund(trade, 'R-fault')).toMatchObject(expected);
    await shop.fault({ [fault]: false });
    expect((await shop.queryRefund('R-fault')).status).toBe(accepted ? 200 : 404);
    expect(await shop.refund(trade, 'R-fault')).toMatchObject({ status: 200 });
    expect(await refunds()).toHaveLength(1);
  });

  it('is unanswered although accepted when it hangs', async () => {
    const trade = await shop.paidTrade();
    await shop.fault({ hangAfter: { endpoints: ['refund'], times: 1 } });
    await expect(shop.refund(trade, 'R-hang', 9900, { timeoutMs: 200 })).rejects.toThrow(/timeout/);
    expect((await shop.settled('R-hang')).body['status']).toBe('SUCCESS');
  });
});

describe('the trade bill', () => {
  const ask = (date: string) =>
    shop.call('GET', `/v3/bill/tradebill?bill_date=${date}&bill_type=ALL&tar_type=GZIP`);
  const download = async (link: string) => {
    const path = link.slice(shop.sandbox.url.length);
    const authorization = shop.signed('GET', path);
    const response = await fetch(link, { headers: { authorization } });
    return { status: response.status, file: Buffer.from(await response.arrayBuffer()) };
  };

  it('lists the payments and refunds of a day from the next day at ten, and matches its hash', async () => {
    await shop.control('POST', '/clock', { now: '2026-03-01T23:59:00' });
    const attach = '{"campId":1,"planetUserId":"1"}';
    const trade = await shop.paidTrade({ attach });
    await shop.refund(trade, 'R-bill', 100);
    await shop.settled('R-bill');
    await shop.control('POST', '/clock', { now: '2026-03-02T09:59:00' });
    expect(await ask('2026-03-01')).toMatchObject({ status: 400, body: { code: 'NO_STATEMENT_EXIST' } });
    await shop.control('POST', '/clock', { now: '2026-03-02T10:00:00' });
    const { body, genuine } = await ask('2026-03-01');
    expect(genuine).toBe(true);
    const { status, file } = await download(String(body['download_url']));
    expect(status).toBe(200);
    const text = gunzipSync(file).toString();
    expect(createHash('sha1').update(text).digest('hex')).toBe(body['hash_value']);
    expect(Formatter.castCsvBill(text)).toMatchObject({
      rows: [
        { 商户订单号: trade, 交易状态: 'SUCCESS', 订单金额: '99.00', 商户数据包: attach, 手续费: '0.59000' },
        {
          商户订单号: trade,
          交易状态: 'REFUND',
          商户退款单号: 'R-bill',
          退款金额: '1.00',
          退款状态: 'SUCCESS',
        },
      ],
      summary: { 总交易单数: '2', 订单总金额: '99.00', 退款总金额: '1.00', 手续费总金额: '0.58000' },
    });
  });

  it('does not exist for a day without trades', async () => {
    await shop.control('POST', '/clock', { now: '2026-03-02T12:00:00' });
    expect(await ask('2026-03-01')).toMatchObject({ status: 400, body: { code: 'NO_STATEMENT_EXIST' } });
    expect(await ask('2025-11-01')).toMatchObject({ status: 400, body: { code: 'INVALID_REQUEST' } });
    expect(await ask('2026-02-30')).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR' } });
  });
});
