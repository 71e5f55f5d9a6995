import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('sys_totp')
export class SysTotp {
  @PrimaryColumn('bigint')
  userId: number;

  @Column('text', { nullable: true })
  sealed: string | null;

  @Column('timestamptz', { nullable: true })
  since: Date | null;

  @Column('bigint', { default: 0 })
  lastStep: number;

  @Column('text', { nullable: true })
  nextSealed: string | null;

  @Column('timestamptz', { nullable: true })
  nextUntil: Date | null;
}
