import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('pay_suspense')
export class PaySuspense {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  outTradeNo: string;

  @Column('bigint')
  orderId: number;

  @Column('text')
  line: string;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  reason: 'wrong_amount' | 'not_wanted';

  @Column('text')
  detail: string;

  @Column('text', { nullable: true })
  decision: 'assigned' | 'refunded' | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz')
  createdAt: Date;

  /** What the order had asked for. */
  @Column('bigint')
  askedFen: Fen;
}
