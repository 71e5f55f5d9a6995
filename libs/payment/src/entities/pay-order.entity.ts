import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { OrderStatus } from '../states.js';

@Entity('pay_order')
export class PayOrder {
  @PrimaryColumn('bigint')
  id: number;

  @Column('text')
  orderNo: string;

  @Column('text')
  line: string;

  @Column('text')
  subject: string;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  description: string;

  @Column('text', { default: '' })
  attach: string;

  @Column('text', { default: 'pending' })
  status: OrderStatus;

  @Column('text', { nullable: true })
  payerId: string | null;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  @Column('text', { nullable: true })
  paidWith: string | null;

  /** When its line is to hear of it, as real time; in whole milliseconds once the delivery was taken up. */
  @Column('timestamptz', { nullable: true })
  deliverAt: Date | null;

  @Column('text', { nullable: true })
  claimedTrade: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  closeAt: Date;

  @Column('int', { default: 0 })
  closeTries: number;

  @Column('int', { default: 0 })
  deliveryTries: number;

  @Column('text', { nullable: true })
  payerIndex: string | null;

  @Column('timestamptz', { nullable: true })
  hintedAt: Date | null;
}
