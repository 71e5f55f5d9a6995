import type { Camp } from '@yajin/contract';
import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

@Entity('camp_refund')
export class CampRefund {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'BY DEFAULT' })
  id: number;

  @Column('bigint', { nullable: true })
  campId: number | null;

  @Column('bigint', { nullable: true })
  memberId: number | null;

  @Column('bigint')
  orderId: number;

  @Column('text', { nullable: true })
  source: string | null;

  @Column('bigint')
  amountFen: Fen;

  @Column('text')
  auditStatus: Camp.AuditStatus;

  @Column('text', { default: 'pending' })
  refundStatus: Camp.RefundStatus;

  /** These four are null where no member is meant: money that fitted no camp. */
  @Column('int', { nullable: true })
  matchConfidence: number | null;

  @Column('text', { nullable: true })
  matchMethod: Camp.MatchMethod | null;

  @Column('int', { nullable: true })
  checkinCount: number | null;

  @Column('int', { nullable: true })
  requiredDays: number | null;

  @Column('boolean', { default: false })
  nameDiffers: boolean;

  @Column('text', { nullable: true })
  reason: string | null;

  /** Whoever wrote the reason knew that the member reads it. */
  @Column('boolean', { default: false })
  reasonTold: boolean;

  @Column('text', { nullable: true })
  comment: string | null;

  @Column('text', { nullable: true })
  auditor: string | null;

  @Column('timestamptz', { nullable: true })
  auditedAt: Date | null;

  /** From when the decision takes effect; business time. */
  @Column('timestamptz', { nullable: true })
  executeAfter: Date | null;

  /** Until when the decision can be taken back; real time, null once it stands. */
  @Column('timestamptz', { nullable: true })
  undoUntil: Date | null;

  @Column('timestamptz', { nullable: true })
  executedAt: Date | null;

  @Column('text', { nullable: true })
  gatewayRefundId: string | null;

  @Column('text', { nullable: true })
  failCode: string | null;

  @Column('text', { nullable: true })
  failMessage: string | null;

  @Column('int', { default: 0 })
  retryCount: number;

  @Column('timestamptz', { nullable: true })
  retriedAt: Date | null;

  @Column('boolean', { default: false })
  notified: boolean;

  @Column('timestamptz', { nullable: true })
  notifiedAt: Date | null;

  @Column('timestamptz')
  createdAt: Date;

  @Column('text', { nullable: true })
  notifyCode: string | null;

  @Column('text', { nullable: true })
  notifyMessage: string | null;

  @Column('timestamptz', { nullable: true })
  notifyTriedAt: Date | null;

  @Column('timestamptz', { nullable: true })
  notifyUntil: Date | null;
}
