import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_retention')
export class SysRetention {
  @PrimaryColumn('text')
  name: string;

  @Column('bigint', { default: 0 })
  cursor: number;

  @Column('boolean', { default: false })
  finished: boolean;

  @Column('bigint', { default: 0 })
  total: number;

  @Column('bigint', { default: 0 })
  last: number;

  @Column('timestamptz')
  ranAt: Date;

  /** What was left when it ended; null where nobody counts. */
  @Column('bigint', { nullable: true })
  waiting: number | null;

  @Column('boolean', { default: false })
  failed: boolean;
}
