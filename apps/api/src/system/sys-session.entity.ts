import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_session')
export class SysSession {
  @PrimaryColumn('uuid')
  id: string;

  @Column('bigint')
  userId: number;

  @Column('timestamptz')
  expiresAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  seenAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  freshAt: Date;

  @Column('text', { nullable: true })
  ip: string | null;

  @Column('text', { nullable: true })
  userAgent: string | null;

  @Column('bigint', { default: 0 })
  approvedFen: Fen;
}
