import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { decrypt, openMerchant, platformKeys, type Merchant } from './merchant.js';

let shop: Merchant;

beforeAll(async () => {
  shop = await openMerchant();
});

afterAll(() => shop.sandbox.close());
beforeEach(() => shop.control('POST', '/settings', { unsignedRefusals: 'none' }));
afterEach(() => shop.control('POST', '/reset'));

it('every second refusal is unsigned, as real ones are, and no success', async () => {
  await shop.control('POST', '/settings', { unsignedRefusals: 'alternate' });
  const outTradeNo = await shop.trade();
  const genuine = { refused: [] as boolean[], answered: [] as boolean[] };
  for (let round = 0; round < 4; round += 1) {
    genuine.refused.push((await shop.query('unknown-order')).genuine);
    genuine.answered.push((await shop.query(outTradeNo)).genuine);
  }
  expect(genuine.refused.toSorted()).toEqual([false, false, true, true]);
  expect(genuine.answered).toEqual([true, true, true, true]);
});

const NATIVE = '/v3/pay/transactions/native';

describe('a request that the merchant did not sign just now', () => {
  const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const now = Math.floor(Date.now() / 1000);

  it.each([
    ['has no signature', { authorization: '' }],
    ['has another scheme', { authorization: 'Bearer x' }],
    ['is signed by another key', { key: stranger }],
    ['names another certificate', { serial: '7'.repeat(40) }],
    ['names another merchant', { mchId: '1600000000' }],
    ['was signed over five minutes ago', { timestamp: now - 400 }],
    ['was signed in the future', { timestamp: now + 400 }],
  ])('is refused and does nothing when it %s', async (_why, options) => {
    const order = shop.order();
    const refused = await shop.call('POST', NATIVE, order, options);
    expect(refused).toMatchObject({ status: 401, body: { code: 'SIGN_ERROR' }, genuine: true });
    expect((await shop.query(String(order['out_trade_no']))).body['code']).toBe('ORDER_NOT_EXIST');
  });

  it('is refused when its body was changed on the way, even to JSON that means the same', async () => {
    const order = shop.order();
    const refused = await shop.call('POST', NATIVE, order, { sentBody: JSON.stringify(order, null, 1) });
    expect(refused).toMatchObject({ status: 401, body: { detail: { issue: 'sign not match' } } });
  });
});

describe('answers', () => {
  it('are signed by either key, as asked for', async () => {
    const [certificate, publicKey] = [...platformKeys(shop.sandbox).keys()];
    expect(publicKey).toMatch(/^PUB_KEY_ID_\d{30}$/);
    expect(await shop.query('unknown-order')).toMatchObject({ serial: publicKey, genuine: true });
    await shop.control('POST', '/settings', { signWith: 'certificate' });
    expect(await shop.query('unknown-order')).toMatchObject({ serial: certificate, genuine: true });
    const asked = await shop.call('POST', NATIVE, shop.order(), {
      headers: { 'Wechatpay-Serial': publicKey ?? '' },
    });
    expect(asked).toMatchObject({ status: 200, serial: publicKey, genuine: true });
    await shop.control('POST', '/settings', { signWith: 'alternate' });
    const serials = [await shop.query('unknown-order'), await shop.query('unknown-order')].map(
      ({ serial }) => serial,
    );
    expect(serials.sort()).toEqual([certificate, publicKey].sort());
  });

  it('can be unsigned or forged by a fault, once', async () => {
    await shop.fault({ unsignedAnswer: { times: 1 } });
    expect(await shop.query('unknown-order')).toMatchObject({ serial: null, genuine: false });
    await shop.fault({ forgedAnswer: { times: 1, endpoints: ['query'] } });
    const forged = await shop.query('unknown-order');
    expect(forged.serial).not.toBeNull();
    expect(forged.genuine).toBe(false);
    expect((await shop.query('unknown-order')).genuine).toBe(true);
  });

  it('include the platform certificate, encrypted and usable', async () => {
    const { body } = await shop.call('GET', '/v3/certificates');
    const [entry] = body['data'] as { serial_no: string; encrypt_certificate: Record<string, string> }[];
    const { ciphertext = '', nonce = '', associated_data: aad = '' } = entry!.encrypt_certificate;
    const certificate = new X509Certificate(decrypt(shop.sandbox, ciphertext, nonce, aad));
    expect(certificate.serialNumber).toBe(entry!.serial_no);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect(platformKeys(shop.sandbox).get(entry!.serial_no)?.trim()).toBe(certificate.toString().trim());
  });
});

