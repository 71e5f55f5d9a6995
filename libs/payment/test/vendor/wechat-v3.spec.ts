import { createHash, createPrivateKey, randomUUID } from 'node:crypto';
import { fen } from '@yajin/core';
import type { VendorAnswer } from '@yajin/core/vendor-book';
import type { ApiSettings } from '@yajin/sandbox';
import type { Gateway, Scene } from '../../src/index.js';
import { authorization } from '../../src/gateways/wechat-v3/wechat-v3.crypto.js';
import { openGateway } from '../gateways.kit.js';
import type { SandboxHarness } from '../sandbox.kit.js';
import { wechatV3Noticed, wechatV3Said } from '../wechat-v3.told.js';
import {
  notificationBody,
  NOW,
  signedHeaders,
  testGateway,
  transaction,
  WireServer,
} from '../wechat-v3.kit.js';
import { holdAgainstBook, type VendorHarness } from './book.js';

const TRADE = String(transaction()['out_trade_no']);
const REFUND = 'refund-1';
const PAYER = 'openid-of-a-tester';
const NOTIFY = 'https://example.test/notify';
const BILL =
  '交易时间,微信订单号,商户订单号,交易状态,订单金额\n`2026-11-20 10:00:00,`42,`trade-1,`SUCCESS,`99.00\n总交易单数\n`1\n';
const STATEMENT =
  '记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号\n' +
  '`2026-11-20 10:00:00,`42,`42,`交易,`交易,`收入,`99.00,`99.00,`system,`,`trade-1\n' +
  '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额\n`1.0,`1.0,`99.00,`0.0,`0.00\n';

holdAgainstBook('wechat-v3', 47, async () => {
  const wire = new WireServer();
  const base = await wire.start();
  const gateway = testGateway({ apiBase: base });
  const other = await openGateway('wechat-v3');
  return {
    read: (entry) => read(entry, gateway, wire, base),
    emit: (entry) => emit(entry, other),
    async close() {
      await Promise.all([wire.stop(), other.close()]);
    },
  } satisfies VendorHarness;
});

/** What the adapter makes of the entry, byte for byte as the book has it. */
async function read(entry: VendorAnswer, gateway: Gateway, wire: WireServer, base: string): Promise<unknown> {
  const { status, signed, headers: extra, body } = entry.answer;
  if (entry.call === 'notification') {
    const sent = notificationBody(String(entry.request['eventType']), body);
    return gateway.readNotification(signed ? signedHeaders(sent) : {}, Buffer.from(sent));
  }
  const file = entry.call === 'statement' ? STATEMENT : BILL;
  const sha1 = createHash('sha1').update(file).digest('hex');
  const text = (typeof body === 'string' ? body : body === null ? '' : JSON.stringify(body))
    .replace('https://api.mch.weixin.qq.com/v3/billdownload', `${base}/v3/billdownload`)
    .replace('0f0e0d0c0b0a09080706050403020100ffeeddcc', sha1);
  wire.reply = (request) =>
    request.url.startsWith('/v3/billdownload')
      ? { status: 200, body: file, headers: {} }
      : { status, body: text, headers: { ...extra, ...(signed ? signedHeaders(text) : {}) } };
  return callOf(entry, gateway);
}

function callOf({ call, request }: VendorAnswer, gateway: Gateway): Promise<unknown> {
  const both = { outTradeNo: TRADE, outRefundNo: REFUND };
  switch (call) {
    case 'create':
      return gateway.createTrade({
        outTradeNo: TRADE,
        scene: (request['scene'] ?? 'jsapi') as Scene,
        amountFen: fen(9900),
        description: '早起打卡训练营 - 押金',
        attach: '{"campId":1}',
        expiresAt: NOW,
        notifyUrl: NOTIFY,
        payerId: PAYER,
        clientIp: '127.0.0.1',
        returnUrl: null,
      });
    case 'query':
      return gateway.queryTrade(TRADE);
    case 'close':
      return gateway.closeTrade(TRADE);
    case 'refund': {
      const amounts = { amountFen: fen(Number(request['refund'] ?? 9900)), totalFen: fen(9900) };
      return gateway.refund({ ...both, ...amounts, reason: '达标退款', notifyUrl: NOTIFY });
    }
    case 'refundQuery':
      return gateway.queryRefund(both);
    case 'redirect':
      return gateway.redirectRefund!({
        outRefundNo: REFUND,
        gatewayRefundId: '50300',
        to: { kind: 'merchant' },
      });
    case 'bill':
      return gateway.downloadBill!('2026-11-20').then((rows) => ({ rows }));
    case 'statement':
      return gateway.downloadStatement!('2026-11-20').then((rows) => ({ rows }));
    default:
      throw new Error(`no call ${call}`);
  }
}

/** A merchant without our adapter: what it asks for is not what the adapter would. */
class Merchant {
  readonly trade = randomUUID().replaceAll('-', '');
  readonly refund = randomUUID();
  private readonly settings: ApiSettings;

  constructor(private readonly h: SandboxHarness) {
    this.settings = h.sandbox.settings;
  }

