import type { Camp } from '@yajin/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_sync_task_camp')
export class CampSyncTaskCamp {
  @PrimaryColumn('text')
  taskId: string;

  @PrimaryColumn('bigint')
  campId: number;

  @Column('text', { default: 'waiting' })
  status: Camp.SyncTaskCamp['status'];

  @Column('int', { default: 0 })
  newCheckins: number;

  @Column('int', { default: 0 })
  updatedMembers: number;

  @Column('int', { nullable: true })
  failCode: Camp.SyncTaskCamp['failCode'];

  @Column('text', { nullable: true })
  failReason: string | null;
}
