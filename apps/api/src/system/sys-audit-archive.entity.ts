import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_audit_archive')
export class SysAuditArchive {
  @PrimaryColumn('bigint')
  lastId: number;

  @Column('text')
  file: string;

  @Column('timestamptz')
  archivedAt: Date;

  @Column('text')
  sealed: string;
}
