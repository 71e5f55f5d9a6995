import { Injectable, Logger } from '@nestjs/common';
import { fen, statesAccepting, sumFen, type Fen } from '@yajin/core';
import { Alerts, Clock, maybeRow, noteAbout, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import type { KernelAlert } from './kernel-alert.js';
import { claimPayouts, isHeld } from './holds.js';
import { KEY, WALL, type Lane } from './lane.js';
import { GatewayError, type TransferGateway } from './gateway.js';
import { Gateways } from './gateways.js';
import { ownedMoney, post, type Account, type Posting } from './ledger.js';
import { Lines, type Transfer } from './lines.js';
import { newNumber } from './numbers.js';
import { PaymentOptions } from './payment.options.js';
import { isRefusal, isSlow, MOST_REFUSALS, waitAfter } from './payout.js';
import { transferFrom, type TransferRow } from './rows.js';
import { SecondPerson, type Decider } from './second-person.js';
import { transferStatusTransitions, transferTransitions } from './states.js';
import { after, LEASE, PAYOUT_WAITS, waitOf } from './times.js';
import { applyTransfer } from './transfer-report.js';
import type { PayTransferPortion } from './entities/pay-transfer-portion.entity.js';
import type { PayTransfer } from './entities/pay-transfer.entity.js';

const NUMBER_LENGTH = 32;
const AT_ONCE = 8;

export interface TransferOrder {
  /** What asks for the transfer. Asking twice under one source is asking once. */
  source: string;
  /** Whose books the transfer is in. */
  orderId: number;
  gateway: string;
  /** Who is paid, as the gateway knows them. */
  payeeId: string;
  /** Whose balance it is: the money is frozen there, and goes back there when the transfer fails. */
  owner: string;
  /** Where the money lies now; together they are what is transferred. */
  from: { account: 'deposit' | 'balance'; orderId: number; amountFen: Fen }[];
  /** Shown to the payee by the gateway. */
  remark: string;
  /** Who decides that it is paid. */
  decided?: Decider;
}

/** The owner's available balance does not cover it. */
export class BalanceTooLow extends Error {
  override readonly name = 'BalanceTooLow';
}

/** The transfer is under way, unclear or done: nothing for a person to retry. */
export class TransferNotRetryable extends Error {
  override readonly name = 'TransferNotRetryable';
}

/** Money on its way to somebody, and the numbers under which it is sent. */
@Injectable()
export class Transfers {
  private readonly logger = new Logger(Transfers.name);

  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly gateways: Gateways,
    private readonly lines: Lines,
    private readonly alerts: Alerts<KernelAlert>,
    private readonly options: PaymentOptions,
    private readonly secondPerson: SecondPerson,
  ) {}

  /** Whether a gateway is configured that pays out. */
  offeredBy(gateway: string): boolean {
    return this.gateways.has(gateway) && this.gateways.get(gateway).transfers !== undefined;
  }

  /**
   * Freezes the money in the caller's transaction; it is sent from then on.
   * @throws BalanceTooLow (the caller's transaction must then be rolled back)
   */
  async request(manager: EntityManager, order: TransferOrder): Promise<Transfer> {
    this.wire(order.gateway);
    const created = await maybeRow<TransferRow>(
      manager,
      `INSERT INTO pay_transfer (source, line, subject, order_id, gateway, payee_id, owner, amount_fen, remark, out_transfer_no,
         check_at, created_at)
       SELECT $1, line, subject, id, $3, $4, $5, $6, $7, $8, $10, $9 FROM pay_order WHERE id = $2
       ON CONFLICT (source) DO NOTHING RETURNING *`,
      [
        order.source,
        order.orderId,
        order.gateway,
        order.payeeId,
        order.owner,
        sumFen(order.from.map(({ amountFen }) => amountFen)),
        order.remark,
        newNumber(NUMBER_LENGTH),
        this.clock.now(),
        this.clock.wall(),
      ],
    );
    if (!created) {
      const sql = 'SELECT * FROM pay_transfer WHERE source = $1';
      return transferFrom(await onlyRow<TransferRow>(manager, sql, [order.source]));
    }
    const fromBalance = order.from.filter(({ account }) => account === 'balance');
    await this.cover(manager, created, sumFen(fromBalance.map(({ amountFen }) => amountFen)));
    const frozen = order.from.map(({ account, orderId, amountFen }, index): Posting => {
      const debit: Account = account === 'balance' ? `balance:${order.owner}` : account;
      const source = `freeze:${created.id}:0:${index}`;
      return { source, debit, credit: `frozen:${order.owner}`, amountFen, orderId };
    });
    await post(manager, frozen, this.clock.now());
    await rows(
      manager,
      `INSERT INTO pay_transfer_portion (transfer_id, order_id, amount_fen)
       SELECT $1, p.order_id, sum(p.amount_fen) FROM unnest($2::bigint[], $3::bigint[]) AS p (order_id, amount_fen) GROUP BY p.order_id`,
      [created.id, order.from.map(({ orderId }) => orderId), order.from.map(({ amountFen }) => amountFen)],
    );
    if (order.decided) await this.secondPerson.review(manager, 'transfer', [created], order.decided);
    return transferFrom(created);
  }

  /**
   * A person's second try at a failed transfer: the money is frozen again. The number changes only when the gateway has
   * proved that the old one failed.
   * @throws TransferNotRetryable, BalanceTooLow (the caller's transaction must then be rolled back)
   */
  async retry(manager: EntityManager, id: number): Promise<Transfer> {
    const row = await maybeRow<TransferRow>(
      manager,
      `UPDATE pay_transfer SET status = '${transferStatusTransitions.failed.retried}', fail_code = NULL, fail_message = NULL, failures = 0, queries = 0,
         requests = CASE WHEN state = 'failed' THEN 0 ELSE requests END,
         past_numbers = CASE WHEN state = 'failed' THEN past_numbers || out_transfer_no ELSE past_numbers END,
         out_transfer_no = CASE WHEN state = 'failed' THEN $2 ELSE out_transfer_no END,
         retries = retries + 1, state = 'created', check_at = $3, sent_at = NULL
       WHERE id = $1 AND status = 'failed' RETURNING *`,
      [id, newNumber(NUMBER_LENGTH), this.clock.wall()],
    );
    if (!row) throw new TransferNotRetryable();
    await this.secondPerson.askAgain(manager, 'transfer', id);
    const { owner } = row;
    await this.cover(manager, row, fen(row.amount_fen));
    const portions = await rows<Row<PayTransferPortion, 'orderId' | 'amountFen'>>(
      manager,
      'SELECT order_id, amount_fen FROM pay_transfer_portion WHERE transfer_id = $1 ORDER BY order_id',
      [id],
    );
    const again = portions.map((portion): Posting => ({
      source: `freeze:${id}:${row.retries}:${portion.order_id}`,
      debit: `balance:${owner}`,
      credit: `frozen:${owner}`,
      amountFen: fen(portion.amount_fen),
      orderId: portion.order_id,
    }));
    await post(manager, again, this.clock.now());
    return transferFrom(row);
  }

  async find(db: Database, id: number): Promise<Transfer | null> {
    const row = await maybeRow<TransferRow>(db, 'SELECT * FROM pay_transfer WHERE id = $1', [id]);
    return row && transferFrom(row);
  }

  /** Whoever takes from a balance waits for whoever did before, so that both cannot take the same money. */
  private async cover(manager: EntityManager, { line, owner }: TransferRow, amountFen: Fen): Promise<void> {
    if (amountFen === 0) return;
    await rows(manager, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `balance:${line}:${owner}`,
    ]);
    const { availableFen } = await ownedMoney(manager, line, owner);
    if (availableFen < amountFen) throw new BalanceTooLow();
  }

  private wire(gateway: string): TransferGateway {
    const { transfers } = this.gateways.get(gateway);
    if (!transfers) throw new Error(`${gateway} does not pay out`);
    return transfers;
  }

  /** One for each gateway that pays out. */
  lanes(): Lane[] {
    return this.gateways.names
      .filter((gateway) => this.offeredBy(gateway))
      .map((gateway) => ({
        name: `transfers of ${gateway}`,
        atOnce: AT_ONCE,
        due: `SELECT FROM pay_transfer WHERE gateway = ${KEY} AND status IN ('pending', 'processing') AND check_at <= ${WALL}`,
        key: gateway,
        take: async (room) => {
          const wall = this.clock.wall();
          const taken = await rows<TransferRow>(
            this.db,
            `UPDATE pay_transfer SET check_at = $4
             WHERE id IN (SELECT id FROM pay_transfer WHERE gateway = $1 AND status IN ('pending', 'processing') AND check_at <= $3
                          ORDER BY check_at, id LIMIT $2 FOR UPDATE SKIP LOCKED)
             RETURNING *`,
            [gateway, this.gateways.room(gateway, room), wall, after(wall, LEASE)],
          );
          return taken.map((work) => () => {
            noteAbout(`transfer-${work.id}`);
            return this.work(work);
          });
        },
      }));
  }

  /** Asks first wherever the gateway may know it already; sends where it provably does not. */
  private async work(work: TransferRow): Promise<void> {
    if (work.state !== 'created' && (await this.ask(work))) return;
    if (work.state === 'accepted') {
      await this.alerts.raise(
        'transfer-not-found',
        `transfer ${work.id} was accepted, yet the gateway does not know it`,
        { key: `transfer-lost:${work.id}`, params: { transfer: work.id, gateway: work.gateway } },
      );
      return this.later(work, queryDelay(work));
    }
    await this.send(work);
  }

  /** @returns whether the gateway knew the number, or could not say */
  private async ask(work: TransferRow): Promise<boolean> {
    if (isSlow(work, this.clock.wall()))
      await this.alerts.raise('transfer-slow', `transfer ${work.id}, ${work.gateway}`, {
        key: `transfer-slow:${work.id}`,
        params: { transfer: work.id, gateway: work.gateway },
      });
    await rows(this.db, 'UPDATE pay_transfer SET queries = queries + 1 WHERE id = $1', [work.id]);
    try {
      const report = await this.wire(work.gateway).queryTransfer(work.out_transfer_no);
      if (report.state === 'absent') return false;
      await this.apply(work, report);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      this.logger.warn(`transfer ${work.id} stays unclear: ${error.code} ${error.message}`);
      await this.later(work, waitAfter(error, queryDelay(work)));
    }
    return true;
  }

  private async apply(work: TransferRow, report: Parameters<typeof applyTransfer>[2]): Promise<void> {
    const applied = await applyTransfer(this.db, work.gateway, report, null, null, this.clock);
    if (applied.outcome === 'quarantined')
      await this.alerts.raise('transfer-result-odd', `transfer ${work.id}: ${applied.reason}`, {
        key: `transfer-odd:${work.id}`,
        params: { transfer: work.id, gateway: work.gateway },
      });
    if (report.state === 'processing' || applied.outcome === 'quarantined')
      await this.later(work, queryDelay(work));
  }

  private async send(work: TransferRow): Promise<void> {
    const wall = this.clock.wall();
    const sending = await claimPayouts(this.db, (manager) =>
      rows(
        manager,
        `UPDATE pay_transfer SET state = '${transferTransitions.created.send}', requests = requests + 1, status = '${transferStatusTransitions.pending.sent}', sent_at = coalesce(sent_at, $5),
           deliver_at = CASE WHEN status = 'pending' THEN $5 ELSE deliver_at END
         WHERE id = $1 AND out_transfer_no = $2 AND status IN ('pending', 'processing') AND state = ANY($3) AND requests = $4
           AND NOT (${isHeld('transfer', 'pay_transfer')}) RETURNING id`,
        [work.id, work.out_transfer_no, statesAccepting(transferTransitions, 'send'), work.requests, wall],
      ),
    );
    if (sending.length === 0) return this.putOff(work.id, wall);
    const paths = this.lines.notifyPaths(work.line, work.gateway);
    try {
      const report = await this.wire(work.gateway).transfer({
        outTransferNo: work.out_transfer_no,
        amountFen: fen(work.amount_fen),
        payeeId: work.payee_id,
        remark: work.remark,
        notifyUrl: this.options.publicUrl + (paths.transfer ?? paths.payment),
      });
      await this.apply(work, report);
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error;
      await this.declined(work, error);
    }
  }

  private async declined(work: TransferRow, error: GatewayError): Promise<void> {
    this.logger.warn(`transfer ${work.id}: ${error.kind} ${error.code} ${error.message}`);
    if (!isRefusal(error)) return this.later(work, waitAfter(error, queryDelay(work)));
    // A refusal speaks of this request only. If an earlier one went unanswered, the gateway may have taken
    // that: stay in `sending`, so that the next step asks before it believes.
    if (work.state === 'sending' && (await this.ask(work))) return;
    const failed = await this.countFailure(work, error);
    if (failed === null) return;
    if (!failed) return this.later(work, waitOf(PAYOUT_WAITS.refusals, work.failures));
    await this.alerts.raise('transfer-failed', `transfer ${work.id}: ${error.code} ${error.message}`, {
      key: `transfer-failed:${work.id}:${work.retries}`,
      params: { transfer: work.id, gateway: work.gateway },
    });
  }

  /**
   * @returns whether the transfer has now failed, until a person retries it, and its money is the owner's again; null
   * when it was settled meanwhile
   */
  private async countFailure(work: TransferRow, error: GatewayError): Promise<boolean | null> {
    const row = await maybeRow<Row<PayTransfer, 'status'>>(
      this.db,
      `WITH transfer AS (
         UPDATE pay_transfer SET state = '${transferTransitions.sending.refused}', failures = failures + 1, fail_code = $3, fail_message = $4,
           deliver_at = $8, delivery_tries = 0, status = CASE WHEN failures + 1 >= $5 THEN '${transferStatusTransitions.processing.failed}' ELSE status END
         WHERE id = $1 AND out_transfer_no = $2 AND state = ANY($6) AND status IN ('pending', 'processing') RETURNING *
       ), booked AS (
         INSERT INTO pay_ledger (source, debit, credit, amount_fen, gateway, line, subject, order_id, at)
         SELECT 'unfreeze:' || t.id || ':' || t.retries || ':' || p.order_id || ':refused', 'frozen:' || t.owner, 'balance:' || t.owner,
           p.amount_fen, t.gateway, t.line, o.subject, p.order_id, $7
         FROM transfer t JOIN pay_transfer_portion p ON p.transfer_id = t.id JOIN pay_order o ON o.id = p.order_id WHERE t.status = 'failed'
       ) SELECT status FROM transfer`,
      [
        work.id,
        work.out_transfer_no,
        error.kind === 'insufficient' ? 'INSUFFICIENT' : 'REFUSED',
        `${error.code} ${error.message}`,
        MOST_REFUSALS,
        statesAccepting(transferTransitions, 'refused'),
        this.clock.now(),
        this.clock.wall(),
      ],
    );
    return row && row.status === 'failed';
  }

  /** What is held is looked at when somebody lets it go, at the latest after a while. */
  private async putOff(id: number, wall: Date): Promise<void> {
    await rows(
      this.db,
      `UPDATE pay_transfer SET check_at = $2 WHERE id = $1 AND ${isHeld('transfer', 'pay_transfer')}`,
      [id, after(wall, PAYOUT_WAITS.held)],
    );
  }

  private async later(work: TransferRow, seconds: number): Promise<void> {
    await rows(
      this.db,
      `UPDATE pay_transfer SET check_at = $2 WHERE id = $1 AND status IN ('pending', 'processing')`,
      [work.id, after(this.clock.wall(), seconds)],
    );
  }
}

function queryDelay(work: TransferRow): number {
  return waitOf(PAYOUT_WAITS.queries, work.queries);
}
