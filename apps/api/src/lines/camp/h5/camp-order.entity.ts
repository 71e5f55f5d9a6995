import type { Camp } from '@yajin/contract';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('camp_order')
export class CampOrder {
  @PrimaryColumn('bigint')
  orderId: number;

  @Column('bigint')
  campId: number;

  @Column('text', { nullable: true })
  planetUserId: string | null;

  @Column('text', { nullable: true })
  planetNickname: string | null;

  @Column('text', { nullable: true })
  wechatNickname: string | null;

  @Column('text', { nullable: true })
  identity: 'signed' | 'typed' | null;

  @Column('text', { default: 'pending' })
  bindStatus: Camp.BindStatus;

  @Column('text', { nullable: true })
  bindMethod: Camp.MatchMethod | null;

  @Column('timestamptz', { nullable: true })
  bindDeadline: Date | null;

  @Column('text', { nullable: true })
  outcome: 'member' | 'duplicate' | 'unallocated' | null;

  @Column('timestamptz')
  createdAt: Date;

  /** The `browserMark` of who enrolled; null for orders of the time before it was kept. */
  @Column('text', { nullable: true })
  browser: string | null;

  @Column('timestamptz', { nullable: true })
  erasedAt: Date | null;
}
