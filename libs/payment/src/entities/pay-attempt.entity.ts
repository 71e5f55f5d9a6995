import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Scene } from '../gateway.js';
import type { AttemptState } from '../states.js';

@Entity('pay_attempt')
export class PayAttempt {
  @PrimaryColumn('text')
  outTradeNo: string;

  @Column('bigint')
  orderId: number;

  @Column('text')
  gateway: string;

  @Column('text', { nullable: true })
  scene: Scene | null;

  @Column('text', { default: 'created' })
  state: AttemptState;

  @Column('text', { nullable: true })
  token: string | null;

  @Column('timestamptz', { nullable: true })
  tokenAt: Date | null;

  @Column('text', { nullable: true })
  payerId: string | null;

  @Column('bigint')
  amountFen: Fen;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  @Column('text', { nullable: true })
  heldIn: 'deposit' | 'surplus' | 'unallocated' | 'suspense' | null;

  @Column('bigint', { default: 0 })
  refundedFen: Fen;

  @Column('bigint', { default: 0 })
  reservedFen: Fen;

  @Column('timestamptz', { nullable: true })
  queryAt: Date | null;

  @Column('timestamptz', { nullable: true })
  queriedAt: Date | null;

  @Column('int', { default: 0 })
  queries: number;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { nullable: true })
  diesAt: Date | null;

  @Column('bigint', { default: 0 })
  movedFen: Fen;

  @Column('bigint', { nullable: true })
  feeFen: Fen | null;

  @Column('text', { nullable: true })
  feeFrom: 'rate' | 'bill' | null;

  @Column('text', { nullable: true })
  payerIndex: string | null;
}
