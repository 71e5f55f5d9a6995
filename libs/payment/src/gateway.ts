import type { Fen } from '@yajin/core';

/** How the payer meets the gateway: inside its app, by scanning a code, from a phone's browser, or a computer's. */
export type Scene = 'jsapi' | 'native' | 'h5' | 'page';

export interface TradeRequest {
  /** Permanent: the same number on every retry. */
  outTradeNo: string;
  scene: Scene;
  amountFen: Fen;
  description: string;
  /** Text the gateway hands back with the payment. It decides nothing. */
  attach: string;
  expiresAt: Date;
  notifyUrl: string;
  /** The payer's id at the gateway; required for `jsapi`. */
  payerId: string | null;
  clientIp: string | null;
  /** Where the payer's browser goes afterwards, for gateways that take it along; proves nothing. */
  returnUrl: string | null;
}

export interface PaidTrade {
  state: 'paid';
  outTradeNo: string;
  transactionId: string;
  amountFen: Fen;
  paidAt: Date;
  payerId: string | null;
  attach: string;
  /** What of it reaches the merchant, where that is less: a coupon of theirs that nobody pays for makes the difference. */
  settledFen?: Fen;
  /** What the gateway has given back of it so far, under whatever number, where it says so. */
  returnedFen?: Fen;
}

/** What the gateway believes of a trade. `absent` means that it has never heard of the number. */
export type Trade = PaidTrade | { state: 'open' | 'closed' | 'absent'; outTradeNo: string };

export interface RefundRequest {
  outTradeNo: string;
  /** Permanent: the same number on every retry. */
  outRefundNo: string;
  amountFen: Fen;
  /** What the payment as a whole amounted to. */
  totalFen: Fen;
  reason: string;
  notifyUrl: string;
}

/**
 * What the gateway believes of a refund. `closed` is proof that this number will never pay;
 * `abnormal` is money in limbo (the payer's account cannot take it) and proves nothing.
 */
export interface RefundReport {
  state: 'processing' | 'success' | 'closed' | 'abnormal';
  outRefundNo: string;
  outTradeNo: string;
  gatewayRefundId: string;
  /** Null where the gateway says that this number was refunded, and not how much. */
  amountFen: Fen | null;
  /** What of it leaves the merchant, where that is less: the rest undoes a coupon. */
  settledFen?: Fen;
  /** When the money arrived; null unless `success`, and where the gateway does not say. */
  succeededAt: Date | null;
  /**
   * Where the money of a `success` went that did not go to the payer: to the merchant's own account at the gateway, or to their
   * bank. It is still owed.
   */
  backAt?: 'balance' | 'bank';
}

export interface AbsentRefund {
  state: 'absent';
  outRefundNo: string;
}

/** Where the money of an abnormal refund is to go instead. */
export interface RefundRedirection {
  outRefundNo: string;
  /** The gateway's number of the refund. */
  gatewayRefundId: string;
  /** The merchant's own account, from where it is passed on by hand; or a bank card of the payer's. Never stored. */
  to: { kind: 'merchant' } | { kind: 'payer'; bankType: string; account: string; name: string };
}

/** Some gateways find a refund by its number alone, some only by its trade. */
export interface RefundRef {
  outTradeNo: string;
  outRefundNo: string;
}

/** Money of ours on its way to somebody. */
export interface TransferRequest {
  /** Permanent: the same number on every retry. */
  outTransferNo: string;
  amountFen: Fen;
  /** Who is paid, as the gateway knows them. */
  payeeId: string;
  remark: string;
  notifyUrl: string;
}

/** What the gateway believes of a transfer. `failed` is proof that this number will never pay. */
export interface TransferReport {
  state: 'processing' | 'success' | 'failed';
  outTransferNo: string;
  gatewayTransferId: string;
  amountFen: Fen;
  /** When the money arrived; null unless `success`. */
  succeededAt: Date | null;
  /** Why it failed, in the gateway's words; null unless `failed`. */
  failMessage: string | null;
}

export interface AbsentTransfer {
  state: 'absent';
  outTransferNo: string;
}

