import { randomBytes } from 'node:crypto';

import { proven } from '@yajin/server';
import { GatewayError, type GatewayErrorKind } from '../../gateway.js';
import { understood } from '../common.js';
import { post } from '../http.js';
import { optionalText, parseObject, type Json } from '../json.js';
import { isSigned, signFields } from '../webhook.js';

export interface ClientConfig {
  /** What the acquirer's addresses begin with. */
  apiBase: string;
  merchant: string;
  key: string;
  timeoutMs: number;
}

export const TITLE = '银行卡支付';

const ERROR_KINDS: ReadonlyMap<string, GatewayErrorKind> = new Map([
  ['ORDER_PAID', 'paid'],
  ['BALANCE_NOT_ENOUGH', 'insufficient'],
  ['TOO_MANY_REQUESTS', 'throttled'],
]);

/**
 * Posts flat JSON, signed both ways like the webhook. The answer repeats the request's `nonce`, so that an older
 * one cannot stand in for it.
 * @throws GatewayError
 */
export async function call(config: ClientConfig, path: string, fields: Json): Promise<Json> {
  const nonce = randomBytes(16).toString('hex');
  const signed = { merchant: config.merchant, nonce, ...fields };
  const answer = await post(TITLE, {
    url: config.apiBase.replace(/\/+$/, '') + path,
    headers: { 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify({ ...signed, signature: signFields(signed, config.key) }),
    timeoutMs: config.timeoutMs,
  });
  if (answer.status !== 200)
    throw new GatewayError('unknown', `HTTP_${answer.status}`, answer.body.slice(0, 200));
  const said = understood(TITLE, () => parseObject(answer.body));
  if (!isSigned(said, config.key)) throw new GatewayError('unknown', 'BAD_SIGNATURE', '应答签名不符');
  proven();
  if (said['merchant'] !== config.merchant || said['nonce'] !== nonce)
    throw new GatewayError('unknown', 'FOREIGN', '应答不是对本次请求的');
  const code = optionalText(said, 'error');
  if (code === null) return said;
  const message = optionalText(said, 'message') ?? code;
  throw new GatewayError(ERROR_KINDS.get(code) ?? 'refused', code, message);
}
