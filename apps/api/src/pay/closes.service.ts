import { Injectable } from '@nestjs/common';
import { addDays, businessDate, fen, yuanFromFen, sentence } from '@yajin/core';
import type { Console } from '@yajin/contract/console';
import { CloseRefused, Closes, isSeenTo, type CloseReport, type ClosedDay } from '@yajin/payment';
import { BusinessError, Clock } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { Audit, Idempotency, type IdempotencyKey, type Operator } from '../system/index.js';
import { groupOf, naturally } from './account-groups.js';
import { time } from './present.js';

/** The books by days: what moved, what is held, and whether the day is closed. */
@Injectable()
export class ClosesService {
  constructor(
    private readonly closes: Closes,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly idempotency: Idempotency,
  ) {}

  /** The latest day first. @param given `yyyy-MM`; where none is, that of yesterday, which is the next to be closed */
  async month(given: string | undefined): Promise<Console.PayCloseMonth> {
    const month = given ?? addDays(businessDate(this.clock.now()), -1).slice(0, 7);
    const days = await this.closes.month(`${month}-01`, lastOf(month));
    return { month, list: days.reverse().map(presentDay) };
  }

  /** A month as rows for an accountant's own books, the first day first. @param month `yyyy-MM` */
  async accounts(month: string): Promise<Console.PayCloseAccountMonth> {
    const reports = await this.closes.reports(`${month}-01`, lastOf(month));
    return {
      month,
      list: reports.flatMap((report) =>
        accountsOf(report).map((account) => ({ day: report.day, state: report.state, ...account })),
      ),
    };
  }

  /** @throws BusinessError 404 for a day that has not begun */
  async one(day: string): Promise<Console.PayClose> {
    return present(await this.closes.one(day));
  }

  /** @throws BusinessError 404, 409 */
  async close(
    operator: Operator,
    day: string,
    reason: string | null,
    key: IdempotencyKey | null,
  ): Promise<Console.PayClose> {
    try {
      return await this.idempotency.once(key, async (manager) => {
        await this.closes.close(manager, day, operator.username, reason);
        return this.audited(manager, operator, day, reason);
      });
    } catch (error) {
      throw error instanceof CloseRefused ? refusal(error) : error;
    }
  }

  private async audited(
    manager: EntityManager,
    operator: Operator,
    day: string,
    reason: string | null,
  ): Promise<Console.PayClose> {
    const close = present(await this.closes.report(manager, day));
    const open = close.gateways.reduce((sum, gateway) => sum + gateway.openDifferences, 0);
    await this.audit.record(manager, operator, {
      action: 'pay_close.close',
      target: ['pay_close', day],
      after: { day, reason, openDifferences: open },
    });
    return close;
  }
}

/** The last day of a month `yyyy-MM`. */
function lastOf(month: string): string {
  return addDays(`${addDays(`${month}-28`, 4).slice(0, 7)}-01`, -1);
}

function refusal({ reason }: CloseRefused): BusinessError {
  switch (reason) {
    case 'not over':
      return new BusinessError(409, sentence('close_day_open'));
    case 'order':
      return new BusinessError(409, sentence('close_earlier_first'));
    case 'closed':
      return new BusinessError(409, sentence('close_done'));
    case 'open':
      return new BusinessError(409, sentence('close_bills_open'));
  }
}

const yuan = (sum: number): number => yuanFromFen(fen(sum));

function presentDay(day: ClosedDay): Console.PayCloseDay {
  const of = (
    group: Console.PayAccountGroup,
    sum: 'openingFen' | 'inFen' | 'outFen' | 'closingFen',
  ): number =>
    day.accounts
      .filter(({ account }) => groupOf(account) === group)
      .reduce((total, account) => total + naturally(account)[sum], 0);
  return {
    ...facts(day),
    opening: yuan(of('money', 'openingFen')),
    in: yuan(of('money', 'inFen')),
    out: yuan(of('money', 'outFen')),
    closing: yuan(of('money', 'closingFen')),
    owed: yuan(of('owed', 'closingFen')),
    unclear: yuan(of('unclear', 'closingFen')),
    earned: yuan(of('earned', 'inFen') - of('earned', 'outFen')),
    fee: yuan(day.feeFen),
    differences: day.gateways.reduce((sum, { found }) => sum + found, 0),
    openDifferences: day.gateways.reduce((sum, { open }) => sum + open, 0),
  };
}

function facts(day: ClosedDay | CloseReport): Console.PayCloseFacts {
  const { closed } = day;
  return {
    day: day.day,
    state: day.state,
    closable: day.closable,
    seenTo: day.gateways.every(isSeenTo),
    closedBy: closed?.closed_by ?? null,
    closedAt: closed && time(closed.closed_at),
    reason: closed?.reason ?? null,
  };
}

function accountsOf(day: CloseReport): Console.PayCloseAccount[] {
  const accounts = day.accounts.map((row): Console.PayCloseAccount => {
    const sums = naturally({
      account: row.account,
      openingFen: row.opening_fen,
      inFen: row.in_fen,
      outFen: row.out_fen,
      closingFen: row.closing_fen,
    });
    return {
      line: row.line as Console.Line,
      gateway: row.gateway || null,
      group: groupOf(row.account),
      account: row.account,
      opening: yuan(sums.openingFen),
      in: yuan(sums.inFen),
      out: yuan(sums.outFen),
      closing: yuan(sums.closingFen),
      fee: yuan(row.fee_fen),
    };
  });
  return accounts.sort(byPlace);
}

/** @throws BusinessError 404 */
function present(day: CloseReport | null): Console.PayClose {
  if (!day) throw new BusinessError(404, sentence('close_not_begun'));
  return {
    ...facts(day),
    accounts: accountsOf(day),
    gateways: day.gateways.map((gateway) => ({
      gateway: gateway.gateway,
      bill: gateway.bill,
      differences: gateway.found,
      openDifferences: gateway.open,
      difference: yuan(gateway.difference_fen),
      held: heldIn(day, gateway.gateway),
    })),
  };
}

function heldIn({ held }: CloseReport, gateway: string): number | null {
  const sum = held.get(gateway);
  return sum === undefined ? null : yuan(sum);
}

const GROUPS: Console.PayAccountGroup[] = ['money', 'owed', 'unclear', 'earned', 'other'];

function byPlace(a: Console.PayCloseAccount, b: Console.PayCloseAccount): number {
  return (
    GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group) ||
    a.account.localeCompare(b.account) ||
    a.line.localeCompare(b.line) ||
    (a.gateway ?? '').localeCompare(b.gateway ?? '')
  );
}
