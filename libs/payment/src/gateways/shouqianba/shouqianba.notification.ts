import { InvalidNotification, type GatewayNotification } from '../../gateway.js';
import { readable } from '../common.js';
import { parseObject, textAt, type Json } from '../json.js';
import { readFields } from '../signed-fields.js';
import { readCallback, type Account } from './shouqianba.contract.js';

/**
 * The platform's own notification is the `data` of a query, `payment_list` and all
 * (https://github.com/WoSai/shouqianba-doc/blob/master/zh-cn/api/interface/precreate.md, 支付成功回调地址参数说明). Nothing in it can be
 * checked with a key that the documents name, so it says no more than that it is worth asking. What carries a `sign` is a callback
 * of the merchant's contract.
 * @throws InvalidNotification
 */
export function readNotification(rawBody: Buffer, account: Account): GatewayNotification {
  const text = rawBody.toString('utf8');
  const own = readable(() => (text.trimStart().startsWith('{') ? parseObject(text) : readFields(text)));
  if (own['sign'] === undefined) return hint(own);
  return readCallback(
    readable(() => readFields(text)),
    account,
  );
}

/** Anybody can send one: nothing of it is taken but a number of the form that ours have. */
function hint(fields: Json): GatewayNotification {
  const outTradeNo = readable(() => textAt(fields, 'client_sn'));
  if (!/^[0-9A-Za-z_-]{1,32}$/.test(outTradeNo)) throw new InvalidNotification('client_sn 无效');
  return {
    eventId: `hint:${outTradeNo}`,
    eventType: 'HINT',
    payload: { client_sn: outTradeNo },
    content: { kind: 'hint', outTradeNo, outRefundNo: null, authentic: false },
  };
}
