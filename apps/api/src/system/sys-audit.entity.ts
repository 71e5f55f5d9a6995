import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_audit')
export class SysAudit {
  @PrimaryColumn('bigint')
  id: number;

  @Column('timestamptz')
  at: Date;

  @Column('bigint', { nullable: true })
  userId: number | null;

  @Column('text')
  username: string;

  @Column('text')
  action: string;

  @Column('text', { nullable: true })
  targetType: string | null;

  @Column('text', { nullable: true })
  targetId: string | null;

  @Column('jsonb', { nullable: true })
  before: Record<string, unknown> | null;

  @Column('jsonb', { nullable: true })
  after: Record<string, unknown> | null;

  @Column('text', { nullable: true })
  ip: string | null;

  @Column('bytea')
  hash: Buffer;
}