describe('an order', () => {
  it.each([
    ['/out_trade_no', { out_trade_no: '订单号一二' }],
    ['/amount/total', { amount: { total: 0 } }],
    ['/amount/total', { amount: { total: 9.9 } }],
    ['/amount/total', { amount: { total: '9900' } }],
    ['/amount/currency', { amount: { total: 9900, currency: 'USD' } }],
    ['/notify_url', { notify_url: 'not a url' }],
    ['/notify_url', { notify_url: 'http://127.0.0.1/x?y=1' }],
    ['/time_expire', { time_expire: '2026-01-01 00:00:00' }],
  ])('with a wrong %s is refused', async (field, change) => {
    const refused = await shop.call('POST', NATIVE, shop.order(change));
    expect(refused).toMatchObject({ status: 400, body: { code: 'PARAM_ERROR', detail: { field } } });
  });

  it.each([
    [{ out_trade_no: 'short' }, '“/body/out_trade_no”映射到值字段“商户订单号”', '字节数 5，小于最小值 6'],
    [{ out_trade_no: 'x'.repeat(33) }, '“/body/out_trade_no”', '字节数 33，大于最大值 32'],
    [
      { description: '字'.repeat(43) },
      '“/body/description”映射到值字段“商品描述”',
      '字节数 129，大于最大值 127',
    ],
    [{ attach: '字'.repeat(43) }, '“/body/attach”映射到值字段“附加数据”', '字节数 129，大于最大值 128'],
  ])('whose text has too many or too few bytes is refused: %j', async (change, field, limit) => {
    const { status, body } = await shop.call('POST', NATIVE, shop.order(change));
    expect({ status, code: body['code'], detail: body['detail'] }).toEqual({
      status: 400,
      code: 'PARAM_ERROR',
      detail: { location: 'body', value: Number(/\d+/.exec(limit)?.[0]) },
    });
    expect(body['message']).toContain(field);
    expect(body['message']).toContain(limit);
  });

  it('must name the merchant and its app', async () => {
    const other = await shop.call('POST', NATIVE, shop.order({ appid: 'wx1234567890123456' }));
    expect(other).toMatchObject({ status: 400, body: { code: 'APPID_MCHID_NOT_MATCH' } });
    const mch = await shop.call('POST', NATIVE, shop.order({ mchid: '1900000109' }));
    expect(mch).toMatchObject({ status: 400, body: { code: 'MCH_NOT_EXISTS' } });
  });

  it('asked for again gives a new token, and with other contents is refused', async () => {
    const order = shop.order({ payer: { openid: 'oSBpayer' } });
    const jsapi = '/v3/pay/transactions/jsapi';
    const [first, second] = [await shop.call('POST', jsapi, order), await shop.call('POST', jsapi, order)];
    expect(first.body['prepay_id']).toMatch(/^wx\d{14}\w{20}$/);
    expect(second.body['prepay_id']).not.toBe(first.body['prepay_id']);
    const refused = { status: 400, body: { code: 'INVALID_REQUEST', message: '201 商户订单号重复' } };
    expect(await shop.call('POST', jsapi, { ...order, amount: { total: 1 } })).toMatchObject(refused);
    expect(await shop.call('POST', jsapi, { ...order, payer: { openid: 'oSBother' } })).toMatchObject(
      refused,
    );
    expect(await shop.call('POST', NATIVE, order)).toMatchObject(refused);
  });

  it('that is paid or closed cannot be asked for again', async () => {
    const paid = shop.order();
    await shop.call('POST', NATIVE, paid);
    await shop.control('POST', '/pay', { outTradeNo: paid['out_trade_no'] });
    expect(await shop.call('POST', NATIVE, paid)).toMatchObject({ status: 400, body: { code: 'ORDERPAID' } });
    expect(await shop.close(String(paid['out_trade_no']))).toMatchObject({
      status: 400,
      body: { code: 'ORDERPAID' },
    });
    const closed = shop.order();
    await shop.call('POST', NATIVE, closed);
    expect(await shop.close(String(closed['out_trade_no']))).toMatchObject({
      status: 204,
      text: '',
      genuine: true,
    });
    expect(await shop.call('POST', NATIVE, closed)).toMatchObject({
      status: 400,
      body: { code: 'ORDER_CLOSED' },
    });
    expect(await shop.close('never-created')).toMatchObject({
      status: 404,
      body: { code: 'ORDER_NOT_EXIST' },
    });
  });
});

