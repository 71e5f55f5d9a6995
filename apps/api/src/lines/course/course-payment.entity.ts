import type { Course } from '@yajin/contract/course';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('course_payment')
export class CoursePayment {
  @PrimaryColumn('uuid')
  id: string;

  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  number: number;

  @Column('uuid')
  bookingId: string;

  @Column('bigint')
  orderId: number;

  @Column('text')
  method: Course.PaymentMethod;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  description: string;

  @Column('json')
  metadata: Course.Metadata;

  @Column('text', { default: 'pending' })
  status: Course.PaymentStatus;

  @Column('timestamptz', { nullable: true })
  paidAt: Date | null;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('boolean', { default: true })
  incomeDue: boolean;
}
