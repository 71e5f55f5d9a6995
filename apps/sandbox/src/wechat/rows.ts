export type TradeType = 'JSAPI' | 'NATIVE' | 'MWEB';

/** A trade as WeChat keeps it. Amounts in fen, instants in milliseconds of the sandbox's clock. */
export interface Trade {
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
}

export type Outcome = 'SUCCESS' | 'CLOSED' | 'ABNORMAL';

/** A refund as WeChat keeps it. Amounts in fen; `settle_at` in real milliseconds, the rest by the sandbox's clock. */
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
}
