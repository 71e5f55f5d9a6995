import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_refund_outside')
export class PayRefundOutside {
  @PrimaryColumn('bigint')
  refundId: number;

  @Column('text')
  evidence: string;

  @Column('text')
  proposedBy: string;

  @Column('timestamptz')
  proposedAt: Date;

  @Column('text', { nullable: true })
  confirmedBy: string | null;

  @Column('timestamptz', { nullable: true })
  confirmedAt: Date | null;
}
