import { createHash } from 'node:crypto';

import { GatewayError } from '../../gateway.js';
import { sameSignature, understood } from '../common.js';
import { post } from '../http.js';
import { objectAt, optionalObject, parseObject, textAt, type Json } from '../json.js';
import { signedText } from '../signed-fields.js';
import { errorFrom } from './shouqianba.transforms.js';

export interface ClientConfig {
  /** Such as `https://api.shouqianba.com`. Its answers are not signed: TLS alone says whose they are. */
  apiBase: string;
  /** Such as `https://m.wosai.cn/qr/gateway`. */
  wapUrl: string;
  /** The activated terminal and its key. */
  terminalSn: string;
  terminalKey: string;
  /** Which wallet a code is for: 1 and 2 Alipay, 3 WeChat, 17 UnionPay. */
  payway: string;
  /** The account that callbacks and transfers are signed for. */
  appId: string;
  merchantNo: string;
  secretKey: string;
  /** Where transfers are asked for; null where the deployment has none. */
  transferUrl: string | null;
  /** Where a payer's browser goes who was not told another address. */
  returnUrl: string;
  timeoutMs: number;
}

export const TITLE = '收钱吧';

function md5(text: string): string {
  return createHash('md5').update(text, 'utf8').digest('hex');
}

/** MD5 over the sorted pairs and `&key=`, upper case: the WAP address and the callbacks alike. */
export function signFields(fields: Json, key: string): string {
  return md5(`${signedText(fields, 'sign')}&key=${key}`).toUpperCase();
}

export function isSigned(fields: Json, key: string): boolean {
  const { sign } = fields;
  return typeof sign === 'string' && sameSignature(sign, signFields(fields, key));
}

/**
 * Calls the server API and returns `biz_response` where its own `result_code` is a success or still under way: the names of
 * both differ by call (https://github.com/WoSai/shouqianba-doc/blob/master/zh-cn/api/annex/resultCode.md).
 * @throws GatewayError `unknown` for `…_ERROR` and for the outer 500: anything may have happened
 */
export async function call(config: ClientConfig, path: string, fields: Json): Promise<Json> {
  const body = JSON.stringify({ terminal_sn: config.terminalSn, ...fields });
  const answer = await post(TITLE, {
    url: config.apiBase.replace(/\/+$/, '') + path,
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      Authorization: `${config.terminalSn} ${md5(body + config.terminalKey)}`,
    },
    body,
    timeoutMs: config.timeoutMs,
  });
  if (answer.status !== 200) {
    const kind = answer.status === 429 ? 'throttled' : 'unknown';
    throw new GatewayError(kind, `HTTP_${answer.status}`, answer.body.slice(0, 200));
  }
  return understood(TITLE, () => {
    const said = parseObject(answer.body);
    const outer = textAt(said, 'result_code');
    if (outer !== '200') throw errorFrom(said, outer === '400');
    const business = objectAt(said, 'biz_response');
    const result = textAt(business, 'result_code');
    if (/(^|_)SUCCESS$|IN_?PROG(RESS)?$/.test(result)) return business;
    throw errorFrom(business, /(^|_)FAIL$/.test(result));
  });
}

/** The data of a business answer; empty where it has none. */
export function dataOf(business: Json): Json {
  return optionalObject(business, 'data');
}
