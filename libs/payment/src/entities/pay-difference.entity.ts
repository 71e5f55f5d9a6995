import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DifferenceKind } from '../match.rules.js';

/** What a bill, or a statement of the account, and our books do not agree about. */
@Entity('pay_difference')
export class PayDifference {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: number;

  @Column('text')
  gateway: string;

  /** Of the bill or statement that shows it. */
  @Column('date')
  day: string;

  @Column('text')
  key: string;

  @Column('text')
  kind: DifferenceKind;

  /** Empty where it is about no trade. */
  @Column('text')
  outTradeNo: string;

  @Column('text', { nullable: true })
  outRefundNo: string | null;

  @Column('text', { nullable: true })
  transactionId: string | null;

  @Column('bigint', { nullable: true })
  oursFen: Fen | null;

  @Column('bigint', { nullable: true })
  theirsFen: Fen | null;

  @Column('text', { default: 'open' })
  state: 'open' | 'resolved';

  @Column('text', { nullable: true })
  owner: string | null;

  /** `explained` by a later bill or report; the others are people's. */
  @Column('text', { nullable: true })
  decision: 'explained' | 'corrected' | 'accepted' | 'not_ours' | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('timestamptz')
  foundAt: Date;

  @Column('text', { nullable: true })
  resolvedBy: string | null;

  @Column('timestamptz', { nullable: true })
  resolvedAt: Date | null;

  /** Of the movement of the account that it is about. */
  @Column('text', { nullable: true })
  flowNo: string | null;
}
