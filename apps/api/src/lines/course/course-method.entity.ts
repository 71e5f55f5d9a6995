import type { Course } from '@yajin/contract/course';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('course_method')
export class CourseMethod {
  @PrimaryColumn('text')
  id: Course.PaymentMethod;

  @Column('boolean', { default: true })
  enabled: boolean;
}
