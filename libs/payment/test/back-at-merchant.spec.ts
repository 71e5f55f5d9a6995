import { refundFrom as refundOfV2 } from '../src/gateways/wechat-v2/wechat-v2.transforms.js';
import { refundFrom as refundOfV3 } from '../src/gateways/wechat-v3/wechat-v3.transforms.js';

/** 退款入账账户, as both documents list it. */
const ACCOUNTS = [
  ['商户结算银行账户', 'bank'],
  ['商户基本账户', 'balance'],
  ['支付用户零钱', undefined],
  ['支付用户零钱通', undefined],
  ['支付用户银行电子账户', undefined],
  ['招商银行信用卡0403', undefined],
  // A company that paid, and has its money again.
  ['企业支付商户', undefined],
] as const;

describe.each(ACCOUNTS)('a refund that ended at %s', (account, backAt) => {
  it('of v3 has gone back to the merchant only where that is theirs', () => {
    const said = (status: string): object => ({
      refund_id: '50000000382019052709732678859',
      out_refund_no: '1217752501201407033233368018',
      out_trade_no: '1217752501201407033233368018',
      user_received_account: account,
      success_time: '2026-11-28T16:18:12+08:00',
      status,
      amount: { total: 9900, refund: 9900, currency: 'CNY' },
    });
    expect(refundOfV3({ ...said('SUCCESS') }, 'status').backAt).toBe(backAt);
    // Until it has ended the field says where it was meant to go.
    expect(refundOfV3({ ...said('ABNORMAL') }, 'status').backAt).toBeUndefined();
  });

  it('of v2 has gone back to the merchant only where that is theirs', () => {
    const said = {
      out_trade_no: '1217752501201407033233368018',
      out_refund_no_0: '1217752501201407033233368018',
      refund_id_0: '50000000382019052709732678859',
      refund_fee_0: '9900',
      refund_recv_accout_0: account,
      refund_success_time_0: '2026-11-28 16:18:12',
    };
    const number = said.out_refund_no_0;
    expect(refundOfV2({ ...said, refund_status_0: 'SUCCESS' }, number).backAt).toBe(backAt);
    expect(refundOfV2({ ...said, refund_status_0: 'CHANGE' }, number).backAt).toBeUndefined();
  });
});
