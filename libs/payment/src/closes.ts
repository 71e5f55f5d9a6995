import { Injectable } from '@nestjs/common';
import { addDays, businessDate, fen, type Fen } from '@yajin/core';
import { Clock, maybeRow, onlyRow, rows, type Database, type Row } from '@yajin/server';
import { DataSource, type EntityManager } from 'typeorm';
import { Bills } from './bills.js';
import {
  OPEN_ACCOUNTS,
  openFees,
  openGateways,
  openMovements,
  type AccountSums,
  type GatewaySums,
} from './close-sums.js';
import { heldAfter } from './statement-facts.js';
import type { PayClose } from './entities/pay-close.entity.js';

/** That of the triggers that give postings their day: whoever posts shares it, whoever closes has it alone. */
const LOCK = 7_215_086;

/**
 * - `not over`: the day has not ended
 * - `order`: the day before it is not closed
 * - `closed`: somebody has closed it
 * - `open`: a bill is not read, or a difference is open, and no reason was given
 */
export type CloseReason = 'not over' | 'order' | 'closed' | 'open';

export class CloseRefused extends Error {
  override readonly name = 'CloseRefused';
  constructor(readonly reason: CloseReason) {
    super(`close refused: ${reason}`);
  }
}

/** `running` has not ended, `open` has, `closed` is as it stays. */
export type DayState = 'running' | 'open' | 'closed';

interface DayFacts {
  day: string;
  state: DayState;
  /** Whether it is the one to be closed next. */
  closable: boolean;
  closed: Row<PayClose> | null;
  gateways: GatewaySums[];
}

/** A day of a month. Sums are of all lines and gateways, by account, debits less credits. */
export interface ClosedDay extends DayFacts {
  accounts: { account: string; openingFen: Fen; inFen: Fen; outFen: Fen; closingFen: Fen }[];
  feeFen: number;
}

/** A day with its accounts, by line and gateway. */
export interface CloseReport extends DayFacts {
  accounts: AccountSums[];
  /** What the merchant's accounts held when it ended, by gateway, in fen; as their statements say it today, not as it was when it was closed. */
  held: ReadonlyMap<string, number>;
}

/** The books by days: each begins where the one before it ended, and once closed stays as it is. */
@Injectable()
export class Closes {
  constructor(
    private readonly db: DataSource,
    private readonly clock: Clock,
    private readonly bills: Bills,
  ) {}

