import type { Camp } from '@yajin/contract';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('sys_user')
export class SysUser {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  username: string;

  @Column('text')
  passwordHash: string;

  @Column('text')
  realName: string;

  @Column('text')
  role: Camp.Role;

  @Column('text', { default: 'active' })
  status: Camp.UserStatus;

  @Column('timestamptz', { nullable: true })
  lastLoginAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  /** Somebody else set the password. */
  @Column('boolean', { default: false })
  mustChange: boolean;

  @Column('text', { nullable: true })
  vettedHash: string | null;
}
