import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_audit_key')
export class SysAuditKey {
  @PrimaryColumn('bigint')
  fromId: number;

  @Column('text')
  sealed: string;
}