describe('paying', () => {
  it('happens once, and the trade can then be queried by both its numbers', async () => {
    const uuid = crypto.randomUUID();
    const outTradeNo = await shop.trade({ out_trade_no: uuid.replaceAll('-', ''), attach: '{"campId":1}' });
    expect((await shop.query(outTradeNo)).body).toMatchObject({
      trade_state: 'NOTPAY',
      amount: { total: 9900 },
    });
    const pay = () =>
      shop.control<{ transactionId: string }>('POST', '/pay', { orderNo: `ord_${uuid}`, openid: 'oSBme' });
    const paid = await pay();
    expect(paid).toMatchObject({
      status: 200,
      body: { outTradeNo, amountFen: 9900, state: 'SUCCESS', openid: 'oSBme' },
    });
    expect(paid.body.transactionId).toMatch(/^4200\d{24}$/);
    expect(await pay()).toMatchObject({ status: 409 });
    expect(await shop.control('POST', '/pay', { orderNo: 'ord_unknown' })).toMatchObject({ status: 404 });
    const path = `/v3/pay/transactions/id/${paid.body.transactionId}?mchid=${shop.sandbox.settings.WECHAT_MCH_ID}`;
    const [byId, byNo] = [await shop.call('GET', path), await shop.query(outTradeNo)];
    expect(byId.body).toMatchObject({
      trade_state: 'SUCCESS',
      attach: '{"campId":1}',
      payer: { openid: 'oSBme' },
    });
    expect(byNo.body).toEqual(byId.body);
    expect((await shop.control('GET', '/trades')).body).toEqual([paid.body]);
  });

  it('is refused after the deadline, on a closed trade, and by somebody else', async () => {
    const soon = new Date(Date.now() + 60_000).toISOString().replace(/\.\d+Z/, '+00:00');
    const late = await shop.trade({ time_expire: soon });
    await shop.control('POST', '/clock', { offsetMs: 61_000 });
    expect(await shop.control('POST', '/pay', { outTradeNo: late })).toMatchObject({ status: 409 });
    await shop.fault({ payAfterExpiry: { match: 'another-order' } });
    expect(await shop.control('POST', '/pay', { outTradeNo: late })).toMatchObject({ status: 409 });
    await shop.fault({ payAfterExpiry: { match: late } });
    expect(await shop.control('POST', '/pay', { outTradeNo: late })).toMatchObject({ status: 200 });
    const closed = await shop.trade();
    await shop.close(closed);
    expect(await shop.control('POST', '/pay', { outTradeNo: closed })).toMatchObject({ status: 409 });
    const order = shop.order({ payer: { openid: 'oSBowner' } });
    await shop.call('POST', '/v3/pay/transactions/jsapi', order);
    const thief = { outTradeNo: order['out_trade_no'], openid: 'oSBthief' };
    expect(await shop.control('POST', '/pay', thief)).toMatchObject({ status: 409 });
  });

  it('is stamped by the sandbox clock while signatures keep real time', async () => {
    await shop.control('POST', '/clock', { now: '2027-01-01T00:00:00' });
    const { body, genuine } = await shop.query(await shop.paidTrade());
    expect(body['success_time']).toMatch(/^2027-01-01T00:00:\d\d\+08:00$/);
    expect(genuine).toBe(true);
  });
});

