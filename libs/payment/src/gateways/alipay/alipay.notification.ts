import { verify, type KeyObject } from 'node:crypto';

import { InvalidNotification, type GatewayNotification } from '../../gateway.js';
import { hashOf } from '../common.js';
import { Malformed, optionalText, textAt, type Json } from '../json.js';
import { isAmbiguous } from '../signed-fields.js';
import { foreignReason, paidFrom, returnedAt } from './alipay.transforms.js';

interface Account {
  appId: string;
  sellerId: string;
  publicKey: KeyObject;
}

/** A form's values as they were sent. What is signed are these bytes, whatever characters they stand for. */
type Form = ReadonlyMap<string, Buffer>;

const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'gbk', 'gb2312', 'gb18030']);

/**
 * Verifies a form by RSA2 and nothing weaker, then reads it in the charset that it names.
 * @throws InvalidNotification
 */
export function readNotification(rawBody: Buffer, account: Account): GatewayNotification {
  const signed = readForm(rawBody);
  requireSigned(signed, account.publicKey);
  const form = decoded(signed);
  const { sign: _sign, ...payload } = form;
  const notification = {
    eventId: optionalText(form, 'notify_id') ?? hashOf(rawBody),
    eventType: optionalText(form, 'trade_status') ?? 'UNKNOWN',
    payload,
  };
  try {
    return { ...notification, content: contentOf(form, account) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { ...notification, content: { kind: 'unusable', reason: error.message } };
  }
}

function readForm(rawBody: Buffer): Form {
  const form = new Map<string, Buffer>();
  for (const pair of rawBody.toString('latin1').split('&')) {
    const end = pair.indexOf('=');
    const name = unescaped(end < 0 ? pair : pair.slice(0, end)).toString('latin1');
    if (form.has(name)) throw new InvalidNotification(`${name.slice(0, 64)} 出现多次`);
    form.set(name, end < 0 ? Buffer.alloc(0) : unescaped(pair.slice(end + 1)));
  }
  return form;
}

function unescaped(text: string): Buffer {
  const bytes = text
    .replaceAll('+', ' ')
    .replace(/%([0-9A-Fa-f]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/**
 * The official checker knows UTF-8 only, so the bytes are checked here, in its two ways: as a rule `sign_type` is not signed
 * (https://opendocs.alipay.com/open/270/105902), and in some notifications it is.
 */
function requireSigned(form: Form, key: KeyObject): void {
  if (form.get('sign_type')?.toString('latin1') !== 'RSA2')
    throw new InvalidNotification('签名类型不是 RSA2');
  const sign = form.get('sign')?.toString('latin1') ?? '';
  const signature = Buffer.from(sign, 'base64');
  // Base64 that is only nearly right would be read, too.
  if (sign === '' || signature.toString('base64') !== sign) throw new InvalidNotification('缺少签名');
  if ([...form].some(([name, value]) => isAmbiguous(name, value.toString('latin1'))))
    throw new InvalidNotification('有字段可读作多个');
  const ways = [['sign', 'sign_type'], ['sign']];
  if (!ways.some((unsigned) => verify('sha256', signedBytes(form, unsigned), key, signature)))
    throw new InvalidNotification('签名不符');
}

function signedBytes(form: Form, unsigned: string[]): Buffer {
  const pairs = [...form].filter(([name]) => !unsigned.includes(name));
  pairs.sort(([a], [b]) => (a < b ? -1 : 1));
  return Buffer.concat(
    pairs.flatMap(([name, value], index) => [
      Buffer.from(`${index > 0 ? '&' : ''}${name}=`, 'latin1'),
      value,
    ]),
  );
}

/** Notifications are in the charset of their trade's request, or in GBK (captured); `charset` says it. */
function decoded(form: Form): Record<string, string> {
  const charset = (form.get('charset')?.toString('latin1') ?? 'utf-8').toLowerCase();
  if (!CHARSETS.has(charset)) throw new InvalidNotification(`未知的字符集 ${charset.slice(0, 32)}`);
  const decoder = new TextDecoder(charset);
  const texts = [...form].map(([name, value]) => [name, decoder.decode(value).replaceAll('\0', '\uFFFD')]);
  return Object.fromEntries(texts) as Record<string, string>;
}

/**
 * A refund is told of as one more notification of its trade, which names the sum of all refunds so far: which refund it was is
 * known, how much it was has to be asked. One that was made by hand in the merchant's console has no number, or one of Alipay's
 * own (captured): then the sum is what is known.
 */
function contentOf(form: Json, account: Account): GatewayNotification['content'] {
  const status = textAt(form, 'trade_status');
  const foreign = foreignReason(form, account);
  const outRefundNo = optionalText(form, 'out_biz_no');
  const returnedFen = returnedAt(form, 'refund_fee');
  if (returnedFen !== null) {
    const trade = { ...paidFrom(form, 'gmt_payment', 'buyer_id'), returnedFen };
    const { outTradeNo } = trade;
    if (outRefundNo === null) return { kind: 'payment', trade, foreign };
    return { kind: 'hint', outTradeNo, outRefundNo, authentic: true, ...(foreign === null && { trade }) };
  }
  switch (status) {
    case 'TRADE_SUCCESS':
    case 'TRADE_FINISHED':
      return { kind: 'payment', trade: paidFrom(form, 'gmt_payment', 'buyer_id'), foreign };
    case 'WAIT_BUYER_PAY':
    case 'TRADE_CLOSED':
      return { kind: 'nothing', reason: `交易状态为 ${status}` };
    default:
      throw new Malformed(`未知的交易状态 ${status}`);
  }
}
