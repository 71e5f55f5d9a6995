import type { WorkOrder } from '@yajin/contract/work-order';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ClosedBy } from './work-order.rules.js';

@Entity('work_order')
export class WorkOrderEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  serviceTypeId: number;

  @Column('bigint')
  userId: number;

  @Column('bigint', { nullable: true })
  electricianId: number | null;

  @Column('text', { default: '' })
  description: string;

  @Column('text', { default: 'pending_payment' })
  status: WorkOrder.OrderStatus;

  @Column('text', { nullable: true })
  closedBy: ClosedBy | null;

  @Column('bigint')
  prepayFen: Fen;

  @Column('bigint', { nullable: true })
  finalFen: Fen | null;

  @Column('timestamptz')
  createdAt: Date;
}