/** Paying out, which only some gateways do. As with refunds, one number pays once. */
export interface TransferGateway {
  transfer(request: TransferRequest): Promise<TransferReport>;
  queryTransfer(outTransferNo: string): Promise<TransferReport | AbsentTransfer>;
}

/** A notification whose signature has been verified; or, as a `hint`, one that claims nothing we would believe. */
export interface GatewayNotification {
  /** Unique per gateway: the same for every repeat of one event. */
  eventId: string;
  eventType: string;
  /** What is kept in the inbox: the decrypted content, or the raw body where it could not be read. */
  payload: unknown;
  content:
    | { kind: 'payment'; trade: PaidTrade; foreign: string | null }
    | { kind: 'refund'; refund: RefundReport; foreign: string | null }
    | { kind: 'transfer'; transfer: TransferReport; foreign: string | null }
    /**
     * Proves nothing by itself: the kernel asks the gateway about this trade, or this refund of it. What is
     * `authentic` came from the gateway and is kept even when it cannot be confirmed; the rest anybody can send.
     */
    | {
        kind: 'hint';
        outTradeNo: string;
        outRefundNo: string | null;
        authentic: boolean;
        /** What it does prove of the trade, such as how much of it has gone back under whatever number. */
        trade?: PaidTrade;
      }
    /** Signed by the gateway and understood, and no money moved: acknowledged, not kept. */
    | { kind: 'nothing'; reason: string }
    /** Signed by the gateway, and of a product that is none of ours: acknowledged and kept, and nobody has to look at it. */
    | { kind: 'other'; reason: string }
    /** Signed by the gateway, yet not something we can apply: kept, acknowledged and alerted. */
    | { kind: 'unusable'; reason: string };
  // `foreign` says why content that is well formed is not addressed to us (another appid or mchid).
}

/** One line of a trade bill. Amounts are positive. */
export interface BillRow {
  kind: 'payment' | 'refund';
  at: Date;
  outTradeNo: string;
  transactionId: string;
  outRefundNo: string | null;
  gatewayRefundId: string | null;
  amountFen: Fen;
  /** What the gateway keeps for itself, negative where it gives that back; null when the bill does not say. */
  feeFen: number | null;
}

/** What a movement of the merchant's account at a gateway was, as far as the statement says. */
export type MovementKind = 'payment' | 'refund' | 'fee' | 'fee_returned' | 'withdrawal' | 'other';

/** One movement of the merchant's account at the gateway, as its statement (资金账单) has it. */
export interface Movement {
  kind: MovementKind;
  /** The gateway's own word for it, such as 交易; at most 64 characters. */
  said: string;
  at: Date;
  /** The gateway's number of the movement (资金流水单号, 账务流水号); unique within its account. */
  flowNo: string;
  /** The gateway's number of what caused it: its transaction of a payment or of a fee, its refund of a refund. */
  gatewayNo: string | null;
  /**
   * Our number, where it says one: outTradeNo of a payment, outRefundNo of a refund (业务凭证号, 商户订单号). Where a refund has none of its
   * own, both numbers are its trade's.
   */
  ourNo: string | null;
  /** Fen; what came in is positive, what went out negative. A refund that came back is one that came in. */
  amountFen: number;
  /** Fen, after the movement; null where the gateway does not say. */
  balanceFen: number | null;
}

/** A key that a gateway signs with; certificates run out. */
export interface KnownKey {
  serial: string;
  expiresAt: Date | null;
}

/** An HTTP answer. */
export interface Reply {
  status: number;
  contentType: string;
  body: string;
}

/**
 * A stateless adapter for one wire protocol. Every method either tells what the gateway verifiably
 * said or throws a GatewayError; none of them retries, and each has a time-out.
 */
