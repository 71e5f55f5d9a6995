export type TradeType = 'JSAPI' | 'NATIVE' | 'MWEB' | 'PAGE';

/** Whose trade it is, and so which protocol speaks of it. */
export type ChannelName = 'wechat-v3' | 'wechat-v2' | 'alipay' | 'shouqianba' | 'bank-card';

/** What a payer pays less than the trade's amount, and who pays it in their place. */
export interface Coupon {
  fen: number;
  /** `cash` is money that reaches the merchant as well; `nocash` is a discount that nobody pays for. */
  kind: 'cash' | 'nocash';
  funder: 'wechatpay' | 'merchant' | 'other';
}

/** A trade as its gateway keeps it. Amounts in fen, instants in milliseconds of the sandbox's clock. */
export interface Trade {
  channel: ChannelName;
  out_trade_no: string;
  transaction_id: string | null;
  trade_type: TradeType;
  description: string;
  attach: string;
  notify_url: string;
  amount_fen: number;
  /** The only openid that may pay; null when anyone may. */
  payer: string | null;
  time_expire: number | null;
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED';
  /** Who paid. */
  openid: string | null;
  created_at: number;
  paid_at: number | null;
  /** Where the payer's browser goes afterwards. */
  return_url: string | null;
  /** 0 until its payer has been there, where a gateway knows a trade only from then on. */
  seen: 0 | 1;
  /** A `Coupon` as JSON; null for a trade that was paid without one. */
  coupon: string | null;
}

export type Outcome = 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

/** A refund as its gateway keeps it. Amounts in fen; `settle_at` in real milliseconds, the rest by the sandbox's clock. */
export interface Refund {
  out_refund_no: string;
  refund_id: string;
  out_trade_no: string;
  amount_fen: number;
  total_fen: number;
  notify_url: string | null;
  state: 'PROCESSING' | Outcome;
  /** What it will become at `settle_at`; null there means that it is stuck. */
  outcome: Outcome;
  settle_at: number | null;
  created_at: number;
  settled_at: number | null;
  /** What of `amount_fen` is the coupon's. */
  coupon_fen: number;
  /** Whether it goes to the merchant's bank: 1 or 0. */
  to_merchant: number;
}

/** One send of an event and its repeats. `resource` is JSON, signed (or encrypted) afresh each time. */
export interface Delivery {
  id: number;
  channel: ChannelName;
  event_id: string;
  event_type: string;
  out_trade_no: string;
  out_refund_no: string | null;
  resource: string;
  url: string;
  created_at: number;
  /** `held` waits for others (reordering), `dropped` is lost; both can be resent through the control API. */
  state: 'pending' | 'held' | 'dropped' | 'accepted' | 'abandoned';
  attempts: number;
  next_at: number | null;
}
