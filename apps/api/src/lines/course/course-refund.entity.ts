import type { Course } from '@yajin/contract/course';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('course_refund')
export class CourseRefund {
  @PrimaryColumn('uuid', { default: () => 'gen_random_uuid()' })
  id: string;

  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  number: number;

  @Column('uuid')
  paymentId: string;

  @Column('text')
  source: string;

  @Column('boolean', { default: false })
  surplus: boolean;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  reason: string;

  @Column('text', { default: '' })
  description: string;

  @Column('text', { default: 'pending' })
  status: Course.RefundStatus;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('timestamptz', { nullable: true })
  completedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;
}
