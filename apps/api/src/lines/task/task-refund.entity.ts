import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('task_refund')
export class TaskRefund {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('text')
  refundNo: string;

  @Column('bigint')
  tradeId: number;

  @Column('text')
  source: string;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;
}
