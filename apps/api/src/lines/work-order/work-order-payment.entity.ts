import type { WorkOrder } from '@yajin/contract/work-order';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('work_order_payment')
export class WorkOrderPayment {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  workOrderId: number;

  @Column('bigint')
  payOrderId: number;

  @Column('text')
  paymentNo: string;

  @Column('bigint')
  userId: number;

  @Column('text')
  type: WorkOrder.PaymentType;

  @Column('text')
  method: WorkOrder.PaymentMethod;

  @Column('bigint')
  amountFen: Fen;

  @Column('text', { default: 'pending' })
  status: WorkOrder.PaymentStatus;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  @Column('boolean', { default: false })
  earned: boolean;

  @Column('timestamptz')
  createdAt: Date;
}