describe('faults of the answer', () => {
  it.each([
    ['failBefore', { status: 500, body: { code: 'SYSTEM_ERROR' } }, false],
    ['frequencyLimited', { status: 429, body: { code: 'FREQUENCY_LIMITED' } }, false],
    ['failAfter', { status: 500, body: { code: 'SYSTEM_ERROR' } }, true],
  ])('%s: answers an error, and the order exists afterwards or not', async (fault, expected, exists) => {
    await shop.fault({ [fault]: { endpoints: ['create'], times: 1 } });
    const order = shop.order();
    expect(await shop.call('POST', NATIVE, order)).toMatchObject(expected);
    expect((await shop.query(String(order['out_trade_no']))).status).toBe(exists ? 200 : 404);
  });

  it('hangAfter: accepts and never answers', async () => {
    await shop.fault({ hangAfter: 'create' });
    const order = shop.order();
    await expect(shop.call('POST', NATIVE, order, { timeoutMs: 200 })).rejects.toThrow(/timeout/);
    expect((await shop.query(String(order['out_trade_no']))).status).toBe(200);
  });

  it('are refused as a whole when one of them is unknown or malformed', async () => {
    for (const wrong of [
      { unheardOf: true },
      { failBefore: 'everything' },
      { dropNotifications: { times: 0 } },
    ]) {
      expect(await shop.control('POST', '/faults', { badSignature: true, ...wrong })).toMatchObject({
        status: 400,
      });
    }
    expect(await shop.control('GET', '/faults')).toMatchObject({ body: { active: {} } });
  });
});

describe('the cashier', () => {
  const page = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${shop.sandbox.url}${path}`, { redirect: 'manual', ...init });
    return {
      status: response.status,
      location: response.headers.get('location'),
      text: await response.text(),
    };
  };

  it('opens by the code of a Native payment, is paid by a click, and goes back to the shop', async () => {
    const order = shop.order({ description: '<b>押金</b>' });
    const { body } = await shop.call('POST', NATIVE, order);
    expect(body['code_url']).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/);
    const opened = await page(`/cashier?code_url=${encodeURIComponent(String(body['code_url']))}`);
    expect(opened).toMatchObject({ status: 200, text: expect.stringContaining('支付 ¥99.00') });
    expect(opened.text).not.toContain('<b>押金</b>');
    const path = `/cashier/${String(order['out_trade_no'])}`;
    const form = new URLSearchParams({ redirect_url: 'http://127.0.0.1:8080/h5/done' });
    const paid = await page(`${path}/pay`, { method: 'POST', body: form });
    expect(paid).toMatchObject({ status: 303, location: 'http://127.0.0.1:8080/h5/done' });
    expect((await page(path)).text).toContain('支付成功');
    expect((await page(`${path}/pay`, { method: 'POST', body: form })).status).toBe(409);
    expect((await page('/')).text).toContain(String(order['out_trade_no']));
  });

  it('opens by an H5 address', async () => {
    const scene_info = { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } };
    const { body } = await shop.call('POST', '/v3/pay/transactions/h5', shop.order({ scene_info }));
    expect((await fetch(String(body['h5_url']))).status).toBe(200);
    const bare = await shop.call('POST', '/v3/pay/transactions/h5', shop.order());
    expect(bare.body).toMatchObject({
      code: 'PARAM_ERROR',
      detail: { field: '/scene_info/payer_client_ip' },
    });
  });

  it('opens for JSAPI only when the page signed what it was given', async () => {
    const { settings } = shop.sandbox;
    const order = shop.order({ payer: { openid: 'oSBpayer' } });
    const { body } = await shop.call('POST', '/v3/pay/transactions/jsapi', order);
    const query = {
      appId: settings.WECHAT_APP_ID,
      timeStamp: '1730000000',
      nonceStr: 'abc',
      package: `prepay_id=${String(body['prepay_id'])}`,
    };
    const message = `${Object.values(query).join('\n')}\n`;
    const paySign = sign('sha256', Buffer.from(message), settings.WECHAT_MCH_PRIVATE_KEY).toString('base64');
    const open = (change: object) =>
      page(`/cashier/jsapi?${new URLSearchParams({ ...query, signType: 'RSA', paySign, ...change })}`);
    expect((await open({})).status).toBe(200);
    expect((await open({ nonceStr: 'abd' })).text).toContain('支付验证签名失败');
  });
});
