import { GatewayError, type BillRow, type Movement } from '../../gateway.js';
import { understood, unlessOneOf } from '../common.js';
import { Malformed, textAt, type Json } from '../json.js';
import { parseBill } from '../wechat-bill.js';
import { parseStatement } from '../wechat-statement.js';
import { call, download, type ClientConfig } from './wechat-v3.client.js';
import { subMerchant, type Account } from './wechat-v3.merchant.js';

const TITLE = '微信支付';
/** A day without any trade has no bill, and one without movements no statement. */
const NONE: ReadonlySet<string> = new Set(['NO_STATEMENT_EXIST']);

/** https://pay.weixin.qq.com/doc/v3/merchant/4013071236 */
export async function downloadBill(config: ClientConfig & Account, date: string): Promise<BillRow[]> {
  // A service provider's bill has all its merchants, unless one is asked for.
  const which = { bill_date: date, bill_type: 'ALL', ...subMerchant(config) };
  const merchant = { mchId: config.mchId, subMchId: config.partner?.subMchId ?? null };
  return fetchTable(config, '/v3/bill/tradebill', which, (csv) => parseBill(csv, merchant));
}

/**
 * https://pay.weixin.qq.com/doc/v3/merchant/4012791867: of the account that payments come to and withdrawals go from. The one for fees
 * (FEES) and the one for transfers (OPERATION) are filled from it.
 */
export async function downloadStatement(config: ClientConfig, date: string): Promise<Movement[]> {
  const which = { bill_date: date, account_type: 'BASIC' };
  return fetchTable(config, '/v3/bill/fundflowbill', which, (csv) => parseStatement(csv, date));
}

/**
 * Asks where the file is, fetches it and reads it. The gateway may keep it on another host than its API; the signed answer names it.
 * @returns [] where there is none
 */
async function fetchTable<T>(
  config: ClientConfig,
  path: string,
  which: Record<string, string>,
  parse: (csv: string) => T[],
): Promise<T[]> {
  const query = new URLSearchParams({ ...which, tar_type: 'GZIP' });
  const fetched = (async () => {
    const json = await call(config, 'GET', `${path}?${query.toString()}`);
    const file = understood(TITLE, () => fileIn(json, config.apiBase));
    if (file.hashType !== 'SHA1')
      throw new GatewayError('unknown', 'BILL_HASH', `未知的摘要算法 ${file.hashType}`);
    const csv = await download(config, file.url, file.hash);
    return understood(TITLE, () => parse(csv));
  })();
  return (await unlessOneOf(NONE, fetched)) ?? [];
}

function fileIn(json: Json | null, apiBase: string): { hashType: string; hash: string; url: URL } {
  if (json === null) throw new Malformed('应答为空');
  const url = URL.parse(textAt(json, 'download_url').trim());
  if (url?.protocol !== new URL(apiBase).protocol) throw new Malformed('账单下载地址无效');
  return { hashType: textAt(json, 'hash_type'), hash: textAt(json, 'hash_value'), url };
}
