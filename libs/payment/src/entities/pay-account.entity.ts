import type { Fen } from '@yajin/core';
import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity('pay_account')
export class PayAccount {
  @PrimaryColumn('text')
  line: string;

  @PrimaryColumn('text')
  account: string;

  @Column('bigint')
  balanceFen: Fen;
}
