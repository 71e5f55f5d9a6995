import type { Console } from '@yajin/contract/console';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('work_order_refund')
export class WorkOrderRefund {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  paymentId: number;

  @Column('text')
  reason: string;

  @Column('boolean', { default: false })
  automatic: boolean;

  @Column('text', { default: 'pending' })
  status: Console.WorkOrderRefundStatus;

  @Column('text', { nullable: true })
  adminNotes: string | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  @Column('bigint', { nullable: true })
  payRefundId: number | null;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
