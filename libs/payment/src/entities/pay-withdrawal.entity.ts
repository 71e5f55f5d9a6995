import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What left the merchant's account for the bank, and whether it has arrived, as a person says. */
@Entity('pay_withdrawal')
export class PayWithdrawal {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  gateway: string;

  @Column('text')
  flowNo: string;

  /** Of the statement. */
  @Column('date')
  day: string;

  @Column('timestamptz')
  at: Date;

  @Column('text')
  said: string;

  @Column('text', { nullable: true })
  gatewayNo: string | null;

  @Column('bigint')
  amountFen: Fen;

  @Column('text', { default: 'waiting' })
  state: 'waiting' | 'arrived' | 'missing';

  /** The bank's reference, or what is known. */
  @Column('text', { nullable: true })
  note: string | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  /** When people were told that nobody had confirmed it. */
  @Column('timestamptz', { nullable: true })
  alertedAt: Date | null;
}