  /** The days from one to another that have begun, the first first. As of one moment. */
  month(from: string, to: string): Promise<ClosedDay[]> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const today = businessDate(this.clock.now());
      const days: string[] = [];
      for (let day = from; day <= to && day <= today; day = addDays(day, 1)) days.push(day);
      const last = await lastClosed(manager);
      const { sums, fees } = await this.closedSums(manager, from, to);
      const begin = last !== null && last >= from ? addDays(last, 1) : from;
      const open = begin <= to ? await openMovements(manager, last, begin, to) : [];
      const openFee = begin <= to ? await openFees(manager, begin, to) : new Map<string, number>();
      let held = last === null ? new Map<string, number>() : await balancesOf(manager, last);
      held = added(
        held,
        open.filter(({ day }) => day < begin),
      );
      const gateways = await this.gatewaysOf(manager, days, last);
      const closes = await this.closesOf(manager, from, to);
      return days.map((day) => {
        const frozen = sums.get(day);
        const moved = open.filter((each) => each.day === day);
        const accounts = closes.has(day) ? (frozen ?? []) : accountsOf(held, moved);
        if (!closes.has(day)) held = added(held, moved);
        return {
          ...this.facts(day, today, last, closes.get(day) ?? null),
          gateways: gateways.get(day) ?? [],
          accounts,
          feeFen: closes.has(day) ? (fees.get(day) ?? 0) : (openFee.get(day) ?? 0),
        };
      });
    });
  }

  /** @returns null for a day that has not begun */
  one(day: string): Promise<CloseReport | null> {
    return this.db.transaction('REPEATABLE READ', (manager) => this.report(manager, day));
  }

  /** Each day from one to another that has begun, with its accounts, the first first. As of one moment. */
  reports(from: string, to: string): Promise<CloseReport[]> {
    return this.db.transaction('REPEATABLE READ', async (manager) => {
      const found: CloseReport[] = [];
      for (let day = from; day <= to; day = addDays(day, 1)) {
        const report = await this.report(manager, day);
        if (!report) break;
        found.push(report);
      }
      return found;
    });
  }

  /** As `one`, in the caller's transaction. */
  async report(manager: EntityManager, day: string): Promise<CloseReport | null> {
    const today = businessDate(this.clock.now());
    if (day > today) return null;
    const last = await lastClosed(manager);
    const closed = await maybeRow<Row<PayClose>>(manager, 'SELECT * FROM pay_close WHERE day = $1', [day]);
    const isOpen = last === null || day > last;
    const accounts = closed
      ? await rows<AccountSums>(manager, 'SELECT * FROM pay_close_account WHERE day = $1', [day])
      : // Of a day before the first that was closed only the sum is known, and that stands with the first.
        isOpen
        ? await rows<AccountSums>(manager, OPEN_ACCOUNTS, [day, last])
        : [];
    const gateways = (await this.gatewaysOf(manager, [day], last)).get(day) ?? [];
    const held = await heldAfter(
      manager,
      gateways.map(({ gateway }) => gateway),
      day,
    );
    return { ...this.facts(day, today, last, closed), gateways, accounts, held };
  }

  /**
   * Closes a day for good, in the caller's transaction. Nobody posts meanwhile: what comes later belongs to the next day.
   * @param reason why it is closed although a bill is not read or a difference is open; null for none
   * @throws CloseRefused
   */
  async close(manager: EntityManager, day: string, by: string, reason: string | null): Promise<void> {
    await rows(manager, 'SELECT pg_advisory_xact_lock($1)', [LOCK]);
    const last = await lastClosed(manager);
    if (last !== null && day <= last) throw new CloseRefused('closed');
    if (day >= businessDate(this.clock.now())) throw new CloseRefused('not over');
    if (last !== null && day !== addDays(last, 1)) throw new CloseRefused('order');
    const gateways = (await this.gatewaysOf(manager, [day], last)).get(day) ?? [];
    if (reason === null && !gateways.every(isSeenTo)) throw new CloseRefused('open');
    await rows(manager, 'INSERT INTO pay_close (day, closed_by, closed_at, reason) VALUES ($1, $2, $3, $4)', [
      day,
      by,
      this.clock.now(),
      reason,
    ]);
    await rows(
      manager,
      `INSERT INTO pay_close_account (day, line, gateway, account, opening_fen, in_fen, out_fen, closing_fen, fee_fen)
       SELECT $1::date, s.* FROM (${OPEN_ACCOUNTS}) AS s`,
      [day, last],
    );
    await rows(
      manager,
      `INSERT INTO pay_close_gateway (day, gateway, bill, found, open, difference_fen)
       SELECT $1::date, s.* FROM (${openGateways('$1::date', '$2')}) AS s`,
      [day, this.bills.names],
    );
  }

  private facts(
    day: string,
    today: string,
    last: string | null,
    closed: Row<PayClose> | null,
  ): Omit<DayFacts, 'gateways'> {
    const state = closed ? 'closed' : day >= today ? 'running' : 'open';
    const closable = state === 'open' && (last === null || day === addDays(last, 1));
    return { day, state, closable, closed };
  }

  private async closesOf(db: Database, from: string, to: string): Promise<Map<string, Row<PayClose>>> {
    const found = await rows<Row<PayClose>>(db, 'SELECT * FROM pay_close WHERE day BETWEEN $1 AND $2', [
      from,
      to,
    ]);
    return new Map(found.map((row) => [row.day, row]));
  }

  private async closedSums(
    db: Database,
    from: string,
    to: string,
  ): Promise<{ sums: Map<string, ClosedDay['accounts']>; fees: Map<string, number> }> {
    const found = await rows<{
      day: string;
      account: string;
      opening: number;
      ins: number;
      outs: number;
      closing: number;
      fee: number;
    }>(
      db,
      `SELECT day, account, sum(opening_fen)::bigint AS opening, sum(in_fen)::bigint AS ins, sum(out_fen)::bigint AS outs,
         sum(closing_fen)::bigint AS closing, sum(fee_fen)::bigint AS fee
       FROM pay_close_account WHERE day BETWEEN $1 AND $2 GROUP BY day, account ORDER BY day, account`,
      [from, to],
    );
    const sums = new Map<string, ClosedDay['accounts']>();
    const fees = new Map<string, number>();
    for (const row of found) {
      const account = {
        account: row.account,
        openingFen: fen(row.opening),
        inFen: fen(row.ins),
        outFen: fen(row.outs),
        closingFen: fen(row.closing),
      };
      sums.set(row.day, [...(sums.get(row.day) ?? []), account]);
      fees.set(row.day, (fees.get(row.day) ?? 0) + row.fee);
    }
    return { sums, fees };
  }

  /** Of closed days as they were then, of open ones as they are. */
  private async gatewaysOf(
    db: Database,
    days: string[],
    last: string | null,
  ): Promise<Map<string, GatewaySums[]>> {
    const found = await rows<GatewaySums & { day: string }>(
      db,
      `SELECT d.day, g.* FROM unnest($1::date[]) AS d (day) JOIN LATERAL (
         SELECT gateway, bill, found, open, difference_fen FROM pay_close_gateway c WHERE c.day = d.day AND d.day <= coalesce($3::date, '-infinity')
         UNION ALL SELECT s.* FROM (${openGateways('d.day', '$2')}) AS s WHERE d.day > coalesce($3::date, '-infinity')
       ) AS g ON true ORDER BY d.day, g.gateway`,
      [days, this.bills.names, last],
    );
    const byDay = new Map<string, GatewaySums[]>();
    for (const { day, ...gateway } of found) byDay.set(day, [...(byDay.get(day) ?? []), gateway]);
    return byDay;
  }
}

