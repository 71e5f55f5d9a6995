import type { Camp } from '@yajin/contract';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('camp_member')
export class CampMember {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint')
  campId: number;

  @Column('bigint')
  orderId: number;

  @Column('bigint')
  payFen: Fen;

  @Column('timestamptz')
  paidAt: Date;

  @Column('text', { nullable: true })
  filledPlanetUserId: string | null;

  @Column('text', { nullable: true })
  filledPlanetNickname: string | null;

  @Column('text', { nullable: true })
  filledWechatNickname: string | null;

  @Column('text', { default: 'pending' })
  matchStatus: Camp.MatchStatus;

  @Column('int', { default: 0 })
  matchConfidence: number;

  @Column('text', { nullable: true })
  matchMethod: Camp.MatchMethod | null;

  @Column('timestamptz', { nullable: true })
  matchedAt: Date | null;

  @Column('bigint', { nullable: true })
  planetUserRef: number | null;

  @Column('boolean', { default: false })
  joinedGroup: boolean;

  @Column('timestamptz', { nullable: true })
  joinedAt: Date | null;

  @Column('int', { default: 0 })
  checkinCount: number;

  @Column('timestamptz', { nullable: true })
  lastCheckinAt: Date | null;

  @Column('bigint', { default: 0 })
  refundedFen: Fen;

  @Column('timestamptz')
  createdAt: Date;

  @Column('timestamptz')
  updatedAt: Date;

  @Column('bigint', { array: true, default: () => "'{}'" })
  unmatchedRefs: number[];

  @Column('bigint', { nullable: true })
  provedRef: number | null;

  @Column('text', { nullable: true })
  review: Camp.IdentityReview;

  /** How often the member has put right which planet id is theirs. */
  @Column('int', { default: 0 })
  idCorrections: number;
}
