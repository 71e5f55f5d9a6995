import { Injectable } from '@nestjs/common';
import { Clock, forgetAnchorsFrom, rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { SecondPerson } from './second-person.js';

/**
 * Takes refunds back that may not be sent yet: their row decides, in which the sender writes that it sends them. Nothing outside has heard
 * of them, so they leave with their numbers; what was reserved is free again, whoever should have been the second person is asked no
 * more, and what counted for its decider's day does not.
 */
const WITHDRAW = `
WITH wanted AS (
  SELECT w.* FROM unnest($1::text[], $2::text[]) AS w (source, decider)
), gone AS (
  DELETE FROM pay_refund r USING wanted w WHERE r.source = w.source AND r.status = 'pending' AND r.not_before > $3
  RETURNING r.id, r.source, r.line, r.out_trade_no, r.amount_fen, r.created_at, w.decider
), number AS (
  DELETE FROM pay_refund_attempt a USING gone WHERE a.refund_id = gone.id
), approval AS (
  DELETE FROM pay_approval a USING gone WHERE a.refund_id = gone.id RETURNING a.refund_id
), released AS (
  UPDATE pay_attempt a SET reserved_fen = a.reserved_fen - gone.amount_fen FROM gone WHERE a.out_trade_no = gone.out_trade_no
), counted AS (
  SELECT decider, (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day, sum(amount_fen) AS amount_fen FROM gone
  WHERE NOT EXISTS (SELECT FROM approval WHERE approval.refund_id = gone.id) GROUP BY 1, 2
), let_go AS (
  UPDATE pay_approved p SET amount_fen = greatest(0, p.amount_fen - counted.amount_fen) FROM counted WHERE p.who = counted.decider AND p.day = counted.day
) SELECT id, source, line, EXISTS (SELECT FROM approval WHERE approval.refund_id = gone.id) AS approved FROM gone`;

/** Refunds that are taken back before they can be sent. */
@Injectable()
export class RefundWithdrawals {
  constructor(
    private readonly clock: Clock,
    private readonly secondPerson: SecondPerson,
  ) {}

  /**
   * In the caller's transaction, each of another payment. What is being sent, or may be by now, stays.
   * @param asked by the source of the refund, who decided that it goes back
   * @returns the sources of those that are gone
   */
  async withdraw(manager: EntityManager, asked: ReadonlyMap<string, string>): Promise<Set<string>> {
    if (asked.size === 0) return new Set();
    const gone = await rows<{ id: number; source: string; line: string; approved: boolean }>(
      manager,
      WITHDRAW,
      [[...asked.keys()], [...asked.values()], this.clock.wall()],
    );
    if (gone.some(({ approved }) => approved)) await this.secondPerson.clearAlert(manager);
    if (gone.length > 0) {
      const lists = new Set(gone.flatMap(({ line }) => ['pay_refund:', `pay_refund:${line}`]));
      await forgetAnchorsFrom(manager, [...lists], Math.min(...gone.map(({ id }) => id)));
    }
    return new Set(gone.map(({ source }) => source));
  }
}
