import type { Console } from '@yajin/contract/console';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('gym_refund')
export class GymRefund {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('bigint')
  paymentId: number;

  @Column('bigint')
  amountFen: Fen;

  @Column('int')
  quantity: number;

  @Column('text')
  reason: string;

  @Column('text', { default: 'pending' })
  status: Console.MoneyStatus;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('text')
  requestedBy: string;

  @Column('timestamptz', { nullable: true })
  completedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
