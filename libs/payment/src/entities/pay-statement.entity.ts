import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What the merchant's account at a gateway did on a day, as its statement says it. */
@Entity('pay_statement')
export class PayStatement {
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('date')
  day: string;

  /** `none`: nothing moved that day. `waiting` and `broken` are fetched again; what was read before stays. */
  @Column('text', { default: 'waiting' })
  state: 'waiting' | 'complete' | 'none' | 'broken';

  @Column('text', { nullable: true })
  reason: string | null;

  /** Of the movements that were read last; null where none were ever read whole. */
  @Column('text', { nullable: true })
  hash: string | null;

  @Column('int', { default: 0 })
  rowCount: number;

  /** Null where it does not say, or nothing moved. */
  @Column('bigint', { nullable: true })
  openingFen: number | null;

  @Column('bigint', { nullable: true })
  closingFen: number | null;

  @Column('bigint', { default: 0 })
  inFen: Fen;

  @Column('bigint', { default: 0 })
  outFen: Fen;

  /** Of each kind: what came in less what went out. */
  @Column('bigint', { default: 0 })
  paymentFen: number;

  @Column('bigint', { default: 0 })
  refundFen: number;

  /** What the gateway kept less what it gave back. */
  @Column('bigint', { default: 0 })
  feeFen: number;

  @Column('bigint', { default: 0 })
  withdrawalFen: number;

  @Column('bigint', { default: 0 })
  otherFen: number;

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
}
