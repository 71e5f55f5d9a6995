import { Logger } from '@nestjs/common';
import {
  bulkhead,
  BulkheadRejectedError,
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleWhen,
  type BulkheadPolicy,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import type { CallJudge, Calls } from '@yajin/server';
import { gatewayCalls } from './gateway-calls.js';
import { GatewayError, UnknownKey, type Gateway, type Trade, type TransferGateway } from './gateway.js';

/** What is asked of a gateway over the network. */
type Operation = keyof Gateway | keyof TransferGateway | 'probe';

/** After so many calls in a row without a clear answer a gateway is left alone for a while. */
const UNCLEAR_IN_A_ROW = 10;
/** Then one call tries whether it is back. */
const PROBE_AFTER_MS = 10_000;
/** Calls under way at once, and those that wait for them: payers on one side, money on its way out on the other. */
const PAYERS = { calls: 24, waiting: 48 };
const PAYOUTS = { calls: 160, waiting: 32 };

/**
 * Keeps one slow or silent gateway from holding up everything else: so many calls at once and no more, and none but a probe
 * while it does not answer. What it turns away is `throttled`: nothing was sent.
 */
export class Guard {
  private readonly logger = new Logger(Guard.name);
  private readonly breaker: CircuitBreakerPolicy;
  private readonly payers: BulkheadPolicy = bulkhead(PAYERS.calls, PAYERS.waiting);
  private readonly payouts: BulkheadPolicy = bulkhead(PAYOUTS.calls, PAYOUTS.waiting);
  private openUntil = 0;

  /** @param onUnknownKey hears of a serial whose key we have not got */
  constructor(
    private readonly name: string,
    private readonly onUnknownKey: (serial: string) => void,
    private readonly calls: Calls,
  ) {
    const unclear = handleWhen((error) => error instanceof GatewayError && error.kind === 'unknown');
    this.breaker = circuitBreaker(unclear, {
      halfOpenAfter: PROBE_AFTER_MS,
      breaker: new ConsecutiveBreaker(UNCLEAR_IN_A_ROW),
    });
    this.breaker.onBreak(() => {
      this.openUntil = Date.now() + PROBE_AFTER_MS;
      this.logger.warn(`${name} gives no clear answers: it is left alone for ${PROBE_AFTER_MS / 1000} s`);
    });
    this.breaker.onReset(() => this.logger.log(`${name} answers again`));
  }

  /** How many of `wanted` calls nobody waits for may be begun now. */
  room(wanted: number): number {
    if (this.breaker.state === CircuitState.Closed) return wanted;
    return Date.now() < this.openUntil ? 0 : Math.min(wanted, 1);
  }

  private async call<T>(
    lane: BulkheadPolicy,
    operation: Operation,
    work: () => Promise<T>,
    judge: CallJudge<NoInfer<T>> = gatewayCalls,
  ): Promise<T> {
    try {
      return await lane.execute(() => this.breaker.execute(() => this.counted(operation, work, judge)));
    } catch (error) {
      this.report(error);
      if (error instanceof BrokenCircuitError)
        throw new GatewayError('throttled', 'UNAVAILABLE', `${this.name} 暂时没有应答`);
      if (error instanceof BulkheadRejectedError)
        throw new GatewayError('throttled', 'BUSY', `${this.name} 的调用过多`);
      throw error;
    }
  }

  /** What was sent, and nothing else. */
  private counted<T>(
    operation: Operation,
    work: () => Promise<T>,
    judge: CallJudge<NoInfer<T>> = gatewayCalls,
  ): Promise<T> {
    return this.calls.through(this.name, operation, work, judge);
  }

  /** @param judge what the answer must be */
  probe(gateway: Gateway, outTradeNo: string, judge: CallJudge<Trade>): Promise<Trade> {
    return this.call(this.payers, 'probe', () => gateway.queryTrade(outTradeNo), judge);
  }

  private report(error: unknown): void {
    if (error instanceof UnknownKey) this.onUnknownKey(error.serial);
  }

  /** The same gateway, whose calls over the network go through this guard. */
  around<Guarded extends Gateway>(gateway: Guarded): Guarded {
    const { payers, payouts } = this;
    const guarded: Guarded = {
      ...gateway,
      createTrade: (request) => this.call(payers, 'createTrade', () => gateway.createTrade(request)),
      queryTrade: (number) => this.call(payers, 'queryTrade', () => gateway.queryTrade(number)),
      closeTrade: (number) => this.call(payers, 'closeTrade', () => gateway.closeTrade(number)),
      refund: (request) => this.call(payouts, 'refund', () => gateway.refund(request)),
      queryRefund: (refund) => this.call(payouts, 'queryRefund', () => gateway.queryRefund(refund)),
      readNotification: (headers, rawBody) => {
        try {
          return gateway.readNotification(headers, rawBody);
        } catch (error) {
          this.report(error);
          throw error;
        }
      },
      ...(gateway.transfers && { transfers: this.aroundTransfers(gateway.transfers) }),
    };
    const byTransaction = gateway.queryTransaction?.bind(gateway);
    if (byTransaction)
      guarded.queryTransaction = (id) => this.call(payers, 'queryTransaction', () => byTransaction(id));
    const redirect = gateway.redirectRefund?.bind(gateway);
    if (redirect)
      guarded.redirectRefund = (wanted) => this.call(payouts, 'redirectRefund', () => redirect(wanted));
    const download = gateway.downloadBill?.bind(gateway);
    if (download) guarded.downloadBill = (date) => this.counted('downloadBill', () => download(date));
    const statement = gateway.downloadStatement?.bind(gateway);
    if (statement)
      guarded.downloadStatement = (date) => this.counted('downloadStatement', () => statement(date));
    const refresh = gateway.refreshKeys?.bind(gateway);
    if (refresh) guarded.refreshKeys = () => this.counted('refreshKeys', refresh);
    return guarded;
  }

  private aroundTransfers(transfers: TransferGateway): TransferGateway {
    return {
      transfer: (request) => this.call(this.payouts, 'transfer', () => transfers.transfer(request)),
      queryTransfer: (number) =>
        this.call(this.payouts, 'queryTransfer', () => transfers.queryTransfer(number)),
    };
  }
}
