import type { Task } from '@yajin/contract/task';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('task_task')
export class TaskEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  publisherId: number;

  @Column('bigint', { nullable: true })
  takerId: number | null;

  @Column('timestamptz', { nullable: true })
  heldUntil: Date | null;

  @Column('text')
  title: string;

  @Column('text')
  description: string;

  @Column('bigint')
  publishFeeFen: Fen;

  @Column('bigint')
  takeFeeFen: Fen;

  @Column('text', { default: 'pending_payment' })
  status: Task.TaskStatus;

  @Column('text', { nullable: true })
  reviewReason: string | null;

  @Column('text', { nullable: true })
  result: string | null;

  @Column('bigint', { nullable: true })
  publisherShareFen: Fen | null;

  @Column('bigint', { nullable: true })
  takerShareFen: Fen | null;

  @Column('bigint', { nullable: true })
  platformFeeFen: Fen | null;

  @Column('timestamptz', { nullable: true })
  settledAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
