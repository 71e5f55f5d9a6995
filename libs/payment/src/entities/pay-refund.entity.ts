import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RefundStatus } from '../states.js';

@Entity('pay_refund')
export class PayRefund {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  source: string;

  @Column('text')
  line: string;

  @Column('bigint')
  orderId: number;

  @Column('text')
  outTradeNo: string;

  @Column('bigint')
  amountFen: Fen;

  /** One of the kernel's own, or a line's words: see `reasonInWords`. */
  @Column('text')
  reason: string;

  @Column('text', { default: 'pending' })
  status: RefundStatus;

  @Column('timestamptz', { nullable: true })
  deliverAt: Date | null;

  @Column('text', { nullable: true })
  failCode: string | null;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('int', { default: 0 })
  failures: number;

  @Column('int', { default: 0 })
  retries: number;

  @Column('text', { nullable: true })
  gatewayRefundId: string | null;

  @Column('timestamptz', { nullable: true })
  succeededAt: Date | null;

  @Column('timestamptz')
  checkAt: Date;

  @Column('timestamptz')
  createdAt: Date;

  @Column('text')
  gateway: string;

  /** When its number was first sent; real time. */
  @Column('timestamptz', { nullable: true })
  sentAt: Date | null;

  @Column('int', { default: 0 })
  deliveryTries: number;

  /** Before then it is not sent, and can be withdrawn; real time. */
  @Column('timestamptz', { nullable: true })
  notBefore: Date | null;
}
