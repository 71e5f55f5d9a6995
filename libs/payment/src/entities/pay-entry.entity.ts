import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** An account between which and another people may post. */
export type EntryAccount = 'clearing' | 'deposit' | 'outside' | 'receivable' | 'income';

/** An entry by hand. Posted, it stays: only another one takes it back. */
@Entity('pay_entry')
export class PayEntry {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('bigint')
  orderId: number;

  @Column('text')
  debit: EntryAccount;

  @Column('text')
  credit: EntryAccount;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  reason: string;

  @Column('text')
  evidence: string;

  /** The posted entry that it takes back. */
  @Column('bigint', { nullable: true })
  reverses: number | null;

  @Column('text', { default: 'proposed' })
  state: 'proposed' | 'posted' | 'refused';

  @Column('text')
  proposedBy: string;

  @Column('timestamptz')
  proposedAt: Date;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  /** Why it was refused. */
  @Column('text', { nullable: true })
  note: string | null;
}
