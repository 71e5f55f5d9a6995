import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox } from '../src/index.js';
import {
  content,
  envelope,
  Inbox,
  Merchant,
  noticeIsGenuine,
  openMerchant,
  pause,
  until,
} from './merchant.js';

let shop: Merchant;
let inbox: Inbox;

beforeAll(async () => {
  shop = await openMerchant();
});

afterAll(() => shop.sandbox.close());

beforeEach(async () => {
  inbox = await new Inbox().open();
});

afterEach(async () => {
  await shop.control('POST', '/reset');
  await inbox.close();
});

type Sent = { outTradeNo: string; state: string; attempts: number; nextAt: number | null };

async function sends(merchant: Merchant): Promise<Sent[]> {
  return (await merchant.control<Sent[]>('GET', '/notifications')).body;
}

describe('a notification', () => {
  it('of a payment is signed by the platform and says what was paid', async () => {
    const trade = await shop.paidTrade({ notify_url: inbox.url, attach: '{"campId":1}' });
    const [notice] = await inbox.received(1);
    expect(noticeIsGenuine(shop.sandbox, notice!)).toBe(true);
    expect(envelope(notice!)).toMatchObject({
      event_type: 'TRANSACTION.SUCCESS',
      resource_type: 'encrypt-resource',
    });
    expect(content(shop.sandbox, notice!)).toEqual((await shop.query(trade)).body);
  });

  it.each(['SUCCESS', 'CLOSED', 'ABNORMAL'])('of a refund that ended %s says so', async (state) => {
    const trade = await shop.paidTrade();
    if (state !== 'SUCCESS') await shop.fault({ refundResult: state });
    await shop.refund(trade, 'R-notify', 500, { notifyUrl: inbox.url });
    const [notice] = await inbox.received(1);
    expect(noticeIsGenuine(shop.sandbox, notice!)).toBe(true);
    expect(envelope(notice!).event_type).toBe(`REFUND.${state}`);
    const said = content(shop.sandbox, notice!);
    expect(said).toMatchObject({
      out_refund_no: 'R-notify',
      refund_status: state,
      amount: { total: 9900, refund: 500 },
    });
    expect('success_time' in said).toBe(state === 'SUCCESS');
    expect(said).not.toHaveProperty('appid');
  });

  it('is repeated as the same event until it is accepted', async () => {
    await shop.control('POST', '/settings', { notifySchedule: 'fast' });
    inbox.answers.push(500, 401);
    await shop.paidTrade({ notify_url: inbox.url });
    const notices = await inbox.received(3);
    expect(new Set(notices.map((notice) => envelope(notice).id)).size).toBe(1);
    expect(new Set(notices.map(({ headers }) => headers['wechatpay-nonce'])).size).toBe(3);
    expect(notices.every((notice) => noticeIsGenuine(shop.sandbox, notice))).toBe(true);
    await until(async () => ((await sends(shop))[0]?.state === 'accepted' ? true : null));
    expect((await sends(shop))[0]).toMatchObject({ attempts: 3, nextAt: null });
  });

  it('keeps the real schedule unless asked otherwise: fifteen seconds first', async () => {
    inbox.answers.push(500);
    await shop.paidTrade({ notify_url: inbox.url });
    const [sent] = await until(async () => {
      const list = await sends(shop);
      return list[0]?.attempts === 1 ? list : null;
    });
    expect(sent?.state).toBe('pending');
    expect(sent!.nextAt! - inbox.notices[0]!.at).toBeGreaterThan(14_900);
    expect(sent!.nextAt! - inbox.notices[0]!.at).toBeLessThan(15_500);
  });

  it('goes out for a payment by the fixed code, with an empty attach', async () => {
    await shop.control('POST', '/settings', { fixedQrNotifyUrl: inbox.url });
    const pay = { campId: 9007199254740991, amountFen: 9900, openid: 'oSBscanner' };
    const { body } = await shop.control<{ outTradeNo: string; transactionId: string }>(
      'POST',
      '/fixed-qr-payment',
      pay,
    );
    expect(body.outTradeNo).toMatch(/^FQ9007199254740991_\w{8,}$/);
    expect(body.outTradeNo.length).toBeLessThanOrEqual(32);
    const said = content(shop.sandbox, (await inbox.received(1))[0]!);
    expect(said).toMatchObject({
      out_trade_no: body.outTradeNo,
      transaction_id: body.transactionId,
      attach: '',
    });
    expect(said).toMatchObject({ payer: { openid: 'oSBscanner' }, amount: { total: 9900 } });
  });

  it('outlives a restart, with the trade, the keys and the clock', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-'));
    const dataFile = join(folder, 'deeper', 'sandbox.sqlite');
    const before = new Merchant(await createSandbox({ dataFile, port: 0 }));
    try {
      await before.control('POST', '/settings', { notifySchedule: 'fast', refundDelayMs: 400 });
      await before.control('POST', '/clock', { offsetMs: 86_400_000 });
      const trade = await before.paidTrade({ notify_url: 'http://127.0.0.1:9/nobody' });
      await before.refund(trade, 'R-restart', 1, { notifyUrl: inbox.url });
      await before.sandbox.close();
      const after = new Merchant(await createSandbox({ dataFile, port: 0 }));
      try {
        expect((await after.query(trade)).body).toMatchObject({ trade_state: 'REFUND' });
        expect((await after.control('GET', '/clock')).body).toMatchObject({ offsetMs: 86_400_000 });
        const { PLANET_COOKIE, WECHAT_PLATFORM_KEYS } = before.sandbox.settings;
        expect(after.sandbox.settings).toMatchObject({ PLANET_COOKIE, WECHAT_PLATFORM_KEYS });
        const [notice] = await inbox.received(1);
        expect(content(after.sandbox, notice!)).toMatchObject({
          out_refund_no: 'R-restart',
          refund_status: 'SUCCESS',
        });
        const [payment] = await sends(after);
        expect(payment).toMatchObject({ outTradeNo: trade, state: 'pending' });
      } finally {
        await after.sandbox.close();
      }
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('faults of notifications', () => {
  it('dropNotifications: never comes, until resent', async () => {
    await shop.fault({ dropNotifications: { times: 1 } });
    const [lost, kept] = [
      await shop.paidTrade({ notify_url: inbox.url }),
      await shop.paidTrade({ notify_url: inbox.url }),
    ];
    await inbox.received(1);
    await pause(50);
    expect(inbox.notices.map((notice) => content(shop.sandbox, notice)['out_trade_no'])).toEqual([kept]);
    const resent = await shop.control('POST', '/notifications/resend', { outTradeNo: lost });
    expect(resent).toMatchObject({ status: 200, body: { resent: 1 } });
    expect(content(shop.sandbox, (await inbox.received(2))[1]!)['out_trade_no']).toBe(lost);
  });

  it('duplicateNotifications: the same event several times', async () => {
    await shop.fault({ duplicateNotifications: { value: 2, gapMs: 0 } });
    await shop.paidTrade({ notify_url: inbox.url });
    const notices = await inbox.received(3);
    expect(new Set(notices.map((notice) => envelope(notice).id)).size).toBe(1);
  });

  it('delayNotificationsMs: comes later', async () => {
    await shop.fault({ delayNotificationsMs: 300 });
    const from = Date.now();
    await shop.paidTrade({ notify_url: inbox.url });
    expect((await inbox.received(1))[0]!.at - from).toBeGreaterThanOrEqual(300);
  });

  it('reorderNotifications: holds events back and sends the newest first', async () => {
    await shop.fault({ reorderNotifications: 2 });
    const first = await shop.paidTrade({ notify_url: inbox.url });
    await shop.refund(first, 'R-before', 1, { notifyUrl: inbox.url });
    const events = (await inbox.received(2)).map((notice) => envelope(notice).event_type);
    expect(events).toEqual(['REFUND.SUCCESS', 'TRANSACTION.SUCCESS']);
  });

  it.each([
    ['wrongAmount', true, { amount: { total: 9901 } }],
    ['wrongAmount', 1, { amount: { total: 1 } }],
    ['wrongAppId', true, { appid: 'wx0000000000000000' }],
    ['wrongMchId', true, { mchid: '1600000000' }],
    ['wrongPayer', true, { payer: { openid: expect.stringContaining('somebody_else') } }],
  ])('%s: is genuine, yet says something else than the truth', async (fault, value, said) => {
    await shop.fault({ [fault]: value });
    const trade = await shop.paidTrade({ notify_url: inbox.url });
    const [notice] = await inbox.received(1);
    expect(noticeIsGenuine(shop.sandbox, notice!)).toBe(true);
    expect(content(shop.sandbox, notice!)).toMatchObject(said);
    expect((await shop.query(trade)).body).not.toMatchObject(said);
  });

  it.each(['badSignature', 'staleTimestamp', 'signTest'])(
    '%s: is not genuine, and its repeat is',
    async (fault) => {
      await shop.control('POST', '/settings', { notifySchedule: 'fast' });
      await shop.fault({ [fault]: { times: 1 } });
      inbox.answers.push(401);
      await shop.paidTrade({ notify_url: inbox.url });
      const notices = await inbox.received(2);
      expect(notices.map((notice) => noticeIsGenuine(shop.sandbox, notice))).toEqual([false, true]);
      const probe = notices[0]?.headers['wechatpay-signature']?.toString().startsWith('WECHATPAY/SIGNTEST/');
      expect(probe).toBe(fault === 'signTest');
    },
  );

  it.each([
    ['content', /JSON/],
    ['cipher', /auth/],
    ['body', /JSON/],
  ])('unparsable %s: is signed and cannot be read', async (part, error) => {
    await shop.fault({ unparsable: part });
    await shop.paidTrade({ notify_url: inbox.url });
    const [notice] = await inbox.received(1);
    expect(noticeIsGenuine(shop.sandbox, notice!)).toBe(true);
    expect(() => content(shop.sandbox, notice!)).toThrow(error);
  });
});
