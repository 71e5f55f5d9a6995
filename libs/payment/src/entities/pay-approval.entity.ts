import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DecisionKind, Exceeded } from '../limits.rules.js';

/** A payout that waits for a second person, or has waited. */
@Entity('pay_approval')
export class PayApproval {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('bigint', { nullable: true })
  refundId: number | null;

  @Column('bigint', { nullable: true })
  transferId: number | null;

  @Column('text')
  kind: DecisionKind;

  /** Which limit it is above. */
  @Column('text')
  exceeds: Exceeded;

  @Column('text')
  askedBy: string;

  @Column('timestamptz')
  askedAt: Date;

  @Column('text', { nullable: true })
  decision: 'confirmed' | 'refused' | null;

  @Column('text', { nullable: true })
  decidedBy: string | null;

  @Column('timestamptz', { nullable: true })
  decidedAt: Date | null;

  /** Why it was refused. */
  @Column('text', { nullable: true })
  note: string | null;
}
