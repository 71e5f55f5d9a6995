import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What a payment of a closed day costs otherwise than was thought; of the first day that is open. */
@Entity('pay_fee_change')
export class PayFeeChange {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('date')
  day: string;

  @Column('text')
  line: string;

  @Column('text')
  gateway: string;

  @Column('text')
  outTradeNo: string;

  @Column('bigint')
  feeFen: Fen;
}
