import type { Gym } from '@yajin/contract/gym';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('gym_offer')
export class GymOffer {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  type: Gym.PaymentType;

  @Column('text')
  name: string;

  @Column('bigint')
  amountFen: Fen;

  @Column('int')
  quantity: number;

  @Column('boolean', { default: true })
  active: boolean;

  @Column('timestamptz')
  createdAt: Date;
}
