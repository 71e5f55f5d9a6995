import { sentence, type Sentence } from '@yajin/core';
import { Injectable } from '@nestjs/common';
import type { Console } from '@yajin/contract/console';
import {
  GatewayError,
  RefundCaseRefused,
  NotPaused,
  RefundCases,
  RefundPauses,
  Refunds,
  type RefundRedirection,
} from '@yajin/payment';
import { BusinessError, invalid, rows } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Audit, Idempotency, RefundRetries, type IdempotencyKey, type Operator } from '../system/index.js';
import type { RedirectPayRefundDto } from './pay.dto.js';
import { RefundQueries } from './refund.queries.js';

/** Refunds that a gateway cannot bring to an end by itself. */
@Injectable()
export class RefundCasesService {
  constructor(
    private readonly db: DataSource,
    private readonly cases: RefundCases,
    private readonly refunds: RefundQueries,
    private readonly kernel: Refunds,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
    private readonly retries: RefundRetries,
    private readonly pauses: RefundPauses,
  ) {}

  /** @throws BusinessError 404; 409 unless it failed, nobody says it was paid otherwise, and no line has it on a page of its own */
  retry(operator: Operator, id: number): Promise<Console.PayRefund> {
    return this.decide(id, async (manager) => {
      await rows(manager, 'SELECT 1 FROM pay_refund WHERE id = $1 FOR UPDATE', [id]);
      const before = await this.refunds.one(manager, id);
      if (!before.canRetry) throw new RefundCaseRefused('state');
      await this.kernel.retry(manager, id);
      await this.audited(manager, operator, id, 'retry', {
        before: { status: before.status, failure: before.failure },
        after: { status: 'processing' },
      });
    });
  }

  /** Refunds that wait for the merchant's balance. @throws BusinessError 409 where a gateway's do not (any more) */
  async goOn(operator: Operator, gateway: string): Promise<Console.PayRefundPause> {
    try {
      return await this.db.transaction(async (manager) => {
        const gone = await this.pauses.goOn(manager, gateway);
        await this.audit.record(manager, operator, {
          action: 'refund_pause.go_on',
          target: ['gateway', gateway],
        });
        return gone;
      });
    } catch (error) {
      if (error instanceof NotPaused) throw new BusinessError(409, sentence('refunds_not_paused'));
      throw error;
    }
  }

  /** The same for many, each in a transaction of its own; asked for again, nothing is sent again. */
  async retryMany(operator: Operator, ids: number[]): Promise<Console.PayRefundRetryList> {
    const list: Console.PayRefundRetry[] = [];
    for (const id of ids) list.push(await this.retryOne(operator, id));
    return { list };
  }

  private async retryOne(operator: Operator, id: number): Promise<Console.PayRefundRetry> {
    const told = { id, code: null, message: null };
    try {
      const listed = await this.retryByItsLine(operator, id);
      const { hold } = listed ? await this.refunds.one(this.db, id) : await this.retry(operator, id);
      return { ...told, outcome: hold === null ? 'taken' : 'held' };
    } catch (error) {
      if (!(error instanceof BusinessError) || error.code === 503) throw error;
      const why = await this.notRetried(id);
      if (why === null) return { ...told, outcome: 'under_way' };
      return { id, outcome: 'refused', code: why.code, message: why.message };
    }
  }

  /** Failed ones that can be, and that their line lists. @returns whether it does @throws BusinessError */
  private async retryByItsLine(operator: Operator, id: number): Promise<boolean> {
    const { retriable, canRetry } = await this.refunds.one(this.db, id);
    const asked = retriable && !canRetry && (await this.refunds.asked(this.db, id));
    return asked ? ((await this.retries.of(asked.line)?.(operator, asked.source)) ?? false) : false;
  }

  /** Null where it is not failed (any more). */
  private async notRetried(id: number): Promise<Sentence | null> {
    const found = await this.refunds.find(this.db, id);
    if (found === null) return sentence('refund_not_there');
    if (found.status !== 'failed') return null;
    if (found.gatewayState === 'merchant') return sentence('refund_back_at_merchant');
    if (found.outside !== null) return sentence('outside_proposed');
    return found.canRetry ? sentence('refund_state_changed') : sentence('refund_of_its_line');
  }

