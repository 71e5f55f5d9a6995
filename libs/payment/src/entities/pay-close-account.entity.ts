import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What an account was, had come in, gone out, and is. Debits less credits; people's own accounts together. */
@Entity('pay_close_account')
export class PayCloseAccount {
  @PrimaryColumn('date')
  day: string;

  @PrimaryColumn('text')
  line: string;

  /** Empty: of no payment. */
  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('text')
  account: string;

  @Column('bigint')
  openingFen: Fen;

  @Column('bigint')
  inFen: Fen;

  @Column('bigint')
  outFen: Fen;

  @Column('bigint')
  closingFen: Fen;

  /** Of `clearing`: what the gateway keeps of it. */
  @Column('bigint', { default: 0 })
  feeFen: Fen;
}
