import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_alert')
export class SysAlert {
  @PrimaryColumn('text')
  key: string;

  @Column('text')
  title: string;

  @Column('text')
  detail: string;

  @Column('int', { default: 1 })
  times: number;

  @Column('timestamptz', { default: () => 'now()' })
  raisedAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  lastAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  pushedAt: Date;
}
