import type { Gym } from '@yajin/contract/gym';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('gym_payment')
export class GymPayment {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  memberId: number;

  @Column('bigint')
  offerId: number;

  @Column('bigint')
  orderId: number;

  @Column('text')
  type: Gym.PaymentType;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  description: string;

  @Column('text', { default: 'pending' })
  status: Gym.Payment['status'];

  @Column('text', { nullable: true })
  transactionSealed: string | null;

  @Column('text', { nullable: true })
  transactionIndex: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('boolean', { default: true })
  incomeDue: boolean;
}
