import { randomBytes } from 'node:crypto';
import { Agent } from 'node:https';

import { proven } from '@yajin/server';
import { GatewayError } from '../../gateway.js';
import { understood } from '../common.js';
import { post, type Answer, type Post } from '../http.js';
import { isSigned, sign, type SignType } from './wechat-v2.crypto.js';
import { errorFrom, foreignReason } from './wechat-v2.transforms.js';
import { parseXml, toXml, type Fields } from './wechat-v2.xml.js';

export interface ClientConfig {
  /** Such as `https://api.mch.weixin.qq.com`. */
  apiBase: string;
  /** Where a client certificate is asked for; as a rule the same host. */
  secureBase: string;
  appId: string;
  mchId: string;
  /** The API key, 32 characters. */
  key: string;
  signType: SignType;
  /** The merchant's certificate and its private key, PEM: refunds and the account's statement are asked for with them only. */
  clientCertificate: string;
  clientKey: string;
  /** PEM of an authority to trust beside the machine's own, where the other side is not WeChat itself. */
  serverCa: string | null;
  timeoutMs: number;
}

/** Presents the merchant's certificate. TLS verifies the other side as ever. */
export function secureAgent(
  config: Pick<ClientConfig, 'clientCertificate' | 'clientKey' | 'serverCa'>,
): Agent {
  const { clientCertificate: cert, clientKey: key, serverCa } = config;
  return new Agent({
    cert,
    key,
    minVersion: 'TLSv1.2',
    keepAlive: false,
    ...(serverCa !== null && { ca: serverCa }),
  });
}

/**
 * Calls the gateway and returns the verified fields of a success. A refusal counts only when it is signed;
 * `return_code` FAIL never is, so it proves nothing.
 * @throws GatewayError
 */
export async function call(
  config: ClientConfig,
  path: string,
  given: Fields,
  agent?: Agent,
): Promise<Fields> {
  const answer = await send(config, path, given, { timeoutMs: config.timeoutMs, ...(agent && { agent }) });
  if (answer.status !== 200)
    throw new GatewayError('unknown', `HTTP_${answer.status}`, answer.body.slice(0, 200));
  const said = understood('微信支付', () => parseXml(answer.body));
  if (said['return_code'] !== 'SUCCESS')
    throw new GatewayError('unknown', 'RETURN_FAIL', said['return_msg'] || '通信失败');
  if (!isSigned(said, config.key))
    throw new GatewayError('unknown', 'BAD_SIGNATURE', `应答签名不符（${answer.body.slice(0, 200)}）`);
  proven();
  const foreign = foreignReason(said, config);
  if (foreign !== null) throw new GatewayError('unknown', 'FOREIGN', foreign);
  if (said['result_code'] !== 'SUCCESS') throw errorFrom(said);
  return said;
}

const BILL_TIMEOUT_MS = 60_000;
const MAX_BILL_BYTES = 64 * 1024 * 1024;

/**
 * A table as text. What is wrong instead is said in XML, and nothing of either is signed: a bill is asked about before anything is booked.
 * https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=9_6; of the account's, as merchants have got it
 * (https://developers.weixin.qq.com/community/pay/doc/0002c4d7af0268184f12b912261400).
 * @param agent where the merchant's certificate is asked for
 * @returns null where there is none: a day without transactions
 * @throws GatewayError
 */
export async function download(
  config: ClientConfig,
  path: string,
  given: Fields,
  agent?: Agent,
): Promise<string | null> {
  const limits = { timeoutMs: BILL_TIMEOUT_MS, most: MAX_BILL_BYTES };
  const answer = await send(config, path, given, { ...limits, ...(agent && { agent }) });
  if (answer.status !== 200)
    throw new GatewayError('unknown', `HTTP_${answer.status}`, answer.body.slice(0, 200));
  if (!answer.body.trimStart().startsWith('<')) return answer.body;
  const said = understood('微信支付', () => parseXml(answer.body));
  const why = said['err_code'] || said['return_msg'] || '通信失败';
  if (/^no[ _]bill[ _]exist$/i.test(why)) return null;
  throw new GatewayError('unknown', 'NO_BILL', why);
}

function send(
  config: ClientConfig,
  path: string,
  given: Fields,
  limits: Pick<Post, 'timeoutMs' | 'agent' | 'most'>,
): Promise<Answer> {
  const account = { appid: config.appId, mch_id: config.mchId };
  const nonce = randomBytes(16).toString('hex');
  const signType = given['sign_type'] === 'HMAC-SHA256' ? 'HMAC-SHA256' : config.signType;
  const fields = { ...account, nonce_str: nonce, ...given, sign_type: signType };
  return post('微信支付', {
    url: (limits.agent ? config.secureBase : config.apiBase).replace(/\/+$/, '') + path,
    headers: { 'Content-Type': 'text/xml; charset=utf-8' },
    body: toXml({ ...fields, sign: sign(fields, config.key, signType) }),
    ...limits,
  });
}
