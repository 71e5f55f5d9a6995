import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_audit_checkpoint')
export class SysAuditCheckpoint {
  @PrimaryColumn('text')
  name: string;

  @Column('text')
  sealed: string;
}
