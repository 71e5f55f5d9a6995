import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_transfer_portion')
export class PayTransferPortion {
  @PrimaryColumn('bigint')
  transferId: number;

  @PrimaryColumn('bigint')
  orderId: number;

  @Column('bigint')
  amountFen: Fen;
}
