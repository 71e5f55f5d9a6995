import type { Console } from '@yajin/contract/console';
import type { Course } from '@yajin/contract/course';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('course_booking')
export class CourseBooking {
  @PrimaryColumn('uuid', { default: () => 'gen_random_uuid()' })
  id: string;

  @Column({ type: 'bigint', generatedIdentity: 'ALWAYS', insert: false, update: false })
  number: number;

  @Column('text')
  type: Course.OrderType;

  @Column('text')
  userId: string;

  @Column('uuid', { nullable: true })
  courseId: string | null;

  @Column('text')
  title: string;

  @Column('timestamptz', { nullable: true })
  startsAt: Date | null;

  @Column('bigint')
  amountFen: Fen;

  @Column('text', { default: 'unpaid' })
  status: Console.CourseBookingStatus;

  @Column('uuid', { nullable: true })
  paidWith: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
