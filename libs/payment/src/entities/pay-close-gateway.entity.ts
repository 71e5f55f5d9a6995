import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PayBill } from './pay-bill.entity.js';

/** How far a gateway's bill had been seen to when the day was closed. */
@Entity('pay_close_gateway')
export class PayCloseGateway {
  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('text')
  gateway: string;

  /** Null: it was not even asked for. */
  @Column('text', { nullable: true })
  bill: PayBill['state'] | null;

  @Column('int')
  found: number;

  @Column('int')
  open: number;

  /** Of the open ones: theirs less ours. */
  @Column('bigint')
  differenceFen: Fen;
}