  /**
   * What is audited is that somebody had it sent, and where to, before the gateway hears of it: an answer may never come.
   * @throws BusinessError 400, 404; 409 when it is not abnormal (any more), or the gateway declined; 503
   */
  async redirect(operator: Operator, id: number, body: RedirectPayRefundDto): Promise<Console.PayRefund> {
    const to = destination(body);
    await this.decide(id, async (manager) => {
      await this.cases.beginRedirect(manager, id);
      await this.audited(manager, operator, id, 'redirect', { after: masked(to) });
    });
    try {
      await this.cases.redirect(id, to);
    } catch (error) {
      if (error instanceof RefundCaseRefused) throw refusal(error);
      if (!(error instanceof GatewayError)) throw error;
      if (error.kind === 'throttled') throw new BusinessError(503);
      throw new BusinessError(409, sentence('gateway_refused', error.message, error.code));
    }
    return this.refunds.one(this.db, id);
  }

  /** @throws BusinessError 404; 409 unless it has failed or has been unclear for a day, or when it is proposed already */
  propose(
    operator: Operator,
    id: number,
    evidence: string,
    key: IdempotencyKey | null,
  ): Promise<Console.PayRefund> {
    return this.decide(
      id,
      async (manager) => {
        await this.cases.propose(manager, id, operator.username, evidence);
        await this.audited(manager, operator, id, 'outside', { after: { evidence } });
      },
      key,
    );
  }

  /** @throws BusinessError 404, 409 */
  withdraw(operator: Operator, id: number): Promise<Console.PayRefund> {
    return this.decide(id, async (manager) => {
      const before = await this.cases.withdraw(manager, id);
      await this.audited(manager, operator, id, 'outside_withdraw', { before });
    });
  }

  /** @throws BusinessError 403 for who proposed it, 404, 409 */
  confirm(operator: Operator, id: number): Promise<Console.PayRefund> {
    return this.decide(id, async (manager) => {
      await this.cases.confirm(manager, id, operator.username);
      await this.audited(manager, operator, id, 'outside_confirm', { after: { status: 'success' } });
    });
  }

  private async decide(
    id: number,
    decision: (manager: EntityManager) => Promise<void>,
    key: IdempotencyKey | null = null,
  ): Promise<Console.PayRefund> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        await this.refunds.one(manager, id);
        await decision(manager);
        return this.refunds.one(manager, id);
      });
    } catch (error) {
      throw error instanceof RefundCaseRefused ? refusal(error) : error;
    }
  }

  private audited(
    manager: EntityManager,
    operator: Operator,
    id: number,
    verb: string,
    change: { before?: object; after?: object },
  ): Promise<void> {
    return this.audit.record(manager, operator, {
      action: `pay_refund.${verb}`,
      target: ['pay_refund', id],
      ...change,
    });
  }
}

function destination({ to, bankType, account, name }: RedirectPayRefundDto): RefundRedirection['to'] {
  if (to === 'merchant') return { kind: 'merchant' };
  const given = { bankType, account, name };
  if (bankType === undefined || account === undefined || name === undefined) {
    const missing = Object.entries(given).filter(([, value]) => value === undefined);
    throw invalid(...missing.map(([field]) => ({ field, ...sentence('needed_for_bank') })));
  }
  return { kind: 'payer', bankType, account, name };
}

/** Enough to tell later which card was meant, and no more. */
function masked(to: RefundRedirection['to']): object {
  if (to.kind === 'merchant') return { to: 'merchant' };
  const [first = ''] = to.name;
  return { to: 'payer', bankType: to.bankType, account: `**** ${to.account.slice(-4)}`, name: `${first}**` };
}

function refusal({ reason }: RefundCaseRefused): BusinessError {
  switch (reason) {
    case 'state':
      return new BusinessError(409, sentence('refund_state_changed'));
    case 'gateway':
      return new BusinessError(409, sentence('no_other_account'));
    case 'proposed':
      return new BusinessError(409, sentence('outside_proposed'));
    case 'stopped':
      return new BusinessError(409, sentence('refund_stopped'));
    case 'same person':
      return new BusinessError(403, sentence('outside_same_person'));
  }
}
