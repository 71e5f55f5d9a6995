import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A line of a bill. Nobody's name or id is kept. */
@Entity('pay_bill_row')
export class PayBillRow {
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('int')
  rowNo: number;

  @Column('text')
  entry: 'payment' | 'refund';

  @Column('timestamptz')
  at: Date;

  @Column('text')
  outTradeNo: string;

  @Column('text')
  transactionId: string;

  @Column('text', { nullable: true })
  outRefundNo: string | null;

  @Column('text', { nullable: true })
  gatewayRefundId: string | null;

  @Column('bigint')
  amountFen: Fen;

  @Column('bigint', { nullable: true })
  feeFen: number | null;
}
