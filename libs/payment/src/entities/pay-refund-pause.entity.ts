import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_refund_pause')
export class PayRefundPause {
  @PrimaryColumn('text')
  gateway: string;

  @Column('timestamptz')
  until: Date;

  @Column('text')
  code: string;
}