/** Whether nothing of a gateway's bill is left to be done. */
export function isSeenTo({ bill, open }: Pick<GatewaySums, 'bill' | 'open'>): boolean {
  return (bill === 'complete' || bill === 'none') && open === 0;
}

async function lastClosed(db: Database): Promise<string | null> {
  return (await onlyRow<{ day: string | null }>(db, 'SELECT max(day) AS day FROM pay_close')).day;
}

async function balancesOf(db: Database, day: string): Promise<Map<string, number>> {
  const found = await rows<{ account: string; fen: number }>(
    db,
    'SELECT account, sum(closing_fen)::bigint AS fen FROM pay_close_account WHERE day = $1 GROUP BY account',
    [day],
  );
  return new Map(found.map((row) => [row.account, row.fen]));
}

type Moved = { account: string; inFen: Fen; outFen: Fen };

function added(held: Map<string, number>, moved: Moved[]): Map<string, number> {
  const sums = new Map(held);
  for (const { account, inFen, outFen } of moved)
    sums.set(account, (sums.get(account) ?? 0) + inFen - outFen);
  return sums;
}

function accountsOf(held: Map<string, number>, moved: Moved[]): ClosedDay['accounts'] {
  const names = [...new Set([...held.keys(), ...moved.map(({ account }) => account)])].sort();
  return names.map((account) => {
    const of = moved.filter((each) => each.account === account);
    const inFen = fen(of.reduce((sum, each) => sum + each.inFen, 0));
    const outFen = fen(of.reduce((sum, each) => sum + each.outFen, 0));
    const openingFen = fen(held.get(account) ?? 0);
    return { account, openingFen, inFen, outFen, closingFen: fen(openingFen + inFen - outFen) };
  });
}
