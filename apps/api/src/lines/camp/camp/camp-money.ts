import { fen, yuanFromFen, type Fen } from '@yajin/core';
import type { Camp } from '@yajin/contract';
import { depositsOf, type Deposits } from '@yajin/payment';
import { KeptFigures, rows, type Database } from '@yajin/server';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LINE } from '../camp.options.js';
import { owedDeposits } from '../refund/deposit-refunds.js';

/** What became of a camp's deposits, by the ledger. */
export interface CampMoney extends Deposits {
  /** Of those in hand, what is on its way back. */
  owedFen: Fen;
}

const NOTHING: CampMoney = {
  receivedFen: fen(0),
  inHandFen: fen(0),
  owedFen: fen(0),
  refundedFen: fen(0),
  incomeFen: fen(0),
};

/** @param campIds all camps where null. @returns of each camp; nothing but zeros of one that nobody paid for */
export async function moneyOfCamps(
  db: Database,
  campIds: number[] | null,
): Promise<{ of: (campId: number) => CampMoney; all: CampMoney[] }> {
  const deposits = await depositsOf(db, LINE, campIds && campIds.map(String));
  const owed = await rows<{ camp_id: number | null; fen: string }>(
    db,
    `SELECT camp_id, sum(owed_fen) AS fen FROM (${owedDeposits('($1::bigint[] IS NULL OR r.camp_id = ANY($1))')}) AS r GROUP BY camp_id`,
    [campIds],
  );
  const owedOf = new Map(owed.map((row) => [String(row.camp_id), fen(row.fen)]));
  const subjects = [...new Set([...deposits.keys(), ...owedOf.keys()])];
  const found = new Map(
    subjects.map((subject) => [
      subject,
      { ...NOTHING, ...deposits.get(subject), owedFen: owedOf.get(subject) ?? fen(0) },
    ]),
  );
  return { of: (campId) => found.get(String(campId)) ?? NOTHING, all: [...found.values()] };
}

/** Of all camps at one moment, for every page that shows some of it: kept for all of them together, so that their sums agree. */
@Injectable()
export class MoneyOfAllCamps {
  private readonly figures = new KeptFigures<Awaited<ReturnType<typeof moneyOfCamps>>>();

  constructor(private readonly db: DataSource) {}

  now(): ReturnType<typeof moneyOfCamps> {
    return this.figures.of('', () =>
      this.db.transaction('REPEATABLE READ', (manager) => moneyOfCamps(manager, null)),
    );
  }
}

export function presentMoney(...each: CampMoney[]): Camp.CampMoney {
  const sum = (part: keyof CampMoney): number =>
    yuanFromFen(fen(each.reduce((total, money) => total + money[part], 0)));
  return {
    received: sum('receivedFen'),
    inHand: sum('inHandFen'),
    owed: sum('owedFen'),
    refunded: sum('refundedFen'),
    income: sum('incomeFen'),
  };
}