  async ask(method: 'GET' | 'POST', path: string, json?: unknown, change: Record<string, string> = {}) {
    const { WECHAT_MCH_ID, WECHAT_MCH_SERIAL, WECHAT_MCH_PRIVATE_KEY } = this.settings;
    const body = json === undefined ? '' : JSON.stringify(json);
    const who = { mchId: WECHAT_MCH_ID, mchSerial: WECHAT_MCH_SERIAL };
    const mchPrivateKey = createPrivateKey(WECHAT_MCH_PRIVATE_KEY);
    const signature = authorization(
      { ...who, mchPrivateKey },
      { method, pathAndQuery: path, body },
      new Date(),
    );
    const headers = { authorization: signature, 'content-type': 'application/json', ...change };
    const response = await fetch(this.h.sandbox.url + path, { method, headers, ...(body && { body }) });
    return wechatV3Said(this.settings, {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  create(scene: string, change: Record<string, unknown> = {}) {
    return this.ask('POST', `/v3/pay/transactions/${scene}`, {
      appid: this.settings.WECHAT_APP_ID,
      mchid: this.settings.WECHAT_MCH_ID,
      description: '早起打卡训练营 - 押金',
      out_trade_no: this.trade,
      attach: '{"campId":1}',
      notify_url: this.h.notifyUrl,
      amount: { total: 9900, currency: 'CNY' },
      payer: { openid: PAYER },
      scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } },
      ...change,
    });
  }

  askRefund(refund: number, number = this.refund) {
    return this.ask('POST', '/v3/refund/domestic/refunds', {
      out_trade_no: this.trade,
      out_refund_no: number,
      reason: '达标退款',
      notify_url: this.h.notifyUrl,
      amount: { refund, total: 9900, currency: 'CNY' },
    });
  }

  queryRefund() {
    return this.ask('GET', `/v3/refund/domestic/refunds/${this.refund}`);
  }

  close() {
    const path = `/v3/pay/transactions/out-trade-no/${this.trade}/close`;
    return this.ask('POST', path, { mchid: this.settings.WECHAT_MCH_ID });
  }

  /** What has to have happened before. */
  async step(step: unknown, refund: number): Promise<unknown> {
    switch (step) {
      case 'create':
        return this.create('jsapi');
      case 'pay':
        return this.h.control('pay', { outTradeNo: this.trade, openid: PAYER });
      case 'close':
        return this.close();
      case 'refund':
        return this.askRefund(refund);
      case 'refunded':
        await this.askRefund(refund);
        return this.h.control('refunds/settle', { outRefundNo: this.refund });
      default:
        throw new Error(`no step ${String(step)}`);
    }
  }
}

/** The request is signed anew and asked for by a merchant of its own; notifications are what comes by then. */
async function emit({ call, request, sandbox }: VendorAnswer, h: SandboxHarness) {
  const merchant = new Merchant(h);
  const { settings } = h.sandbox;
  const refund = Number(request['refund'] ?? 9900);
  await h.control('faults', { reset: true });
  await h.control('clock', { offsetMs: 0 });
  await h.control('settings', { unsignedRefusals: 'none', refundDelayMs: 3_600_000 });
  for (const step of (request['after'] ?? []) as unknown[]) await merchant.step(step, refund);
  for (const { path, body } of sandbox) {
    const given = JSON.stringify(body)
      .replaceAll('$trade', merchant.trade)
      .replaceAll('$refund', merchant.refund)
      .replaceAll('$url', h.notifyUrl);
    await h.control(path, JSON.parse(given));
  }
  if (request['then']) await merchant.step(request['then'], refund);
  const mchId = settings.WECHAT_MCH_ID;
  switch (call) {
    case 'create': {
      const scene = (request['scene'] ?? 'jsapi') as string;
      return merchant.create(scene, (request['body'] ?? {}) as Record<string, unknown>);
    }
    case 'query':
      return merchant.ask('GET', `/v3/pay/transactions/out-trade-no/${merchant.trade}?mchid=${mchId}`);
    case 'close':
      return merchant.close();
    case 'refund':
      return merchant.askRefund(refund, request['another'] ? randomUUID() : merchant.refund);
    case 'refundQuery':
      return merchant.queryRefund();
    case 'redirect': {
      const { refund_id: id } = (await merchant.queryRefund()).body as { refund_id: string };
      const wanted = { out_refund_no: merchant.refund, type: 'MERCHANT_BANK_CARD' };
      return merchant.ask('POST', `/v3/refund/domestic/refunds/${id}/apply-abnormal-refund`, wanted);
    }
    case 'bill':
    case 'statement': {
      const date =
        (request['date'] as string | undefined) ??
        new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
      const which = call === 'bill' ? ['tradebill', 'bill_type=ALL'] : ['fundflowbill', 'account_type=BASIC'];
      return merchant.ask('GET', `/v3/bill/${which[0]}?bill_date=${date}&${which[1]}&tar_type=GZIP`);
    }
    case 'notification':
      return noticed(h, String(request['eventType']), merchant.trade);
    default:
      throw new Error(`no call ${call}`);
  }
}

/** What came about this trade: others of its time are no matter. */
async function noticed(h: SandboxHarness, eventType: string, trade: string) {
  for (;;) {
    const came = await h.notification();
    const said = wechatV3Noticed(h.sandbox.settings, came);
    const { event_type: type } = JSON.parse(came.body.toString()) as { event_type: string };
    const { out_trade_no: number } = said.body as { out_trade_no?: string };
    if (type === eventType && (number === undefined || number === trade)) return said;
  }
}
