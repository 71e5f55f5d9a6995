import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RefundAttemptState } from '../states.js';

@Entity('pay_refund_attempt')
export class PayRefundAttempt {
  @PrimaryColumn('text')
  outRefundNo: string;

  @Column('bigint')
  refundId: number;

  @Column('text', { default: 'created' })
  state: RefundAttemptState;

  @Column('int', { default: 0 })
  requests: number;

  @Column('int', { default: 0 })
  queries: number;

  @Column('timestamptz')
  createdAt: Date;
}
