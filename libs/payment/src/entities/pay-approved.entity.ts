import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What somebody has let go alone on a day of business. */
@Entity('pay_approved')
export class PayApproved {
  @PrimaryColumn('text')
  who: string;

  @PrimaryColumn('date')
  day: string;

  @Column('bigint')
  amountFen: Fen;
}
