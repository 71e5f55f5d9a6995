import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_config')
export class SysConfig {
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  value: string;

  @Column('timestamptz')
  updatedAt: Date;
}
