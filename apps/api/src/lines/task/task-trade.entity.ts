import type { Task } from '@yajin/contract/task';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('task_trade')
export class TaskTrade {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  taskId: number;

  @Column('bigint')
  orderId: number;

  @Column('bigint')
  userId: number;

  @Column('text')
  type: Task.TradeType;

  @Column('text', { nullable: true })
  outcome: 'counted' | 'unwanted' | null;

  @Column('text', { nullable: true })
  payMethod: string | null;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('timestamptz')
  createdAt: Date;
}
