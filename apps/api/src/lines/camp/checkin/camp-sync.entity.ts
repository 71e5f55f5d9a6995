import type { Camp } from '@yajin/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_sync')
export class CampSync {
  @PrimaryColumn('bigint')
  campId: number;

  @Column('timestamptz', { nullable: true })
  leaseUntil: Date | null;

  @Column('uuid', { nullable: true })
  runId: string | null;

  @Column('timestamptz', { nullable: true })
  triedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  syncedAt: Date | null;

  @Column('boolean', { default: false })
  partial: boolean;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('int', { nullable: true })
  failCode: Camp.SyncState['failCode'];

  @Column('timestamptz', { nullable: true })
  resumeAt: Date | null;

  @Column('int', { default: 0 })
  skipped: number;
}