export interface Gateway {
  readonly name: string;
  /** The scenes it serves, with how many seconds its token may be handed out again. */
  readonly scenes: Readonly<Partial<Record<Scene, number>>>;
  /** The most characters its numbers may have. */
  readonly numberLength: { trade: number; refund: number };
  /** What it wants to hear after a notification that is kept, and after one that is not its own. */
  readonly acknowledgement: { accepted: Reply; refused: Reply };
  /** Registers a trade. Returns the token the payer's side is given: a prepay id, code URL or page URL. */
  createTrade(request: TradeRequest): Promise<string>;
  /** Turns a token into what the payer's side needs now (signed afresh where the protocol signs it). */
  present(scene: Scene, token: string): Presentation;
  queryTrade(outTradeNo: string): Promise<Trade>;
  /**
   * Closes an unpaid trade. `absent` means that the gateway does not know the number yet: where the payer's side was given
   * a signed address, opening it can still begin the trade.
   */
  closeTrade(outTradeNo: string): Promise<'closed' | 'absent'>;
  /** Finds a trade by the gateway's own number of it, which its payer can read in the wallet. Not every gateway can. */
  queryTransaction?(transactionId: string): Promise<Trade>;
  refund(request: RefundRequest): Promise<RefundReport>;
  queryRefund(refund: RefundRef): Promise<RefundReport | AbsentRefund>;
  /** Sends a refund that is `abnormal` to another account. Not every gateway can. */
  redirectRefund?(redirection: RefundRedirection): Promise<RefundReport>;
  /** @throws InvalidNotification when the body was not signed by the gateway, or not just now; UnknownKey where nobody can say */
  readNotification(
    headers: Record<string, string | string[] | undefined>,
    rawBody: Buffer,
  ): GatewayNotification;
  /** The trades of one business date, from the day after at 10:00. Not every gateway has bills. */
  downloadBill?(date: string): Promise<BillRow[]>;
  /**
   * The movements of the merchant's account on a business date, in the statement's order; none is []. Errors as downloadBill's.
   */
  downloadStatement?(date: string): Promise<Movement[]>;
  /** The keys by which its word is believed, where there are several, and what is wrong with how they are given. */
  keys?(): { known: KnownKey[]; problem: string | null };
  /** Fetches the keys that it hands out itself. @returns how many there are; 0 where the merchant has none of that kind */
  refreshKeys?(): Promise<number>;
  readonly transfers?: TransferGateway;
  /** How many refunds it takes a second; 20 where nothing is said. */
  readonly refundsPerSecond?: number;
  /**
   * Scenes whose number is registered once: for another token it takes another number, and a second registration is refused
   * with the code `conflict`.
   */
  readonly registersOnce?: { readonly scenes: readonly Scene[]; readonly conflict: string };
  /** By scene, for how many seconds after the order's end an address can still be paid, where its end is not kept by the gateway. */
  readonly outlives?: Readonly<Partial<Record<Scene, number>>>;
}

export interface Presentation {
  payParams: Record<string, string> | null;
  qrcodeUrl: string | null;
  /** An address for the payer's browser, on a phone or a computer. */
  h5Url: string | null;
}

/**
 * - `refused`: the gateway verifiably declined; nothing moved.
 * - `insufficient`: declined because the merchant's balance does not cover it.
 * - `paid`: declined because the trade is already paid (on close).
 * - `throttled`: declined for now because of too many calls.
 * - `unknown`: no answer, a broken one, or one we cannot verify. Anything may have happened.
 */
export type GatewayErrorKind = 'refused' | 'insufficient' | 'paid' | 'throttled' | 'unknown';

export class GatewayError extends Error {
  constructor(
    readonly kind: GatewayErrorKind,
    /** The gateway's own code, such as `NOT_ENOUGH`, or ours for `unknown` (`TIMEOUT`, `BAD_SIGNATURE`). */
    readonly code: string,
    message: string,
  ) {
    super(message);
    this.name = 'GatewayError';
  }
}

/** Signed with a key that we have not got, perhaps since yesterday: no proof, and no forgery either. */
export class UnknownKey extends GatewayError {
  /** @param serial of letters, digits, `_` and `-` */
  constructor(readonly serial: string) {
    super('unknown', 'UNKNOWN_KEY', `签名所用的公钥或证书未知：${serial}`);
  }
}

/** The notification is not the gateway's, or is too old to be believed. Nothing of it is stored. */
export class InvalidNotification extends Error {
  override readonly name = 'InvalidNotification';
}
