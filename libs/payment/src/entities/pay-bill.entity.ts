import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_bill')
export class PayBill {
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('date')
  day: string;

  /** `none`: nothing happened that day. `waiting` and `broken` are fetched again; what was read before stays. */
  @Column('text', { default: 'waiting' })
  state: 'waiting' | 'complete' | 'none' | 'broken';

  @Column('text', { nullable: true })
  reason: string | null;

  /** Of the rows that were read last; null where none were ever read whole. */
  @Column('text', { nullable: true })
  hash: string | null;

  @Column('int', { default: 0 })
  rowCount: number;

  @Column('bigint', { default: 0 })
  paidFen: Fen;

  @Column('bigint', { default: 0 })
  refundedFen: Fen;

  /** What the gateway kept, less what it gave back; null where the bill does not say. */
  @Column('bigint', { nullable: true })
  feeFen: number | null;

  /** How often it was read whole, and how often it could not be since. */
  @Column('int', { default: 0 })
  reads: number;

  @Column('int', { default: 0 })
  failures: number;

  /** When it is fetched next, as business time; null: not by itself any more. */
  @Column('timestamptz', { nullable: true })
  checkAt: Date | null;

  /** Real time. */
  @Column('timestamptz', { nullable: true })
  readAt: Date | null;

  /** When all that differs from the rows that were read last was known and written down, as real time; null: not yet. */
  @Column('timestamptz', { nullable: true })
  matchedAt: Date | null;
}
