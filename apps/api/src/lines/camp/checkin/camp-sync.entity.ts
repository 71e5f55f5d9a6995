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

  /** Whether older posts of the camp may be unknown: the next walk has to go down to the camp's first day. */
  @Column('boolean', { default: false })
  partial: boolean;

  @Column('text', { nullable: true })
  error: string | null;

  @Column('int', { nullable: true })
  failCode: Camp.SyncState['failCode'];

  /** Where a walk that broke off had come to: what is older is still to be read. */
  @Column('timestamptz', { nullable: true })
  resumeAt: Date | null;

  @Column('int', { default: 0 })
  skipped: number;
}
