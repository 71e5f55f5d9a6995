import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GatewayErrorKind } from '../gateway.js';

@Entity('pay_refusal')
export class PayRefusal {
  @PrimaryColumn('bigint')
  orderId: number;

  @PrimaryColumn('text')
  gateway: string;

  @PrimaryColumn('text')
  code: string;

  @Column('text')
  kind: GatewayErrorKind;

  @Column('text')
  message: string;

  @Column('int', { default: 1 })
  times: number;

  @Column('timestamptz')
  lastAt: Date;

  @Column('timestamptz', { default: () => 'now()' })
  notedAt: Date;
}
