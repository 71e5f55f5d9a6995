import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Account } from '../ledger.js';

@Entity('pay_ledger')
export class PayLedger {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  source: string;

  @Column('text')
  debit: Account;

  @Column('text')
  credit: Account;

  @Column('bigint')
  amountFen: Fen;

  @Column('text', { nullable: true })
  gateway: string | null;

  @Column('text')
  line: string;

  @Column('text')
  subject: string;

  @Column('bigint')
  orderId: number;

  @Column('timestamptz')
  at: Date;

  @Column('timestamptz', { nullable: true })
  effectiveAt: Date | null;

  /** Of the books: when it happened, or the first one after it that was open. Null: booked before days were closed. */
  @Column('date', { nullable: true })
  day: string | null;
}
