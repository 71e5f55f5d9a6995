import { Injectable } from '@nestjs/common';
import { Clock, forgetAnchorsFrom, rows } from '@yajin/server';
import type { EntityManager } from 'typeorm';
import { SecondPerson } from './second-person.js';

/**
 * Takes refunds back that may not be sent yet: their row decides, in which the sender writes that it sends them. Nothing outside has heard
 * of them, so they leave with their numbers; what was reserved is free again, whoever should have been the second person is asked no
 * more, and what counted for its decider's day does not. One of which somebody says that it was paid by other means stays. Refunds are taken in the
 * order of their ids, then payments in that of their numbers, then deciders, as everywhere.
 */
const WITHDRAW = `
WITH wanted AS (
  SELECT w.* FROM unnest($1::text[], $2::text[]) AS w (source, decider)
), held AS (
  SELECT r.id, w.decider FROM pay_refund r JOIN wanted w USING (source) WHERE r.status = 'pending' AND r.not_before > $3
    AND NOT EXISTS (SELECT FROM pay_refund_outside x WHERE x.refund_id = r.id)
  ORDER BY r.id FOR UPDATE OF r
), gone AS (
  DELETE FROM pay_refund r USING held WHERE r.id = held.id
  RETURNING r.id, r.source, r.line, r.out_trade_no, r.amount_fen, r.created_at, held.decider
), number AS (
  DELETE FROM pay_refund_attempt a USING gone WHERE a.refund_id = gone.id
), approval AS (
  DELETE FROM pay_approval a USING gone WHERE a.refund_id = gone.id RETURNING a.refund_id
), payment AS (
  SELECT gone.* FROM pay_attempt a JOIN gone USING (out_trade_no) ORDER BY a.out_trade_no FOR UPDATE OF a
), released AS (
  UPDATE pay_attempt a SET reserved_fen = a.reserved_fen - payment.amount_fen FROM payment WHERE a.out_trade_no = payment.out_trade_no
), counted AS (
  SELECT decider, (created_at AT TIME ZONE 'Asia/Shanghai')::date AS day, sum(amount_fen) AS amount_fen FROM payment
  WHERE NOT EXISTS (SELECT FROM approval WHERE approval.refund_id = payment.id) GROUP BY 1, 2
), decided AS (
  SELECT p.who, p.day, counted.amount_fen FROM pay_approved p JOIN counted ON p.who = counted.decider AND p.day = counted.day
  ORDER BY p.who, p.day FOR UPDATE OF p
), let_go AS (
  UPDATE pay_approved p SET amount_fen = greatest(0, p.amount_fen - decided.amount_fen) FROM decided WHERE p.who = decided.who AND p.day = decided.day
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
